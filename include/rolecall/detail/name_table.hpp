// Names and their numbers.
//
//     slots   [ hash | number ]  open addressing, a power of two, at most a quarter full
//     ends    where each name ends in `text`; name n begins where n-1 ends. A name of no
//             bytes is a gap: a number whose name an earlier policy of the lineage had
//     text    all names, one after the other
//
// A lookup hashes the name eight bytes at a time, compares 32 bits of hash, and then the
// text once. It takes no lock, allocates nothing and throws nothing.
#ifndef ROLECALL_DETAIL_NAME_TABLE_HPP
#define ROLECALL_DETAIL_NAME_TABLE_HPP

#include <rolecall/detail/export.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::detail {

inline std::uint64_t fold_multiply(std::uint64_t a, std::uint64_t b) noexcept {
    __extension__ using wide = unsigned __int128;
    wide const product = static_cast<wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

/// A hash for short names, after the idea of wyhash: read words, multiply, fold. Not for
/// secrets; tables are built from the policy, so requests can't make them collide. A table of
/// names that come from elsewhere has a seed that nobody knows.
inline std::uint32_t hash_name(std::string_view name, std::uint64_t seed = 0) noexcept {
    constexpr std::uint64_t k0 = 0x9E3779B97F4A7C15;
    constexpr std::uint64_t k1 = 0xD1B54A32D192ED03;
    auto const word = [](char const* from, std::size_t bytes) noexcept {
        std::uint64_t w = 0;
        std::memcpy(&w, from, bytes);
        return w;
    };
    char const* at = name.data();
    std::size_t left = name.size();
    std::uint64_t h = k0 ^ left ^ seed;
    for (; left > 16; at += 16, left -= 16)
        h = fold_multiply(word(at, 8) ^ k1, word(at + 8, 8) ^ h);
    std::uint64_t a = 0;
    std::uint64_t b = 0;
    if (left >= 8) {
        a = word(at, 8);
        b = word(at + left - 8, 8);
    } else if (left >= 4) {
        a = word(at, 4);
        b = word(at + left - 4, 4);
    } else if (left > 0) {
        a = static_cast<unsigned char>(at[0]) |
            static_cast<std::uint64_t>(static_cast<unsigned char>(at[left / 2])) << 8U |
            static_cast<std::uint64_t>(static_cast<unsigned char>(at[left - 1])) << 16U;
    }
    h = fold_multiply(a ^ k1, b ^ h);
    return static_cast<std::uint32_t>(fold_multiply(h ^ k0, k1));
}

/// Whether as many bytes are equal. Names are short: a few loads beat a call.
inline bool equal_bytes(char const* a, char const* b, std::size_t count) noexcept {
    auto const differ = [&](std::size_t at, auto word) noexcept {
        auto other = word;
        std::memcpy(&word, a + at, sizeof word);
        std::memcpy(&other, b + at, sizeof other);
        return word ^ other;
    };
    constexpr std::uint64_t eight = 0;
    constexpr std::uint32_t four = 0;
    if (count >= 8 && count <= 16) return (differ(0, eight) | differ(count - 8, eight)) == 0;
    if (count > 16 && count <= 32)
        return (differ(0, eight) | differ(8, eight) | differ(count - 16, eight) |
                differ(count - 8, eight)) == 0;
    if (count > 32) {
        for (std::size_t at = 0; at + 8 < count; at += 8)
            if (differ(at, eight) != 0) return false;
        return differ(count - 8, eight) == 0;
    }
    if (count >= 4) return (differ(0, four) | differ(count - 4, four)) == 0;
    for (std::size_t at = 0; at < count; ++at)
        if (a[at] != b[at]) return false;
    return true;
}

class name_table {
public:
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    /// Adds a name that is not there yet, and gives it the next number. The name must not be
    /// a view into this table. Where memory runs out, the table stays as it was.
    ROLECALL_COLD std::uint32_t add(std::string_view name);

    /// Gives the next number to nothing: no name has it.
    ROLECALL_COLD void add_gap();

    [[nodiscard]] std::uint32_t find(std::string_view name) const noexcept {
        if (slots_.empty()) return none;
        std::uint32_t const hash = hash_name(name);
        for (std::size_t i = hash & mask();; i = (i + 1) & mask()) {
            slot const& s = slots_[i];
            if (s.number == none) return none;
            if (s.hash == hash && is(s.number, name)) return s.number;
        }
    }

    /// Whether a name has this number.
    [[nodiscard]] bool declared(std::uint32_t number) const noexcept {
        return number < ends_.size() && ends_[number] != begin_of(number);
    }

    /// The name of a number below `size()`, empty for a gap. The view lives as long as the
    /// table is unchanged.
    [[nodiscard]] std::string_view name(std::uint32_t number) const noexcept {
        std::size_t const begin = begin_of(number);
        return {text_.data() + begin, ends_[number] - begin};
    }

    [[nodiscard]] std::uint32_t size() const noexcept {
        return static_cast<std::uint32_t>(ends_.size());
    }

private:
    struct slot {
        std::uint32_t hash = 0;
        std::uint32_t number = none;
    };

    [[nodiscard]] std::size_t mask() const noexcept { return slots_.size() - 1; }

    [[nodiscard]] std::size_t begin_of(std::uint32_t number) const noexcept {
        return number == 0 ? 0 : ends_[number - 1];
    }

    [[nodiscard]] bool is(std::uint32_t number, std::string_view name) const noexcept {
        std::string_view const mine = this->name(number);
        return mine.size() == name.size() && equal_bytes(mine.data(), name.data(), name.size());
    }

    void insert(slot entry) noexcept;
    void grow();

    std::vector<slot> slots_;
    std::vector<std::size_t> ends_;
    std::string text_;
};

}  // namespace rolecall::inline v0_1::detail

#if !defined(ROLECALL_COMPILED)
#include <rolecall/detail/cold/name_table.hpp>
#endif

#endif
