// Reads the strict subset of YAML that a policy is written in: docs/format.md, "Files".
//
// Two readers read every file. Ours takes the bytes and knows the subset and nothing else: it
// makes the tree, and points at what is wrong. What it finds nothing wrong with goes through
// yaml-cpp as well, which must report the same scalars, sequences and mappings at the same
// places. So a slip in either of them refuses a policy, and does not change one.
//
//   text ──▶ reader ──▶ tree ──▶ second reading (yaml-cpp) ──▶ the same tree, or a finding
//              └─▶ character_check: what may not stand anywhere
//
// The files of this folder, from the bytes up:
//   text_places, reporter    where a byte stands; what was found there
//   character_check          UTF-8, control and hidden characters
//   cursor, spans            blanks, comments, lines; where a word ends
//   decode                   quotes and escapes; the lines of a block
//   word_reader              one word after another: scalars, keys, what may stand between
//   tree_reader              mappings and lists: block, flow, lone_value, block_scalar
//   second_reading           the only file that knows yaml-cpp
#ifndef ROLECALL_SRC_YAML_READ_HPP
#define ROLECALL_SRC_YAML_READ_HPP

#include "yaml/node.hpp"
#include <rolecall/detail/findings.hpp>

#include <cstdint>
#include <string_view>

namespace rolecall::inline v0_1::yaml {

struct read_options {
    bool demand_end_marker = false;  ///< the last line, but for comments, must be `...`
};

struct reading {
    node root;             ///< kind `nothing` where the file has no value at all
    bool complete = true;  ///< false: a syntax error ended the file early
    detail::findings found;
};

/// Reads one document. Never throws but for lack of memory, and takes time and memory
/// linear in the text, whatever the text is. A stack of 128 KB is plenty.
reading read(std::string_view text, std::uint32_t file, read_options const& options = {});

}  // namespace rolecall::inline v0_1::yaml

#endif
