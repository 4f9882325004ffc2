// Suggested exercises notice all that survives, on small random policies.

#include "model/trial.hpp"
#include "mutation_oracle.hpp"
#include "naive.hpp"
#include "random_policy.hpp"
#include <rolecall/exercise_suggestions.hpp>
#include <rolecall/exercises.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace exercised;

namespace {

// The policy with one more file.
rolecall::policy with_file(rolecall::policy const& of, std::string const& added) {
    auto const loaded =
        rolecall::yaml::load_texts({{"policy.yaml", rolecall::yaml::write(of)}, {"s.yaml", added}});
    if (!loaded) FAIL(added << "\nwas refused: " << loaded.findings().front().text);
    return loaded.value();
}

// By the oracle, which knows nothing of suggestions.
std::size_t surviving(rolecall::policy const& of) {
    auto const judged = judged_changes(of, today);
    return static_cast<std::size_t>(std::count_if(
        judged.begin(), judged.end(),
        [](judged_change const& one) { return one.is == rolecall::mutant::outcome::survived; }));
}

rolecall::policy sample_without_exercises(std::string const& name) {
    auto const loaded = rolecall::yaml::load(ROLECALL_SOURCE_DIR "/policies/" + name);
    REQUIRE(loaded);
    rolecall::document rules = loaded->source();
    rules.exercises.clear();
    return read_back(rules);
}

}  // namespace

TEST_CASE("with the suggested exercises no change of a random policy survives") {
    std::size_t survivors = 0;
    std::size_t suggested = 0;
    with_random_policies(300, {}, [&](rolecall::policy const& of, auto&) {
        rolecall::mutation_options options;
        options.exercises.on = today;
        auto const found = rolecall::mutate(of, options);
        auto const made = rolecall::suggest_exercises(of, found, options);
        std::string const text = rolecall::yaml::write(of);
        CAPTURE(text);
        CAPTURE(made.yaml);
        CHECK(made.notice == found.survivors.size());
        CHECK(made.yaml.empty() == found.survivors.empty());
        CHECK(made.exercises.size() <= found.survivors.size());
        survivors += found.survivors.size();
        suggested += made.exercises.size();
        if (found.survivors.empty()) return;
        auto const more = with_file(of, made.yaml);
        CHECK(more.source().exercises.size() ==
              of.source().exercises.size() + made.exercises.size());
        for (auto const& exercise : more.source().exercises) {
            CAPTURE(exercise.name.text);
            REQUIRE(passes(more.source(), exercise, today));
        }
        REQUIRE(rolecall::mutate(more, options).survivors.empty());
        REQUIRE(surviving(more) == 0);
    });
    if (model::wanted_questions() < 100000) return;
    CHECK(survivors > 5000);
    CHECK(suggested < survivors / 3);
}

TEST_CASE("with the suggested exercises no change of a sample policy survives") {
    for (std::string const name : {"shop", "clinic", "webshop"}) {
        CAPTURE(name);
        auto const of = sample_without_exercises(name);
        auto const found = rolecall::mutate(of);
        CHECK(found.survivors.size() > 100);
        auto const made = rolecall::suggest_exercises(of, found);
        CHECK(made.notice == found.survivors.size());
        CHECK(made.exercises.size() * 4 < found.survivors.size());
        auto const more = with_file(of, made.yaml);
        CHECK(rolecall::run_exercises(more).passed());
        CHECK(rolecall::mutate(more).survivors.empty());
        CHECK(rolecall::suggest_exercises(more, rolecall::mutate(more)).yaml.empty());
    }
}

TEST_CASE("suggestions are found with the day and the filter of the changes") {
    auto const of = sample_without_exercises("shop");
    rolecall::mutation_options options;
    options.exercises.on = rolecall::date::parse("2031-01-01").value();
    auto const found = rolecall::mutate(of, options);
    auto const made = rolecall::suggest_exercises(of, found, options);
    auto const more = with_file(of, made.yaml);
    CHECK(rolecall::mutate(more, options).survivors.empty());
    options.exercises.only = {"no exercise is called so"};
    CHECK(rolecall::suggest_exercises(of, rolecall::mutate(of, options), options).notice ==
          found.survivors.size());
}
