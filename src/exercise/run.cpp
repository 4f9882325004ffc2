#include "core/list_text.hpp"
#include "exercise/attack.hpp"
#include "exercise/questions.hpp"
#include "exercise/why.hpp"
#include "review/written_rules.hpp"
#include <rolecall/detail/findings.hpp>
#include <rolecall/detail/text.hpp>
#include <rolecall/exercises.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace rolecall::inline v0_1 {
namespace {

using exercising::asked_exercise;
using exercising::expected_cell;

std::string names_text(std::vector<written_name> const& names) {
    std::vector<std::string_view> words;
    words.reserve(names.size());
    for (written_name const& name : names) words.push_back(name.text);
    return detail::list_text(words);
}

std::string who_text(written_exercise const& of) {
    if (!of.user) return names_text(of.roles);
    std::string const id = detail::printable(of.user->text, 60);
    return of.roles.empty() ? id : id + " as " + names_text(of.roles);
}

std::string situation_text(written_exercise const& of) {
    std::vector<std::string> parts;
    if (of.on) parts.push_back("on " + of.on->to_string());
    if (!of.lost.empty()) parts.push_back("without " + names_text(of.lost));
    for (written_fact_value const& fact : of.facts)
        parts.push_back(fact.fact.text + (!fact.value   ? " is unknown"
                                          : *fact.value ? " is true"
                                                        : " is false"));
    return fmt::format("{}", fmt::join(parts, ", "));
}

class runner {
public:
    explicit runner(policy const& of)
        : of_(of), p_(detail::data_of(of)), places_(of.source().files) {
        for (std::uint32_t c = 0; c < p_.categories.size(); ++c)
            if (p_.categories.declared(c)) categories_.push_back(c);
        std::sort(categories_.begin(), categories_.end(), [&](std::uint32_t a, std::uint32_t b) {
            return p_.categories.name(a) < p_.categories.name(b);
        });
    }

    exercise_outcome run(asked_exercise const& asked) {
        written_exercise const& written = *asked.written;
        exercise_outcome result;
        result.name = written.name.text;
        result.title = written.title;
        result.about = written.about;
        result.note = written.note;
        result.where = places_.locate(written.name.at);
        result.who = who_text(written);
        result.situation = situation_text(written);
        result.on = asked.on;
        result.compromised = asked.compromised;
        result.expectations = asked.expects.size();
        add_failures(asked, result);
        add_open(asked, result);
        return result;
    }

private:
    void add_failures(asked_exercise const& asked, exercise_outcome& to) {
        std::vector<std::pair<expected_cell const*, response>> failed;
        for (expected_cell const& one : asked.expects) {
            response const answer = exercising::answer_of(p_, asked, one.action, one.category);
            if (!exercising::meets(answer, one)) failed.emplace_back(&one, answer);
        }
        std::sort(failed.begin(), failed.end(), [&](auto const& a, auto const& b) {
            auto const key = [&](expected_cell const& c) {
                return std::tuple(c.at.line, c.at.column, p_.categories.name(c.category), c.action);
            };
            return key(*a.first) < key(*b.first);
        });
        to.failures.reserve(failed.size());
        for (auto const& [one, answer] : failed) {
            failed_expectation& failure = to.failures.emplace_back();
            failure.action = p_.actions.name(one->action);
            failure.category = p_.categories.name(one->category);
            failure.expected = one->allowed;
            failure.expected_reason = one->why;
            failure.allowed = bool{answer};
            failure.why = answer.reason;
            failure.where = places_.locate(one->at);
            if (to.failures.size() > most_explained || explained_ == most_explained_of_all)
                continue;
            ++explained_;
            auto given = exercising::why(of_, asked, one->action, one->category);
            failure.explanation = std::move(given.sentences);
            failure.decided_at = std::move(given.decided_at);
        }
    }

    void add_open(asked_exercise const& asked, exercise_outcome& to) const {
        if (!asked.who.ok()) return;
        for (std::uint32_t const category : categories_)
            for (std::uint32_t action = 0; action < p_.actions.size(); ++action) {
                if (!p_.actions.declared(action)) continue;
                response const now =
                    detail::evaluate(p_, detail::view_of(asked.who), action, category, asked.facts);
                if (bool{now} || could_be(asked, now.reason, action, category))
                    to.open.push_back({std::string(p_.actions.name(action)),
                                       std::string(p_.categories.name(category)), bool{now}});
            }
    }

    // What several roles allow together, one of them allows alone: so this is the same of a
    // compromised account.
    [[nodiscard]] bool could_be(asked_exercise const& asked, reason now, std::uint32_t action,
                                std::uint32_t category) const {
        return now != reason::not_granted &&
               exercising::reach(p_, detail::view_of(asked.who), action, category, asked.facts,
                                 asked.fixed_facts)
                   .has_value();
    }

    static constexpr std::size_t most_explained_of_all = 1000;

    policy const& of_;
    detail::policy_data const& p_;
    detail::locator places_;
    std::vector<std::uint32_t> categories_;  // by name
    std::size_t explained_ = 0;
};

}  // namespace

exercise_run run_exercises(policy const& of, exercise_options const& options) {
    exercise_run result;
    result.on = options.on;
    auto const asked = exercising::questions_of(of, options);
    result.left_out = of.source().exercises.size() - asked.size();
    if (asked.empty()) return result;
    runner one_by_one(of);
    result.exercises.reserve(asked.size());
    for (asked_exercise const& one : asked) {
        exercise_outcome const& outcome = result.exercises.emplace_back(one_by_one.run(one));
        result.expectations += outcome.expectations;
        if (!outcome.passed()) ++result.failed;
    }
    return result;
}

}  // namespace rolecall::inline v0_1
