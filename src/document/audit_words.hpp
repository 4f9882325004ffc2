// The modes of the section `audit` as words: `required`, `{block: 100 ms}`.
#ifndef ROLECALL_SRC_DOCUMENT_AUDIT_WORDS_HPP
#define ROLECALL_SRC_DOCUMENT_AUDIT_WORDS_HPP

#include <rolecall/audit_mode.hpp>
#include <rolecall/detail/audit_modes.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::yaml {

/// What a word alone means; nothing where it is none of the four.
constexpr std::optional<audit_mode> mode_of_word(std::string_view word) noexcept {
    using enum audit_demand;
    for (audit_mode const mode : {audit_mode{best_effort, 0}, audit_mode{block, 100},
                                  audit_mode{required, 0}, audit_mode{durable, 5'000}})
        if (to_string(mode.demand) == word) return mode;
    return std::nullopt;
}

/// Reads `100 ms` and `5 s`, in milliseconds: a number without leading zeros, one space, and the
/// unit. Nothing for anything else, and past the longest.
constexpr std::optional<std::uint16_t> parse_wait(std::string_view text) noexcept {
    constexpr std::uint32_t longest = detail::longest_audit_wait_ms;
    std::uint32_t count = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9' && count <= longest) {
        if (count == 0 && text.front() == '0') return std::nullopt;
        count = count * 10 + static_cast<std::uint32_t>(text.front() - '0');
        text.remove_prefix(1);
    }
    if (text != " ms" && text != " s") return std::nullopt;
    std::uint32_t const wait = text == " s" ? count * 1000 : count;
    if (wait == 0 || wait > longest) return std::nullopt;
    return static_cast<std::uint16_t>(wait);
}

/// `100 ms`, `5 s`
inline std::string wait_text(std::uint16_t ms) {
    return ms % 1000 == 0 ? std::to_string(ms / 1000) + " s" : std::to_string(ms) + " ms";
}

constexpr bool waits(audit_demand demand) noexcept {
    return demand == audit_demand::block || demand == audit_demand::durable;
}

/// `best-effort`, `{block: 100 ms}`
inline std::string mode_text(audit_mode mode) {
    std::string const word(to_string(mode.demand));
    return waits(mode.demand) ? '{' + word + ": " + wait_text(mode.wait_ms) + '}' : word;
}

}  // namespace rolecall::inline v0_1::yaml

#endif
