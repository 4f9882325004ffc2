// What happens where a decision can't be recorded: what the policy's section `audit` says.
#ifndef ROLECALL_AUDIT_MODE_HPP
#define ROLECALL_AUDIT_MODE_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace rolecall::inline v0_1 {

/// From the mildest to the strictest. Whatever the word, what could not be recorded is counted, and
/// the journal says later exactly how much is missing.
enum class audit_demand : std::uint8_t {
    best_effort = 0,  ///< access is given all the same
    block = 1,        ///< waits for at most a time, then no access
    required = 2,     ///< no record, no access, at once
    durable = 3,      ///< and the record is on the disk before the answer is given
};

/// `best-effort`, as the policy format spells it.
constexpr std::string_view to_string(audit_demand demand) noexcept {
    constexpr std::string_view words[] = {"best-effort", "block", "required", "durable"};
    return words[static_cast<std::size_t>(demand) & 3U];
}

/// How a decision has to be recorded. Default: required.
struct audit_mode {
    audit_demand demand = audit_demand::required;
    std::uint16_t wait_ms = 0;  ///< block and durable: how long at most; 1 to 16,383

    friend constexpr bool operator==(audit_mode const&, audit_mode const&) noexcept = default;
};

namespace detail {

/// A mode in a word of 16 bits: two for the demand, fourteen for the time.
constexpr std::uint16_t packed(audit_mode mode) noexcept {
    return static_cast<std::uint16_t>(static_cast<unsigned>(mode.demand) << 14U |
                                      (mode.wait_ms & 0x3FFFU));
}
constexpr audit_mode unpacked(std::uint16_t word) noexcept {
    return {static_cast<audit_demand>(word >> 14U), static_cast<std::uint16_t>(word & 0x3FFFU)};
}

}  // namespace detail

}  // namespace rolecall::inline v0_1

#endif
