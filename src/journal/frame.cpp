#include "journal/frame.hpp"

#include <charconv>
#include <string_view>

namespace rolecall::inline v0_1::trail {
namespace {

constexpr std::string_view segment_end = ".segment";
constexpr std::string_view writer_begin = "writer-";
constexpr std::size_t segment_digits = 12;

std::uint64_t number_in(std::string_view digits) {
    std::uint64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

}  // namespace

std::string segment_name(std::uint64_t number) {
    std::string name = std::to_string(number);
    if (name.size() < segment_digits) name.insert(0, segment_digits - name.size(), '0');
    return name.append(segment_end);
}

std::string writer_name(std::uint32_t number) {
    return std::string(writer_begin) + std::to_string(number);
}

std::uint64_t segment_number(std::string const& name) {
    std::uint64_t const number = number_in(name);
    return number != 0 && name == segment_name(number) ? number : 0;
}

std::uint32_t writer_number(std::string const& name) {
    if (!name.starts_with(writer_begin)) return 0;
    std::uint64_t const number = number_in(std::string_view(name).substr(writer_begin.size()));
    auto const narrow = static_cast<std::uint32_t>(number);
    return narrow != 0 && name == writer_name(narrow) ? narrow : 0;
}

std::string hex(bytes_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (std::byte const byte : bytes) {
        text += digits[std::to_integer<std::size_t>(byte) >> 4U];
        text += digits[std::to_integer<std::size_t>(byte) & 15U];
    }
    return text;
}

}  // namespace rolecall::inline v0_1::trail
