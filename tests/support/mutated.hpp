// Small policies of which everybody can say what becomes of each change. What becomes of random
// ones is compared with a naive oracle in tests/exercise.
#ifndef ROLECALL_TESTS_SUPPORT_MUTATED_HPP
#define ROLECALL_TESTS_SUPPORT_MUTATED_HPP

#include <rolecall/policy_mutation.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::tests {

using kind = mutant::kind;
using outcome = mutant::outcome;

inline constexpr date today = date::parse("2026-11-22").value();

inline mutation_options keeping_all() {
    mutation_options options;
    options.exercises.on = today;
    options.keep_all = true;
    return options;
}

inline policy policy_of(std::string const& text) {
    return yaml::load_text("rolecall: 1\n" + text).value();
}

inline mutation_result changed(std::string const& text) {
    return mutate(policy_of(text), keeping_all());
}

inline mutant const& find(mutation_result const& in, std::string_view sentence) {
    auto const found = std::find_if(in.all.begin(), in.all.end(),
                                    [&](mutant const& one) { return one.sentence == sentence; });
    CAPTURE(std::string(sentence));
    REQUIRE(found != in.all.end());
    return *found;
}

inline outcome became(mutation_result const& in, std::string_view sentence) {
    return find(in, sentence).is;
}

inline std::vector<std::string> sentences(mutation_result const& in, kind of) {
    std::vector<std::string> found;
    for (mutant const& one : in.all)
        if (one.what == of) found.push_back(one.sentence);
    return found;
}

/// `dana as support: view payment with a, not b: allowed`
inline std::string question(mutant const& of) {
    REQUIRE(of.difference);
    different_answer const& how = *of.difference;
    std::string text = how.user;
    for (std::string const& role : how.roles) text += (text.empty() ? "" : " as ") + role;
    text += ": " + how.action + ' ' + how.category;
    for (std::string const& fact : how.is_true) text += " with " + fact;
    for (std::string const& fact : how.is_false) text += " not " + fact;
    return text + (how.allowed ? ": allowed" : ": " + std::string(to_string(how.why)));
}

inline std::string const desk = R"(facts: {asked: The customer asked}
categories: {account: Names, notes: Notes}
roles:
  desk: {may: {account: view}}
  lead: {inherits: desk, may: {account: view}}
guarantees:
  leads-only: {only: lead, may: any, categories: notes}
exercises:
  at-the-desk: {as: desk, exactly: {account: view}}
)";

}  // namespace rolecall::tests

#endif
