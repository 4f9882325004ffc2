// What is exposed if one user, role or application is taken over, in tables; and the words that
// all reports of `blast-radius` share.
#include "cli/blast_radius/report.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/document.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::size_t usual_rows = 20;

class radius_writer {
public:
    radius_writer(exposure_report const& report, blast_radius const& of)
        : report_(report),
          of_(of),
          is_user_(of.what == holder::kind::user),
          page_(empty_page(report, title())) {}

    [[nodiscard]] page write() {
        if (is_user_) page_.facts.insert(page_.facts.begin(), {"Holds", roles()});
        write_summary();
        if (!of_.exposed()) return std::move(page_);
        write_levels();
        write_rights();
        write_facts();
        write_only();
        write_each();
        write_actions();
        return std::move(page_);
    }

private:
    [[nodiscard]] std::string title() const {
        if (report_.asked->question.user) return "Blast radius of " + *report_.asked->question.user;
        std::string names;
        for (std::string const& role : of_.roles) names += (names.empty() ? "" : " or ") + role;
        return "Blast radius of " + names;
    }

    [[nodiscard]] page_cell roles() const {
        return of_.roles.empty() ? page_cell("no role", tone::soft) : page_cell(of_.roles);
    }

    // ---- In a few sentences --------------------------------------------------------------

    void write_summary() {
        if (!of_.exposed()) {
            page_.summary.emplace_back("Nothing is exposed");
            return;
        }
        std::size_t all = 0;
        for (exposed_level const& level : of_.levels) all += level.of;
        exposure_count const& rights = of_.total.rights;
        std::string text = std::string("If ") +
                           (is_user_                ? "this account"
                            : of_.roles.size() == 1 ? "this role"
                                                    : "whatever asks as these roles") +
                           " is taken over, " + with_commas(of_.total.categories.possible) +
                           " of " + count_text(all, "category", "categories") +
                           (of_.total.categories.possible == 1 ? " is" : " are") +
                           " exposed, with " + count_text(rights.possible, "right");
        if (rights.certain == rights.possible)
            text += ", all of them for certain";
        else if (rights.certain == 0)
            text += ", each only under some facts";
        else
            text += ": " + with_commas(rights.certain) + " for certain, and " +
                    with_commas(rights.possible - rights.certain) + " under some facts";
        page_.summary.push_back(std::move(text));
        page_.summary.push_back(comparison_text());
        if (of_.apart)
            page_.summary.emplace_back(
                "Not all of these roles may be active at the same time; each may alone, one "
                "after the other");
    }

    [[nodiscard]] std::string kind(std::size_t count) const {
        return std::string(is_user_ ? "user" : "role") + (count == 1 ? "" : "s");
    }

    [[nodiscard]] std::string comparison_text() const {
        if (of_.compared_with == 0) return "There is no other " + kind(1) + " to compare with";
        std::size_t const more = of_.compared_with - of_.less - of_.as_much;
        std::string text =
            "Of " + with_commas(of_.compared_with) + " other " + kind(of_.compared_with) + ", ";
        std::string parts;
        for (auto const& [count, what] :
             {std::pair(of_.less, "less"), std::pair(of_.as_much, "as much"),
              std::pair(more, "more")}) {
            if (count == 0) continue;
            bool const alone = count == of_.compared_with;
            parts += (parts.empty() ? "" : ", ") +
                     (alone && count > 1 ? "all" : with_commas(count)) +
                     (count == 1 ? " exposes " : " expose ") + what;
        }
        return text + parts + ", counted from the strictest level on";
    }

    // ---- Counts --------------------------------------------------------------------------

    // Our count beside that of the others.
    static void add_comparison(comparison const& of, std::size_t others,
                               std::vector<page_cell>& to) {
        compared_count const& count = of.possible;
        to.push_back(page_cell::of_number(count.mine));
        to.push_back(page_cell::of_number(of.certain.mine));
        if (others == 0) return;
        to.push_back(page_cell::of_number(count.least));
        to.push_back(page_cell::of_number(count.median));
        to.push_back(page_cell::of_number(count.most));
        to.push_back(of_many(count.fewer, others));
    }

    [[nodiscard]] std::vector<std::string> comparison_columns(
        std::vector<std::string> first) const {
        first.insert(first.end(), {"Rights", "Certain"});
        if (of_.compared_with > 0)
            first.insert(first.end(), {"Least", "Median", "Most", "More than"});
        return first;
    }

    void write_levels() {
        page_section& section = page_.sections.emplace_back();
        section.heading = "By level";
        section.table.columns = comparison_columns({"Level", "Categories", ""});
        section.table.columns.emplace_back("Most by");
        for (exposed_level const& level : of_.levels) {
            if (level.of == 0) continue;
            auto const& categories = level.count.categories;
            std::vector<page_cell> row{
                {level_text(level.level), tone::name},
                page_cell::of_share({categories.certain, categories.possible, level.of}),
                of_many(categories.possible, level.of)};
            add_comparison(level.others.rights, of_.compared_with, row);
            compared_count const& rights = level.others.rights.possible;
            page_cell most = names_cell(rights.most_by, 1, tone::soft);
            if (rights.most_by_count > 1)
                most.items = {rights.most_by.front(),
                              with_commas(rights.most_by_count - 1) + " more"};
            row.push_back(std::move(most));
            section.table.rows.push_back(std::move(row));
        }
        if (of_.compared_with > 0)
            section.notes.push_back("Least, median and most are the rights of other " + kind(2) +
                                    "; `More than` is how many of them have fewer");
    }

    void write_actions() {
        page_section& section = page_.sections.emplace_back();
        section.heading = "By level and action";
        section.table.columns = comparison_columns({"Level", "Action"});
        for (exposed_level const& level : of_.levels) {
            std::string name = level_text(level.level);
            for (std::size_t i = 0; i < of_.actions.size(); ++i) {
                if (level.count.actions[i].possible == 0) continue;
                std::vector<page_cell> row{{name, tone::name}, of_.actions[i]};
                name.clear();
                add_comparison(level.others.actions[i], of_.compared_with, row);
                section.table.rows.push_back(std::move(row));
            }
        }
    }

    void write_each() {
        if (of_.each.empty()) return;
        page_section& section = page_.sections.emplace_back();
        section.heading = "Each role alone";
        section.table.columns.emplace_back("Role");
        for (exposed_level const& level : of_.levels)
            if (level.of > 0) section.table.columns.push_back(level_text(level.level));
        section.table.columns.emplace_back("All");
        for (counted_exposure const& role : of_.each) {
            std::vector<page_cell> row{{role.names.front(), tone::name}};
            for (std::size_t i = 0; i < of_.levels.size(); ++i)
                if (of_.levels[i].of > 0) row.push_back(count_cell(role.levels[i].rights));
            row.push_back(count_cell(role.total.rights));
            section.table.rows.push_back(std::move(row));
        }
        section.notes.emplace_back(
            "Rights; in brackets those that are certain, where they are fewer");
    }

    // ---- Rights --------------------------------------------------------------------------

    void write_only() {
        if (of_.compared_with == 0) return;
        page_section section;
        section.heading = is_user_ ? "Only this user has" : "No other role has";
        section.table.columns = {"Category", "Level", "Rights"};
        for (exposed_level const& level : of_.levels)
            for (exposed_category const& category : level.categories) {
                std::vector<std::string> actions;
                for (exposed_right const& right : category.rights)
                    if (right.only) actions.push_back(right.action);
                if (!actions.empty())
                    section.table.rows.push_back({{category.category, tone::name},
                                                  level_text(level.level),
                                                  page_cell(std::move(actions), tone::alarm)});
            }
        if (section.table.rows.empty()) return;
        section.sentences.push_back("Nobody else" +
                                    std::string(is_user_ ? "" : " who asks as a role") +
                                    " can do this, under any facts");
        page_.sections.push_back(std::move(section));
    }

    void write_rights() {
        for (exposed_level const& level : of_.levels) {
            if (level.categories.empty()) continue;
            page_section& section = page_.sections.emplace_back();
            section.heading = "Exposed: " + level_text(level.level);
            section.labels = level.laws;
            section.table.columns = {"Category", "Rights", "As", "Only if"};
            for (exposed_category const& category : level.categories)
                add_rights(category, section.table);
        }
    }

    // Actions that share a condition and roles stand on one line.
    void add_rights(exposed_category const& category, page_table& to) const {
        std::vector<std::pair<std::pair<std::string, std::string>, std::vector<std::string>>> rows;
        for (exposed_right const& right : category.rights) {
            std::pair const key{
                of_.roles.size() == 1 && !is_user_ ? "" : through_text(right.through),
                right.condition};
            auto found = std::find_if(rows.begin(), rows.end(),
                                      [&](auto const& row) { return row.first == key; });
            if (found == rows.end()) found = rows.insert(rows.end(), {key, {}});
            found->second.push_back(right.action);
        }
        std::string name = category.category;
        for (auto& [how, actions] : rows) {
            tone const as = how.second.empty() ? tone::certain : tone::plain;
            to.rows.push_back({{name, tone::name},
                               page_cell(std::move(actions), as),
                               {how.first},
                               {how.second, tone::condition}});
            name.clear();
        }
    }

    void write_facts() {
        std::map<std::string, std::size_t> rights;
        for (exposed_level const& level : of_.levels)
            for (exposed_category const& category : level.categories)
                for (exposed_right const& right : category.rights)
                    for (std::string const& fact : right.facts) ++rights[fact];
        if (rights.empty()) return;
        page_section& section = page_.sections.emplace_back();
        section.heading = "What it takes";
        section.sentences.emplace_back(
            "Facts that rights depend on: an attacker waits for them, or brings them about");
        section.table.columns = {"Fact", "Rights", "What it states"};
        for (auto const& [fact, count] : rights)
            section.table.rows.push_back(
                {{fact, tone::condition}, page_cell::of_number(count), {about(fact)}});
    }

    [[nodiscard]] std::string about(std::string_view fact) const {
        for (written_fact const& one : report_.of->source().facts)
            if (one.name.text == fact) return one.about;
        return {};
    }

    exposure_report const& report_;
    blast_radius const& of_;
    bool is_user_;
    page page_;
};

}  // namespace

page radius_page(exposure_report const& report, blast_radius const& of) {
    return radius_writer(report, of).write();
}

// ---- Words that the pages share ----------------------------------------------------------

page empty_page(exposure_report const& report, std::string title) {
    page result;
    result.title = std::move(title);
    result.facts.emplace_back("On", page_cell(report.on.to_string() + " (UTC)"));
    std::vector<std::string> given;
    for (stated_fact const& fact : report.asked->question.facts)
        given.push_back(fact.name + '=' +
                        (fact.value ? (*fact.value ? "true" : "false") : "unknown"));
    if (!given.empty()) result.facts.emplace_back("Given", page_cell(given));
    auto const& header = report.of->source().header;
    result.facts.emplace_back("Policy",
                              page_cell(header ? header->name : report.asked->policy.path));
    if (auto const& store = report.asked->question.users)
        result.facts.emplace_back("Users of",
                                  page_cell(std::vector<std::string>{"the policy", *store}));
    return result;
}

std::string level_text(std::string const& level) { return level.empty() ? "no level" : level; }

page_cell of_many(std::size_t count, std::size_t of) {
    page_cell cell(with_commas(count) + " of " + with_commas(of));
    cell.number = true;
    return cell;
}

page_cell count_cell(exposure_count const& of) {
    page_cell cell = page_cell::of_number(of.possible);
    if (of.certain < of.possible) cell.items.front() += " (" + with_commas(of.certain) + ')';
    return cell;
}

std::string through_text(std::vector<granting_role> const& through) {
    std::string text;
    for (granting_role const& part : through)
        text += (text.empty() ? "" : " or ") + part.role +
                (part.until ? " until " + part.until->to_string() : "");
    return text;
}

page_cell names_cell(std::vector<std::string> const& names, std::size_t shown, tone how) {
    auto const end = static_cast<std::ptrdiff_t>(std::min(names.size(), shown));
    page_cell cell(std::vector<std::string>(names.begin(), names.begin() + end), how);
    if (names.size() > shown) cell.items.push_back(with_commas(names.size() - shown) + " more");
    return cell;
}

std::size_t rows_shown(exposure_report const& report, std::size_t all) {
    return report.asked->all ? all : std::min(all, usual_rows);
}

void add_more_note(exposure_report const& report, std::size_t all, page_section& to) {
    std::size_t const shown = rows_shown(report, all);
    if (shown < all)
        to.notes.push_back("The first " + with_commas(shown) + " of " + with_commas(all) +
                           "; `--all` shows the others");
}

}  // namespace rolecall::inline v0_1::cli
