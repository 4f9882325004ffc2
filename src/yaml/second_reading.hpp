// The second reader: yaml-cpp.
#ifndef ROLECALL_SRC_YAML_SECOND_READING_HPP
#define ROLECALL_SRC_YAML_SECOND_READING_HPP

#include "yaml/node.hpp"
#include "yaml/reporter.hpp"

#include <cstdint>
#include <string_view>

namespace rolecall::inline v0_1::yaml {

/// Whether yaml-cpp finds this tree in the text: the same scalars, sequences and mappings, in
/// the same order, at the same places. Reports the first difference. For a text in which the
/// first reader found nothing wrong, and thus neither deep nor otherwise hostile.
bool confirm(std::string_view text, std::uint32_t file, node const& root, reporter& report);

}  // namespace rolecall::inline v0_1::yaml

#endif
