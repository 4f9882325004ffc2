#include "promise/words.hpp"

#include "core/list_text.hpp"
#include "document/normal_form.hpp"
#include <rolecall/detail/compile/name_rules.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::promising {
namespace {

using yaml::in_tree_order;
using yaml::sorted_actions;
using yaml::sorted_names;
using kind = written_guarantee::kind;
using texts = std::vector<std::string>;

// What `all` means.
constexpr char const* four[] = {"view", "modify", "store", "delete"};

// ---- Guarantees ---------------------------------------------------------------------------

// `view or modify payment of level restricted`
std::string scope_text(written_scope const& scope) {
    std::string text = scope.actions.empty()
                           ? std::string("do anything with")
                           : detail::list_text(sorted_actions(scope.actions), " or ");
    text += ' ';
    text += scope.categories.empty() ? std::string("any category")
                                     : detail::list_text(sorted_names(scope.categories), " or ");
    if (!scope.levels.empty())
        text += " of level " + detail::list_text(sorted_names(scope.levels), " or ");
    return text;
}

// `open-ticket or (consent and dispute)`
std::string condition_text(yaml::normal_condition const& when) {
    texts alternatives;
    for (texts const& together : when) {
        std::string const text = detail::list_text(together, " and ");
        bool const apart = together.size() > 1 && when.size() > 1;
        alternatives.push_back(apart ? '(' + text + ')' : text);
    }
    return detail::list_text(alternatives, " or ");
}

std::string known_false(std::vector<written_name> const& facts) {
    return detail::list_text(sorted_names(facts), " and ") + (facts.size() == 1 ? " is" : " are") +
           " known to be false";
}

std::string holder(written_guarantee const& of) {
    return "who holds " + detail::list_text(sorted_names(of.roles), " or ") +
           (of.alone ? " alone" : "");
}

std::string may_sentence(written_guarantee const& of) {
    std::string text = !of.only.empty()
                           ? "only who holds " + detail::list_text(sorted_names(of.only), " or ")
                       : of.roles.empty() ? std::string("anyone")
                                          : holder(of);
    text += " can " + scope_text(of.first);
    std::string_view between = of.only.empty() ? " " : ", and ";
    if (!of.only_if.always()) {
        text.append(between).append("only if ") += condition_text(yaml::normal(of.only_if));
        between = ", and ";
    }
    if (!of.unless.empty()) text.append(between).append("only while ") += known_false(of.unless);
    return text;
}

// `view and modify account; view payment if open-ticket`
std::string kept_text(std::vector<written_grant> const& kept) {
    texts lines;
    for (yaml::normal_grant const& grant : yaml::normal(kept)) {
        std::vector<std::pair<yaml::normal_condition, texts>> by_condition;
        for (yaml::normal_right const& right : grant.rights) {
            auto at = std::find_if(by_condition.begin(), by_condition.end(),
                                   [&](auto const& one) { return one.first == right.when; });
            if (at == by_condition.end()) at = by_condition.insert(at, {right.when, {}});
            if (right.action == "all")
                at->second.insert(at->second.end(), std::begin(four), std::end(four));
            else
                at->second.push_back(right.action);
        }
        for (auto const& [when, actions] : by_condition)
            lines.push_back(detail::list_text(actions, " and ") + ' ' + grant.category +
                            (yaml::always(when) ? "" : " if " + condition_text(when)));
    }
    std::string text;
    for (std::string const& line : lines) text += (text.empty() ? "" : "; ") + line;
    return text;
}

// ---- Exercises ----------------------------------------------------------------------------

// `all` written out: it means the four.
std::vector<written_name> spelled_out(std::vector<written_name> const& actions) {
    std::vector<written_name> result;
    for (written_name const& action : actions) {
        if (action.text != "all") {
            result.push_back(action);
            continue;
        }
        for (char const* const one : four) result.push_back({one, action.at});
    }
    return result;
}

// `view and modify account, view payment (undecided)`; `any` in words that fit.
std::string expected_text(std::vector<written_expectation> const& lines, std::string_view any,
                          std::string_view last) {
    // By category, then by reason.
    std::map<std::string, std::map<std::string, std::vector<written_name>>, in_tree_order> all;
    for (written_expectation const& line : lines)
        for (auto const& item : line.actions)
            all[line.category.text + (line.below ? ".*" : "")][item.reason ? item.reason->text : ""]
                .push_back(item.action);
    texts parts;
    for (auto const& [category, by_reason] : all)
        for (auto const& [reason, actions] : by_reason) {
            texts words = sorted_actions(spelled_out(actions));
            for (std::string& word : words)
                if (word == "any") word = any;
            parts.push_back(detail::list_text(words, last) + ' ' + category +
                            (reason.empty() ? "" : " (" + reason + ')'));
        }
    return detail::list_text(parts, last);
}

std::string who(written_exercise const& of) {
    std::string roles = detail::list_text(sorted_names(of.roles), " and ");
    if (!of.user) return roles;
    return roles.empty() ? of.user->text : of.user->text + " as " + roles;
}

std::string situation(written_exercise const& of) {
    std::string text;
    if (of.on) text += ", on " + of.on->to_string();
    std::map<std::string, std::optional<bool>> facts;
    for (written_fact_value const& fact : of.facts) facts.emplace(fact.fact.text, fact.value);
    for (auto const& [fact, value] : facts)
        text += ", " + fact + (!value ? " is unknown" : *value ? " is true" : " is false");
    if (!of.lost.empty()) text += ", without " + detail::list_text(sorted_names(of.lost), " and ");
    if (of.compromised) text += ", compromised";
    return text;
}

}  // namespace

std::string condition_text(written_condition const& when) {
    return condition_text(yaml::normal(when));
}

std::string sentence_of(written_guarantee const& guarantee) {
    switch (guarantee.what) {
        case kind::never:
            return (guarantee.roles.empty() ? "nobody can ever "
                                            : holder(guarantee) + " can never ") +
                   scope_text(guarantee.first);
        case kind::may: return may_sentence(guarantee);
        case kind::never_both: {
            auto const [a, b] =
                std::minmax({scope_text(guarantee.first), scope_text(guarantee.second)});
            return "no one person can both " + a + ", and " + b;
        }
        case kind::keeps: break;
    }
    return holder(guarantee) + " can at least " + kept_text(guarantee.kept) +
           (guarantee.unless.empty() ? "" : ", while " + known_false(guarantee.unless));
}

std::string sentence_of(written_exercise const& exercise) {
    texts parts;
    if (!exercise.can.empty())
        parts.push_back("can " + expected_text(exercise.can, "do everything with", " and "));
    if (exercise.exactly_nothing) parts.emplace_back("can do nothing");
    if (!exercise.exactly.empty())
        parts.push_back("can " + expected_text(exercise.exactly, "do everything with", " and ") +
                        ", and nothing else");
    if (!exercise.cannot.empty())
        parts.push_back("cannot " + expected_text(exercise.cannot, "do anything with", " or "));
    std::string text = who(exercise) + situation(exercise) + ": ";
    for (std::string const& part : parts) text += (&part == &parts.front() ? "" : "; ") + part;
    return text;
}

}  // namespace rolecall::inline v0_1::promising
