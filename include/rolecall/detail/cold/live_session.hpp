// How a session of an authorizer is made, and made anew.
#ifndef ROLECALL_DETAIL_COLD_LIVE_SESSION_HPP
#define ROLECALL_DETAIL_COLD_LIVE_SESSION_HPP

#include <rolecall/detail/activate.hpp>
#include <rolecall/detail/live_state.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/live_session.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

namespace detail {

inline role_set asker::settle(policy_data const& p, live_state const& state) const {
    if (!is_user) return activate_roles(p, *roles);
    return detail::activate_user(p, id, roles ? std::optional<role_list>(*roles) : std::nullopt,
                                 state.today(), state.directory());
}

struct settled_session {
    std::uint64_t generation = 0;
    std::uint32_t version = 0;
    std::optional<session> snapshot;
    reason why = reason::unavailable;
};

/// The session of somebody by the policy of now, after `choose(policy of now, who)` has chosen
/// the roles, or said why not.
template <class Choose>
settled_session settle_now(live_words& words, asker& who, Choose const& choose) {
    live_state& state = whole(words);
    settled_session result;
    pin const hold(*state.domain);
    if (!hold.holds() || state.closed()) return result;
    result.generation = state.generation.load(std::memory_order_seq_cst);
    live_version const& now = *state.current.load(std::memory_order_seq_cst);
    result.why = choose(data_of(now.rules), who);
    if (result.why != reason::granted) return result;
    role_set roles = who.settle(data_of(now.rules), state);
    result.version = now.number;
    result.why = roles.refused;
    if (roles.ok()) result.snapshot = access::make_session<session>(now.rules, std::move(roles));
    return result;
}

inline settled_session settle_now(live_words& words, asker& who) {
    return settle_now(words, who, [](policy_data const&, asker&) { return reason::granted; });
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

// Changes the choice of active roles. Who has not chosen yet has all assigned roles active.
template <class Change>
reason live_session::choose_anew(Change const& change) {
    detail::asker next = who_;
    detail::settled_session now =
        detail::settle_now(*state_, next, [&](detail::policy_data const& p, detail::asker& who) {
            detail::live_state const& state = detail::whole(*state_);
            if (!who.is_user) return reason::not_assigned;
            auto const assigned = detail::assigned_to(p, who.id, state.directory(), state.today());
            if (assigned.unavailable) return reason::unavailable;
            if (!assigned.listed) return reason::not_assigned;
            if (!who.roles) {
                who.roles.emplace();
                for (std::uint32_t const role : assigned.held)
                    who.roles->emplace_back(p.roles.name(role));
            }
            return change(*who.roles);
        });
    if (!now.snapshot) return now.why;
    who_ = std::move(next);
    snapshot_ = std::move(*now.snapshot);
    version_ = now.version;
    generation_ = now.generation;
    return reason::granted;
}

ROLECALL_COLD reason live_session::add_active_role(std::string_view role) {
    return choose_anew([&](std::vector<std::string>& active) {
        if (std::find(active.begin(), active.end(), role) == active.end())
            active.emplace_back(role);
        return reason::granted;
    });
}

ROLECALL_COLD reason live_session::drop_active_role(std::string_view role) {
    return choose_anew([&](std::vector<std::string>& active) {
        return std::erase(active, role) > 0 ? reason::granted : reason::not_assigned;
    });
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
