#include "cli/option_reader.hpp"

#include <charconv>
#include <limits>
#include <system_error>

namespace rolecall::inline v0_1::cli {

void option_reader::fail(std::string const& text) const { throw usage_error(text, line_.command); }

void option_reader::fail_with_usage(std::string const& text) const {
    throw usage_error(text, line_.command, usage_error::about::words);
}

policy_arguments option_reader::policy(std::string const& path) const {
    constexpr std::size_t most = std::numeric_limits<std::size_t>::max() >> 20U;
    return {path, number("--max-table-mib", most), line_.has("--demand-end-marker")};
}

policy_arguments option_reader::first_policy() const {
    if (line_.words.empty())
        fail_with_usage("which policy? " + detail::in_backticks(line_.command->name) +
                        " needs a file or a directory");
    return policy(line_.words[0]);
}

policy_arguments option_reader::only_policy() const {
    policy_arguments result = first_policy();
    refuse_more_words(1);
    return result;
}

void option_reader::refuse_more_words(std::size_t expected) const {
    if (line_.words.size() > expected)
        fail_with_usage(detail::in_backticks(line_.words[expected]) + " is one word too many");
}

std::vector<stated_fact> option_reader::facts() const {
    std::vector<stated_fact> result;
    for (std::string const& written : line_.values("--fact")) {
        std::size_t const equals = written.rfind('=');
        std::string_view const value = equals == std::string::npos
                                           ? std::string_view{}
                                           : std::string_view(written).substr(equals + 1);
        bool const known = value == "true" || value == "false";
        if (!known && value != "unknown")
            fail("`--fact` takes `NAME=true`, `NAME=false` or `NAME=unknown`, not " +
                 detail::in_backticks(written));
        std::string name = written.substr(0, equals);
        for (stated_fact const& other : result)
            if (other.name == name)
                fail("the fact " + detail::in_backticks(name) + " is given twice");
        result.push_back(
            {std::move(name), known ? std::optional<bool>(value == "true") : std::nullopt});
    }
    return result;
}

std::optional<date> option_reader::day(std::string_view option) const {
    if (!line_.has(option)) return std::nullopt;
    std::string const written = line_.value(option);
    auto const parsed = date::parse(written);
    if (!parsed)
        fail(detail::in_backticks(option) + " takes a day such as 2027-03-31, not " +
             detail::in_backticks(written));
    return parsed;
}

std::optional<std::size_t> option_reader::number(std::string_view option, std::size_t most,
                                                 std::size_t least) const {
    if (!line_.has(option)) return std::nullopt;
    std::string const written = line_.value(option);
    std::size_t value = 0;
    char const* const end = written.data() + written.size();
    auto const [stopped, error] = std::from_chars(written.data(), end, value);
    if (error != std::errc{} || stopped != end || value < least || value > most)
        fail(detail::in_backticks(option) + " takes a whole number from " + std::to_string(least) +
             " to " + std::to_string(most) + ", not " + detail::in_backticks(written));
    return value;
}

std::optional<double> option_reader::seconds() const {
    if (!line_.has("--seconds")) return std::nullopt;
    constexpr double fewest = 0.01;
    constexpr double most = 3600;
    std::string const written = line_.value("--seconds");
    double value = 0;
    char const* const end = written.data() + written.size();
    auto const [stopped, error] =
        std::from_chars(written.data(), end, value, std::chars_format::fixed);
    if (error != std::errc{} || stopped != end || !(value >= fewest && value <= most))
        fail("`--seconds` takes a number from 0.01 to 3600, not " + detail::in_backticks(written));
    return value;
}

std::string written_instead(std::vector<std::string> const& words) {
    std::string all;
    for (std::string const& word : words) all += (all.empty() ? "" : " ") + word;
    return words.empty() ? ", and there is none" : ", not " + detail::in_backticks(all);
}

}  // namespace rolecall::inline v0_1::cli
