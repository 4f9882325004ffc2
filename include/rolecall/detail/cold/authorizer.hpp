// How an authorizer decides: under a pin, by one version of the policy, told to the sink.
#ifndef ROLECALL_DETAIL_COLD_AUTHORIZER_HPP
#define ROLECALL_DETAIL_COLD_AUTHORIZER_HPP

#include <rolecall/authorizer.hpp>
#include <rolecall/detail/activate.hpp>
#include <rolecall/detail/cold/live_session.hpp>
#include <rolecall/detail/evaluate.hpp>
#include <rolecall/detail/live_state.hpp>
#include <rolecall/detail/policy_data.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

namespace detail {

ROLECALL_COLD live_words* begin(policy const& first, users_view directory,
                                authorizer_options const& options) {
    return new live_state(first, options.today, options.versions_kept, directory);
}

/// The names of roles; nothing where one of them is not of the policy.
inline std::optional<std::vector<std::string>> names_in(policy const& p, role_list roles) {
    std::vector<std::string> names;
    names.reserve(roles.size());
    roles.visit([&](std::string_view name) { names.emplace_back(name); },
                [&](role_ref role) { names.emplace_back(p.name(role)); });
    for (std::string const& name : names)
        if (!p.role(name)) return std::nullopt;
    return names;
}

}  // namespace detail

// Whoever asks the directory does so under a pin, and sees before that the state is closed.
ROLECALL_COLD authorizer::~authorizer() {
    detail::live_state& state = detail::whole(*state_);
    state.close();
    if (state.directory()) static_cast<void>(wait_for_readers());
    state_->release();
}

ROLECALL_COLD void authorizer::hear_of_users() {
    struct owner {  // of the state, until nothing throws any more
        explicit owner(detail::live_words* of) noexcept : state(of) {}
        owner(owner const&) = delete;
        owner& operator=(owner const&) = delete;
        ~owner() {
            if (state != nullptr) state->release();
        }
        detail::live_words* state;
    } mine(state_);
    detail::live_state_handle const state(*state_);
    static_cast<void>(detail::whole(*state_).directory().notify(rolecall::users_changed(state)));
    mine.state = nullptr;
}

ROLECALL_COLD void authorizer::users_changed() const noexcept {
    state_->generation.fetch_add(1, std::memory_order_seq_cst);
}

ROLECALL_COLD std::optional<role_ref> authorizer::role(std::string_view name) const {
    return pinned()->role(name);
}
ROLECALL_COLD std::optional<category_ref> authorizer::category(std::string_view name) const {
    return pinned()->category(name);
}
ROLECALL_COLD std::optional<fact_ref> authorizer::fact(std::string_view name) const {
    return pinned()->fact(name);
}
ROLECALL_COLD std::optional<action> authorizer::action(std::string_view name) const {
    return pinned()->action(name);
}

ROLECALL_COLD bool authorizer::tick(date now) noexcept { return detail::whole(*state_).tick(now); }

// INVARIANT: an allow leaves this function only if the sink recorded it; or, where the policy says
// that recording it is best-effort, if the sink heard of it, and so knows that a record is missing.
inline response authorizer::record(detail::told& event) const noexcept {
    if (sink_.tell(audit_event(event)) == recorded::yes || !event.answer) [[likely]]
        return event.answer;
    return unrecorded(event);
}

[[gnu::noinline]] inline response authorizer::unrecorded(detail::told& event) const noexcept {
    if (!sink_.is_told() && audit_event(event).mode().demand == audit_demand::best_effort)
        return event.answer;
    std::uint32_t const version = event.answer.policy_version;
    event.answer = response::denied(reason::unavailable);
    event.answer.policy_version = version;
    static_cast<void>(sink_.tell(audit_event(event)));
    return event.answer;
}

ROLECALL_COLD response authorizer::decide(live_session const& who, rolecall::action what,
                                          category_ref on, context const& with) const noexcept {
    detail::pin const hold(*state_->domain);
    if (!hold.holds()) return response::denied(reason::unavailable);
    // Under the pin, and in order with it: whoever replaces the policy and waits for readers
    // either waits for this decision, or this sees that the session is stale.
    bool const fresh = &*who.state_ == state_ &&
                       who.generation_ == state_->generation.load(std::memory_order_seq_cst);
    if (!fresh) return decide_anew(who, what, on, with);
    detail::told event(who.snapshot_.of());
    event.user = who.who_.id;
    event.roles = &detail::access::role_set(who.snapshot_);
    event.action = &what;
    event.category = &on;
    event.known = &with.facts;
    event.record = with.record;
    event.origin = with.origin;
    event.answer = with.at_least_version > who.version_
                       ? response::denied(reason::unavailable)
                       : who.snapshot_.evaluate(what, on, with.facts);
    event.answer.policy_version = who.version_;
    return record(event);
}

inline response authorizer::decide_anew(live_session const& who, rolecall::action what,
                                        category_ref on, context const& with) const noexcept {
    detail::live_version const& now = *state_->current.load(std::memory_order_seq_cst);
    detail::policy_data const& p = detail::data_of(now.rules);
    detail::role_set const roles = detail::no_throw(detail::refuse(reason::unavailable), [&] {
        return who.who_.settle(p, detail::whole(*state_));
    });
    detail::told event(now.rules);
    event.user = who.who_.id;
    event.roles = &roles;
    if (who.who_.roles) event.given_roles = audit_names(std::span(*who.who_.roles));
    event.action = &what;
    event.category = &on;
    event.known = &with.facts;
    event.record = with.record;
    event.origin = with.origin;
    if (with.at_least_version > now.number) {
        event.answer = response::denied(reason::unavailable);
    } else if (&*who.state_ != state_ || !detail::of_policy(p, what, on, with.facts) ||
               !detail::declares(p, what, on, with.facts)) {
        event.answer = response::denied(reason::unknown_name);
    } else if (!roles.ok()) {
        event.answer = response::denied(roles.refused);
    } else {
        event.answer = detail::evaluate_declared(p, detail::view_of(roles), what, on, with.facts);
    }
    event.answer.policy_version = now.number;
    return record(event);
}

ROLECALL_COLD response authorizer::decide(request const& question) const noexcept {
    detail::pin const hold(*state_->domain);
    if (!hold.holds()) return response::denied(reason::unavailable);
    detail::live_version const& now = *state_->current.load(std::memory_order_seq_cst);
    detail::policy_data const& p = detail::data_of(now.rules);
    detail::role_set const roles = detail::no_throw(detail::refuse(reason::unavailable), [&] {
        return detail::roles_of(p, question, detail::whole(*state_).directory());
    });
    detail::told event(now.rules);
    event.user = question.subject.id();
    event.roles = &roles;
    if (auto const& given = question.subject.given_roles())
        event.given_roles = audit_names(std::span(*given));
    event.asked = &question;
    event.record = question.record;
    event.origin = question.origin;
    event.answer = question.at_least_version > now.number ? response::denied(reason::unavailable)
                                                          : detail::evaluate(p, roles, question);
    event.answer.policy_version = now.number;
    return record(event);
}

inline live_activation authorizer::open(detail::asker who) const {
    detail::settled_session now = detail::settle_now(*state_, who);
    if (!now.snapshot) return live_activation(now.why);
    return live_activation(live_session(detail::live_state_handle(*state_), now.generation,
                                        now.version, std::move(who), std::move(*now.snapshot)));
}

ROLECALL_COLD live_activation authorizer::session(std::string_view user) const {
    return open({true, std::string(user), std::nullopt});
}

ROLECALL_COLD live_activation authorizer::session(std::string_view user, role_list roles) const {
    auto names = detail::names_in(*pinned(), roles);
    if (!names) return live_activation(reason::unknown_name);
    return open({true, std::string(user), std::move(names)});
}

ROLECALL_COLD live_activation authorizer::session_of_roles(role_list roles) const {
    auto names = detail::names_in(*pinned(), roles);
    if (!names) return live_activation(reason::unknown_name);
    return open({false, {}, std::move(names)});
}

ROLECALL_COLD live_activation authorizer::session_from_claims(std::string_view user,
                                                              role_list claimed) const {
    pinned_policy const now = pinned();
    std::vector<std::string> taken;
    std::vector<std::string> unknown;
    auto const take = [&](std::string_view name) {
        (now->role(name) ? taken : unknown).emplace_back(name);
    };
    claimed.visit(take, [&](role_ref role) { take(now->name(role)); });
    if (!unknown.empty()) {
        detail::told_beside beside;
        beside.unknown_roles = audit_names(std::span<std::string const>(unknown));
        detail::told event(*now);
        event.kind = audit_kind::roles_unknown;
        event.beside = &beside;
        event.user = user;
        event.given_roles = audit_names(std::span<std::string const>(taken));
        event.answer.policy_version = now.version();
        if (sink_.tell(audit_event(event)) == recorded::no)
            return live_activation(reason::unavailable);
    }
    if (taken.empty()) return live_activation(reason::unknown_name);
    return open({true, std::string(user), std::move(taken)});
}

ROLECALL_COLD replacement authorizer::replace(policy const& newer, replace_options const& options) {
    detail::live_state::swapped const done = detail::whole(*state_).replace(newer);
    replacement result;
    result.version = done.version;
    result.same_lineage = done.same_lineage;
    result.complete = detail::whole(*state_).unused(done.last_epoch);

    detail::told_beside beside;
    beside.previous_digest = done.before.known_digest();
    detail::told event(done.activated);
    event.kind = audit_kind::policy_activated;
    event.beside = &beside;
    event.answer.policy_version = done.version;
    result.told = sink_.tell(audit_event(event));
    if (!done.same_lineage) {
        event.kind = audit_kind::lineage_begun;
        if (sink_.tell(audit_event(event)) == recorded::no) result.told = recorded::no;
    }

    if (!result.complete && options.wait_for_readers)
        result.complete = wait_for_readers(options.wait_limit_ms);
    return result;
}

ROLECALL_COLD bool authorizer::wait_for_readers(unsigned limit_ms) const noexcept {
    std::uint64_t const before = state_->domain->epoch.fetch_add(1, std::memory_order_seq_cst);
    if (detail::pinned_by_this_thread(*state_->domain) ||
        !detail::fence_everywhere(*state_->domain))
        return detail::whole(*state_).unused(before);
    return detail::wait_until(limit_ms, [&] { return detail::whole(*state_).unused(before); });
}

ROLECALL_COLD recorded authorizer::tell_refused(std::string_view problem,
                                                std::string_view refused_digest) const noexcept {
    detail::pin const hold(*state_->domain);
    if (!hold.holds()) return recorded::no;
    detail::live_version const& now = *state_->current.load(std::memory_order_seq_cst);
    detail::told_beside beside;
    beside.problem = problem;
    beside.refused_digest = refused_digest;
    detail::told event(now.rules);
    event.kind = audit_kind::policy_refused;
    event.beside = &beside;
    event.answer.policy_version = now.number;
    return sink_.tell(audit_event(event));
}

}  // namespace rolecall::inline v0_1

#endif
