// What the words and options of the commands of `audit` mean, one by one.
#ifndef ROLECALL_CLI_AUDIT_WORDS_HPP
#define ROLECALL_CLI_AUDIT_WORDS_HPP

#include "cli/audit/arguments.hpp"
#include "cli/option_reader.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {

inline constexpr std::int64_t nanoseconds_of_a_day = 86'400'000'000'000;

/// Of a record, to the nanosecond: `2026-11-23T09:30:00.000000001Z`.
[[nodiscard]] std::string time_text(std::int64_t time);

/// Every member throws `usage_error` where something is not as the command wants it.
class audit_words : public option_reader {
public:
    using option_reader::option_reader;

    /// The first word.
    [[nodiscard]] std::string journal() const;
    /// The only one.
    [[nodiscard]] std::string only_journal() const;

    /// A file to write, which has to be named.
    [[nodiscard]] std::string needed(std::string_view option) const;

    /// `--writer`; 0: all.
    [[nodiscard]] std::uint32_t writer() const;

    /// What was asked of the trail, as far as it is worth keeping.
    [[nodiscard]] audit_reading reading() const;

    /// The options that say which records.
    [[nodiscard]] trail::question asked() const;
    /// Only `--from` and `--to`.
    [[nodiscard]] trail::question asked_times() const;

    /// A time, or a day, of which it takes the beginning, or that of so many days later.
    [[nodiscard]] std::optional<std::int64_t> time(std::string_view option, int days_later) const;

    /// `--older-than` or `--before`, of which one has to be there: the time before which something
    /// is old. Of a period, the beginning of the day on which it began.
    [[nodiscard]] std::int64_t old_before() const;

private:
    [[nodiscard]] bool is_flag(std::string_view name) const;
    void check_kinds(std::vector<std::string> const& kinds) const;
};

}  // namespace rolecall::inline v0_1::cli

#endif
