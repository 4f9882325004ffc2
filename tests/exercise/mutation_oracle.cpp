#include "mutation_oracle.hpp"

#include "naive.hpp"
#include "questions.hpp"
#include <rolecall/yaml.hpp>

#include <algorithm>
#include <utility>

namespace exercised {

std::vector<judged_change> judged_changes(rolecall::policy const& of, rolecall::date today) {
    using outcome = rolecall::mutant::outcome;
    every_question const questions(of, today);
    std::vector<judged_change> found;
    for (change& one : every_change(of.source())) {
        judged_change& judged = found.emplace_back();
        judged.made = std::move(one);
        rolecall::document const& changed = judged.made.changed;
        auto const compiled = rolecall::yaml::compile(changed);
        if (!compiled) {
            judged.is = outcome::refused;
            continue;
        }
        judged.policy = compiled.value();
        bool const noticed =
            std::any_of(changed.exercises.begin(), changed.exercises.end(),
                        [&](auto const& exercise) { return !passes(changed, exercise, today); });
        if (noticed) {
            judged.is = outcome::killed;
            continue;
        }
        judged.difference = questions.difference(*judged.policy);
        judged.is = judged.difference ? outcome::survived : outcome::no_effect;
    }
    return found;
}

}  // namespace exercised
