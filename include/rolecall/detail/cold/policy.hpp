// What a policy answers with a reason.
#ifndef ROLECALL_DETAIL_COLD_POLICY_HPP
#define ROLECALL_DETAIL_COLD_POLICY_HPP

#include <rolecall/detail/activate.hpp>
#include <rolecall/detail/evaluate.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/request.hpp>

namespace rolecall::inline v0_1 {

ROLECALL_COLD void policy::destroy() const noexcept { data_->destroy(&detail::data_of(*this)); }

ROLECALL_COLD facts policy::make_facts(
    std::initializer_list<std::pair<std::string_view, fact_value>> statements) const noexcept {
    return detail::facts_of(detail::data_of(*this), statements);
}

ROLECALL_COLD response policy::evaluate(role_ref role, rolecall::action action,
                                        category_ref category,
                                        rolecall::facts const& facts) const noexcept {
    using detail::access;
    detail::policy_data const& p = detail::data_of(*this);
    detail::stamp const stamps = access::stamps(role, action, category) | access::lineage(facts);
    std::uint32_t const number = access::number(role);
    if (stamps != p.lineage || !p.roles.declared(number))
        return response::denied(reason::unknown_name);
    return detail::evaluate_declared(p, {{&number, 1}, {&p.rows_of_role[number].guards, 1}}, action,
                                     category, facts);
}

ROLECALL_COLD audit_mode policy::audit_mode(rolecall::action action, category_ref category,
                                            decision answer) const noexcept {
    using detail::access;
    detail::policy_data const& p = detail::data_of(*this);
    if (answer == decision::deny) return detail::unpacked(p.audit.denials);
    if (access::stamps(action, category) != p.lineage) return {};
    return p.audit.of_allow(access::number(action), access::number(category));
}

ROLECALL_COLD response policy::evaluate(request const& question) const {
    if (question.at_least_version > 0) return response::denied(reason::unavailable);
    detail::policy_data const& p = detail::data_of(*this);
    return detail::evaluate(p, detail::roles_of(p, question), question);
}

}  // namespace rolecall::inline v0_1

#endif
