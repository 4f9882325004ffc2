// An exercise asks what the policy answers in a situation. Here the same is asked of the model: of
// each action on each category, and for a compromised account of each of its roles in each state
// of the facts. exercises.cpp says what is meant; model.cpp, what is allowed.

#include "exercises.hpp"

#include "library_policy.hpp"
#include "library_promises.hpp"
#include "promise_meaning.hpp"
#include "random_policy.hpp"
#include "random_promises.hpp"
#include "trial.hpp"
#include <rolecall/diagnostic_text.hpp>
#include <rolecall/digest.hpp>
#include <rolecall/document.hpp>
#include <rolecall/exercises.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace model;
namespace rc = rolecall;

namespace {

date const today{2026, 6, 15};

// One policy with exercises, and what is wrong with an answer about them.
class agreement {
public:
    agreement(trial const& by, policy const& of) : one(by), rules(of) {}

    trial const& one;
    policy const& rules;

    void require(bool holds, std::string const& otherwise) const {
        if (!holds) {
            one.fail(otherwise, to_yaml(rules));
        }
    }

    void check(rc::exercise_run const& run) const {
        require(run.on == as_date(today), "the day of the run");
        require(run.exercises.size() == rules.exercises.size() && run.left_out == 0, "how many");
        std::size_t failed = 0;
        std::size_t expectations = 0;
        std::string before;
        for (auto const& outcome : run.exercises) {
            require(before < outcome.name, "the order of exercises");
            before = outcome.name;
            check(outcome);
            failed += outcome.passed() ? 0U : 1U;
            expectations += outcome.expectations;
        }
        require(run.failed == failed && run.expectations == expectations, "the sums");
    }

private:
    void check(rc::exercise_outcome const& found) const {
        auto const& of = rules.exercises.at(found.name);
        auto const about = found.name + ": ";
        require(found.title == of.title && found.about == of.about && found.note == of.note,
                about + "the words");
        require(found.on == as_date(of.on.value_or(today)), about + "the day");
        require(found.compromised == of.compromised, about + "compromised");
        auto const is = outcomes(rules, of, today);
        auto const wanted = expectations(rules, of).value();
        require(found.expectations == wanted.size(), about + "how many expectations");

        std::map<cell, rc::failed_expectation const*> failures;
        for (auto const& failure : found.failures) {
            require(failures.emplace(cell{failure.category, failure.action}, &failure).second,
                    about + failure.action + " " + failure.category + " fails twice");
        }
        for (auto const& [at, expect] : wanted) {
            auto const& got = is.at(at).given;
            auto const what = about + at.second + " " + at.first + ": ";
            bool const fails =
                got.allow != expect.allowed ||
                (!got.allow && !expect.reason.empty() && got.reason != expect.reason);
            auto const failure = failures.find(at);
            require((failure != failures.end()) == fails,
                    what + (fails ? "it fails, and is not said to: " : "it does not fail: ") +
                        text(got));
            if (fails) {
                check(*failure->second, expect, got, of.compromised, what);
                failures.erase(failure);
            }
        }
        require(failures.empty(), about + "a failure of what nobody expects");
        check_open(found, is, about);
    }

    void check(rc::failed_expectation const& failure, expected const& expect, answer const& got,
               bool compromised, std::string const& what) const {
        require(failure.expected == expect.allowed && failure.allowed == got.allow,
                what + "allowed or not");
        require((failure.expected_reason ? std::string(to_string(*failure.expected_reason)) : "") ==
                    expect.reason,
                what + "the reason that is expected");
        if (!compromised) {
            require(
                to_string(failure.why) == got.reason,
                what + "it is " + std::string(to_string(failure.why)) + ", expected " + got.reason);
        } else {
            require((failure.why == rc::reason::granted) == got.allow, what + "why");
        }
        require(failure.where.line != 0, what + "it stands nowhere");
        require(!failure.explanation.empty(), what + "it is not explained");
    }

    void check_open(rc::exercise_outcome const& found, std::map<cell, outcome> const& is,
                    std::string const& about) const {
        std::map<cell, bool> open;
        cell before;
        for (auto const& right : found.open) {
            require(open.emplace(cell{right.category, right.action}, right.certain).second,
                    about + "open twice");
            require(before.first <= right.category, about + "the order of what is open");
            before = {right.category, right.action};
        }
        for (auto const& [at, one_cell] : is) {
            auto const listed = open.find(at);
            auto const what = about + at.second + " " + at.first + ": ";
            require((listed != open.end()) == one_cell.possible,
                    what + (one_cell.possible ? "it is possible, and not listed"
                                              : "it is listed, and not possible"));
            require(listed == open.end() || listed->second == one_cell.certain,
                    what + (one_cell.certain ? "it is certain" : "it is not certain"));
        }
    }
};

// How often something was there that the tests are about.
struct tally {
    std::size_t exercises = 0, failed = 0, compromised = 0, exactly = 0, reasons = 0, lost = 0,
                users = 0, strangers = 0, open = 0, only_possible = 0;
    std::set<std::string> said;  // reasons of denials

    void add(policy const& rules, exercise const& of) {
        auto const is = outcomes(rules, of, today);
        auto const wanted = expectations(rules, of).value();
        ++exercises;
        failed += std::any_of(wanted.begin(), wanted.end(), [&](auto const& one) {
            auto const& got = is.at(one.first).given;
            return got.allow != one.second.allowed ||
                   (!one.second.reason.empty() && got.reason != one.second.reason);
        });
        compromised += of.compromised;
        exactly += of.exactly_nothing || !of.exactly.empty();
        reasons += std::any_of(wanted.begin(), wanted.end(),
                               [](auto const& one) { return !one.second.reason.empty(); });
        lost += !of.lost.empty();
        users += of.user && rules.users.contains(*of.user);
        strangers += of.user && !rules.users.contains(*of.user);
        for (auto const& [at, one] : is) {
            open += one.certain;
            only_possible += one.possible && !one.certain;
            if (!of.compromised) {
                said.insert(one.given.reason);
            }
        }
    }

    void require_enough() const {
        CHECK(exercises >= 1000);
        CHECK(failed * 10 >= exercises * 2);
        CHECK(failed * 10 <= exercises * 8);
        for (auto const count : {compromised, exactly, reasons, lost, users, strangers}) {
            CHECK(count * 20 >= exercises);
        }
        CHECK(open > 500);
        CHECK(only_possible > 500);
        CHECK(said == std::set<std::string>{"expired", "forbidden", "granted", "not-assigned",
                                            "not-granted", "separation", "undecided",
                                            "unknown-name", "unmet"});
    }
};

std::string problems_of(rc::policy_result const& found) {
    std::string made;
    for (auto const& finding : found.findings()) {
        made += rc::to_text(finding) + "\n";
    }
    return made;
}

policy with_exercises(policy rules, random_source& random) {
    for (auto left = random.between(1, 3); left > 0; --left) {
        rules.exercises["at-table-" + std::to_string(left)] = random_exercise(rules, today, random);
    }
    return rules;
}

}  // namespace

TEST_CASE("an exercise fails where the policy answers otherwise, and says what is open") {
    tally seen;
    with_random_policies(1200, [&](trial& one) {
        auto const rules = with_exercises(small_policy(one.random), one.random);
        bool const respell = one.random.chance(40);
        auto const text = respell ? to_yaml(rules, one.random) : to_yaml(rules);
        auto const loaded = rc::yaml::load_text(text);
        agreement const it(one, rules);
        it.require(bool{loaded}, "it is refused: " + problems_of(loaded));
        it.check(rc::run_exercises(*loaded, {.on = as_date(today)}));
        for (auto const& [name, exercise] : rules.exercises) {
            seen.add(rules, exercise);
        }
    });
    if (wanted_questions() >= 100000) {
        seen.require_enough();
    }
}

TEST_CASE("what is open is exact where much depends on many facts") {
    tally seen;
    with_random_policies(200, [&](trial& one) {
        auto const rules = with_exercises(involved_policy(one.random), one.random);
        auto const loaded = rc::yaml::load_text(to_yaml(rules));
        agreement const it(one, rules);
        it.require(bool{loaded}, "it is refused: " + problems_of(loaded));
        it.check(rc::run_exercises(*loaded, {.on = as_date(today)}));
        for (auto const& [name, exercise] : rules.exercises) {
            seen.add(rules, exercise);
        }
    });
    if (wanted_questions() >= 100000) {
        CHECK(seen.open > 20);
        CHECK(seen.only_possible > 50);
    }
}

TEST_CASE("exercises say the same however they are written, and stay when a policy is rewritten") {
    with_random_policies(500, [&](trial& one) {
        auto const rules = with_exercises(small_policy(one.random), one.random);
        agreement const it(one, rules);
        auto const require_same = [&](rc::policy_result const& found, std::string const& how) {
            it.require(bool{found}, how + ": it is refused");
            policy read;
            read_promises(found->source(), read);
            it.require(read.exercises.size() == rules.exercises.size(), how + ": how many");
            for (auto const& [name, exercise] : rules.exercises) {
                it.require(meaning(rules, read.exercises[name]) == meaning(rules, exercise),
                           how + ": " + name);
            }
        };
        auto const plain = rc::yaml::load_text(to_yaml(rules));
        require_same(plain, "as it is");
        std::vector<rc::source_file> files;
        for (auto const& file : to_yaml_files(rules, one.random)) {
            files.push_back({file.path, file.text});
        }
        auto const respelled = rc::yaml::load_texts(std::move(files));
        require_same(respelled, "written differently");
        auto const canonical = rc::yaml::load_text(rc::yaml::write(*plain));
        require_same(canonical, "rewritten");
        it.require(rc::yaml::write(*canonical) == rc::yaml::write(*plain), "rewritten once more");
        it.require(rc::digest(*respelled) == rc::digest(*plain), "the digest, written differently");
        it.require(rc::digest(*canonical) == rc::digest(*plain), "the digest, rewritten");
    });
}
