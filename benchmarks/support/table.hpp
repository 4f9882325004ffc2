// The table: a line for each question, with its floor, the ratio, and what it should reach.
#ifndef ROLECALL_BENCHMARKS_SUPPORT_TABLE_HPP
#define ROLECALL_BENCHMARKS_SUPPORT_TABLE_HPP

#include "support/gathered_runs.hpp"
#include "support/suite.hpp"

#include <map>
#include <string>

namespace rolecall::benchmarks {

enum class table_format { text, markdown };

/// The whole report: where it was measured, and the sections.
[[nodiscard]] std::string write_table(suite const& all, gathered_runs const& measured,
                                      std::map<std::string, double> const& counts,
                                      table_format format, bool colour);

}  // namespace rolecall::benchmarks

#endif
