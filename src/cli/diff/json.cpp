// A difference as JSON, in one line. Of long lists one entry after the other is made and written.
#include "cli/diff/report.hpp"
#include "cli/json_values.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::cli {
namespace {

namespace json = boost::json;

std::string_view word_of(right_change::kind what) {
    switch (what) {
        case right_change::kind::gained: return "gained";
        case right_change::kind::lost: return "lost";
        case right_change::kind::changed: break;
    }
    return "changed";
}

std::string_view word_of(statement_change::kind what) {
    switch (what) {
        case statement_change::kind::added: return "added";
        case statement_change::kind::removed: return "removed";
        case statement_change::kind::renamed: return "renamed";
        case statement_change::kind::changed: break;
    }
    return "changed";
}

std::string_view word_of(changed_line::kind what) {
    switch (what) {
        case changed_line::kind::grant: return "grant";
        case changed_line::kind::inheritance: return "inheritance";
        case changed_line::kind::requirement: return "requirement";
        case changed_line::kind::guardrail: return "guardrail";
        case changed_line::kind::category: return "category";
    }
    return "";
}

json::array numbers(std::vector<std::size_t> const& of) {
    json::array result;
    for (std::size_t const number : of) result.emplace_back(number);
    return result;
}

json::array states(std::vector<fact_state> const& of) {
    json::array result;
    for (fact_state const& state : of) {
        json::object one;
        one["true"] = json_texts(state.is_true);
        one["false"] = json_texts(state.is_false);
        result.emplace_back(std::move(one));
    }
    return result;
}

void add_place(location const& where, json::object& to) {
    to["file"] = json_text(where.path);
    to["line"] = where.line;
    to["column"] = where.column;
    to["length"] = where.length;
    to["text"] = json_text(where.text);
}

json::value place(location const& where) {
    if (where.path.empty()) return nullptr;
    json::object result;
    add_place(where, result);
    return result;
}

json::object right(right_change const& change) {
    json::object result;
    result["kind"] = json_text(word_of(change.what));
    result["action"] = json_text(change.action);
    result["category"] = json_text(change.category);
    result["level"] = json_text_or_null(change.level);
    result["before"] = json_text(change.before);
    result["after"] = json_text(change.after);
    result["gained"] = states(change.gained);
    result["lost"] = states(change.lost);
    result["inexact"] = change.inexact;
    result["lines"] = numbers(change.lines);
    return result;
}

json::object of_roles(role_change const& change) {
    json::object result = right(change);
    result["roles"] = json_texts(change.roles);
    return result;
}

json::object of_users(user_change const& change) {
    json::object result;
    result["users"] = json_texts(change.users);
    json::array rights;
    for (right_change const& one : change.rights) rights.emplace_back(right(one));
    result["rights"] = std::move(rights);
    return result;
}

json::object statement(statement_change const& change) {
    json::object result;
    result["section"] = json_text(section_word(change.of));
    result["kind"] = json_text(word_of(change.what));
    result["name"] = json_text_or_null(change.name);
    result["property"] = json_text_or_null(change.property);
    result["before"] = json_text_or_null(change.before);
    result["after"] = json_text_or_null(change.after);
    result["where_before"] = place(change.where_before);
    result["where_after"] = place(change.where_after);
    return result;
}

json::object line(changed_line const& of) {
    json::object result;
    result["kind"] = json_text(word_of(of.what));
    result["of"] = of.after ? "after" : "before";
    add_place(of.where, result);
    result["sentence"] = json_text(of.sentence);
    return result;
}

}  // namespace

void write_diff_json(diff_report const& report, output& to) {
    policy_diff const& diff = report.diff;
    auto const one_side = [](std::string const& path, std::string const& digest) {
        json::object result;
        result["policy"] = json_text(path);
        result["sha256"] = json_text(digest);
        return result;
    };
    json::object counts;
    counts["roles_gain"] = diff.roles_gain;
    counts["roles_lose"] = diff.roles_lose;
    counts["users_gain"] = diff.users_gain;
    counts["users_lose"] = diff.users_lose;

    member_writer all(to);
    all.add("before", one_side(report.before_path, diff.digest_before));
    all.add("after", one_side(report.after_path, diff.digest_after));
    all.add("on", json_text(report.on.to_string()));
    all.add("different", !diff.empty());
    all.add("counts", counts);
    all.add("levels", json_texts(diff.levels));
    all.add_each("roles", diff.roles, of_roles);
    all.add_each("users", diff.users, of_users);
    all.add_each("statements", diff.statements, statement);
    all.add_each("words", diff.words, statement);
    all.add("without_effect", numbers(diff.without_effect));
    all.add_each("lines", diff.lines, line);
    all.end();
}

}  // namespace rolecall::inline v0_1::cli
