#include "exercise/why.hpp"

#include "core/list_text.hpp"
#include "exercise/attack.hpp"
#include "review/explain_roles.hpp"
#include "review/written_rules.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/explain.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::exercising {
namespace {

using detail::in_backticks;

reasons_given told(explanation const& by) {
    reasons_given result;
    result.sentences.push_back(by.for_owner);
    // What is missing stands in the sentence already, but for what would stop a guardrail, and
    // whom a separation leaves.
    bool const says_more =
        by.answer.reason == reason::forbidden || by.answer.reason == reason::separation;
    if (says_more)
        result.sentences.insert(result.sentences.end(), by.missing.begin(), by.missing.end());
    for (policy_line const& line : by.decided_by)
        if (line.where.line > 0) result.decided_at.push_back(line.where);
    return result;
}

class explainer {
public:
    explainer(policy const& of, asked_exercise const& asked, std::uint32_t action,
              std::uint32_t category)
        : of_(of),
          p_(detail::data_of(of)),
          asked_(asked),
          written_(*asked.written),
          action_(action),
          category_(category) {}

    [[nodiscard]] reasons_given run() const {
        if (!asked_.who.ok()) return refused();
        if (asked_.compromised) return of_the_attack();
        return told(of_roles(asked_.who, asked_.facts));
    }

private:
    [[nodiscard]] std::string_view user() const {
        return written_.user ? std::string_view(written_.user->text) : std::string_view{};
    }

    [[nodiscard]] explanation of_roles(detail::role_set const& roles,
                                       detail::known_facts facts) const {
        return review::explain_roles(of_, user(), roles, action_, category_, facts);
    }

    [[nodiscard]] reasons_given refused() const {
        if (!written_.lost.empty()) return {{without_the_lost()}, {}};
        std::vector<std::string_view> roles;
        for (written_name const& role : written_.roles) roles.push_back(role.text);
        subject const who = !written_.user           ? subject::roles(roles)
                            : written_.roles.empty() ? subject::user(user())
                                                     : subject::user(user(), roles);
        return told(rolecall::explain(
            of_, {who, p_.actions.name(action_), p_.categories.name(category_), {}, asked_.on}));
    }

    // No request can say that roles were taken away.
    [[nodiscard]] std::string without_the_lost() const {
        std::vector<std::string_view> lost;
        for (written_name const& role : written_.lost) lost.push_back(role.text);
        std::string const left =
            fmt::format("what {} has without {}",
                        written_.user ? detail::printable(user(), 60) : std::string("who asks"),
                        detail::list_text(lost));
        switch (asked_.who.refused) {
            case reason::expired:
                return fmt::format("Of {}, every assignment has passed by {}.", left,
                                   asked_.on.to_string());
            case reason::not_assigned:
                return fmt::format("The roles that are chosen are not among {}.", left);
            case reason::separation: return fmt::format("A separation does not allow {}.", left);
            default:
                return fmt::format(
                    "{} is not listed, and no role is left for which the application vouches.",
                    in_backticks(user()));
        }
    }

    [[nodiscard]] reasons_given of_the_attack() const {
        auto const way = way_in_of(p_, asked_, action_, category_);
        if (!way) {
            reasons_given result = told(of_roles(asked_.who, asked_.facts));
            result.sentences.emplace_back(
                "Nor can whoever has the account wait for facts with which it could be done.");
            return result;
        }
        detail::role_set alone = asked_.who;
        alone.active = {way->role};
        auto const& state = way->state;
        reasons_given result = told(of_roles(
            alone, {asked_.facts.is_true | state.is_true, asked_.facts.is_false | state.is_false}));
        if (state.unsure)
            result.sentences = {
                "The conditions are too involved to tell, so it is taken to be "
                "possible once more facts are known."};
        else if ((state.is_true | state.is_false) != 0)
            result.sentences.push_back("Whoever has the account waits until it is known that " +
                                       facts_of(state) + '.');
        return result;
    }

    [[nodiscard]] std::string facts_of(reached_state const& state) const {
        std::vector<std::string> facts;
        for (std::string_view const name : review::names_of(state.is_true, p_.facts))
            facts.push_back(fmt::format("{} is true", name));
        for (std::string_view const name : review::names_of(state.is_false, p_.facts))
            facts.push_back(fmt::format("{} is false", name));
        std::vector<std::string_view> const words(facts.begin(), facts.end());
        return detail::list_text(words);
    }

    policy const& of_;
    detail::policy_data const& p_;
    asked_exercise const& asked_;
    written_exercise const& written_;
    std::uint32_t action_, category_;
};

}  // namespace

reasons_given why(policy const& of, asked_exercise const& asked, std::uint32_t action,
                  std::uint32_t category) {
    return explainer(of, asked, action, category).run();
}

}  // namespace rolecall::inline v0_1::exercising
