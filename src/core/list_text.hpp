// Words in a row, as a sentence has them.
#ifndef ROLECALL_SRC_CORE_LIST_TEXT_HPP
#define ROLECALL_SRC_CORE_LIST_TEXT_HPP

#include <cstddef>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::detail {

/// `a`, `a and b`, `a, b and c`; with a word of your own instead of `and`.
template <class Words>
[[nodiscard]] std::string list_text(Words const& words, std::string_view last = " and ") {
    std::string text;
    std::size_t number = 0;
    for (auto const& word : words) {
        if (number > 0) text += number + 1 == words.size() ? last : std::string_view(", ");
        text += word;
        ++number;
    }
    return text;
}

}  // namespace rolecall::inline v0_1::detail

#endif
