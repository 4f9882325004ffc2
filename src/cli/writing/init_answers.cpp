#include "cli/writing/init_answers.hpp"

#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <charconv>
#include <system_error>

namespace rolecall::inline v0_1::cli {
namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r";
    std::size_t const begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

// A number of the list; nothing for what is none.
std::optional<std::size_t> number_in(std::string_view word, std::size_t count) {
    std::size_t number = 0;
    char const* const end = word.data() + word.size();
    auto const [stopped, error] = std::from_chars(word.data(), end, number);
    bool const read = error == std::errc{} && stopped == end && number >= 1 && number <= count;
    return read ? std::optional(number - 1) : std::nullopt;
}

}  // namespace

std::vector<std::string> split_list(std::string_view text) {
    std::vector<std::string> result;
    while (!text.empty()) {
        std::size_t const comma = std::min(text.find(','), text.size());
        std::string_view const part = trimmed(text.substr(0, comma));
        if (!part.empty()) result.emplace_back(part);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return result;
}

choices_read read_choices(std::string_view text, std::span<starter::choice const> from) {
    auto const words = split_list(text);
    if (words.empty()) return {{}, "choose at least one"};
    std::vector<std::string_view> known;
    for (starter::choice const& one : from) known.push_back(one.name);
    std::vector<bool> chosen(from.size());
    for (std::string const& word : words) {
        if (word == "all") {
            chosen.assign(from.size(), true);
        } else if (auto const number = number_in(word, from.size())) {
            chosen[*number] = true;
        } else if (auto const found = std::find(known.begin(), known.end(), word);
                   found != known.end()) {
            chosen[static_cast<std::size_t>(found - known.begin())] = true;
        } else {
            auto const meant = detail::closest(word, known);
            std::string const others =
                "; choose from " + listed({known.begin(), known.end()}) + ", or all";
            return {{},
                    "there is no " + detail::in_backticks(word) +
                        (meant ? detail::did_you_mean(meant) : others)};
        }
    }
    choices_read result;
    for (std::size_t i = 0; i < from.size(); ++i)
        if (chosen[i]) result.names.emplace_back(known[i]);
    return result;
}

std::vector<std::string> usual(std::span<starter::choice const> from) {
    std::vector<std::string> result;
    for (starter::choice const& one : from)
        if (one.chosen_by_default) result.emplace_back(one.name);
    return result;
}

std::string listed(std::vector<std::string> const& names) {
    std::string text;
    for (std::string const& name : names) text.append(text.empty() ? "" : ", ").append(name);
    return text;
}

void add_person(std::vector<starter::person>& to, std::string const& id, std::string const& role) {
    auto found = std::find_if(to.begin(), to.end(),
                              [&](starter::person const& one) { return one.id == id; });
    if (found == to.end()) found = to.insert(found, starter::person{id, {}});
    if (std::find(found->roles.begin(), found->roles.end(), role) == found->roles.end())
        found->roles.push_back(role);
}

starter::wishes wishes_of(init_arguments const& arguments) {
    starter::wishes result;
    result.business = arguments.name.value_or(std::string(usual_business));
    result.owner = arguments.owner.value_or(std::string(usual_owner));
    result.work = arguments.work.empty() ? usual(starter::kinds_of_work()) : arguments.work;
    result.data = arguments.data.empty() ? usual(starter::kinds_of_data()) : arguments.data;
    result.people = arguments.people;
    result.several_files = arguments.directory;
    return result;
}

}  // namespace rolecall::inline v0_1::cli
