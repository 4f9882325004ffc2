// What is asked, a file each.
#ifndef ROLECALL_BENCHMARKS_BENCHMARKS_HPP
#define ROLECALL_BENCHMARKS_BENCHMARKS_HPP

#include "support/suite.hpp"

namespace rolecall::benchmarks {

void check_by_session(suite& to);
void check_by_reference(suite& to);
void check_by_name(suite& to);
void check_with_facts(suite& to);
void guardrails(suite& to);
void decide(suite& to);
void journals(suite& to);
void activation(suite& to);
void users(suite& to);
void directory(suite& to);
void reload(suite& to);
void load(suite& to);
void lint_and_diff(suite& to);
void mutation(suite& to);

}  // namespace rolecall::benchmarks

#endif
