// Where a byte of a text stands, for people: line and column.
#ifndef ROLECALL_SRC_YAML_TEXT_PLACES_HPP
#define ROLECALL_SRC_YAML_TEXT_PLACES_HPP

#include <rolecall/detail/text.hpp>
#include <rolecall/diagnostic.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace rolecall::inline v0_1::yaml {

/// Turns offsets into places. Remembers where it was: offsets that grow cost no more than
/// one walk over the text, however many there are. Keeps a view of the text.
class text_places {
public:
    text_places(std::string_view text, std::uint32_t file) noexcept : text_(text), file_(file) {}

    /// The place of what stands from `begin` to `end`, on one line; at least one character.
    [[nodiscard]] place at(std::size_t begin, std::size_t end) noexcept {
        if (begin < offset_) rewind_to_line_of(begin);
        while (offset_ < begin) step();
        auto const length = detail::count_code_points(text_.substr(begin, end - begin));
        return {file_, line_, column_,
                static_cast<std::uint32_t>(std::max<std::size_t>(length, 1))};
    }

private:
    void step() noexcept {
        if (text_[offset_] == '\n') {
            ++line_;
            column_ = 1;
            ++offset_;
        } else {
            ++column_;
            offset_ += detail::first_code_point(text_.substr(offset_)).size;
        }
    }

    void rewind_to_line_of(std::size_t offset) noexcept {
        auto const passed = text_.substr(offset, offset_ - offset);
        line_ -= static_cast<std::uint32_t>(std::count(passed.begin(), passed.end(), '\n'));
        column_ = 1;
        offset_ = text_.substr(0, offset).rfind('\n') + 1;  // npos + 1 is the first byte
    }

    std::string_view text_;
    std::size_t offset_ = 0;
    std::uint32_t file_;
    std::uint32_t line_ = 1;
    std::uint32_t column_ = 1;
};

}  // namespace rolecall::inline v0_1::yaml

#endif
