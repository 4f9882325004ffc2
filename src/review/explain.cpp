#include "core/list_text.hpp"
#include "review/explain_roles.hpp"
#include "review/refusal.hpp"
#include "review/unavailable.hpp"
#include "review/written_rules.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/explain.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {
namespace {

using detail::in_backticks;
using review::granting_line;
using review::in_brackets;
using review::written_rules;

// A question whose names are all known, on its way to an explanation.
struct resolved_question {
    std::string who;  // `support`, `dana as support`
    detail::role_set const& roles;
    std::string_view action;
    std::string_view category;
    detail::known_facts facts;
};

class explainer {
public:
    explainer(policy const& by, resolved_question question, response answer)
        : rules_(by),
          q_(std::move(question)),
          active_(rules_.closure(q_.roles.active)),
          held_(rules_.closure(q_.roles.held)) {
        result_.answer = answer;
    }

    explanation run() && {
        switch (result_.answer.reason) {
            case reason::granted: granted(); break;
            case reason::forbidden: forbidden(); break;
            case reason::not_granted: not_granted(); break;
            default: conditions_not_met(); break;
        }
        return std::move(result_);
    }

private:
    [[nodiscard]] std::string can(std::string_view verb) const {
        return fmt::format("{} {} {} {}", q_.who, verb, q_.action, q_.category);
    }

    [[nodiscard]] std::string_view fact_name(std::uint64_t bit) const {
        return rules_.data().facts.name(static_cast<std::uint32_t>(std::countr_zero(bit)));
    }

    // Of these lines, the one whose condition is closest to holding.
    [[nodiscard]] std::optional<granting_line> closest(
        std::vector<granting_line> const& lines) const {
        auto const best = std::min_element(lines.begin(), lines.end(), [&](auto& a, auto& b) {
            return rules_.closest(a.right->when, q_.facts).away <
                   rules_.closest(b.right->when, q_.facts).away;
        });
        return best == lines.end() ? std::nullopt : std::optional(*best);
    }

    void granted() {
        using detail::access;
        std::uint32_t const by = access::number(result_.answer.granting_role);
        std::uint32_t const role[] = {by};
        auto const line = closest(rules_.grants(rules_.closure(role), q_.action, q_.category));
        if (line) result_.decided_by.push_back(rules_.describe(*line));
        for (auto const& r : rules_.requirements(q_.action, q_.category))
            result_.decided_by.push_back(rules_.describe(r));
        result_.for_staff = "You may do this.";
        result_.for_owner = fmt::format("{}: {}{}.", can("may"),
                                        line ? rules_.describe(*line).sentence : "it is granted",
                                        line ? in_brackets(rules_.describe(*line).where) : "");
    }

    void forbidden() {
        written_guardrail const* first = nullptr;
        for (written_guardrail const* g : rules_.guardrails(held_, q_.action, q_.category)) {
            if (!fires(*g)) continue;
            if (first == nullptr) first = g;
            result_.decided_by.push_back(rules_.describe(*g));
            result_.missing.push_back(what_stops(*g));
        }
        if (auto const line = closest(rules_.grants(active_, q_.action, q_.category))) {
            result_.nearest = rules_.describe(*line);
        } else {
            result_.missing.emplace_back("And a grant: no active role has one.");
        }
        result_.for_staff = "This is not allowed to your role.";
        result_.for_owner = can("may not") + ": a guardrail forbids it.";
        if (first == nullptr) return;
        std::string because = first->because;
        while (!because.empty() && (because.back() == '.' || because.back() == ' '))
            because.pop_back();
        result_.for_owner = fmt::format("{}: guardrail {} forbids it{}{}{}.", can("may not"),
                                        in_backticks(first->name.text),
                                        in_brackets(result_.decided_by.front().where),
                                        because.empty() ? "" : ", because: ", because);
    }

    [[nodiscard]] bool fires(written_guardrail const& g) const {
        if (g.when.always()) return true;
        auto const masks = rules_.masks(g.when);
        return std::any_of(masks.begin(), masks.end(),
                           [&](std::uint64_t mask) { return (mask & q_.facts.is_false) == 0; });
    }

    // Each alternative without a fact known false needs one.
    [[nodiscard]] std::string what_stops(written_guardrail const& g) const {
        if (g.when.always())
            return fmt::format("Guardrail {} would have to change: it has no condition.",
                               in_backticks(g.name.text));
        std::vector<std::string> needed;
        for (std::uint64_t const mask : rules_.masks(g.when))
            if ((mask & q_.facts.is_false) == 0) needed.push_back(states(mask, " or "));
        return fmt::format("Guardrail {} stops only once it is known that {}.",
                           in_backticks(g.name.text), fmt::join(needed, ", and that "));
    }

    // `legal-hold (unknown) or dispute (true) is false`
    [[nodiscard]] std::string states(std::uint64_t mask, std::string_view between) const {
        std::vector<std::string> facts;
        for (; mask != 0; mask &= mask - 1) {
            std::uint64_t const bit = mask & (~mask + 1);
            facts.push_back(fmt::format("{} (now {})", fact_name(bit),
                                        (q_.facts.is_true & bit) != 0 ? "true" : "unknown"));
        }
        std::sort(facts.begin(), facts.end());
        return fmt::format("{} is false", fmt::join(facts, between));
    }

    void not_granted() {
        result_.nearest = nearest_grant();
        auto const others = who_has_it();
        result_.missing.push_back(fmt::format("A grant of {} on {}.", q_.action, q_.category));
        if (!others.empty()) result_.missing.push_back("Or one of these, active: " + others + '.');
        result_.for_staff = "Your role does not include this.";
        result_.for_owner = can("may not") + ": no active role grants it";
        if (q_.roles.active.empty()) result_.for_owner = can("may not") + ": no role is active";
        if (result_.nearest)
            result_.for_owner += fmt::format("; nearest: {}{}", result_.nearest->sentence,
                                             in_brackets(result_.nearest->where));
        result_.for_owner += '.';
    }

    // Closest first: of the asking roles, another action on the same category, or the same
    // action above or below it; then whoever has the very right.
    [[nodiscard]] std::optional<policy_line> nearest_grant() const {
        auto const related = [&](std::string_view name) {
            auto const below = [](std::string_view a, std::string_view b) {
                return a.size() > b.size() && a[b.size()] == '.' && a.substr(0, b.size()) == b;
            };
            return name == q_.category || below(name, q_.category) || below(q_.category, name);
        };
        auto const own = rules_.grants(active_);
        for (granting_line const& line : own)
            if (line.grant->category.text == q_.category && !line.grant->below)
                return rules_.describe(line);
        for (granting_line const& line : own)
            if (related(line.grant->category.text)) return rules_.describe(line);
        std::vector<std::uint32_t> everyone;
        detail::name_table const& roles = rules_.data().roles;
        for (std::uint32_t i = 0; i < roles.size(); ++i)
            if (roles.declared(i)) everyone.push_back(i);
        auto const line = closest(rules_.grants(everyone, q_.action, q_.category));
        return line ? std::optional(rules_.describe(*line)) : std::nullopt;
    }

    // The roles that could do it by themselves, at least under some facts.
    [[nodiscard]] std::string who_has_it() const {
        constexpr std::size_t most_shown = 5;
        detail::policy_data const& p = rules_.data();
        std::uint32_t const action = p.actions.find(q_.action);
        std::uint32_t const category = p.categories.find(q_.category);
        std::vector<std::string_view> names;
        for (std::uint32_t role = 0; role < p.roles.size(); ++role) {
            std::uint32_t const cell = p.row(p.rows_of_role[role].effective)[category] >> action;
            if ((cell & 0x10001U) != 0) names.push_back(p.roles.name(role));
        }
        std::sort(names.begin(), names.end());
        std::size_t const more = names.size() > most_shown ? names.size() - most_shown : 0;
        names.resize(names.size() - more);
        std::string text = detail::list_text(names, more > 0 ? ", " : " or ");
        return more > 0 ? fmt::format("{} or {} more", text, more) : text;
    }

    // Undecided or unmet: the closest grant, and every fact that it and the requirements
    // still need.
    void conditions_not_met() {
        std::uint64_t needed = 0;
        auto const line = closest(rules_.grants(active_, q_.action, q_.category));
        if (line) {
            needed = rules_.closest(line->right->when, q_.facts).facts;
            result_.nearest = rules_.describe(*line);
        }
        for (auto const& r : rules_.requirements(q_.action, q_.category)) {
            auto const alternative = rules_.closest(r.requirement->when, q_.facts);
            if (alternative.away.none()) continue;
            result_.decided_by.push_back(rules_.describe(r));
            needed |= alternative.facts;
        }
        std::vector<std::string> facts;
        for (std::uint64_t mask = needed & ~q_.facts.is_true; mask != 0; mask &= mask - 1) {
            std::uint64_t const bit = mask & (~mask + 1);
            bool const is_false = (q_.facts.is_false & bit) != 0;
            facts.push_back(fmt::format("{} is {}", fact_name(bit),
                                        is_false ? "known to be false" : "unknown"));
            result_.missing.push_back(fmt::format("Fact {}, known to be true: it is {}.",
                                                  fact_name(bit), is_false ? "false" : "unknown"));
        }
        std::sort(facts.begin(), facts.end());
        std::sort(result_.missing.begin(), result_.missing.end());

        bool const undecided = result_.answer.reason == reason::undecided;
        result_.for_staff = undecided ? "This depends on circumstances that are not known yet."
                                      : "The circumstances do not allow this now.";
        result_.for_owner =
            fmt::format("{}: {}; nearest: {}{}.", can("may not"), fmt::join(facts, ", "),
                        line ? result_.nearest->sentence : "nothing",
                        line ? in_brackets(result_.nearest->where) : "");
        if (line) result_.decided_by.insert(result_.decided_by.begin(), *result_.nearest);
    }

    written_rules rules_;
    resolved_question q_;
    std::vector<std::uint32_t> active_;  // closed over inheritance
    std::vector<std::uint32_t> held_;
    explanation result_;
};

std::string who_text(detail::policy_data const& p, std::string_view user,
                     std::vector<std::uint32_t> const& active) {
    std::vector<std::string_view> names;
    names.reserve(active.size());
    for (std::uint32_t const role : active) names.push_back(p.roles.name(role));
    std::string const roles = detail::list_text(names);
    if (user.empty()) return roles.empty() ? "no role" : roles;
    std::string const id = detail::printable(user, 60);
    return roles.empty() ? id + " without a role" : id + " as " + roles;
}

}  // namespace

explanation review::explain_roles(policy const& by, std::string_view user,
                                  detail::role_set const& roles, std::uint32_t action,
                                  std::uint32_t category, detail::known_facts facts) {
    detail::policy_data const& p = detail::data_of(by);
    return explainer(by,
                     {who_text(p, user, roles.active), roles, p.actions.name(action),
                      p.categories.name(category), facts},
                     detail::evaluate(p, detail::view_of(roles), action, category, facts))
        .run();
}

explanation explain(policy const& by, request const& question) {
    return explain(by, users_view{}, question);
}

explanation explain(policy const& by, users_view directory, request const& question) {
    detail::policy_data const& p = detail::data_of(by);
    detail::role_set const roles = detail::roles_of(p, question, directory);
    response const answer = question.at_least_version > 0 ? response::denied(reason::unavailable)
                                                          : detail::evaluate(p, roles, question);
    switch (answer.reason) {
        case reason::unavailable: return review::explain_unavailable(answer);
        case reason::unknown_name:
        case reason::expired:
        case reason::not_assigned:
        case reason::separation:
            return review::explain_refusal(by, directory, question, answer.reason);
        default: break;
    }
    facts known;
    for (auto const& [name, value] : question.facts)
        known.add(by.fact(name).value_or(fact_ref{}), value);
    return explainer(by,
                     {who_text(p, question.subject.id(), roles.active),
                      roles,
                      question.action,
                      question.category,
                      {detail::access::known_true(known), detail::access::known_false(known)}},
                     answer)
        .run();
}

explanation explain(session const& who, action what, category_ref on, facts const& known) {
    response const answer = who.evaluate(what, on, known);
    policy const& by = who.of();
    detail::policy_data const& p = detail::data_of(by);
    if (answer.reason == reason::unknown_name) {
        explanation result;
        result.answer = answer;
        result.for_staff = "This question can not be answered.";
        result.for_owner = "A reference belongs to another policy, or to none.";
        return result;
    }
    detail::role_set const& roles = detail::access::role_set(who);
    return explainer(by,
                     {who_text(p, {}, roles.active),
                      roles,
                      by.name(what),
                      by.name(on),
                      {detail::access::known_true(known), detail::access::known_false(known)}},
                     answer)
        .run();
}

}  // namespace rolecall::inline v0_1
