#include "cli/diff/report.hpp"

#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

namespace rolecall::inline v0_1::cli {
namespace {

using detail::printable;

bool alike(right_change const& a, right_change const& b) {
    return a.category == b.category && a.what == b.what && a.before == b.before &&
           a.after == b.after && a.gained == b.gained && a.lost == b.lost && a.inexact == b.inexact;
}

void add(right_change const& change, std::vector<std::string> const* roles,
         std::vector<diff_row>& to) {
    bool const same = !to.empty() && alike(*to.back().change, change) &&
                      (roles == nullptr || *to.back().roles == *roles);
    if (!same) to.push_back({{}, &change, {}, roles});
    diff_row& row = to.back();
    row.actions.push_back(change.action);
    std::vector<std::size_t> lines;
    std::set_union(row.lines.begin(), row.lines.end(), change.lines.begin(), change.lines.end(),
                   std::back_inserter(lines));
    row.lines = std::move(lines);
}

// `consent, not on-hold`
std::string state_text(fact_state const& state) {
    std::string text;
    for (std::string const& fact : state.is_true) text += (text.empty() ? "" : ", ") + fact;
    for (std::string const& fact : state.is_false)
        text += (text.empty() ? "not " : ", not ") + fact;
    return text.empty() ? "whatever is known" : text;
}

std::string states_text(std::vector<fact_state> const& states) {
    constexpr std::size_t most = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(states.size(), most); ++i)
        text += (text.empty() ? "" : "; or ") + state_text(states[i]);
    if (states.size() > most) text += "; or " + std::to_string(states.size() - most) + " more";
    return text;
}

std::string quoted(std::string const& text) { return text.empty() ? "nothing" : printable(text); }

// Counts what all of them are about: `3 guardrails`.
std::string counted_sections(std::vector<statement_change> const& changes) {
    std::map<statement_change::section, std::size_t> counts;
    for (statement_change const& c : changes) ++counts[c.of];
    std::string text;
    for (auto const& [of, count] : counts)
        text += (text.empty() ? "" : ", ") + std::string(section_word(of)) +
                (count > 1 ? " (" + std::to_string(count) + ')' : std::string{});
    return text;
}

}  // namespace

std::string_view section_word(statement_change::section of) {
    using enum statement_change::section;
    switch (of) {
        case policy: return "policy";
        case levels: return "levels";
        case action: return "action";
        case fact: return "fact";
        case category: return "category";
        case role: return "role";
        case user: return "user";
        case guardrail: return "guardrail";
        case separation: return "separation";
        case guarantee: return "guarantee";
        case exercise: return "exercise";
        case audit: return "audit";
    }
    return "";
}

std::vector<diff_row> rows_of(policy_diff const& diff) {
    std::vector<diff_row> rows;
    for (role_change const& change : diff.roles) add(change, &change.roles, rows);
    return rows;
}

std::vector<diff_row> rows_of(user_change const& group) {
    std::vector<diff_row> rows;
    for (right_change const& change : group.rights) add(change, nullptr, rows);
    return rows;
}

char sign_of(right_change::kind what) noexcept {
    return what == right_change::kind::gained ? '+' : what == right_change::kind::lost ? '-' : '~';
}

char sign_of(statement_change::kind what) noexcept {
    return what == statement_change::kind::added     ? '+'
           : what == statement_change::kind::removed ? '-'
                                                     : '~';
}

std::string and_text(std::vector<std::string> const& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i)
        text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
    return text;
}

std::string names_text(std::vector<std::string> const& names, std::size_t most) {
    std::vector<std::string> shown;
    std::size_t const count = names.size() > most + 1 ? most : names.size();
    for (std::size_t i = 0; i < count; ++i) shown.push_back(printable(names[i]));
    if (count < names.size()) shown.push_back(with_commas(names.size() - count) + " more");
    return and_text(shown);
}

std::string condition_text(right_change const& change) {
    auto const when = [](std::string const& condition) {
        return condition == "always" ? " always" : " if " + condition;
    };
    bool const from_nothing = change.before == "never";
    bool const to_nothing = change.after == "never";
    if (from_nothing || to_nothing) {
        std::string const& condition = from_nothing ? change.after : change.before;
        return condition == "always" ? std::string{} : when(condition);
    }
    return (change.what == right_change::kind::lost ? " only" : "") + when(change.after) +
           "; before:" + when(change.before) +
           (change.inexact ? " (too many states of the facts to tell what differs)" : "");
}

std::vector<std::string> state_texts(right_change const& change) {
    if (change.before == "never" || change.after == "never") return {};
    std::vector<std::string> texts;
    if (!change.gained.empty() && change.after != "always")
        texts.push_back("new: " + states_text(change.gained));
    if (!change.lost.empty() && change.before != "always")
        texts.push_back("no longer: " + states_text(change.lost));
    return texts;
}

std::string statement_text(statement_change const& change) {
    using kind = statement_change::kind;
    std::string text(section_word(change.of));
    if (!change.name.empty()) text += ' ' + printable(change.name);
    switch (change.what) {
        case kind::added:
            return text + (change.after.empty() ? "" : ": " + printable(change.after));
        case kind::removed:
            return text + (change.before.empty() ? "" : ": " + printable(change.before));
        case kind::renamed: return text + " was named " + printable(change.before);
        case kind::changed: break;
    }
    if (!change.property.empty()) text += (change.name.empty() ? " " : ": ") + change.property;
    return text + (change.property.empty() ? ": " : " ") + quoted(change.after) +
           "; before: " + quoted(change.before) + (change.loosens ? " (demands less)" : "");
}

std::string place_text(location const& where) {
    if (where.path.empty()) return {};
    return printable(where.path) + (where.line == 0 ? "" : ':' + std::to_string(where.line));
}

location const& place_of(statement_change const& change) noexcept {
    return change.what == statement_change::kind::removed || change.where_after.path.empty()
               ? change.where_before
               : change.where_after;
}

std::string summary_text(policy_diff const& diff) {
    if (diff.empty()) return "no difference";
    std::size_t const gains = diff.roles_gain + diff.users_gain;
    std::size_t const losses = diff.roles_lose + diff.users_lose;
    std::string text;
    auto const part = [&](std::string const& one) { text += (text.empty() ? "" : ", ") + one; };
    if (gains > 0) part(with_commas(gains) + (gains == 1 ? " gain" : " gains"));
    if (losses > 0) part(with_commas(losses) + (losses == 1 ? " loss" : " losses"));
    if (text.empty()) text = "nobody may do more or less";
    std::size_t strictest = 0;
    for (role_change const& c : diff.roles) strictest = std::max(strictest, diff.rank(c.level));
    for (user_change const& u : diff.users)
        for (right_change const& c : u.rights) strictest = std::max(strictest, diff.rank(c.level));
    if (strictest > 0) part("at most " + diff.levels[strictest - 1]);
    if (!diff.statements.empty()) text += "; changed besides: " + counted_sections(diff.statements);
    return text;
}

std::string digests_text(policy_diff const& diff) {
    constexpr std::size_t shown = 12;
    return "digest " + diff.digest_before.substr(0, shown) +
           (diff.digest_before == diff.digest_after ? ", the same for both"
                                                    : " → " + diff.digest_after.substr(0, shown));
}

std::string words_text(policy_diff const& diff) {
    if (diff.words.empty()) return {};
    std::vector<std::string> about;
    for (statement_change const& c : diff.words)
        about.push_back(std::string(section_word(c.of)) +
                        (c.name.empty() ? " " : ' ' + printable(c.name) + ", ") + c.property);
    return count_text(diff.words.size(), "text") + " changed, which decide" +
           (diff.words.size() == 1 ? "s" : "") + " nothing: " + names_text(about, 6);
}

}  // namespace rolecall::inline v0_1::cli
