// What `audit stats` tells, for people and for programs.
#ifndef ROLECALL_CLI_AUDIT_STATS_REPORT_HPP
#define ROLECALL_CLI_AUDIT_STATS_REPORT_HPP

#include "cli/audit/arguments.hpp"
#include "cli/audit/stats/counts.hpp"
#include "cli/streams.hpp"

#include <cstddef>

namespace rolecall::inline v0_1::cli {

inline constexpr std::size_t most_users_shown = 10;

void write_stats_text(audit_stats_arguments const& asked, trail_counts const& found, output& to);
void write_stats_json(audit_stats_arguments const& asked, trail_counts const& found, output& to);

}  // namespace rolecall::inline v0_1::cli

#endif
