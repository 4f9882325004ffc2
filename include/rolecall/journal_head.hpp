// Signed heads of a journal: text to keep elsewhere, which shows later that nothing was cut,
// changed or rebuilt since.
#ifndef ROLECALL_JOURNAL_HEAD_HPP
#define ROLECALL_JOURNAL_HEAD_HPP

#include <rolecall/detail/export.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1 {

/// How far the chain of one writer goes; docs/journal-format.md has its text.
struct journal_head {
    std::string journal;  ///< identity: 32 hexadecimal digits
    std::uint32_t writer = 0;
    std::uint64_t segment = 0;
    std::uint64_t sequence = 0;
    std::string head;       ///< hash of the frame: 64 hexadecimal digits
    std::int64_t time = 0;  ///< nanoseconds since 1970-01-01 UTC
    std::string key;        ///< fingerprint of the key that signed: 16 hexadecimal digits, or empty
    std::string signature;  ///< 64 bytes; empty where none signed

    friend bool operator==(journal_head const&, journal_head const&) = default;
};

/// The text of a head, as docs/journal-format.md describes it, with a final line break.
[[nodiscard]] ROLECALL_API std::string to_text(journal_head const& head);

/// Reads the text of one head, to the letter. Anything else: nothing.
[[nodiscard]] ROLECALL_API std::optional<journal_head> parse_journal_head(std::string_view text);

/// Several heads, parted by empty lines. Nothing where one of them is none; at most 1 MiB.
[[nodiscard]] ROLECALL_API std::optional<std::vector<journal_head>> parse_journal_heads(
    std::string_view text);

/// An Ed25519 key to check with: a PEM file (`PUBLIC KEY`, or a private key, of which the public
/// part is taken). Copies share it.
class journal_public_key {
public:
    /// Reads PEM text. Nothing, and why in `problem`, for anything but an Ed25519 key.
    [[nodiscard]] ROLECALL_API static std::optional<journal_public_key> from_pem(
        std::string_view pem, std::string& problem);

    /// 16 hexadecimal digits.
    [[nodiscard]] ROLECALL_API std::string fingerprint() const;
    /// The 32 bytes of the key (RFC 8032).
    [[nodiscard]] std::string const& raw() const noexcept { return raw_; }
    /// Whether the signature is this key's over the text.
    [[nodiscard]] ROLECALL_API bool verify(std::string_view text, std::string_view signature) const;
    /// Whether a head has a signature, and it is this key's.
    [[nodiscard]] ROLECALL_API bool verify(journal_head const& head) const;

private:
    explicit journal_public_key(std::string raw) : raw_(std::move(raw)) {}
    std::string raw_;
};

}  // namespace rolecall::inline v0_1

#endif
