#include "exercise/attack.hpp"
#include "exercise/questions.hpp"
#include <rolecall/reference.hpp>

namespace rolecall::inline v0_1::exercising {

response answer_of(detail::policy_data const& p, asked_exercise const& asked, std::uint32_t action,
                   std::uint32_t category) {
    if (!asked.who.ok()) return response::denied(asked.who.refused);
    if (!asked.compromised)
        return detail::evaluate(p, detail::view_of(asked.who), action, category, asked.facts);
    auto const way = way_in_of(p, asked, action, category);
    if (!way) return response::denied(reason::not_granted);
    return {decision::allow, reason::granted, 0,
            detail::access::make<role_ref>(way->role, p.lineage)};
}

}  // namespace rolecall::inline v0_1::exercising
