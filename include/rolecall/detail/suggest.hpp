// Did you mean: the known word that a mistyped one is closest to.
#ifndef ROLECALL_DETAIL_SUGGEST_HPP
#define ROLECALL_DETAIL_SUGGEST_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::detail {

/// Longer words get no suggestion.
inline constexpr std::size_t max_suggested_length = 128;
/// Words that differ in more places than this are different words, however long.
inline constexpr std::size_t max_suggested_distance = 5;

constexpr char ascii_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// How many letters to insert, remove, replace, or swap with their neighbour (each at most
/// once) to make one word of the other; `limit + 1` stands for anything above the limit.
/// Capitals count as small letters. Both words are at most `max_suggested_length` bytes.
///
/// Of the table with a row for each letter of `from` and a column for each of `to`, only the
/// cells within `limit` of the diagonal are computed; those next to them hold `limit + 1`.
constexpr std::size_t bounded_distance(std::string_view from, std::string_view to,
                                       std::size_t limit) noexcept {
    std::size_t const beyond = limit + 1;
    std::size_t const gap = std::max(from.size(), to.size()) - std::min(from.size(), to.size());
    if (gap > limit) return beyond;

    using row = std::array<std::size_t, max_suggested_length + 2>;
    row above{}, before{}, now{};  // two rows up, one row up, this one
    for (std::size_t column = 0; column <= to.size() + 1; ++column)
        before[column] = std::min(column, beyond);

    auto const same = [&](std::size_t r, std::size_t c) {
        return ascii_lower(from[r - 1]) == ascii_lower(to[c - 1]);
    };
    for (std::size_t r = 1; r <= from.size(); ++r) {
        std::size_t const first = r > limit ? r - limit : 1;
        std::size_t const last = std::min(to.size(), r + limit);
        std::size_t best = now[first - 1] = first == 1 ? std::min(r, beyond) : beyond;
        for (std::size_t c = first; c <= last; ++c) {
            std::size_t cost = std::min(before[c], now[c - 1]) + 1;
            cost = std::min(cost, before[c - 1] + (same(r, c) ? 0 : 1));
            if (r > 1 && c > 1 && same(r, c - 1) && same(r - 1, c))
                cost = std::min(cost, above[c - 2] + 1);
            now[c] = std::min(cost, beyond);
            best = std::min(best, now[c]);
        }
        if (best > limit) return beyond;
        now[last + 1] = beyond;
        above = std::exchange(before, now);
    }
    return before[to.size()];
}

/// The candidate that the word was probably meant to be: about one letter in three may
/// differ. Of equally close ones the first in byte order, whatever the order given; never
/// the word itself. Views the candidate's own text.
inline std::optional<std::string_view> closest(
    std::string_view word, std::span<std::string_view const> candidates) noexcept {
    if (word.empty() || word.size() > max_suggested_length) return std::nullopt;
    std::size_t limit =
        std::clamp(word.size() / 3, std::size_t{word.size() > 1 ? 1U : 0U}, max_suggested_distance);
    std::optional<std::string_view> found;
    for (std::string_view const candidate : candidates) {
        if (candidate.empty() || candidate.size() > max_suggested_length || candidate == word)
            continue;
        std::size_t const distance = bounded_distance(word, candidate, limit);
        if (distance > limit) continue;
        if (distance < limit || !found || candidate < *found) found = candidate;
        limit = distance;
    }
    return found;
}

/// The same for a whole policy, whose wrong names may be as many as its right ones: once
/// about a second's work is spent, it suggests nothing more.
class suggester {
public:
    std::optional<std::string_view> closest(std::string_view word,
                                            std::span<std::string_view const> candidates) noexcept {
        std::size_t const price = (word.size() + 8) * candidates.size();
        if (price > left_) return std::nullopt;
        left_ -= price;
        return detail::closest(word, candidates);
    }

private:
    std::size_t left_ = 20'000'000;  // bytes to compare
};

/// `; did you mean `view`?`, or nothing where there is no suggestion.
inline std::string did_you_mean(std::optional<std::string_view> suggestion) {
    if (!suggestion) return {};
    return "; did you mean `" + std::string(*suggestion) + "`?";
}

}  // namespace rolecall::inline v0_1::detail

#endif
