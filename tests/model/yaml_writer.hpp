// Writes a small tree of mappings, sequences and scalars as YAML, in one of the many ways that a
// reader must take for the same.

#pragma once

#include "random_source.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace model {

struct node {
    enum class kind { scalar, free_text, sequence, mapping };
    kind is = kind::scalar;
    std::string text;         // of a scalar
    std::vector<node> items;  // of a sequence or mapping
    std::string key = {};     // of an entry of a mapping
};

// The text of one policy file: `rolecall: 1`, then the entries of the mapping `top`. Undecorated it
// is plain and easy to read. Decorated, chance chooses block or flow, quotes, indents, comments,
// blank lines, line ends, `---` and `...`.
std::string write_yaml(node const& top, random_source& random, bool decorate);

}  // namespace model
