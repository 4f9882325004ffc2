#include "import/log_times.hpp"

#include <rolecall/date.hpp>
#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>

#include <array>
#include <cstddef>

namespace rolecall::inline v0_1::csv {

namespace {

using detail::in_backticks;

constexpr std::int64_t second = 1'000'000'000;
constexpr std::size_t digits_of_fraction = 9;

constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                                  "jul", "aug", "sep", "oct", "nov", "dec"};

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// What a time says, part by part. -1: it does not say.
struct parts {
    int year = -1, month = -1, day = -1;
    int hour = 0, minute = 0, second = 0;
    std::int64_t fraction = 0;
    std::optional<std::int32_t> zone;
};

// Takes one part after the other from the front of a text.
class part_taker {
public:
    explicit part_taker(std::string_view text) noexcept : rest_(text) {}

    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
    [[nodiscard]] bool begins_with(char c) const noexcept {
        return !rest_.empty() && rest_.front() == c;
    }

    bool take(char c) noexcept {
        if (!begins_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }

    /// A number of so many digits; -1 in `to` is no number.
    bool number(std::size_t least, std::size_t most, int& to) noexcept {
        std::size_t count = 0;
        int value = 0;
        while (count < most && count < rest_.size() && is_digit(rest_[count]))
            value = value * 10 + (rest_[count++] - '0');
        if (count < least) return false;
        rest_.remove_prefix(count);
        to = value;
        return true;
    }

    /// Digits behind the point, as nanoseconds; those past the ninth don't count.
    bool fraction(std::int64_t& to) noexcept {
        std::size_t count = 0;
        to = 0;
        for (; count < rest_.size() && is_digit(rest_[count]); ++count)
            if (count < digits_of_fraction) to = to * 10 + (rest_[count] - '0');
        for (std::size_t i = count; i < digits_of_fraction; ++i) to *= 10;
        rest_.remove_prefix(count);
        return count > 0;
    }

    bool month_name(int& to) noexcept {
        for (std::size_t i = 0; i < months.size(); ++i) {
            bool same = rest_.size() >= 3;
            for (std::size_t c = 0; same && c < 3; ++c)
                same = detail::ascii_lower(rest_[c]) == months.at(i)[c];
            if (!same) continue;
            rest_.remove_prefix(3);
            to = static_cast<int>(i) + 1;
            return true;
        }
        return false;
    }

    /// `Z`, `UTC`, `+02:00`, `+0200` or `+02`.
    bool zone(std::optional<std::int32_t>& to) noexcept {
        if (take('Z') || take('z')) {
            to = 0;
            return true;
        }
        if (rest_.substr(0, 3) == "UTC") {
            rest_.remove_prefix(3);
            to = 0;
            return true;
        }
        bool const west = begins_with('-');
        if (!west && !begins_with('+')) return false;
        rest_.remove_prefix(1);
        int hours = 0, minutes = 0;
        if (!number(2, 2, hours)) return false;
        bool const colon = take(':');
        if ((colon || (!rest_.empty() && is_digit(rest_.front()))) && !number(2, 2, minutes))
            return false;
        if (hours > 18 || minutes > 59) return false;
        int const east = hours * 3'600 + minutes * 60;
        to = west ? -east : east;
        return true;
    }

private:
    std::string_view rest_;
};

bool take_iso(part_taker& from, parts& to) {
    if (!from.number(4, 4, to.year) || !from.take('-') || !from.number(2, 2, to.month) ||
        !from.take('-') || !from.number(2, 2, to.day))
        return false;
    if (!from.take('T') && !from.take('t') && !from.take(' ')) return false;
    if (!from.number(2, 2, to.hour) || !from.take(':') || !from.number(2, 2, to.minute))
        return false;
    if (from.take(':')) {
        if (!from.number(2, 2, to.second)) return false;
        if ((from.take('.') || from.take(',')) && !from.fraction(to.fraction)) return false;
    }
    from.take(' ');
    return from.at_end() || from.zone(to.zone);
}

bool take_by_letter(char letter, part_taker& from, parts& to) {
    switch (letter) {
        case 'Y': return from.number(4, 4, to.year);
        case 'm': return from.number(1, 2, to.month);
        case 'b': return from.month_name(to.month);
        case 'd': return from.number(1, 2, to.day);
        case 'H': return from.number(1, 2, to.hour);
        case 'M': return from.number(2, 2, to.minute);
        case 'S': return from.number(2, 2, to.second);
        case 'f': return from.fraction(to.fraction);
        case 'z': return from.zone(to.zone);
        default: return from.take('%');
    }
}

bool take_by_pattern(std::string_view pattern, part_taker& from, parts& to) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        bool const part = pattern[i] == '%' && i + 1 < pattern.size();
        if (part ? !take_by_letter(pattern[++i], from, to) : !from.take(pattern[i])) return false;
    }
    return true;
}

// Whole seconds, by the calendar; nothing for a day or a time of day that does not exist.
std::optional<std::int64_t> seconds_of(parts const& of, std::int32_t zone) {
    if (of.year < 1900 || of.year > 2261 || of.hour > 23 || of.minute > 59 || of.second > 59)
        return std::nullopt;
    std::string day = "0000-00-00";
    auto const put = [&](std::size_t at, std::size_t width, int value) {
        for (std::size_t i = width; i-- > 0; value /= 10)
            day[at + i] = static_cast<char>('0' + value % 10);
    };
    put(0, 4, of.year);
    put(5, 2, of.month < 0 ? 0 : of.month);
    put(8, 2, of.day < 0 ? 0 : of.day);
    auto const is = date::parse(day);
    if (!is) return std::nullopt;
    int const second_of_day = (of.hour * 60 + of.minute) * 60 + of.second;
    return std::int64_t{is->days()} * 86'400 + second_of_day - zone;
}

// `1301580309.25`, and with `unit` 1,000 milliseconds.
std::optional<std::int64_t> since_1970(std::string_view text, std::int64_t unit) {
    constexpr std::int64_t last_second = 9'183'110'399;  // of 2260
    bool const before = !text.empty() && text.front() == '-';
    if (before) text.remove_prefix(1);
    std::size_t const point = text.find('.');
    std::string_view const whole = text.substr(0, point);
    if (whole.empty() || whole.size() > 14) return std::nullopt;
    std::int64_t value = 0;
    for (char const c : whole) {
        if (!is_digit(c)) return std::nullopt;
        value = value * 10 + (c - '0');
    }
    std::int64_t fraction = 0;
    if (point != std::string_view::npos) {
        part_taker rest(text.substr(point + 1));
        if (unit != 1 || !rest.fraction(fraction) || !rest.at_end()) return std::nullopt;
    }
    if (value / unit > last_second) return std::nullopt;
    std::int64_t const time = value * (second / unit) + fraction;
    return before ? -time : time;
}

}  // namespace

std::optional<std::string> log_times::make(std::string_view form, std::string_view zone,
                                           log_times& times) {
    times = {};
    if (form == "unix") times.form_ = form::seconds;
    if (form == "unix-ms") times.form_ = form::milliseconds;
    if (form.find('%') != std::string_view::npos) {
        constexpr std::string_view letters = "YmbdHMSfz%";
        for (std::size_t i = 0; i < form.size(); ++i) {
            if (form[i] != '%') continue;
            if (++i == form.size() || letters.find(form[i]) == std::string_view::npos)
                return in_backticks(form.substr(i - 1, 2)) +
                       " is no part of a time; there are %Y %m %b %d %H %M %S %f %z and %%";
        }
        times.form_ = form::pattern;
        times.pattern_ = form;
    } else if (!form.empty() && form != "iso" && times.form_ == form::iso) {
        return in_backticks(form) +
               " is no form of times; it is iso, unix, unix-ms, or a pattern such as "
               "`%d.%m.%Y %H:%M:%S`";
    }
    if (zone.empty()) return std::nullopt;
    part_taker from(zone);
    if (from.zone(times.zone_) && from.at_end()) return std::nullopt;
    return in_backticks(zone) + " is no zone; it is UTC or a distance such as `+02:00`";
}

std::optional<std::int64_t> log_times::read(std::string_view text, std::string& problem) const {
    auto const refuse = [&](std::string_view why) {
        problem = in_backticks(text) + std::string(why);
        return std::nullopt;
    };
    if (form_ == form::seconds || form_ == form::milliseconds) {
        auto const time = since_1970(text, form_ == form::seconds ? 1 : 1'000);
        if (!time) return refuse(" is no number of seconds or milliseconds since 1970-01-01");
        return time;
    }
    part_taker from(text);
    parts is;
    bool const read = form_ == form::iso ? take_iso(from, is) : take_by_pattern(pattern_, from, is);
    if (!read || !from.at_end())
        return refuse(form_ == form::iso ? " is no time such as `2027-03-31T14:05:09+02:00`"
                                         : " is no time of that form");
    if (!is.zone && !zone_)
        return refuse(" has no zone; say which one it is in (--zone UTC, or --zone +02:00)");
    auto const seconds = seconds_of(is, is.zone ? *is.zone : *zone_);
    if (!seconds) return refuse(" is no time of the calendar from 1900 to 2261");
    return *seconds * second + is.fraction;
}

}  // namespace rolecall::inline v0_1::csv
