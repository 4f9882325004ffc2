// A line of a log that holds no record, with the reason.
#ifndef ROLECALL_SRC_AUDIT_NO_RECORD_HPP
#define ROLECALL_SRC_AUDIT_NO_RECORD_HPP

#include <rolecall/json_lines.hpp>

#include <string>
#include <utility>

namespace rolecall::inline v0_1 {

inline json_line no_record(json_line::kind what, std::string problem) {
    json_line result;
    result.what = what;
    result.problem = std::move(problem);
    return result;
}

}  // namespace rolecall::inline v0_1

#endif
