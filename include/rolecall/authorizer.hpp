// Who decides, and tells the audit sink: the policy decision point of an application.
//
//     rolecall::authorizer pdp{std::move(loaded).value(), trail};
//     auto const payment = pdp.category("payment").value();        // resolve once, ask often
//     auto const dana = pdp.session("dana", {"support"}).value();
//     auto const answer = pdp.decide(dana, rolecall::view, payment, {.record = "p-17"});
//     if (dana.allows(rolecall::modify, payment)) show_button();   // asks, records nothing
//     pdp.replace(std::move(newer));                               // no reader waits
#ifndef ROLECALL_AUTHORIZER_HPP
#define ROLECALL_AUTHORIZER_HPP

#include <rolecall/audit.hpp>
#include <rolecall/date.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/detail/live_words.hpp>
#include <rolecall/detail/sink_handle.hpp>
#include <rolecall/live_session.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/user_directory.hpp>
#include <rolecall/users_changed.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

struct explanation;

/// What is known about one question to an authorizer.
struct context {
    std::string_view record{};  ///< of which customer: for the audit trail, not for the decision
    rolecall::facts facts{};    ///< what is not stated is unknown, and opens nothing
    /// Refuses, `unavailable`, to answer by an older policy: the version that `replace` gave,
    /// or that a response carried.
    std::uint32_t at_least_version = 0;
    std::string_view origin{};  ///< from where: an address, a till; for the audit trail
};

struct authorizer_options {
    date today = date::today();     ///< see `authorizer::tick`
    std::size_t versions_kept = 8;  ///< replaced policies that `explain` can still ask
};

struct replace_options {
    /// Returns once no thread decides by the old policy any more.
    bool wait_for_readers = false;
    unsigned wait_limit_ms = 0;  ///< 0: without limit
};

/// What `authorizer::replace` did.
struct replacement {
    std::uint32_t version = 0;  ///< of the new policy: every response that it gives carries it
    bool same_lineage = true;   ///< false: references made before are denied from now on
    /// Whether no thread decides by the old policy any more: then a revocation is complete.
    bool complete = false;
    rolecall::recorded told = recorded::no;  ///< whether the sink recorded the change
};

/// A policy kept for several questions, which all get the answers of that one version. Lives on
/// the thread that made it, briefly: the old policy's memory, and whoever waits for its
/// readers, wait for it.
class pinned_policy {
public:
    [[nodiscard]] policy const& operator*() const noexcept { return version_->rules; }
    [[nodiscard]] policy const* operator->() const noexcept { return &version_->rules; }
    [[nodiscard]] std::uint32_t version() const noexcept { return version_->number; }

    static void* operator new(std::size_t) = delete;

private:
    friend class authorizer;
    explicit pinned_policy(detail::live_words const& state)
        : hold_(*state.domain), version_(state.current.load(std::memory_order_seq_cst)) {
        if (!hold_.holds()) detail::out_of_memory();
    }

    detail::pin hold_;
    detail::live_version const* version_;
};

namespace detail {
ROLECALL_COLD live_words* begin(policy const& first, users_view directory,
                                authorizer_options const& options);
}

/// Answers questions by a policy that can be replaced at any time, and tells a sink of each
/// decision. All members may be called from any number of threads at once, but for the
/// destructor.
///
/// `decide` guards data: what it could not record, it does not allow, unless the policy says that
/// recording it is `best-effort`. `allows` asks the same and records nothing: for buttons, lists
/// and loops. Neither waits, ever, for a replacement.
class authorizer {
public:
    /// A sink that is an lvalue is referred to, and must outlive the authorizer; an rvalue is
    /// moved in. The first policy is version 1.
    template <audit_sink Sink>
    authorizer(policy const& first, Sink&& sink, authorizer_options const& options = {})
        : sink_(std::forward<Sink>(sink)), state_(detail::begin(first, {}, options)) {}

    /// The same, with a directory of users beside those that the policy lists, which must outlive
    /// the authorizer. A user has the roles that the policy assigns and those of the directory;
    /// somebody whom neither knows is unknown, unless the policy says `other-users: yes`. A user
    /// to whom the directory assigns a role that the policy does not declare is denied,
    /// `unknown_name`; one who has no role at all may ask, and nothing is granted. Where the
    /// directory tells of its changes, sessions become stale with each.
    template <audit_sink Sink>
    authorizer(policy const& first, Sink&& sink, users_view directory,
               authorizer_options const& options = {})
        : sink_(std::forward<Sink>(sink)), state_(detail::begin(first, directory, options)) {
        hear_of_users();
    }

    authorizer(authorizer const&) = delete;
    authorizer& operator=(authorizer const&) = delete;
    ROLECALL_COLD ~authorizer();

    // ---- Names, resolved once ----------------------------------------------------------------

    /// The reference of a name that the policy of now declares. It outlives replacements: it
    /// means the same name for as long as the lineage lasts, and is denied while no policy
    /// declares that name.
    [[nodiscard]] ROLECALL_COLD std::optional<role_ref> role(std::string_view name) const;
    [[nodiscard]] ROLECALL_COLD std::optional<category_ref> category(std::string_view name) const;
    [[nodiscard]] ROLECALL_COLD std::optional<fact_ref> fact(std::string_view name) const;
    [[nodiscard]] ROLECALL_COLD std::optional<rolecall::action> action(std::string_view name) const;

    // ---- Sessions ------------------------------------------------------------------------------

    /// All roles that are assigned to a user, active together.
    [[nodiscard]] ROLECALL_COLD live_activation session(std::string_view user) const;

    /// Some of the roles that a user of the policy or the directory holds, directly or by
    /// inheritance, or none; or all roles of a user whom the application vouches for.
    [[nodiscard]] ROLECALL_COLD live_activation session(std::string_view user,
                                                        role_list roles) const;

    /// Roles that are active together, without a user. This skips what is known of people:
    /// assignments, their end, separation per person, and guardrails by other roles held.
    [[nodiscard]] ROLECALL_COLD live_activation session_of_roles(role_list roles) const;

    /// As `session(user, roles)`, for roles that an identity provider names: those that the
    /// policy declares, to the letter, are taken, and the sink is told of the others. Where it
    /// can't record that, or none is left, there is no session. A role that a later policy
    /// declares is not taken up by `refresh`: make a new session for a new token.
    [[nodiscard]] ROLECALL_COLD live_activation session_from_claims(std::string_view user,
                                                                    role_list claimed) const;

    // ---- Questions -----------------------------------------------------------------------------

    /// Decides, and tells the sink. Neither throws nor locks, and while the session is not
    /// stale allocates nothing. A stale session is settled anew for this one question; a
    /// session of another authorizer is an unknown name.
    ROLECALL_COLD response decide(live_session const& who, rolecall::action what, category_ref on,
                                  context const& with = {}) const noexcept;

    /// The same by names. Allocates, and where it can't, denies.
    ROLECALL_COLD response decide(request const& question) const noexcept;

    /// Asks as one role, and records nothing. Without facts: with none known.
    [[nodiscard]] bool allows(role_ref role, rolecall::action what,
                              category_ref on) const noexcept {
        return ask(role, what, on);
    }
    [[nodiscard]] bool allows(role_ref role, rolecall::action what, category_ref on,
                              facts const& known) const noexcept {
        return ask(role, what, on, known);
    }
    [[nodiscard]] bool allows(std::string_view role, std::string_view what,
                              std::string_view on) const noexcept {
        return ask(role, what, on);
    }
    [[nodiscard]] bool allows(std::string_view role, std::string_view what, std::string_view on,
                              facts const& known) const noexcept {
        return ask(role, what, on, known);
    }

    /// Explains an answer that `decide` gave to this question, by the policy version that gave
    /// it, if that is still kept. Needs rolecall::rolecall.
    [[nodiscard]] ROLECALL_API explanation explain(live_session const& who, rolecall::action what,
                                                   category_ref on, response const& answer,
                                                   context const& with = {}) const;

    // ---- The policy ----------------------------------------------------------------------------

    /// The policy of now, to keep and to share.
    [[nodiscard]] policy current() const { return *pinned(); }

    /// The policy of now, for several questions of one thread; cheaper than `current`.
    [[nodiscard]] pinned_policy pinned() const { return pinned_policy(*state_); }

    [[nodiscard]] std::uint32_t version() const { return pinned().version(); }

    /// From now on `newer` decides, and the sink is told. Names keep their references. No reader
    /// waits; one that is in the middle of a decision ends it by the old policy, which is freed
    /// after the last of them. Sessions become stale.
    ///
    /// Waits for those readers if told to; not for the thread itself, where it is called from a
    /// sink or under a pin: then it is not complete. Throws std::bad_alloc, and then nothing
    /// has changed.
    ROLECALL_COLD replacement replace(policy const& newer, replace_options const& options = {});

    /// Waits until no thread decides by a policy that was replaced before; false where the time
    /// ran out, this thread is one of them, or the system does not let it find out: a sandbox
    /// that refuses membarrier(2) only after the first use.
    ROLECALL_COLD bool wait_for_readers(unsigned limit_ms = 0) const noexcept;

    /// Tells the time: no check reads a clock. Call it at least once a day, and after midnight
    /// UTC; a policy_watcher does. Where an assignment has passed by it, sessions become stale;
    /// with a directory of users, whenever the day changes.
    ROLECALL_COLD bool tick(date now = date::today()) noexcept;

    /// The day that it decides by: the one that `tick` told last.
    [[nodiscard]] date today() const noexcept {
        return date::from_days(state_->day.load(std::memory_order_relaxed));
    }

    /// Tells that users or their roles have changed, where their directory does not tell so by
    /// itself: sessions become stale. Call it once the directory shows the change.
    ROLECALL_COLD void users_changed() const noexcept;

    /// Tells the sink that a new policy was not taken, and why; for what loads policies.
    ROLECALL_COLD recorded tell_refused(std::string_view problem,
                                        std::string_view refused_digest = {}) const noexcept;

private:
    friend struct detail::access;

    // The fast way: the thread has a slot whose readers need no fence, and pins nothing yet.
    template <class... Question>
    [[nodiscard]] bool ask(Question const&... question) const noexcept {
        detail::quick_pin const hold(*domain_);
        if (!hold.holds()) [[unlikely]]
            return ask_slowly(question...);
        return detail::allows(*state_->data.load(std::memory_order_acquire), question...);
    }

    template <class... Question>
    [[nodiscard, gnu::noinline]] bool ask_slowly(Question... question) const noexcept {
        detail::pin const hold(*domain_);
        return hold.holds() &&
               detail::allows(*state_->data.load(std::memory_order_seq_cst), question...);
    }

    ROLECALL_COLD void hear_of_users();
    [[nodiscard]] live_activation open(detail::asker who) const;
    response decide_anew(live_session const& who, rolecall::action what, category_ref on,
                         context const& with) const noexcept;
    [[nodiscard]] response record(detail::told& event) const noexcept;
    [[nodiscard]] response unrecorded(detail::told& event) const noexcept;

    detail::sink_handle sink_;
    detail::live_words* state_;
    detail::pin_domain* domain_ = state_->domain;
};

}  // namespace rolecall::inline v0_1

#if !defined(ROLECALL_COMPILED)
#include <rolecall/detail/cold/authorizer.hpp>
#endif

#endif
