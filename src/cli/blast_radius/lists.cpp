// Everybody ranked by what they expose, and who can reach a category, in tables.
#include "cli/blast_radius/report.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::size_t most_named = 3;  // in one row; CSV and JSON have everybody
constexpr std::size_t most_users = 10;

// `3 of 5`, and in brackets how many for certain, where that is fewer.
page_cell share_cell(exposure_count const& of, std::size_t all) {
    page_cell cell = count_cell(of);
    cell.items.front().insert(with_commas(of.possible).size(), " of " + with_commas(all));
    return cell;
}

std::string share_text(exposure_count const& of, std::size_t all, std::string_view one) {
    return with_commas(of.possible) + " of " + count_text(all, one) +
           (of.certain < of.possible ? " (" + with_commas(of.certain) + " for certain)" : "");
}

class ranking_writer {
public:
    ranking_writer(exposure_report const& report, exposure_ranking const& of)
        : report_(report), of_(of) {}

    [[nodiscard]] page write() {
        bool const by_level = report_.asked->level.has_value();
        page result =
            empty_page(report_, by_level ? "Who can reach anything " + *report_.asked->level
                                         : std::string("Blast radius of everybody"));
        exposure_count const users = reached(of_.users);
        exposure_count const roles = reached(of_.roles);
        std::string const what = by_level ? "something of this level" : "something";
        if (by_level && of_.of.front() == 0)
            result.summary.emplace_back("No category has this level");
        else if (users.possible + roles.possible == 0)
            result.summary.push_back("Nobody can reach " + what);
        else
            result.summary.push_back(share_text(roles, of_.role_count, "role") + " and " +
                                     share_text(users, of_.user_count, "user") + " can reach " +
                                     what);
        if (!of_.roles.empty()) result.sections.push_back(section("Roles", of_.roles));
        if (!of_.users.empty()) result.sections.push_back(section("Users", of_.users));
        if (!result.sections.empty())
            result.sections.back().notes.emplace_back(
                by_level ? "Most rights first"
                         : "Rights, the strictest level first; in brackets those that are "
                           "certain, where they are fewer");
        return result;
    }

private:
    static exposure_count reached(std::vector<counted_exposure> const& list) {
        exposure_count result;
        for (counted_exposure const& one : list) {
            result.possible += one.names.size();
            result.certain += one.total.rights.certain > 0 ? one.names.size() : 0;
        }
        return result;
    }

    [[nodiscard]] page_section section(std::string heading,
                                       std::vector<counted_exposure> const& list) const {
        bool const users = list.front().what == holder::kind::user;
        bool const by_level = report_.asked->level.has_value();
        page_section result;
        result.heading = std::move(heading);
        result.table.columns = {users ? "User" : "Role"};
        if (by_level) {
            result.table.columns.insert(result.table.columns.end(),
                                        {"Categories", "", "Rights", "Certain"});
        } else {
            for (std::size_t i = 0; i < of_.levels.size(); ++i)
                if (of_.of[i] > 0) result.table.columns.push_back(level_text(of_.levels[i]));
            result.table.columns.emplace_back("All");
        }
        if (users) result.table.columns.emplace_back("Roles");
        std::size_t const shown = rows_shown(report_, list.size());
        for (std::size_t i = 0; i < shown; ++i)
            result.table.rows.push_back(row(list[i], users, by_level));
        add_more_note(report_, list.size(), result);
        return result;
    }

    [[nodiscard]] std::vector<page_cell> row(counted_exposure const& of, bool users,
                                             bool by_level) const {
        std::vector<page_cell> cells{names_cell(of.names, users ? most_named : 1)};
        if (by_level) {
            level_count const& count = of.total;
            cells.push_back(page_cell::of_share(
                {count.categories.certain, count.categories.possible, of_.of.front()}));
            cells.push_back(of_many(count.categories.possible, of_.of.front()));
            cells.push_back(page_cell::of_number(count.rights.possible));
            cells.push_back(page_cell::of_number(count.rights.certain));
        } else {
            for (std::size_t i = 0; i < of_.levels.size(); ++i)
                if (of_.of[i] > 0) cells.push_back(count_cell(of.levels[i].rights));
            cells.push_back(count_cell(of.total.rights));
        }
        if (users) cells.emplace_back(of.roles, tone::soft);
        return cells;
    }

    exposure_report const& report_;
    exposure_ranking const& of_;
};

class reach_writer {
public:
    reach_writer(exposure_report const& report, reach const& of) : report_(report), of_(of) {}

    [[nodiscard]] page write() {
        std::string const& category = *report_.asked->category;
        page result = empty_page(
            report_, "Who can reach " + category + (report_.asked->below ? " and below" : ""));
        reached_right const& first = of_.rights.front();
        result.facts.insert(result.facts.begin(), {"Level", page_cell(level_text(first.level))});
        if (!first.laws.empty())
            result.facts.insert(result.facts.begin() + 1, {"Laws", page_cell(first.laws)});
        if (!of_.reached()) {
            result.summary.emplace_back(report_.asked->below ? "Nobody can reach any of it"
                                                             : "Nobody can reach it");
            return result;
        }
        result.summary.push_back(share_text(of_.roles, of_.role_count, "role") + " and " +
                                 share_text(of_.users, of_.user_count, "user") +
                                 (report_.asked->below ? " can reach any of it" : " can reach it"));
        result.sections.push_back(actions());
        if (!of_.by_role.empty()) result.sections.push_back(section("Roles", of_.by_role));
        if (!of_.by_user.empty()) result.sections.push_back(section("Users", of_.by_user));
        return result;
    }

private:
    [[nodiscard]] page_section actions() const {
        page_section section;
        section.heading = "By action";
        section.table.columns = {"Category", "Level", "Action", "Roles", "Users"};
        std::string last;
        bool brackets = false;
        for (reached_right const& right : of_.rights) {
            if (right.roles.possible + right.users.possible == 0) continue;
            bool const again = right.category == last;
            last = right.category;
            brackets = brackets || right.roles.certain < right.roles.possible ||
                       right.users.certain < right.users.possible;
            section.table.rows.push_back({{again ? "" : right.category, tone::name},
                                          again ? "" : level_text(right.level),
                                          right.action,
                                          share_cell(right.roles, of_.role_count),
                                          share_cell(right.users, of_.user_count)});
        }
        if (brackets)
            section.notes.emplace_back("In brackets: how many for certain, where that is fewer");
        return section;
    }

    [[nodiscard]] page_section section(std::string heading,
                                       std::vector<reaching> const& list) const {
        page_section result;
        result.heading = std::move(heading);
        bool const users = list.front().what == holder::kind::user;
        result.table.columns = {users ? "User" : "Role"};
        if (report_.asked->below) result.table.columns.emplace_back("Category");
        result.table.columns.insert(result.table.columns.end(),
                                    {"Rights", users ? "As" : "Through", "Only if"});
        std::size_t const shown = rows_shown(report_, list.size());
        for (std::size_t i = 0; i < shown; ++i) add(list[i], result.table);
        add_more_note(report_, list.size(), result);
        return result;
    }

    // Rights on one category under one condition, through the same roles, stand on one line.
    void add(reaching const& who, page_table& to) const {
        using key = std::tuple<std::string, std::string, std::string>;
        std::vector<std::pair<key, std::vector<std::string>>> rows;
        for (held_right const& right : who.rights) {
            bool const itself =
                who.what == holder::kind::role &&
                std::any_of(right.through.begin(), right.through.end(),
                            [&](granting_role const& part) { return part.role == who.role; });
            key const name{right.category, itself ? "" : through_text(right.through),
                           right.condition};
            auto found = std::find_if(rows.begin(), rows.end(),
                                      [&](auto const& row) { return row.first == name; });
            if (found == rows.end()) found = rows.insert(rows.end(), {name, {}});
            found->second.push_back(right.action);
        }
        page_cell name = names(who);
        std::string last;
        for (auto& [how, rights] : rows) {
            auto const& [category, through, condition] = how;
            std::vector<page_cell> row{std::exchange(name, {})};
            if (report_.asked->below) row.emplace_back(category == last ? "" : category);
            last = category;
            row.emplace_back(std::move(rights), condition.empty() ? tone::certain : tone::plain);
            row.emplace_back(through);
            row.emplace_back(condition, tone::condition);
            to.rows.push_back(std::move(row));
        }
    }

    static page_cell names(reaching const& who) {
        if (who.what == holder::kind::role) return {who.role, tone::name};
        std::vector<std::string> users;
        for (reaching_user const& user : who.users) {
            if (users.size() == most_users) break;
            users.push_back(user.id +
                            (user.until ? " (until " + user.until->to_string() + ')' : ""));
        }
        page_cell cell(std::move(users), tone::name);
        if (who.users.size() > most_users)
            cell.items.push_back(with_commas(who.users.size() - most_users) + " more");
        return cell;
    }

    exposure_report const& report_;
    reach const& of_;
};

}  // namespace

page ranking_page(exposure_report const& report, exposure_ranking const& of) {
    return ranking_writer(report, of).write();
}

page reach_page(exposure_report const& report, reach const& of) {
    return reach_writer(report, of).write();
}

}  // namespace rolecall::inline v0_1::cli
