// The section `audit`, resolved, and the table of modes that it becomes.
//
// INVARIANT: of an allow, what `categories` says comes first, nearest line first; then the stricter
// of what `actions` and `levels` say; then `default`. Where the section is silent of them, `delete`
// and the strictest level are `required`, or as `default` says, if that is stricter.
#ifndef ROLECALL_DETAIL_COMPILE_AUDIT_HPP
#define ROLECALL_DETAIL_COMPILE_AUDIT_HPP

#include <rolecall/audit_mode.hpp>
#include <rolecall/detail/audit_modes.hpp>
#include <rolecall/detail/compile/name_finder.hpp>
#include <rolecall/detail/compile/symbols.hpp>
#include <rolecall/detail/findings.hpp>
#include <rolecall/detail/name_table.hpp>
#include <rolecall/document.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::detail {

/// A mode and who says it: null where it is built in.
struct demanded {
    audit_mode mode;
    written_audit_mode const* by = nullptr;
};

/// Modes by number. A mode is absent where nothing is said.
struct audit_rules {
    struct said {
        bool any = false;
        demanded what;

        void say(demanded now) noexcept { *this = {true, now}; }
    };
    using row = std::array<said, max_actions>;

    demanded otherwise{default_audit_mode, nullptr};
    audit_mode denials = default_denial_mode;
    row actions;
    std::vector<said> levels;                 // by number
    std::map<std::uint32_t, row> categories;  // those that have a line
};

class audit_resolver : name_finder {
public:
    using name_finder::name_finder;

    audit_rules run() {
        audit_rules rules;
        rules.levels.resize(names_.levels.size());
        if (doc_.audit && doc_.audit->otherwise)
            rules.otherwise = {doc_.audit->otherwise->mode, &*doc_.audit->otherwise};
        demanded const required{audit_mode{audit_demand::required, 0}, nullptr};
        demanded const built_in =
            stricter(rules.otherwise.mode, required.mode) ? rules.otherwise : required;
        rules.actions[access::number(delete_)].say(built_in);
        std::uint32_t const strictest = names_.levels.find(strictest_level(doc_));
        if (strictest != name_table::none) rules.levels[strictest].say(built_in);
        if (!doc_.audit) return rules;
        written_audit const& written = *doc_.audit;
        if (written.denials) rules.denials = written.denials->mode;
        resolve_actions(written.actions, rules.actions);
        resolve_levels(written.levels, rules.levels);
        resolve_categories(written.categories, rules);
        return rules;
    }

    static std::string_view strictest_level(document const& doc) noexcept {
        return doc.levels.empty() ? *std::rbegin(default_levels)
                                  : std::string_view(doc.levels.back().text);
    }

private:
    void resolve_actions(std::vector<written_audit_line> const& lines, audit_rules::row& into) {
        check_repeated(names_of(lines), "action");
        for (written_audit_line const& line : lines) {
            if (line.name.text == "any")
                report(diagnostic_code::unknown_action, line.name.at,
                       "`any` has no meaning here; what nothing else says is `default`");
            else
                say(action(line.name), line.mode, into);
        }
    }

    void resolve_levels(std::vector<written_audit_line> const& lines,
                        std::vector<audit_rules::said>& into) {
        check_repeated(names_of(lines), "level");
        for (written_audit_line const& line : lines)
            if (auto const level =
                    find(line.name, names_.levels, "level", diagnostic_code::unknown_level))
                into[*level].say({line.mode.mode, &line.mode});
    }

    void resolve_categories(std::vector<written_audit_category> const& lines, audit_rules& rules) {
        std::vector<written_name> categories;
        for (written_audit_category const& line : lines) {
            categories.push_back(line.category);
            auto const on = category(line.category);
            check_repeated(names_of(line.actions), "action");
            audit_rules::row row;
            for (written_audit_line const& one : line.actions)
                if (one.name.text == "any") say(0xFFFF, one.mode, row);
            for (written_audit_line const& one : line.actions)
                if (one.name.text != "any") say(action(one.name), one.mode, row);
            if (on) rules.categories.insert_or_assign(*on, row);
        }
        check_repeated(categories, "category");
    }

    static void say(std::uint32_t mask, written_audit_mode const& mode, audit_rules::row& into) {
        for (std::uint32_t a = 0; a < max_actions; ++a)
            if ((mask >> a & 1U) != 0) into[a].say({mode.mode, &mode});
    }

    static std::vector<written_name> names_of(std::vector<written_audit_line> const& lines) {
        std::vector<written_name> names;
        names.reserve(lines.size());
        for (written_audit_line const& line : lines) names.push_back(line.name);
        return names;
    }
};

/// Fills the table, and warns of what may be lost that should not be.
class audit_table_maker {
public:
    audit_table_maker(document const& doc, symbols const& names, audit_rules const& rules,
                      audit_modes& into, findings& found)
        : names_(names), rules_(rules), into_(into), found_(found) {
        for (written_category const& c : doc.categories) {
            std::uint32_t const number = names.categories.find(c.name.text);
            if (c.level) level_of_[number] = names.levels.find(c.level->text);
            if (!c.laws.empty()) law_of_[number] = c.laws.front();
        }
        strictest_ = names.levels.find(audit_resolver::strictest_level(doc));
    }

    void run(std::uint32_t width) {
        into_.denials = packed(rules_.denials);
        into_.row_of_category.resize(width);
        std::vector<area> above;
        category_tree const& tree = names_.tree;
        for (std::uint32_t at = 0; at < tree.number.size(); ++at) {
            while (!above.empty() && above.back().end <= at) above.pop_back();
            area here = above.empty() ? area{} : above.back();
            std::uint32_t const number = tree.number[at];
            here.end = tree.end[at];
            if (auto const level = level_of_.find(number); level != level_of_.end())
                here.level = level->second;
            if (auto const law = law_of_.find(number); law != law_of_.end()) here.law = law->second;
            if (auto const line = rules_.categories.find(number); line != rules_.categories.end())
                for (std::uint32_t a = 0; a < max_actions; ++a)
                    if (line->second[a].any) here.line[a] = line->second[a];
            into_.row_of_category[number] = row_of(here, number);
            above.push_back(here);
        }
    }

private:
    // What holds for a category and, where nothing else is said, for all below.
    struct area {
        std::uint32_t end = 0;
        std::uint32_t level = name_table::none;
        std::string_view law;
        audit_rules::row line;
    };

    [[nodiscard]] demanded demand(area const& here, std::uint32_t action) const noexcept {
        if (here.line[action].any) return here.line[action].what;
        std::uint32_t const level = here.level == name_table::none ? strictest_ : here.level;
        audit_rules::said const by_action = rules_.actions[action];
        audit_rules::said const by_level =
            level == name_table::none ? audit_rules::said{} : rules_.levels[level];
        if (!by_action.any && !by_level.any) return rules_.otherwise;
        if (!by_action.any) return by_level.what;
        if (!by_level.any) return by_action.what;
        return stricter(by_action.what.mode, by_level.what.mode) ? by_action.what : by_level.what;
    }

    std::uint32_t row_of(area const& here, std::uint32_t category) {
        audit_row row = required_audit_row();
        for (std::uint32_t a = 0; a < names_.actions.size(); ++a) {
            demanded const what = demand(here, a);
            row[a] = packed(what.mode);
            if (what.mode.demand == audit_demand::best_effort) warn(here, category, a, what.by);
        }
        auto const [known, is_new] =
            number_of_.try_emplace(row, static_cast<std::uint32_t>(into_.rows.size()));
        if (is_new) into_.rows.push_back(row);
        return known->second;
    }

    // Each word once, for the first category that it reaches.
    void warn(area const& here, std::uint32_t category, std::uint32_t action,
              written_audit_mode const* by) {
        std::string why;
        if (here.level == name_table::none)
            why = "which has no level and so counts as of the strictest";
        else if (here.level == strictest_)
            why = "which is of the strictest level";
        else if (!here.law.empty())
            why = "which is under " + in_backticks(here.law);
        if (why.empty() || !warned_.insert(by).second) return;
        found_.push_back({diagnostic_code::audit_may_be_lost,
                          by != nullptr ? by->at : place{},
                          "`best-effort` lets " + in_backticks(names_.actions.name(action)) +
                              " on " + in_backticks(names_.categories.name(category)) + ", " + why +
                              ", go unrecorded",
                          {}});
    }

    symbols const& names_;
    audit_rules const& rules_;
    audit_modes& into_;
    findings& found_;
    std::uint32_t strictest_ = name_table::none;
    std::map<std::uint32_t, std::uint32_t> level_of_;
    std::map<std::uint32_t, std::string_view> law_of_;
    std::map<audit_row, std::uint32_t> number_of_;
    std::set<written_audit_mode const*> warned_;
};

inline void fill_audit_modes(document const& doc, symbols const& names, audit_rules const& rules,
                             std::uint32_t width, audit_modes& into, findings& found) {
    audit_table_maker(doc, names, rules, into, found).run(width);
}

}  // namespace rolecall::inline v0_1::detail

#endif
