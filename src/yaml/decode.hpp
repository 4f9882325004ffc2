// From scalars as written to the text that they stand for.
#ifndef ROLECALL_SRC_YAML_DECODE_HPP
#define ROLECALL_SRC_YAML_DECODE_HPP

#include "yaml/reporter.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::yaml {

/// What stands between single quotes: `''` is a quote.
std::string decode_single_quoted(std::string_view inside);

/// What stands between double quotes, from the offset `begin` on. Reports unknown escapes, and
/// those that stand for a character which may not stand in a policy; both are left out.
std::string decode_double_quoted(std::string_view inside, std::size_t begin, reporter& report);

/// Line breaks in a plain scalar: one is a space, each further one a line feed.
std::string folded_breaks(std::size_t count);

/// Lines of a block, without indentation and line breaks. Blank lines at the end mean
/// nothing; if there is any text, it ends with a line feed, unless that is to be stripped.
std::string join_literal(std::vector<std::string_view> const& lines, bool strip);
std::string join_folded(std::vector<std::string_view> const& lines, bool strip);

}  // namespace rolecall::inline v0_1::yaml

#endif
