// Recorded requests, made ready to be asked again and again in every way that fits them.
#ifndef ROLECALL_BENCH_REQUESTS_HPP
#define ROLECALL_BENCH_REQUESTS_HPP

#include "bench/questions.hpp"
#include <rolecall/date.hpp>
#include <rolecall/request.hpp>
#include <rolecall/session.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::bench {

/// A request as it was read.
struct recorded_request {
    std::uint64_t line = 0;
    bool is_user = false;
    std::string id;                                 ///< of the user; or the role
    std::optional<std::vector<std::string>> roles;  ///< a user's chosen active ones
    std::string action, category;
    std::vector<std::pair<std::string, std::optional<bool>>> facts;
};

/// Requests by names, with the answers of the policy.
struct named_requests {
    std::vector<request> questions;  ///< views of the recorded requests
    std::vector<std::uint8_t> expected;
    std::size_t allowed = 0;
};

/// Questions to several sessions.
struct session_questions {
    struct one {
        session const* who = nullptr;
        action what;
        category_ref on;
    };
    std::vector<one> by_reference;
    question_set shapes;  ///< the same questions; the role of a bare one is the session's number
};

/// Requests in two kinds: those whose answer is the same whatever the facts, which floors can
/// answer too, and those that depend on facts.
struct prepared_requests {
    named_requests fixed, by_facts;

    /// Those whose names are all declared and whose asker may be active, asked by session.
    std::vector<session> sessions;
    session_questions to_sessions, to_sessions_by_facts;

    /// Those of them in which one role asks, asked as that role.
    question_set as_roles, as_roles_by_facts;

    std::size_t unknown_names = 0;    ///< requests that name what the policy does not declare
    std::string first_unknown_name;   ///< `line 3: there is no role …`
    std::size_t not_active = 0;       ///< requests whose asker may not be active
    std::size_t without_session = 0;  ///< requests of askers beyond the limit of sessions
};

struct request_limits {
    std::size_t most_sessions = 4096;
    std::size_t most_session_bytes = std::size_t{64} << 20U;  ///< roughly
};

/// Keeps views of the requests, which must stay where they are. Throws `disagreement` where a
/// session and the policy answer differently.
[[nodiscard]] prepared_requests prepare_requests(vocabulary const& words,
                                                 std::vector<recorded_request> const& recorded,
                                                 date on, request_limits const& limits = {});

}  // namespace rolecall::inline v0_1::bench

#endif
