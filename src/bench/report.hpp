// What was measured, as plain data.
#ifndef ROLECALL_BENCH_REPORT_HPP
#define ROLECALL_BENCH_REPORT_HPP

#include "bench/machine.hpp"
#include "bench/measure.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::bench {

/// Something that a measure is held against.
struct floor_result {
    std::string name;
    spread each;       ///< nanoseconds for one operation
    double ratio = 0;  ///< how many times longer the measure took
};

struct measure {
    std::string group;  ///< `check by session`
    std::string name;   ///< `half denied at random`
    spread each;        ///< nanoseconds for one operation
    std::size_t batches = 0;
    std::vector<floor_result> floors;  ///< the lowest first
};

/// What could not be measured with this policy, or here.
struct omission {
    std::string group, name;
    std::string why;
};

struct policy_size {
    std::size_t roles = 0, categories = 0, actions = 0, facts = 0, users = 0, guardrails = 0;
    std::size_t files = 0, bytes = 0;  ///< that it was read from
};

/// What was asked.
struct question_summary {
    bool from_requests = false;
    std::string asker;               ///< by session: `support`, or `user dana`; empty: many
    std::size_t count = 0;           ///< questions of one kind; or requests
    std::size_t allowed = 0;         ///< of the requests
    std::size_t by_facts = 0;        ///< requests whose answers depend on facts
    std::size_t unknown_names = 0;   ///< requests that name what the policy does not declare
    std::string first_unknown_name;  ///< `line 3: there is no role …`
    std::size_t not_active = 0;      ///< requests whose asker may not be active
    std::size_t left_aside = 0;      ///< requests beyond the limit
    std::uint64_t seed = 0;
};

struct report {
    machine on;
    policy_size size;
    question_summary asked;
    std::vector<measure> measures;
    std::vector<omission> omissions;
    std::vector<std::string> doubts;
};

}  // namespace rolecall::inline v0_1::bench

#endif
