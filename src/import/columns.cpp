#include "import/columns.hpp"

#include "import/text_check.hpp"
#include <rolecall/action.hpp>
#include <rolecall/detail/compile/name_rules.hpp>
#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <set>

namespace rolecall::inline v0_1::csv {

namespace {

using detail::in_backticks;

constexpr std::size_t most_listed = 40;  // columns in a message

bool same_in_any_case(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return detail::ascii_lower(x) == detail::ascii_lower(y);
    });
}

// One `name=title` at a time.
class choice_reader {
public:
    explicit choice_reader(column_choice& choice) : choice_(choice) {}

    std::optional<std::string> read(std::string_view item) {
        std::size_t const equals = item.find('=');
        if (equals == std::string_view::npos)
            return in_backticks(item) + " is not NAME=COLUMN, such as `view=Read`";
        std::string const name(trimmed(item.substr(0, equals)));
        std::string title(trimmed(item.substr(equals + 1)));
        if (!seen_.insert(detail::look_of(name)).second)
            return in_backticks(name) + " is there twice; each has one column";
        if (name == "role" || name == "category") {
            if (title.empty()) return in_backticks(name) + " needs a column";
            (name == "role" ? choice_.role : choice_.category) = std::move(title);
            return std::nullopt;
        }
        return is_built_in(name) ? read_built_in(name, std::move(title))
                                 : read_own(name, std::move(title));
    }

private:
    std::optional<std::string> read_built_in(std::string_view name, std::string title) {
        auto const at = std::find_if(choice_.actions.begin(), choice_.actions.end(),
                                     [&](action_column const& a) { return a.action == name; });
        if (title.empty())
            choice_.actions.erase(at);
        else
            at->title = std::move(title);
        return std::nullopt;
    }

    std::optional<std::string> read_own(std::string const& name, std::string title) {
        if (!detail::is_name(name) || detail::is_reserved(name))
            return in_backticks(name) +
                   " can't be an action: its name is made of a-z and 0-9 with single - or _ "
                   "between them, and is not one of `all`, `any`, `always` and `everyone`";
        if (title.empty()) return "action " + in_backticks(name) + " needs a column";
        choice_.actions.push_back({name, std::move(title)});
        return std::nullopt;
    }

    column_choice& choice_;
    std::set<std::string> seen_;
};

std::optional<std::string> check_actions(column_choice const& choice) {
    if (choice.actions.empty()) return "no action has a column, so nothing could be granted";
    if (choice.actions.size() - choice.built_in() > detail::max_actions - 4)
        return "a policy has at most " + std::to_string(detail::max_actions - 4) +
               " actions of its own";
    return std::nullopt;
}

std::string listed(csv_row const& header) {
    std::string text;
    for (std::size_t i = 0; i < std::min(header.size(), most_listed); ++i)
        text += (i == 0 ? "" : ", ") + in_backticks(header[i].text);
    if (header.size() > most_listed)
        text += " and " + std::to_string(header.size() - most_listed) + " more";
    return text;
}

}  // namespace

bool is_built_in(std::string_view action) noexcept {
    return action == "view" || action == "modify" || action == "store" || action == "delete";
}

std::size_t column_choice::built_in() const noexcept {
    return static_cast<std::size_t>(
        std::count_if(actions.begin(), actions.end(),
                      [](action_column const& a) { return is_built_in(a.action); }));
}

std::optional<std::string> read_choice(std::vector<std::string> const& lists,
                                       column_choice& choice) {
    choice_reader reader(choice);
    for (std::string_view list : lists) {
        for (bool more = true; more;) {
            std::size_t const comma = list.find(',');
            more = comma != std::string_view::npos;
            if (auto wrong = reader.read(list.substr(0, comma))) return wrong;
            list.remove_prefix(more ? comma + 1 : list.size());
        }
    }
    return check_actions(choice);
}

std::size_t column_search::find(std::string_view title) {
    std::vector<std::size_t> same;
    for (std::size_t i = 0; i < header_.size(); ++i)
        if (same_in_any_case(header_[i].text, title)) same.push_back(i);
    if (same.size() == 1) return same.front();
    if (same.empty()) {
        miss(title);
    } else if (!twice_) {
        twice_ = true;
        found_.add(diagnostic_code::csv_column, header_[same[1]].at,
                   "a second column " + in_backticks(header_[same[1]].text) +
                       "; give each a title of its own",
                   {{header_[same[0]].at, "the first one"}});
    }
    return 0;
}

bool column_search::has(std::string_view title) const {
    return std::any_of(header_.begin(), header_.end(),
                       [&](csv_cell const& cell) { return same_in_any_case(cell.text, title); });
}

void column_search::miss(std::string_view title) {
    std::vector<std::string_view> titles;
    for (csv_cell const& cell : header_) titles.push_back(cell.text);
    auto const suggestion = detail::closest(title, titles);
    missing_ += (missing_.empty() ? "no column " : ", ") + in_backticks(title);
    if (suggestion) missing_ += " (did you mean " + in_backticks(*suggestion) + "?)";
}

bool column_search::finish(std::string_view advice) {
    if (missing_.empty()) return !twice_;
    place const at = header_.front().at;
    std::string hint(advice);
    if (header_.size() == 1) hint = "cells are parted by comma, semicolon or tab";
    found_.add(diagnostic_code::csv_column, at,
               missing_ + "; the table has " + listed(header_) + (hint.empty() ? "" : "; ") + hint);
    return false;
}

}  // namespace rolecall::inline v0_1::csv
