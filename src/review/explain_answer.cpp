#include "review/unavailable.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/detail/evaluate.hpp>
#include <rolecall/detail/live_state.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/explain.hpp>

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1 {

explanation review::explain_unavailable(response const& answer) {
    explanation result;
    result.answer = answer;
    result.for_staff = "This can not be decided at the moment.";
    result.for_owner =
        "Nothing was decided: the decision could not be recorded, the policy was older than the "
        "question demanded, the directory of users could not be asked, or memory was lacking.";
    result.missing.emplace_back("An audit sink that records.");
    result.missing.emplace_back("Or a policy of the version that was demanded.");
    result.missing.emplace_back("Or a directory of users that answers.");
    return result;
}

namespace {

explanation without_answer(response const& answer, std::string for_owner) {
    explanation result;
    result.answer = answer;
    result.for_staff = "This question can not be answered.";
    result.for_owner = std::move(for_owner);
    return result;
}

// The facts of the question, by the names that they have in this version.
std::vector<std::pair<std::string_view, fact_value>> named_facts(detail::policy_data const& p,
                                                                 facts const& known) {
    using detail::access;
    std::vector<std::pair<std::string_view, fact_value>> result;
    for (std::uint32_t n = 0; n < p.facts.size(); ++n) {
        std::uint64_t const bit = std::uint64_t{1} << n;
        if ((access::known_true(known) & bit) != 0) result.emplace_back(p.facts.name(n), true);
        if ((access::known_false(known) & bit) != 0) result.emplace_back(p.facts.name(n), false);
    }
    return result;
}

}  // namespace

explanation authorizer::explain(live_session const& who, rolecall::action what, category_ref on,
                                response const& answer, context const& with) const {
    if (answer.reason == reason::unavailable) return review::explain_unavailable(answer);
    std::optional<policy> const by = detail::whole(*state_).version(answer.policy_version);
    if (!by)
        return without_answer(answer, fmt::format("The policy of version {} is no longer kept.",
                                                  answer.policy_version));
    detail::policy_data const& p = detail::data_of(*by);
    if (by->name(what).empty() || by->name(on).empty() ||
        !detail::of_policy(p, what, on, with.facts) ||
        (detail::access::stated(with.facts) & p.undeclared_facts) != 0)
        return without_answer(
            answer, "A reference belongs to another policy, or its name is no longer declared.");

    detail::asker const& asker = who.who_;
    std::vector<std::string_view> roles;
    if (asker.roles) roles.assign(asker.roles->begin(), asker.roles->end());
    subject const of = !asker.is_user ? subject::roles(roles)
                       : asker.roles  ? subject::user(asker.id, roles)
                                      : subject::user(asker.id);
    explanation result =
        rolecall::explain(*by, detail::whole(*state_).directory(),
                          {of, by->name(what), by->name(on), named_facts(p, with.facts),
                           detail::whole(*state_).today()});
    if (result.answer.reason != answer.reason)
        return without_answer(
            answer,
            fmt::format("The answer was {} ({}), and for these facts, today, it is {} ({}): "
                        "this is not the question that was asked.",
                        to_string(answer.decision), to_string(answer.reason),
                        to_string(result.answer.decision), to_string(result.answer.reason)));
    result.answer = answer;
    return result;
}

}  // namespace rolecall::inline v0_1
