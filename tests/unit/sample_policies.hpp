// Asking a sample policy as its reviewer would: a table of questions in words, each with the
// answer that the business expects.
#ifndef ROLECALL_TESTS_UNIT_SAMPLE_POLICIES_HPP
#define ROLECALL_TESTS_UNIT_SAMPLE_POLICIES_HPP

#include <rolecall/diagnostic_text.hpp>
#include <rolecall/document.hpp>
#include <rolecall/matrix.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::testing {

struct question {
    std::string_view who;  ///< `marta`, or with chosen roles `marta as billing + write-offs`
    std::string_view action;
    std::string_view category;
    std::string_view known;   ///< `treating, not own-record`; what is not said is unknown
    std::string_view answer;  ///< `granted`, or the reason of the denial
};

/// The pieces between separators; none of an empty text.
inline std::vector<std::string_view> pieces(std::string_view text, std::string_view separator) {
    std::vector<std::string_view> result;
    while (!text.empty()) {
        std::size_t const end = text.find(separator);
        result.push_back(text.substr(0, end));
        text.remove_prefix(end == text.npos ? text.size() : end + separator.size());
    }
    return result;
}

/// Always a user, never a role by itself: what is known of people takes part.
inline rolecall::subject subject_of(std::string_view who) {
    std::size_t const as = who.find(" as ");
    if (as == who.npos) return rolecall::subject::user(who);
    return rolecall::subject::user(who.substr(0, as), pieces(who.substr(as + 4), " + "));
}

inline request request_of(question const& q, date on) {
    std::vector<std::pair<std::string_view, fact_value>> facts;
    for (std::string_view fact : pieces(q.known, ", ")) {
        bool const value = !fact.starts_with("not ");
        facts.emplace_back(value ? fact : fact.substr(4), value);
    }
    return {subject_of(q.who), q.action, q.category, std::move(facts), on};
}

/// The sample, which has to be free of errors and warnings.
inline policy sample_policy(std::string const& name) {
    auto const loaded =
        yaml::load(ROLECALL_SOURCE_DIR "/policies/" + name, {.today = *date::parse("2027-03-01")});
    for (diagnostic const& found : loaded.findings()) FAIL_CHECK(to_text(found));
    return loaded.value();
}

/// What loading would say if a person of the sample were given one more role; empty: nothing.
inline std::string code_with_one_more_role(std::string const& name, std::string_view user,
                                           std::string const& role) {
    policy const sample = sample_policy(name);
    document changed = sample.source();
    bool found = false;
    for (written_user& listed : changed.users) {
        if (listed.id.text != user) continue;
        listed.assignments.push_back({{{role, listed.id.at}}, std::nullopt});
        found = true;
    }
    REQUIRE(found);
    auto const result = yaml::compile(changed, {.today = *date::parse("2027-03-01")});
    std::string codes;
    for (diagnostic const& d : result.findings()) codes += to_string(d.code);
    return codes;
}

inline void expect(policy const& asked, std::string_view day,
                   std::initializer_list<question> questions) {
    date const on = *date::parse(day);
    for (question const& q : questions) {
        INFO(q.who << " " << q.action << " " << q.category << " (" << q.known << ") on " << day);
        CHECK(to_string(asked.evaluate(request_of(q, on)).reason) == q.answer);
    }
}

/// A line for each category with the roles that have any right on it, such as
/// `bill: billing VMi, patient v`. A letter stands for an action, and is small where the right
/// is under a condition.
inline std::string rights_by_category(policy const& asked, std::string_view actions,
                                      std::string_view letters) {
    std::vector<std::string_view> const names = pieces(actions, ", ");
    std::map<std::string, std::map<std::string, std::string>> table;
    for (effective_right const& right : effective_rights(asked)) {
        std::string& cell = table[right.category][right.role];
        cell.resize(names.size(), ' ');
        auto const at = std::find(names.begin(), names.end(), right.action) - names.begin();
        char const letter = letters.at(static_cast<std::size_t>(at));
        cell[static_cast<std::size_t>(at)] =
            right.condition.empty() ? letter : static_cast<char>(letter - 'A' + 'a');
    }
    std::string result;
    for (auto& [category, row] : table) {
        std::string separator = category + ": ";
        for (auto& [role, cell] : row) {
            cell.erase(std::remove(cell.begin(), cell.end(), ' '), cell.end());
            result += std::exchange(separator, ", ") + role + ' ' + cell;
        }
        result += '\n';
    }
    return result;
}

/// The categories to which a law is said to apply, and how sensitive each is.
inline std::string labelled(policy const& asked, std::string_view law) {
    std::string result;
    for (written_category const& category : asked.source().categories)
        if (std::count(category.laws.begin(), category.laws.end(), law) != 0)
            result +=
                category.name.text + ' ' + (category.level ? category.level->text : "") + '\n';
    return result;
}

/// The rights of a role on categories that begin so, other than those that need the fact.
inline std::string rights_without(policy const& asked, std::string_view fact, std::string_view role,
                                  std::string_view category = "") {
    std::string result;
    for (effective_right const& right : effective_rights(asked))
        if (right.role == role && right.category.starts_with(category) &&
            right.condition.find(fact) == std::string::npos)
            result += right.action + ' ' + right.category + '\n';
    return result;
}

}  // namespace rolecall::testing

#endif
