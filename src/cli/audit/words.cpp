#include "cli/audit/words.hpp"

#include "audit/json_text.hpp"
#include "import/log_times.hpp"
#include <rolecall/date.hpp>
#include <rolecall/detail/clock.hpp>
#include <rolecall/period.hpp>

#include <algorithm>
#include <cstddef>

namespace rolecall::inline v0_1::cli {
namespace {

// The day on which a period began that ends on this one; 1900-01-01 at the earliest.
date begin_of(period const& of, date end) {
    auto const n = static_cast<int>(of.count);
    date begin;
    switch (of.of) {
        case period::unit::days: begin = end.plus_days(-n); break;
        case period::unit::weeks: begin = end.plus_days(-7 * n); break;
        case period::unit::months: begin = end.plus_months(-n); break;
        case period::unit::years: begin = end.plus_months(-12 * n); break;
    }
    return std::max(begin, *date::parse("1900-01-01"));
}

template <class ToWord>
void check_word(option_reader const& reader, std::string_view option, std::string const& word,
                ToWord const& to_word, unsigned count) {
    std::string listed;
    for (unsigned i = 0; i < count; ++i) {
        if (to_word(i) == word) return;
        listed += (listed.empty() ? "" : ", ") + std::string(to_word(i));
    }
    reader.fail(detail::in_backticks(option) + " can't be " + detail::in_backticks(word) +
                "; it takes " + listed);
}

}  // namespace

std::string time_text(std::int64_t time) {
    std::string text;
    audit::append_time(text, time);
    return text;
}

std::string audit_words::journal() const {
    if (line_.words.empty()) fail_with_usage("which journal? it is a folder");
    return line_.words.front();
}

std::string audit_words::only_journal() const {
    std::string result = journal();
    refuse_more_words(1);
    return result;
}

std::string audit_words::needed(std::string_view option) const {
    if (!line_.has(option) || line_.value(option).empty())
        fail("where to? name a file with " + detail::in_backticks(option));
    return line_.value(option);
}

std::uint32_t audit_words::writer() const {
    return static_cast<std::uint32_t>(number("--writer", 0xFFFF'FFFF).value_or(0));
}

audit_reading audit_words::reading() const {
    audit_reading result{line_.words.front(),
                         std::string(line_.command->name),
                         {},
                         line_.value("--sign"),
                         !line_.has("--no-record")};
    if (!result.record && !result.key.empty())
        fail("`--sign` is for recording who reads, and `--no-record` keeps that out");
    for (auto const& [name, values] : line_.options)
        for (std::string const& value : values)
            result.what += (result.what.empty() ? "" : " ") + std::string(name) +
                           (is_flag(name) ? "" : ' ' + value);
    constexpr std::size_t longest = 4'096;
    result.what.resize(std::min(result.what.size(), longest));
    return result;
}

bool audit_words::is_flag(std::string_view name) const {
    auto const& options = line_.command->options;
    return std::any_of(options.begin(), options.end(), [&](option_spec const& option) {
        return option.name == name && option.value.empty();
    });
}

trail::question audit_words::asked_times() const {
    trail::question result;
    result.from = time("--from", 0);
    result.to = time("--to", 1);
    if (result.from && result.to && *result.from >= *result.to)
        fail("`--from` is not before `--to`: there is nothing between them");
    return result;
}

trail::question audit_words::asked() const {
    trail::question result = asked_times();
    result.users = line_.values("--user");
    result.categories = line_.values("--category");
    result.actions = line_.values("--action");
    result.reasons = line_.values("--reason");
    result.records = line_.values("--record");
    result.roles = line_.values("--role");
    result.kinds = line_.values("--kind");
    for (std::string const& word : result.reasons)
        check_word(
            *this, "--reason", word, [](unsigned i) { return to_string(reason(i)); }, 10);
    check_kinds(result.kinds);
    if (line_.has("--decision"))
        result.decision =
            choose<decision>("--decision", {{"allow", decision::allow}, {"deny", decision::deny}});
    return result;
}

void audit_words::check_kinds(std::vector<std::string> const& kinds) const {
    constexpr unsigned events = 5, notes = 11;
    for (std::string const& word : kinds)
        check_word(
            *this, "--kind", word,
            [](unsigned i) {
                return i < events ? to_string(audit_kind(i))
                                  : to_string(journal_note(i - events + 1));
            },
            events + notes);
}

std::optional<std::int64_t> audit_words::time(std::string_view option, int days_later) const {
    if (!line_.has(option)) return std::nullopt;
    std::string const text = line_.value(option);
    auto const day = date::parse(text);
    if (day && text >= "1900" && text < "2262")
        return (std::int64_t{day->days()} + days_later) * nanoseconds_of_a_day;
    csv::log_times times;
    std::string problem;
    static_cast<void>(csv::log_times::make("iso", "", times));
    auto const read = times.read(text, problem);
    if (!read)
        fail(detail::in_backticks(option) + ": " + detail::in_backticks(text) +
             " is no time; write 2027-03-31, or 2027-03-31T14:00:00Z with a zone");
    return read;
}

std::int64_t audit_words::old_before() const {
    if (line_.has("--older-than") == line_.has("--before"))
        fail("what is to go? say either `--older-than`, as in \"12 months\", or `--before` a time");
    if (line_.has("--before")) {
        std::int64_t const before = *time("--before", 0);
        if (before > detail::unix_nanoseconds())
            fail("`--before`: " + detail::in_backticks(line_.value("--before")) +
                 " has not come yet; what may go is in the past");
        return before;
    }
    std::string const text = line_.value("--older-than");
    auto const read = period::parse(text);
    if (!read)
        fail("`--older-than`: " + detail::in_backticks(text) +
             R"( is no period; write "90 days", "12 months" or "6 years")");
    return begin_of(*read, date::today()).days() * nanoseconds_of_a_day;
}

}  // namespace rolecall::inline v0_1::cli
