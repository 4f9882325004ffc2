// Where the words of a file begin and end. Each lies on one line.
#ifndef ROLECALL_SRC_YAML_SPANS_HPP
#define ROLECALL_SRC_YAML_SPANS_HPP

#include "yaml/node.hpp"

#include <cstddef>
#include <string_view>

namespace rolecall::inline v0_1::yaml {

/// Block: indentation shows the shape. Flow: brackets and commas do, and end plain words.
enum class context { block, flow };

struct scalar_span {
    std::size_t begin = 0;
    std::size_t end = 0;  ///< behind the closing quote; of a plain scalar, without blanks
    scalar_style style = scalar_style::plain;
    bool closed = true;  ///< false: the line ended before the closing quote

    /// What it says: a plain scalar as it stands, a quoted one without its quotes.
    [[nodiscard]] std::string_view inside(std::string_view text) const noexcept {
        if (style == scalar_style::plain) return text.substr(begin, end - begin);
        return text.substr(begin + 1, end - begin - 2);
    }
};

/// Whether text may begin here without quotes.
bool can_begin_plain(std::string_view text, std::size_t at, context in) noexcept;

/// A line of text without quotes, to where a comment, a `: ` or in flow context a bracket or
/// comma ends it. It may be empty, and its begin is not looked at.
scalar_span plain_at(std::string_view text, std::size_t begin, context in) noexcept;

/// A scalar, or its first line: quoted where a quote stands, else plain.
scalar_span scalar_at(std::string_view text, std::size_t begin, context in) noexcept;

/// The `:` that makes a scalar a key, which only blanks may keep apart from it; else npos.
std::size_t colon_behind(std::string_view text, scalar_span const& key, context in) noexcept;

/// The end of an anchor, alias or tag.
std::size_t property_end(std::string_view text, std::size_t begin, context in) noexcept;

}  // namespace rolecall::inline v0_1::yaml

#endif
