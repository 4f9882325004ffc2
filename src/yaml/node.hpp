// What a file says before anyone asks what it means: scalars, sequences and mappings, each
// with the place of its first character. Scalars are text and nothing else.
#ifndef ROLECALL_SRC_YAML_NODE_HPP
#define ROLECALL_SRC_YAML_NODE_HPP

#include <rolecall/diagnostic.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::yaml {

enum class node_kind : std::uint8_t {
    scalar,
    sequence,
    mapping,
    nothing,  ///< a key or value that is missing or was refused, such as an alias; already reported
};

enum class scalar_style : std::uint8_t { plain, quoted, block };

struct entry;

struct node {
    node_kind kind = node_kind::nothing;
    scalar_style style = scalar_style::plain;
    bool open = false;  ///< reading broke off inside, or on its last line: more may have followed
    place at;  ///< first character; length of a scalar as written on its first line, else 1

    // Offsets in the text, for those who edit it: what is read without a finding has them.
    std::uint32_t begin = 0, end = 0;  ///< from the first character to behind the last
    std::uint32_t dash = 0;            ///< of an item of a list in block style: its `-`

    std::string text;  ///< of a scalar, decoded; characters that were refused are left out
    std::vector<node> items;
    std::vector<entry> entries;
};

/// A key and its value, in the order of the file. A duplicate key is reported and left out.
struct entry {
    node key;  ///< a scalar; or `nothing`, such as a merge key
    node value;
};

}  // namespace rolecall::inline v0_1::yaml

#endif
