// How a session of an authorizer is made, and made anew.
#ifndef ROLECALL_DETAIL_COLD_LIVE_SESSION_HPP
#define ROLECALL_DETAIL_COLD_LIVE_SESSION_HPP

#include <rolecall/detail/activate.hpp>
#include <rolecall/detail/live_state.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/live_session.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

namespace detail {

inline role_set asker::settle(policy_data const& p, date on) const {
    if (!is_user) return activate_roles(p, *roles);
    return detail::activate_user(p, id, roles ? std::optional<role_list>(*roles) : std::nullopt,
                                 on);
}

struct settled_session {
    std::uint64_t generation = 0;
    std::uint32_t version = 0;
    std::optional<session> snapshot;
    reason why = reason::unavailable;
};

/// The session of somebody by the policy of now.
inline settled_session settle_now(live_words& words, asker const& who) {
    live_state& state = whole(words);
    settled_session result;
    pin const hold(*state.domain);
    if (!hold.holds() || state.closed()) return result;
    result.generation = state.generation.load(std::memory_order_seq_cst);
    live_version const& now = *state.current.load(std::memory_order_seq_cst);
    role_set roles = who.settle(data_of(now.rules), state.today());
    result.version = now.number;
    result.why = roles.refused;
    if (roles.ok()) result.snapshot = access::make_session<session>(now.rules, std::move(roles));
    return result;
}

}  // namespace detail

ROLECALL_COLD reason live_session::refresh() {
    detail::settled_session now = detail::settle_now(*state_, who_);
    generation_ = never;
    if (!now.snapshot) return now.why;
    snapshot_ = std::move(*now.snapshot);
    version_ = now.version;
    generation_ = now.generation;
    return reason::granted;
}

ROLECALL_COLD std::vector<category_ref> live_session::allowed_categories(action what,
                                                                         facts const& known) const {
    return stale() ? std::vector<category_ref>{} : snapshot_.allowed_categories(what, known);
}

ROLECALL_COLD std::vector<action> live_session::allowed_actions(category_ref on,
                                                                facts const& known) const {
    return stale() ? std::vector<action>{} : snapshot_.allowed_actions(on, known);
}

}  // namespace rolecall::inline v0_1

#endif
