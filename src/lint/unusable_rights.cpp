// Rights that nobody can use, whatever the facts.
#include "lint/report.hpp"
#include <rolecall/detail/compile/conditions.hpp>
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::linting {
namespace {

using detail::in_backticks;

class usability {
public:
    explicit usability(inspection const& on)
        : on_(on), p_(on.policy.data()), pool_(p_.conditions) {}

    void look_at(right const& r) {
        bool const usable = !on_.policy.each_cell(r, [&](cell const& c) { return !allows(r, c); });
        if (!usable) tell(r);
    }

private:
    // Whether some state of the facts lets the role do it by this right alone.
    bool allows(right const& r, cell const& c) {
        std::uint32_t const guards = p_.rows_of_role[r.role].guards;
        if ((p_.row(guards)[c.category] >> c.action & 1U) != 0) return false;
        cell_conditions met = conditions_of(p_, {}, {&guards, 1}, c.action, c.category);
        if (met.forbidden.empty()) return true;  // facts that are true can't be in the way
        auto const [known, is_new] = known_.try_emplace({r.when, met}, false);
        if (is_new) {
            review::formula f = pool_.formula(met);
            f.granted = r.when;
            known->second = review::can_hold(f);
        }
        return known->second;
    }

    void tell(right const& r) const {
        std::string const words = in_backticks(r.written->action.text) + " on " +
                                  in_backticks(policy_index::line_text(*r.line));
        std::string text = in_backticks(on_.policy.role_name(r.role)) + " can never use " + words;
        std::vector<detail::related_place> related;
        cell first;
        bool const nothing = on_.policy.each_cell(r, [&](cell const& c) {
            first = c;
            return false;
        });
        if (nothing) {
            text += ": all that lies below it is `named-only`";
        } else {
            auto const guardrails = guardrails_on(r.role, first);
            bool const always = std::any_of(guardrails.begin(), guardrails.end(),
                                            [](auto const* g) { return g->when.always(); });
            text += always ? ": guardrail " : ": when it could be used, guardrail ";
            std::size_t shown = 0;
            for (written_guardrail const* g : guardrails) {
                if (always && !g->when.always()) continue;
                if (shown++ == 0) text += in_backticks(g->name.text);
                related.push_back({g->name.at, "the guardrail"});
            }
            text += shown > 1 ? " or another forbids it" : " forbids it";
            if (!always) add_requirements(first, related);
        }
        on_.tell(diagnostic_code::grant_unusable, r.written->action.at, std::move(text),
                 std::move(related),
                 {std::string(on_.policy.role_name(r.role)), policy_index::line_text(*r.line),
                  r.written->action.text});
    }

    // What must hold on a cell, and can't without a guardrail.
    void add_requirements(cell const& c, std::vector<detail::related_place>& to) const {
        auto const action = on_.policy.action_name(c.action);
        for (std::optional<std::uint32_t> at = c.category; at; at = on_.policy.above(*at))
            for (written_requirement const& r : on_.policy.category(*at).required)
                if (r.action.text == action || r.action.text == "any")
                    to.push_back({r.action.at, "what is required"});
    }

    // The guardrails on a cell for whoever holds the role.
    [[nodiscard]] std::vector<written_guardrail const*> guardrails_on(std::uint32_t role,
                                                                      cell const& c) const {
        auto const action = on_.policy.action_name(c.action);
        auto const category = on_.policy.category_name(c.category);
        auto const names = [](std::vector<written_name> const& list, auto const& fits) {
            return list.empty() || std::any_of(list.begin(), list.end(),
                                               [&](auto const& name) { return fits(name.text); });
        };
        std::vector<written_guardrail const*> result;
        for (written_guardrail const& g : on_.policy.source().guardrails)
            if (names(g.actions, [&](auto const& name) { return name == action; }) &&
                names(g.categories,
                      [&](auto const& name) {
                          return name == category || detail::lies_below(category, name);
                      }) &&
                names(g.roles, [&](auto const& name) {
                    return on_.policy.holds(role, p_.roles.find(name)).value_or(false);
                }))
                result.push_back(&g);
        return result;
    }

    inspection const& on_;
    detail::policy_data const& p_;
    term_pool pool_;
    std::map<std::pair<review::alternatives, cell_conditions>, bool> known_;
};

}  // namespace

void look_for_unusable_rights(inspection const& on) {
    usability of(on);
    for (std::uint32_t const role : on.policy.juniors_first())
        for (right const& r : on.policy.rights_of(role)) of.look_at(r);
}

void look_for_redundant_inheritance(inspection const& on) {
    detail::name_table const& roles = on.policy.data().roles;
    for (std::uint32_t const number : on.policy.juniors_first()) {
        written_role const& role = on.policy.role(number);
        auto const juniors = on.policy.data().juniors_of(number);
        if (juniors.size() < 2) continue;
        auto const below = on.policy.below(juniors);
        if (!below) return;
        for (std::size_t line = 0; line < role.inherits.size(); ++line) {
            written_name const& junior = role.inherits[line];
            std::uint32_t const inherited = roles.find(junior.text);
            if (!std::binary_search(below->begin(), below->end(), inherited)) continue;
            // There is one that is not itself inherited through another.
            auto const through = std::find_if(
                role.inherits.begin(), role.inherits.end(), [&](written_name const& other) {
                    std::uint32_t const senior = roles.find(other.text);
                    return !std::binary_search(below->begin(), below->end(), senior) &&
                           on.policy.holds(senior, inherited).value_or(true);
                });
            on.tell(diagnostic_code::inheritance_redundant, junior.at,
                    in_backticks(role.name.text) + " inherits " + in_backticks(junior.text) +
                        " through " + in_backticks(through->text) + " already; leave it out here",
                    {{through->at, "inherited through this"}}, {role.name.text, junior.text},
                    document_part{document_part::kind::inheritance, on.policy.role_entry(number),
                                  line, 0});
        }
    }
}

}  // namespace rolecall::inline v0_1::linting
