// What the contests of a suite share.
#ifndef ROLECALL_BENCH_STAGE_HPP
#define ROLECALL_BENCH_STAGE_HPP

#include "bench/contest.hpp"
#include "bench/suite.hpp"

#include <string>
#include <utility>

namespace rolecall::inline v0_1::bench {

struct stage {
    policy const& of;
    vocabulary const& words;
    suite_options const& with;
    report& to;
    race_options options{};  ///< of the contest that is on

    void leave_out(std::string group, std::string name, std::string why) const {
        to.omissions.push_back({std::move(group), std::move(name), std::move(why)});
    }
};

/// Unconditional questions, those that depend on facts, and what the former are called.
struct role_questions {
    std::string name;
    question_set const& fixed;
    question_set const& by_facts;
};

void check_by_session(stage& on, session const& who);
void check_requests(stage& on, prepared_requests const& asked);
void check_by_reference(stage& on, role_questions const& asked);
void check_by_name(stage& on, role_questions const& asked);

/// Decisions of an authorizer, with one sink each.
void decide_by_session(stage& on, asker const& who, question_set const& asked);
void decide_requests(stage& on, named_requests const& asked);
void decide_into_file(stage& on, asker const& who, question_set const& asked);
void decide_requests_into_file(stage& on, named_requests const& asked);

void activate_sessions(stage& on);
void load_and_replace(stage& on);

}  // namespace rolecall::inline v0_1::bench

#endif
