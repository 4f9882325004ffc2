// What the exercises of a policy touch, as text and as JSON.
#ifndef ROLECALL_CLI_TEST_COVERAGE_REPORT_HPP
#define ROLECALL_CLI_TEST_COVERAGE_REPORT_HPP

#include "cli/streams.hpp"
#include <rolecall/exercise_coverage.hpp>

#include <boost/json/object.hpp>

#include <string>

namespace rolecall::inline v0_1::cli {

/// A table by kind, and then what nobody touches: at most 20 lines of a kind, cells a line for each
/// role, unless all are asked for.
/// Each line ends with a line break.
[[nodiscard]] std::string coverage_text(exercise_coverage const& found, bool all_items,
                                        colours const& with);

/// Adds the member `coverage`: the counts by kind, and every item that is not covered.
void add_coverage(boost::json::object& to, exercise_coverage const& found);

}  // namespace rolecall::inline v0_1::cli

#endif
