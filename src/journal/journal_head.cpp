// The text of a head, as docs/journal-format.md describes it.
#include "audit/json_text.hpp"
#include <rolecall/journal_head.hpp>

#include <openssl/evp.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace rolecall::inline v0_1 {
namespace {

constexpr std::size_t identity_digits = 32;
constexpr std::size_t hash_digits = 64;
constexpr std::size_t key_digits = 16;
constexpr std::size_t signature_bytes = 64;
constexpr std::size_t longest_text = std::size_t{1} << 20U;

bool is_hex(std::string_view text, std::size_t digits) noexcept {
    return text.size() == digits && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

std::string base64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // and a zero that libcrypto adds
    int const size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                     reinterpret_cast<unsigned char const*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

// Empty for what is not the text of a signature. Whether it is to the letter, its caller checks.
std::string signature_in(std::string_view text) {
    constexpr std::size_t padded = (signature_bytes + 2) / 3 * 3;
    std::string bytes(padded, '\0');
    if (text.size() != padded / 3 * 4) return {};
    int const size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                     reinterpret_cast<unsigned char const*>(text.data()),
                                     static_cast<int>(text.size()));
    if (size != static_cast<int>(padded)) return {};
    bytes.resize(signature_bytes);
    return bytes;
}

// Takes the next line, if it is `word value`.
class lines_of {
public:
    explicit lines_of(std::string_view text) : rest_(text) {}

    std::optional<std::string_view> next(std::string_view word) {
        std::size_t const end = rest_.find('\n');
        std::string_view const line = rest_.substr(0, end);
        if (end == std::string_view::npos || !line.starts_with(word) ||
            !line.substr(word.size()).starts_with(' '))
            return std::nullopt;
        rest_.remove_prefix(end + 1);
        return line.substr(word.size() + 1);
    }
    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }

private:
    std::string_view rest_;
};

template <class Number>
bool read(std::optional<std::string_view> text, Number& to) {
    if (!text) return false;
    char const* const end = text->data() + text->size();
    auto const got = std::from_chars(text->data(), end, to);
    return got.ec == std::errc{} && got.ptr == end;
}

}  // namespace

std::string to_text(journal_head const& head) {
    std::string text = "rolecall-journal " + head.journal + "\nwriter " +
                       std::to_string(head.writer) + "\nsegment " + std::to_string(head.segment) +
                       "\nsequence " + std::to_string(head.sequence) + "\nhead " + head.head +
                       "\ntime ";
    audit::append_time(text, head.time);
    text += '\n';
    if (!head.key.empty()) text += "key " + head.key + '\n';
    if (!head.signature.empty()) text += "signature " + base64(head.signature) + '\n';
    return text;
}

std::optional<journal_head> parse_journal_head(std::string_view text) {
    if (text.size() > longest_text) return std::nullopt;
    journal_head head;
    lines_of lines(text);
    auto const journal = lines.next("rolecall-journal");
    if (!journal || !is_hex(*journal, identity_digits)) return std::nullopt;
    head.journal = *journal;
    if (!read(lines.next("writer"), head.writer) || head.writer == 0) return std::nullopt;
    if (!read(lines.next("segment"), head.segment) || head.segment == 0) return std::nullopt;
    if (!read(lines.next("sequence"), head.sequence)) return std::nullopt;
    auto const hash = lines.next("head");
    if (!hash || !is_hex(*hash, hash_digits)) return std::nullopt;
    head.head = *hash;
    auto const time = lines.next("time");
    auto const when = time ? audit::read_time(*time) : std::nullopt;
    if (!when) return std::nullopt;
    head.time = *when;
    if (!lines.at_end()) {
        auto const key = lines.next("key");
        auto const signature = lines.next("signature");
        if (!key || !is_hex(*key, key_digits) || !signature) return std::nullopt;
        head.key = *key;
        head.signature = signature_in(*signature);
    }
    // Numbers with zeros in front, other spellings of base64, more lines: not to the letter.
    if (to_text(head) != text) return std::nullopt;
    return head;
}

std::optional<std::vector<journal_head>> parse_journal_heads(std::string_view text) {
    if (text.size() > longest_text) return std::nullopt;
    std::vector<journal_head> heads;
    while (!text.empty()) {
        if (text.front() == '\n') {
            text.remove_prefix(1);
            continue;
        }
        std::size_t const empty_line = text.find("\n\n");
        std::string_view const one =
            empty_line == std::string_view::npos ? text : text.substr(0, empty_line + 1);
        auto head = parse_journal_head(one);
        if (!head) return std::nullopt;
        heads.push_back(std::move(*head));
        text.remove_prefix(one.size());
    }
    return heads;
}

}  // namespace rolecall::inline v0_1
