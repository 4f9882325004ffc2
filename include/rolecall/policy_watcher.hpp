// Keeps the policy of an authorizer the same as its files.
//
//     rolecall::policy_watcher watcher{pdp, "policies/shop",
//                                      [](rolecall::watch_status const& now) noexcept {
//                                          if (now.refused) page_somebody(now.problem);
//                                      }};
//
// The bytes of the files are the truth, and the watcher looks at them every so often. Where
// the system can tell of changes (inotify of Linux), that only makes it look at once. What was
// read is loaded and checked aside and taken over in one step, whole or not at all. Files that
// are no policy change nothing: the policy of before goes on deciding, and the sink hears why.
// docs/reload.md tells how to publish a policy safely.
#ifndef ROLECALL_POLICY_WATCHER_HPP
#define ROLECALL_POLICY_WATCHER_HPP

#include <rolecall/audit.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/detail/listener_handle.hpp>
#include <rolecall/diagnostic.hpp>
#include <rolecall/yaml.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

class authorizer;

struct watch_options {
    yaml::load_options load{};  ///< its `today` is not used: each look takes the day of the look
    unsigned poll_ms = 2000;    ///< between two looks; at least 10
    /// After a change, the files must have stayed the same for so long before they are read. If
    /// they go on changing for ten times as long, that is refused, and tried again later.
    unsigned settle_ms = 100;
    bool use_inotify = true;   ///< look at once where the system tells of a change
    bool start_thread = true;  ///< false: nobody looks but who calls `check_now`
};

/// What a look at the files came to.
enum class watch_outcome : std::uint8_t {
    unchanged,  ///< they are as they were seen before, or again what decides already
    activated,  ///< from now on they decide
    refused,    ///< they are no policy; the one before goes on deciding
};

/// `activated`
constexpr std::string_view to_string(watch_outcome outcome) noexcept {
    switch (outcome) {
        case watch_outcome::unchanged: return "unchanged";
        case watch_outcome::activated: return "activated";
        case watch_outcome::refused: return "refused";
    }
    return "unchanged";
}

/// How a watcher and its files stand.
struct watch_status {
    watch_outcome outcome = watch_outcome::unchanged;  ///< of the last look

    /// The files, as they were last seen, were refused: an older policy decides. This stays
    /// until they are a policy again.
    bool refused = false;
    std::string problem;         ///< the first error of a refusal: `path:line:column: error: …`
    std::string refused_digest;  ///< as `audit_event::refused_digest`
    /// Every problem of files that were refused; else the warnings of those that were activated.
    std::vector<diagnostic> findings;

    bool same_rules = false;        ///< the last activation changed comments, lines or files only
    bool complete = true;           ///< no thread decides by an older policy any more
    recorded told = recorded::yes;  ///< whether the sink recorded what it was last told

    std::uint32_t version = 0;  ///< of the policy that decides now
    std::string digest;         ///< of the policy that decides now; see `policy::known_digest`

    std::uint64_t looks = 0;        ///< since the watcher was made
    std::uint64_t activations = 0;  ///< of those, how many came to this
    std::uint64_t refusals = 0;
    std::int64_t ms_since_look = -1;  ///< since the last look ended; -1 before the first
    bool running = false;             ///< whether a thread looks; in a child process: no
};

/// What can be told of changes. It should be noexcept; what it throws is dropped.
template <class Listener>
concept watch_listener = requires(std::remove_reference_t<Listener>& listener,
                                  watch_status const& now) {
    listener(now);
};

namespace detail {
class watcher_state;
}

/// Looks at the files of a policy, from a thread of its own and whenever it is asked to, and
/// replaces the policy of an authorizer when they have changed. Each look also tells the
/// authorizer the day (`authorizer::tick`).
///
/// The first look compares the files with the policy that the authorizer was made with, so
/// nothing happens while they are the same, and no change is lost that came in between. A
/// relative path is taken from the directory in which the process is when the watcher is made.
///
/// The authorizer must outlive the watcher. All members may be called from any number of
/// threads at once, but for the destructor. The thread blocks all signals. A child process does
/// not inherit it: there, the watcher does nothing, may be destroyed, and a new one can be made.
class policy_watcher {
public:
    /// Starts to watch. Throws std::bad_alloc, and std::system_error where the system has no
    /// more threads or descriptors. That the files are no policy is no error here.
    ROLECALL_API policy_watcher(authorizer& pdp, std::string path,
                                watch_options const& options = {});

    /// The same, and tells a listener: after each look that activated or refused the files, or
    /// found what decides already in place of what was refused. It is called by the thread that
    /// looked, never by two at once, and the next look waits for it. It may ask the watcher and
    /// the authorizer for anything, and must not destroy them.
    ///
    /// A listener that is an lvalue is referred to and must outlive the watcher; an rvalue is
    /// moved in.
    template <watch_listener Listener>
    policy_watcher(authorizer& pdp, std::string path, Listener&& listener,
                   watch_options const& options = {})
        : policy_watcher(pdp, std::move(path), options,
                         detail::listener_handle(std::in_place_type<watch_status>,
                                                 std::forward<Listener>(listener))) {}

    policy_watcher(policy_watcher const&) = delete;
    policy_watcher& operator=(policy_watcher const&) = delete;

    /// Stops, after the look that is going on. Not from within a listener or a sink.
    ROLECALL_API ~policy_watcher();

    /// Looks now, and reads the files whatever their dates say. Waits for a look that is going
    /// on, and for the files to settle. From within a listener or sink that this thread's look
    /// has called: `unchanged`, without a look. A sink that is told of a decision must not call
    /// it: what a look does may wait for the end of that decision.
    ROLECALL_API watch_outcome check_now() noexcept;

    /// How things stand, at any time and without waiting for a look.
    [[nodiscard]] ROLECALL_API watch_status status() const;

private:
    ROLECALL_API policy_watcher(authorizer& pdp, std::string path, watch_options const& options,
                                detail::listener_handle listener);

    detail::watcher_state* state_;  // never null
};

}  // namespace rolecall::inline v0_1

#endif
