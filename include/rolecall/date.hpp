// A day of the calendar in UTC: what assignments end on and decisions are made on.
#ifndef ROLECALL_DATE_HPP
#define ROLECALL_DATE_HPP

#include <compare>
#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1 {

/// A UTC day, as the number of days since 1970-01-01. Holds 0001-01-01 to 9999-12-31.
class date {
public:
    constexpr date() noexcept = default;

    /// The day `days` days after 1970-01-01.
    static constexpr date from_days(std::int32_t days) noexcept {
        date result;
        result.days_ = days;
        return result;
    }

    /// Reads `2027-03-31`: four, two and two digits, a day that exists. Anything else: nothing.
    static constexpr std::optional<date> parse(std::string_view text) noexcept {
        if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
        int const year = number(text.substr(0, 4));
        int const month = number(text.substr(5, 2));
        int const day = number(text.substr(8, 2));
        if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in(year, month))
            return std::nullopt;
        return from_days(days_from_civil(year, month, day));
    }

    /// The current UTC day by the system's clock.
    static date today() noexcept {
        constexpr std::time_t day = 86'400;
        std::time_t const now = std::time(nullptr);
        return from_days(static_cast<std::int32_t>(now / day - (now % day < 0 ? 1 : 0)));
    }

    [[nodiscard]] constexpr std::int32_t days() const noexcept { return days_; }

    /// `2027-03-31`
    [[nodiscard]] std::string to_string() const {
        civil const c = civil_from_days(days_);
        std::string text = "0000-00-00";
        put(text, 0, 4, c.year);
        put(text, 5, 2, c.month);
        put(text, 8, 2, c.day);
        return text;
    }

    /// The same day so many months later, or the last of that month where it has fewer days.
    /// Years: twelve months each. Not before 0001-01-01, and not after 9999-12-31.
    /// `#include <rolecall/period.hpp>` to call it.
    [[nodiscard]] constexpr date plus_months(int months) const noexcept;

    /// The day so many days later, within the same bounds. It is in period.hpp, too.
    [[nodiscard]] constexpr date plus_days(int days) const noexcept;

    friend constexpr auto operator<=>(date, date) noexcept = default;

private:
    struct civil {
        int year, month, day;
    };

    static constexpr int number(std::string_view digits) noexcept {
        int value = 0;
        for (char const c : digits) {
            if (c < '0' || c > '9') return -1;
            value = value * 10 + (c - '0');
        }
        return value;
    }

    static constexpr int days_in(int year, int month) noexcept {
        constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        bool const leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 && leap ? 29 : lengths[month - 1];
    }

    // The proleptic Gregorian calendar with years that begin in March, so that the leap day
    // is the last of its year: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    static constexpr std::int32_t days_from_civil(int y, int m, int d) noexcept {
        y -= m <= 2 ? 1 : 0;
        int const era = y / 400;
        int const year_of_era = y - era * 400;
        int const day_of_year = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
        int const day_of_era =
            year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        return era * 146'097 + day_of_era - 719'468;
    }

    static constexpr civil civil_from_days(std::int32_t z) noexcept {
        z += 719'468;
        int const era = (z >= 0 ? z : z - 146'096) / 146'097;
        int const day_of_era = z - era * 146'097;
        int const year_of_era =
            (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
        int const day_of_year =
            day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        int const shifted_month = (5 * day_of_year + 2) / 153;
        int const month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
        return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month,
                day_of_year - (153 * shifted_month + 2) / 5 + 1};
    }

    static void put(std::string& text, std::size_t at, std::size_t width, int value) {
        for (std::size_t i = width; i-- > 0; value /= 10)
            text[at + i] = static_cast<char>('0' + value % 10);
    }

    std::int32_t days_ = 0;
};

}  // namespace rolecall::inline v0_1

#endif
