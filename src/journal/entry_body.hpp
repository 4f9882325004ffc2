// The parts of an entry of a payload, one after the other.
#ifndef ROLECALL_SRC_JOURNAL_ENTRY_BODY_HPP
#define ROLECALL_SRC_JOURNAL_ENTRY_BODY_HPP

#include "journal/byte_order.hpp"
#include "journal/files.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::trail {

inline constexpr std::size_t entry_head_bytes = 4;  // type and size
inline constexpr std::uint32_t most_in_list = 1'048'576;
inline constexpr char const* cut_off = "an entry is shorter than it should be";

/// The bytes of an entry, taken from the front. After they did not suffice, all is empty or zero.
class entry_body {
public:
    explicit entry_body(bytes_view bytes) noexcept : bytes_(bytes) {}

    template <class Number>
    Number number() noexcept {
        bytes_view const is = take(sizeof(Number));
        return is.empty() ? Number{} : load<Number>(is.data());
    }

    std::int64_t time() noexcept { return static_cast<std::int64_t>(number<std::uint64_t>()); }
    std::string text() { return string_of(number<std::uint16_t>()); }
    std::string long_text() { return string_of(number<std::uint32_t>()); }
    std::string rest() { return string_of(bytes_.size()); }

    // How many of what takes so many bytes at least. More than there can be: none, and it is cut.
    std::uint32_t count(std::size_t each, std::uint32_t most = most_in_list) noexcept {
        auto const is = number<std::uint32_t>();
        if (is <= bytes_.size() / each && is <= most) return is;
        if (is > most) too_many_ = true;
        short_ = true;
        bytes_ = {};
        return 0;
    }

    std::vector<std::string> list(std::uint32_t most = most_in_list) {
        std::uint32_t const size = count(sizeof(std::uint16_t), most);
        std::vector<std::string> names;
        names.reserve(size);
        for (std::uint32_t i = 0; i < size && !short_; ++i) names.push_back(text());
        return names;
    }

    [[nodiscard]] bool is_short() const noexcept { return short_; }
    [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }

    // Why it does not end here; null where it does.
    [[nodiscard]] char const* end() const noexcept {
        if (too_many_) return "a list is longer than one can be";
        if (short_) return cut_off;
        return bytes_.empty() ? nullptr : "an entry is longer than it should be";
    }

private:
    bytes_view take(std::size_t bytes) noexcept {
        if (bytes > bytes_.size()) {
            short_ = true;
            bytes_ = {};
            return {};
        }
        bytes_view const is = bytes_.first(bytes);
        bytes_ = bytes_.subspan(bytes);
        return is;
    }

    std::string string_of(std::size_t bytes) {
        bytes_view const is = take(bytes);
        return {reinterpret_cast<char const*>(is.data()), is.size()};
    }

    bytes_view bytes_;
    bool short_ = false, too_many_ = false;
};

}  // namespace rolecall::inline v0_1::trail

#endif
