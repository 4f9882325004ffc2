// Times as the logs of other applications write them.
#ifndef ROLECALL_IMPORT_LOG_TIMES_HPP
#define ROLECALL_IMPORT_LOG_TIMES_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::csv {

/// Reads times of one form:
///
///     iso               2027-03-31T14:05:09.25+02:00, with `T` or a blank between day and time,
///                       seconds and their fraction if they are there, and `Z`, `UTC` or a
///                       distance as the zone
///     unix, unix-ms     seconds (with a fraction, if there is one) or milliseconds since
///                       1970-01-01 UTC
///     %d.%m.%Y %H:%M    or any other pattern of %Y %m %b %d %H %M %S %f %z, where %b is `Jan` to
///                       `Dec`, %f a fraction of a second, %z a zone as above
///
/// A time without a zone is in the zone that was given; where none was, it is not read: an hour
/// more or less changes what a record proves.
class log_times {
public:
    /// An empty form is `iso`. The zone is empty, `UTC`, `Z` or a distance: `+02:00`. Gives what is
    /// wrong, if anything.
    static std::optional<std::string> make(std::string_view form, std::string_view zone,
                                           log_times& times);

    /// Nanoseconds since 1970-01-01 UTC, for years from 1900 to 2261; nothing, and why not in
    /// `problem`, for a text that is no such time.
    [[nodiscard]] std::optional<std::int64_t> read(std::string_view text,
                                                   std::string& problem) const;

private:
    enum class form : std::uint8_t { iso, seconds, milliseconds, pattern };

    form form_ = form::iso;
    std::string pattern_;
    std::optional<std::int32_t> zone_;  // seconds east of UTC
};

}  // namespace rolecall::inline v0_1::csv

#endif
