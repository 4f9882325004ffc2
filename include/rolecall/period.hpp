// How often something is to be done: `6 months`, `90 days`.
#ifndef ROLECALL_PERIOD_HPP
#define ROLECALL_PERIOD_HPP

#include <rolecall/date.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1 {

constexpr date date::plus_months(int months) const noexcept {
    civil const c = civil_from_days(days_);
    std::int64_t const month = std::int64_t{c.year} * 12 + c.month - 1 + months;
    if (month < 12) return from_days(days_from_civil(1, 1, 1));
    if (month / 12 > 9999) return from_days(days_from_civil(9999, 12, 31));
    auto const in_year = static_cast<int>(month / 12);
    int const of_year = static_cast<int>(month % 12) + 1;
    int const last = days_in(in_year, of_year);
    return from_days(days_from_civil(in_year, of_year, c.day < last ? c.day : last));
}

constexpr date date::plus_days(int days) const noexcept {
    constexpr std::int32_t first = -719'162;
    constexpr std::int32_t last = 2'932'896;
    std::int64_t const day = std::int64_t{days_} + days;
    if (day < first) return from_days(first);
    return from_days(day > last ? last : static_cast<std::int32_t>(day));
}

/// A number of days, weeks, months or years, from 1 to 999.
struct period {
    /// What is counted.
    enum class unit : std::uint8_t { days, weeks, months, years };

    std::uint32_t count = 1;
    unit of = unit::years;

    /// Reads `6 months`: a number without leading zeros, one space, and `day`, `week`, `month` or
    /// `year`, with or without an `s`. Anything else: nothing.
    static constexpr std::optional<period> parse(std::string_view text) noexcept {
        period result;
        result.count = 0;
        while (!text.empty() && text.front() >= '0' && text.front() <= '9' && result.count < 1000) {
            if (result.count == 0 && text.front() == '0') return std::nullopt;
            result.count = result.count * 10 + static_cast<std::uint32_t>(text.front() - '0');
            text.remove_prefix(1);
        }
        if (result.count == 0 || result.count > 999 || text.empty() || text.front() != ' ')
            return std::nullopt;
        text.remove_prefix(1);
        if (!text.empty() && text.back() == 's') text.remove_suffix(1);
        for (unit const u : {unit::days, unit::weeks, unit::months, unit::years})
            if (text == word(u)) {
                result.of = u;
                return result;
            }
        return std::nullopt;
    }

    /// The day on which a period ends that begins on this one. Months and years as
    /// `date::plus_months`; 9999-12-31 at the latest.
    [[nodiscard]] constexpr date after(date begin) const noexcept {
        auto const n = static_cast<int>(count);
        if (of == unit::months) return begin.plus_months(n);
        if (of == unit::years) return begin.plus_months(12 * n);
        return begin.plus_days(of == unit::weeks ? 7 * n : n);
    }

    /// `6 months`, `1 year`
    [[nodiscard]] std::string to_string() const {
        std::string text = std::to_string(count) + ' ' + std::string(word(of));
        return count == 1 ? text : text + 's';
    }

    friend constexpr bool operator==(period const&, period const&) = default;

private:
    static constexpr std::string_view word(unit u) noexcept {
        constexpr std::string_view words[] = {"day", "week", "month", "year"};
        return words[static_cast<std::size_t>(u)];
    }
};

}  // namespace rolecall::inline v0_1

#endif
