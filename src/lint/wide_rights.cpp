// Rights that are wider than people mean: changes by who can't look, requirements on one side
// only, and lines that reach the strictest data.
#include "lint/report.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace rolecall::inline v0_1::linting {
namespace {

using detail::in_backticks;

enum action_number : std::uint32_t { view_number = 0, modify_number = 1 };
constexpr std::uint32_t changes = four_actions & ~(1U << view_number);

// Calls `each(first, rights)` for every line of a role's `may`, with its rights.
template <class Each>
void each_line(policy_index const& policy, std::uint32_t role, Each const& each) {
    auto const rights = policy.rights_of(role);
    for (std::size_t i = 0; i < rights.size();) {
        std::size_t const first = i;
        while (i < rights.size() && rights[i].line == rights[first].line) ++i;
        each(rights[first], rights.subspan(first, i - first));
    }
}

std::uint32_t actions_of(std::span<right const> rights) {
    std::uint32_t mask = 0;
    for (right const& r : rights) mask |= r.actions;
    return mask;
}

void tell_blind(inspection const& on, right const& line, std::span<right const> rights,
                std::uint32_t actions, std::vector<std::string_view> const& categories) {
    std::vector<std::string_view> words;
    for (std::uint32_t action = 0; action < detail::max_actions; ++action)
        if ((actions >> action & 1U) != 0) words.push_back(on.policy.action_name(action));
    auto const first = std::find_if(rights.begin(), rights.end(),
                                    [&](right const& r) { return (r.actions & actions) != 0; });
    on.tell(diagnostic_code::change_without_view, first->written->action.at,
            in_backticks(on.policy.role_name(line.role)) + " may " + listed(words) + ' ' +
                listed(categories) + ", and never view " + (categories.size() == 1 ? "it" : "them"),
            {}, {std::string(on.policy.role_name(line.role)), policy_index::line_text(*line.line)});
}

}  // namespace

void look_for_blind_changes(inspection const& on, abilities const& of) {
    for (std::uint32_t const role : on.policy.juniors_first()) {
        ability const& able = of.of(role);
        each_line(on.policy, role, [&](right const& line, std::span<right const> rights) {
            std::uint32_t const granted = actions_of(rights) & changes;
            if (granted == 0) return;
            std::uint32_t blind = 0;
            std::vector<std::string_view> categories;
            on.policy.each_category(line.category, line.below, [&](std::uint32_t category) {
                std::uint32_t const can = able.actions(category);
                if ((can >> view_number & 1U) == 0 && (can & granted) != 0) {
                    blind |= can & granted;
                    categories.push_back(on.policy.category_name(category));
                }
                return true;
            });
            if (blind != 0) tell_blind(on, line, rights, blind, categories);
        });
    }
}

void look_for_one_sided_requirements(inspection const& on, abilities& of) {
    detail::policy_data const& p = on.policy.data();
    detail::category_tree const& tree = on.policy.tree();
    auto const required_to_view = [&](std::uint32_t category) {
        cell_conditions met = conditions_of(p, {}, {}, view_number, category);
        met.always_granted = true;
        return of.pool().of(met);
    };
    for (written_category const& category : on.policy.source().categories) {
        auto const rule = std::find_if(category.required.begin(), category.required.end(),
                                       [](auto const& r) { return r.action.text == "view"; });
        if (rule == category.required.end()) continue;
        std::uint32_t const from = tree.position[p.categories.find(category.name.text)];
        std::optional<std::uint32_t> who;
        std::uint32_t where = 0;
        for (std::uint32_t at = from; at < tree.end[from]; ++at) {
            std::uint32_t const below = tree.number[at];
            term_pool::number const needed = required_to_view(below);
            for (std::uint32_t role = 0; role < p.roles.size(); ++role) {
                term_pool::number const modify = of.of(role).when(modify_number, below);
                if (modify == term_pool::never || of.pool().covers(needed, modify)) continue;
                if (of.pool().terms(needed) == nullptr ||
                    (modify != term_pool::always && of.pool().terms(modify) == nullptr))
                    continue;
                if (who && on.policy.role_name(*who) <= on.policy.role_name(role)) continue;
                who = role;
                where = below;
            }
        }
        if (!who) continue;
        on.tell(
            diagnostic_code::requirement_only_on_view, rule->action.at,
            "this requirement is for viewing alone: " + in_backticks(on.policy.role_name(*who)) +
                " can modify " + in_backticks(on.policy.category_name(where)) + " without it",
            {}, {category.name.text});
    }
}

namespace {

class broad_lines {
public:
    broad_lines(inspection const& on, abilities const& of) : on_(on), of_(of) {}

    void look_at(right const& line, std::span<right const> rights) {
        if (line.below) return look_below(line, rights);
        auto const all = std::find_if(rights.begin(), rights.end(), [](right const& r) {
            return r.written->action.text == "all";
        });
        if (all == rights.end() || !on_.policy.is_strictest(line.category) ||
            (can(line, line.category) & four_actions) == 0)
            return;
        tell(diagnostic_code::broad_grant, line, all->written->action.at,
             "`all` opens " + in_backticks(line.line->category.text) + ", which is " +
                 level(line.category) + "; name the actions that " +
                 in_backticks(on_.policy.role_name(line.role)) + " needs");
    }

private:
    void look_below(right const& line, std::span<right const> rights) {
        std::uint32_t const granted = actions_of(rights);
        auto const above = on_.policy.level(line.category);
        std::vector<std::string_view> strictest, stricter;
        std::uint32_t first_strictest = 0, first_stricter = 0;
        on_.policy.each_category(line.category, true, [&](std::uint32_t category) {
            auto const own = on_.policy.level(category);
            bool const is_stricter = own && above && *own > *above;
            if (is_stricter) {
                if (stricter.empty()) first_stricter = category;
                stricter.push_back(on_.policy.category_name(category));
            } else if (on_.policy.is_strictest(category) && (can(line, category) & granted) != 0) {
                if (strictest.empty()) first_strictest = category;
                strictest.push_back(on_.policy.category_name(category));
            }
            return true;
        });
        std::string const words = in_backticks(policy_index::line_text(*line.line));
        if (!stricter.empty())
            tell(diagnostic_code::stricter_below, line, line.line->category.at,
                 words + " opens " + listed(stricter) + ", stricter than " +
                     in_backticks(line.line->category.text) + " itself (" + level(first_stricter) +
                     ", not " + level(line.category) + "); mark " +
                     (stricter.size() == 1 ? "it" : "them") +
                     " `named-only`, or name what is needed",
                 on_.policy.category(first_stricter).name.at);
        if (!strictest.empty())
            tell(diagnostic_code::broad_grant, line, line.line->category.at,
                 words + " opens " + listed(strictest) + ", which " +
                     (strictest.size() == 1 ? "is " : "are ") + level(first_strictest) +
                     ", and what comes below later; name what " +
                     in_backticks(on_.policy.role_name(line.role)) + " needs",
                 on_.policy.category(first_strictest).name.at);
    }

    [[nodiscard]] std::uint32_t can(right const& line, std::uint32_t category) const {
        return of_.of(line.role).actions(category);
    }

    [[nodiscard]] std::string level(std::uint32_t category) const {
        return in_backticks(on_.policy.level_name(category));
    }

    void tell(diagnostic_code code, right const& line, place const& at, std::string text,
              std::optional<place> const& category = std::nullopt) const {
        std::vector<detail::related_place> related;
        if (category) related.push_back({*category, "the category"});
        on_.tell(
            code, at, std::move(text), std::move(related),
            {std::string(on_.policy.role_name(line.role)), policy_index::line_text(*line.line)});
    }

    inspection const& on_;
    abilities const& of_;
};

}  // namespace

void look_for_broad_grants(inspection const& on, abilities const& of) {
    broad_lines lines(on, of);
    for (std::uint32_t const role : on.policy.juniors_first())
        each_line(on.policy, role, [&](right const& line, std::span<right const> rights) {
            lines.look_at(line, rights);
        });
}

}  // namespace rolecall::inline v0_1::linting
