// `rolecall users list`: who has which role, and what ends soon.
#include "cli/commands.hpp"
#include "cli/lists/list_reports.hpp"
#include "cli/lists/listed_users.hpp"
#include "cli/load_policy.hpp"
#include "cli/matrix/matrix_formats.hpp"
#include "cli/users/csv.hpp"
#include "cli/users/json.hpp"
#include "cli/users/rules.hpp"
#include "cli/users/store.hpp"
#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>
#include <rolecall/diagnostic_text.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

std::string joined(std::vector<std::string> const& words) {
    std::string text;
    for (std::string const& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

// ---- Text: a first look for the widths and the counts, and a second one that writes -------

struct cell {
    std::string text;
    std::string_view colour{};
};

// An id, a role, its last day, and what there is to say of the role.
using line_cells = std::array<cell, 4>;

std::string until_cell(listed_role const& role, date on) {
    if (!role.assigned.until) return {};
    std::string text = "until " + role.assigned.until->to_string();
    int const days = role.assigned.until->days() - on.days();
    if (days < 0) return text + ", passed";
    if (role.state != role_state::ends_soon) return text;
    if (days == 0) return text + ", that day";
    return text + ", in " + count_text(static_cast<std::size_t>(days), "day");
}

std::string note_cell(listed_role const& role) {
    if (role.state == role_state::undeclared) return "not a role of the policy";
    return role.inherits && !role.inherits->empty() ? "inherits " + joined(*role.inherits) : "";
}

std::vector<line_cells> lines_of(listed_user const& user, date on, colours const& colour) {
    std::string id = detail::printable(user.id);
    if (user.roles.empty()) return {{cell{id}, {"no role", colour.faint}, {}, {}}};
    std::vector<line_cells> lines;
    for (listed_role const& role : user.roles) {
        bool const passed = role.assigned.passed(on);
        bool const soon = role.state == role_state::ends_soon;
        bool const undeclared = role.state == role_state::undeclared;
        lines.push_back({cell{id},
                         {role.assigned.role, passed ? colour.faint : std::string_view{}},
                         {until_cell(role, on), soon     ? colour.condition
                                                : passed ? colour.faint
                                                         : std::string_view{}},
                         {note_cell(role), undeclared ? colour.deny : colour.faint}});
        id.clear();
    }
    return lines;
}

class text_table {
public:
    void measure(line_cells const& line) {
        constexpr std::size_t widest = 48;  // a longer cell moves only its own line
        for (std::size_t i = 0; i < line.size(); ++i) {
            std::size_t const width = detail::display_width(line[i].text);
            if (width <= widest) widths_[i] = std::max(widths_[i], width);
        }
    }

    void write(line_cells const& line, output& to) const {
        std::string text;
        std::size_t pending = 2;
        for (std::size_t i = 0; i < line.size(); ++i) {
            std::size_t const used = detail::display_width(line[i].text);
            if (used > 0) {
                text += std::string(pending, ' ');
                bool const coloured = !line[i].colour.empty();
                text += std::string(line[i].colour) + line[i].text;
                if (coloured) text += to.colour().reset;
                pending = 0;
            }
            if (widths_[i] > 0) pending += std::max(widths_[i], used) - used + 2;
        }
        to.line(text);
    }

private:
    std::array<std::size_t, 4> widths_{};
};

struct list_counts {
    std::size_t users = 0, roles = 0, ending = 0, undeclared = 0;
};

// `within 30 days`
std::string within_text(int days) {
    return days == 0 ? "that day" : "within " + count_text(static_cast<std::size_t>(days), "day");
}

std::string heading_text(list_counts const& counts, user_lister const& lister) {
    std::string text =
        count_text(counts.users, "user") + ", " + count_text(counts.roles, "role") + " assigned";
    if (counts.ending > 0)
        text +=
            "; " + count_text(counts.ending, "ends", "end") + ' ' + within_text(lister.soon_days());
    if (counts.undeclared > 0) text += "; " + with_commas(counts.undeclared) + " not of the policy";
    return text;
}

std::size_t write_text(user_lister& lister, output& to) {
    text_table table;
    list_counts counts;
    lister.each([&](listed_user const& user) {
        ++counts.users;
        counts.roles += user.roles.size();
        for (listed_role const& role : user.roles) {
            counts.ending += role.state == role_state::ends_soon ? 1U : 0U;
            counts.undeclared += role.state == role_state::undeclared ? 1U : 0U;
        }
        for (line_cells const& line : lines_of(user, lister.on(), colours_off()))
            table.measure(line);
    });
    if (counts.users == 0) return 0;
    write_heading(heading_text(counts, lister), to);
    to.write("\n");
    lister.each([&](listed_user const& user) {
        for (line_cells const& line : lines_of(user, lister.on(), to.colour()))
            table.write(line, to);
    });
    return counts.users;
}

// ---- The other formats -------------------------------------------------------------------

std::size_t write_csv(user_lister& lister, output& to) {
    std::size_t users = 0;
    to.line("user,role,until,state,inherits");
    lister.each([&](listed_user const& user) {
        ++users;
        std::string const id = csv_id(user.id);
        if (user.roles.empty()) to.line(id + ",,,none,");
        for (listed_role const& role : user.roles)
            to.line(id + ',' + role.assigned.role + ',' +
                    (role.assigned.until ? role.assigned.until->to_string() : "") + ',' +
                    std::string(to_string(role.state)) + ',' +
                    (role.inherits ? joined(*role.inherits) : ""));
    });
    return users;
}

std::size_t write_json(user_lister& lister, std::string const& store, output& to) {
    std::size_t users = 0;
    to.write(json_list_head(store, lister.on()));
    lister.each([&](listed_user const& user) {
        if (users++ > 0) to.write(",");
        to.write(to_json(user));
    });
    to.line("]}");
    return users;
}

// Why nobody is listed, for whoever expected somebody.
std::string nobody_text(users_list_arguments const& arguments, user_lister const& lister) {
    std::string const store = detail::printable(arguments.store);
    std::string text = store + " has no users";
    if (arguments.user)
        text = detail::in_backticks(*arguments.user) + " in " + store + " does not have";
    else if (arguments.role || arguments.ending_within_days)
        text = "nobody in " + store + " has";
    else
        return text;
    text += arguments.role ? ' ' + detail::in_backticks(*arguments.role) : std::string(" a role");
    if (arguments.ending_within_days)
        text += " that ends " + within_text(*arguments.ending_within_days);
    if (arguments.on) text += " on " + arguments.on->to_string();
    auto const& seen = lister.roles_seen();
    if (!arguments.role || seen.contains(*arguments.role)) return text;
    std::vector<std::string_view> const names(seen.begin(), seen.end());
    return text + detail::did_you_mean(detail::closest(*arguments.role, names));
}

int list(user_store const& store, users_list_arguments const& arguments, role_rules* rules,
         streams& to) {
    if (arguments.user && !know_or_complain(store, {&*arguments.user, 1}, arguments.store, to))
        return exit_code::no;
    user_lister lister(store, arguments, rules);
    std::size_t listed = 0;
    if (arguments.format == output_format::json)
        listed = write_json(lister, arguments.store, to.out);
    else if (arguments.format == output_format::csv)
        listed = write_csv(lister, to.out);
    else
        listed = write_text(lister, to.out);
    if (listed == 0) to.complain(nobody_text(arguments, lister));
    return listed == 0 ? exit_code::no : exit_code::fine;
}

}  // namespace

int run_users_list(users_list_arguments const& arguments, streams& to) {
    std::optional<role_rules> rules;
    if (arguments.policy) {
        loaded const policy = load_or_complain(*arguments.policy, to);
        if (!policy.policy) return policy.code;
        rules.emplace(*policy.policy, arguments.policy->path, arguments.on.value_or(date::today()));
        if (arguments.role && !rules->declares(*arguments.role)) {
            to.complain(rules->not_declared(*arguments.role));
            return exit_code::no;
        }
    }
    return with_store(arguments.store, store_access::read, to, [&](user_store& store) {
        return list(store, arguments, rules ? &*rules : nullptr, to);
    });
}

}  // namespace rolecall::inline v0_1::cli
