// Numbers as bytes, little-endian, as the format has them.
#ifndef ROLECALL_SRC_JOURNAL_BYTE_ORDER_HPP
#define ROLECALL_SRC_JOURNAL_BYTE_ORDER_HPP

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <vector>

namespace rolecall::inline v0_1::trail {

static_assert(std::endian::native == std::endian::little,
              "the journal is not written for this machine");

/// Stores a number at a place that has room for it.
template <std::integral Number>
void store(std::byte* to, Number value) noexcept {
    std::memcpy(to, &value, sizeof value);
}

template <std::integral Number>
Number load(std::byte const* from) noexcept {
    Number value{};
    std::memcpy(&value, from, sizeof value);
    return value;
}

}  // namespace rolecall::inline v0_1::trail

#endif
