// JSON for files that people read and compare: on several lines.
#ifndef ROLECALL_SRC_SCHEMA_JSON_LAYOUT_HPP
#define ROLECALL_SRC_SCHEMA_JSON_LAYOUT_HPP

#include <boost/json/value.hpp>

#include <string>

namespace rolecall::inline v0_1::schema {

/// The value with two spaces for each level, a line break at its end, and on one line whatever
/// fits there. Equal values give equal text.
[[nodiscard]] std::string laid_out(boost::json::value const& of);

}  // namespace rolecall::inline v0_1::schema

#endif
