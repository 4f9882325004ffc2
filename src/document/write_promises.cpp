// The canonical form of guarantees and exercises.
#include "document/normal_form.hpp"
#include "document/sheet.hpp"
#include <rolecall/detail/compile/name_rules.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::yaml {

namespace {

using kind = written_guarantee::kind;

void write_actions(sheet& to, std::string_view key, std::vector<written_name> const& actions) {
    if (actions.empty())
        to.key(key).word("any");
    else
        write_names(to, key, sorted_actions(actions));
}

void write_scope(sheet& to, std::string_view key, written_scope const& scope) {
    write_actions(to, key, scope.actions);
    write_names(to, "categories", sorted_names(scope.categories));
    write_names(to, "level", sorted_names(scope.levels));
}

void write_may(sheet& to, written_guarantee const& guarantee) {
    write_names(to, "only", sorted_names(guarantee.only));
    write_scope(to, "may", guarantee.first);
    if (guarantee.only_if.always()) return;
    to.key("only-if");
    write_condition(to, normal(guarantee.only_if));
}

void write_both(sheet& to, written_guarantee const& guarantee) {
    auto const words = [](written_scope const* scope) {
        return std::tuple(sorted_actions(scope->actions), sorted_names(scope->categories),
                          sorted_names(scope->levels));
    };
    std::array scopes{&guarantee.first, &guarantee.second};
    if (words(scopes[1]) < words(scopes[0])) std::swap(scopes[0], scopes[1]);
    to.key("never-both").brackets([&] {
        for (written_scope const* scope : scopes)
            to.braces([&] { write_scope(to, "may", *scope); });
    });
}

void write_kept(sheet& to, written_guarantee const& guarantee) {
    to.key("keeps").block([&] {
        for (normal_grant const& grant : normal(guarantee.kept)) write_grant(to, grant);
    });
}

// ---- Exercises ---------------------------------------------------------------------------

// The four together are `all`.
std::vector<std::string> spelled(std::vector<written_expectation::item> const& items) {
    std::vector<written_name> actions;
    actions.reserve(items.size());
    for (auto const& item : items) actions.push_back(item.action);
    std::vector<std::string> words = sorted_actions(actions);
    auto const is_one_of_four = [](std::string const& word) {
        return word == "view" || word == "modify" || word == "store" || word == "delete";
    };
    if (std::count_if(words.begin(), words.end(), is_one_of_four) == 4) {
        std::erase_if(words, is_one_of_four);
        words.insert(words.begin(), "all");
    }
    return words;
}

void write_items(sheet& to, std::vector<written_expectation::item> const& items) {
    bool const reasons = std::all_of(items.begin(), items.end(),
                                     [](auto const& item) { return item.reason.has_value(); });
    if (!reasons) return to.names(spelled(items));
    std::map<std::string, std::string> reason_of;
    std::vector<written_name> actions;
    for (auto const& item : items) {
        actions.push_back(item.action);
        reason_of.emplace(item.action.text, item.reason->text);
    }
    to.braces([&] {
        for (std::string const& action : sorted_actions(actions))
            to.key(action).word(reason_of.at(action));
    });
}

void write_expectations(sheet& to, std::string_view key,
                        std::vector<written_expectation> const& lines) {
    if (lines.empty()) return;
    std::map<std::string, std::vector<written_expectation::item>, in_tree_order> by_category;
    for (written_expectation const& line : lines) {
        auto& items = by_category[line.category.text + (line.below ? ".*" : "")];
        items.insert(items.end(), line.actions.begin(), line.actions.end());
    }
    to.key(key).block([&] {
        for (auto const& [category, items] : by_category) {
            to.key(category);
            write_items(to, items);
        }
    });
}

void write_given(sheet& to, written_exercise const& exercise) {
    if (exercise.facts.empty() && !exercise.on && !exercise.compromised && exercise.lost.empty())
        return;
    to.key("given").block([&] {
        if (!exercise.facts.empty()) {
            std::map<std::string, std::string> facts;
            for (written_fact_value const& fact : exercise.facts)
                facts.emplace(fact.fact.text, !fact.value ? "unknown" : *fact.value ? "yes" : "no");
            to.key("facts").block([&] {
                for (auto const& [fact, value] : facts) {
                    to.key(fact);
                    value == "unknown" ? to.word(value) : to.literal(value);
                }
            });
        }
        if (exercise.on) to.key("date").literal(exercise.on->to_string());
        if (exercise.compromised) to.key("compromised").literal("yes");
        write_names(to, "lost", sorted_names(exercise.lost));
    });
}

void write_who(sheet& to, written_exercise const& exercise) {
    to.key("as");
    if (!exercise.user) return to.names(sorted_names(exercise.roles));
    to.braces([&] {
        to.key("user").word(exercise.user->text);
        write_names(to, "roles", sorted_names(exercise.roles));
    });
}

}  // namespace

void write_guarantee(sheet& to, written_guarantee const& guarantee) {
    to.block([&] {
        write_names(to, "roles", sorted_names(guarantee.roles));
        if (guarantee.alone) to.key("alone").literal("yes");
        if (guarantee.what == kind::never) write_scope(to, "never", guarantee.first);
        if (guarantee.what == kind::may) write_may(to, guarantee);
        if (guarantee.what == kind::never_both) write_both(to, guarantee);
        if (guarantee.what == kind::keeps) write_kept(to, guarantee);
        write_names(to, "unless", sorted_names(guarantee.unless));
        write_text(to, "because", guarantee.because);
    });
}

void write_exercise(sheet& to, written_exercise const& exercise) {
    to.block([&] {
        write_text(to, "title", exercise.title);
        write_text(to, "about", exercise.about);
        write_text(to, "note", exercise.note);
        write_who(to, exercise);
        write_given(to, exercise);
        write_expectations(to, "can", exercise.can);
        write_expectations(to, "cannot", exercise.cannot);
        if (exercise.exactly_nothing)
            to.key("exactly").word("nothing");
        else
            write_expectations(to, "exactly", exercise.exactly);
    });
}

}  // namespace rolecall::inline v0_1::yaml
