// Changing a policy in every place, one at a time: what a change takes, beside compiling the
// changed policy anew and running all its exercises.
#include "benchmarks.hpp"
#include "support/random_parts.hpp"
#include <rolecall/exercises.hpp>
#include <rolecall/guarantees.hpp>
#include <rolecall/policy_mutation.hpp>
#include <rolecall/yaml.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::benchmarks {

namespace {

constexpr date today = date::parse("2026-11-01").value();

// 100 roles × 100 categories: some 1,500 rights, half of them with a condition; inheritance,
// requirements, guardrails, separations, guarantees, users, and exercises that say everything.
class tested_document : random_parts {
public:
    tested_document() : random_parts(7) {}

    document run() {
        for (std::size_t f = 0; f < facts; ++f)
            doc_.facts.push_back({{name("fact-", f), {}}, {}, "A fact"});
        for (std::size_t c = 0; c < categories; ++c) doc_.categories.push_back(category(c));
        for (std::size_t r = 0; r < roles; ++r) doc_.roles.push_back(role(r));
        for (std::size_t g = 0; g < 20; ++g) doc_.guardrails.push_back(guardrail(g));
        for (std::size_t s = 0; s < 10; ++s) doc_.separations.push_back(separation(s, 10));
        for (std::size_t u = 0; u < 50; ++u)
            doc_.users.push_back(
                {{name("user-", u), {}}, {{{{name("role-", 20 + below(80)), {}}}, std::nullopt}}});
        policy const silent = yaml::compile(doc_).value();
        add_guarantees(silent);
        for (std::size_t e = 0; e < exercises; ++e) doc_.exercises.push_back(exercise(e, silent));
        return std::move(doc_);
    }

private:
    static constexpr std::size_t facts = 12, categories = 100, roles = 100, lines = 7,
                                 exercises = 300;

    written_condition condition() {
        std::size_t const first = below(facts);
        std::size_t const second = (first + 1 + below(facts - 1)) % facts;
        written_name const one{name("fact-", first), {}};
        written_name const other{name("fact-", second), {}};
        if (chance(50)) return {{{one}}, {}};
        if (chance(50)) return {{{one}, {other}}, {}};
        return {{{one, other}}, {}};
    }

    written_category category(std::size_t n) {
        written_category made;
        made.name.text = category_name(n);
        made.about = "Data";
        if (chance(15)) made.required.push_back({{"store", {}}, condition()});
        return made;
    }

    written_role role(std::size_t n) {
        written_role made;
        made.name.text = name("role-", n);
        // Not of the separated ones, which must not meet in a role.
        if (n > 30 && chance(60)) made.inherits.push_back({name("role-", 20 + below(n - 20)), {}});
        std::size_t const step = categories / lines;
        for (std::size_t line = 0; line < lines; ++line) {
            std::size_t const on = line * step + below(step);
            written_grant grant{{category_name(on), {}}, on % 10 == 0 && chance(30), {}};
            written_condition const when = chance(50) ? condition() : written_condition{};
            for (char const* const action : {"view", "modify", "store"})
                if (grant.rights.empty() || chance(55))
                    grant.rights.push_back({{action, {}}, when});
            made.may.push_back(std::move(grant));
        }
        return made;
    }

    written_guardrail guardrail(std::size_t n) {
        written_guardrail made;
        made.name.text = name("never-", n);
        if (chance(80)) made.roles.push_back({name("role-", below(roles)), {}});
        made.categories.push_back({name("area-", below(10)), {}});
        made.actions.push_back({chance(50) ? "delete" : "store", {}});
        if (chance(70)) made.when = condition();
        return made;
    }

    written_scope scope() {
        written_scope made;
        made.categories.push_back({category_name(below(categories)), {}});
        made.actions.push_back({chance(70) ? "delete" : "store", {}});
        return made;
    }

    // Those of many that the policy keeps.
    void add_guarantees(policy const& silent) {
        document wanted;
        for (std::size_t i = 0; i < 400; ++i) {
            written_guarantee made;
            made.name.text = name("promise-", i);
            made.first = scope();
            made.what = static_cast<written_guarantee::kind>(i % 4);
            switch (made.what) {
                case written_guarantee::kind::never:
                    made.roles.push_back({name("role-", below(roles)), {}});
                    break;
                case written_guarantee::kind::may:
                    made.only.push_back({name("role-", below(roles)), {}});
                    break;
                case written_guarantee::kind::never_both: made.second = scope(); break;
                case written_guarantee::kind::keeps: {
                    made.first = {};
                    written_role const& keeps = doc_.roles[below(roles)];
                    made.roles.push_back({keeps.name.text, {}});
                    made.kept.push_back(keeps.may[below(lines)]);
                    break;
                }
            }
            wanted.guarantees.push_back(std::move(made));
        }
        auto const answers = check_guarantees(silent, wanted);
        for (std::size_t i = 0; i < answers.size() && doc_.guarantees.size() < 40; ++i)
            if (answers[i]) doc_.guarantees.push_back(wanted.guarantees[i]);
    }

    written_exercise exercise(std::size_t n, policy const& silent) {
        written_exercise made;
        made.name.text = name("case-", n);
        std::string const asks = name("role-", n % roles);
        made.roles.push_back({asks, {}});
        rolecall::facts known;
        for (std::size_t f = 0; f < facts; ++f) {
            if (chance(30)) continue;
            bool const value = chance(50);
            made.facts.push_back({{name("fact-", f), {}}, value});
            known.add(silent.fact(name("fact-", f)).value(), value);
        }
        role_ref const who = silent.role(asks).value();
        for (written_category const& category : doc_.categories) {
            written_expectation line{category.name, false, {}};
            for (char const* const action : {"view", "modify", "store", "delete"})
                if (silent.allows(who, silent.action(action).value(),
                                  silent.category(category.name.text).value(), known))
                    line.actions.push_back({{action, {}}, std::nullopt});
            if (!line.actions.empty()) made.exactly.push_back(std::move(line));
        }
        made.exactly_nothing = made.exactly.empty();
        return made;
    }

    document doc_;
};

policy const& tested() {
    static policy const of = yaml::load_text(yaml::write(tested_document().run())).value();
    return of;
}

std::size_t changes_of(mutation_result const& found) {
    return found.total.noticed + found.total.survived + found.total.no_effect;
}

prepared mutate_it() {
    mutation_options options;
    options.exercises.on = today;
    std::size_t const changes = changes_of(mutate(tested(), options));
    return {[options]() -> std::uint64_t { return changes_of(mutate(tested(), options)); },
            changes};
}

// A cell that no line grants is granted, one after the other.
prepared compile_anew() {
    return {[next = std::size_t{0}]() mutable -> std::uint64_t {
                document changed = tested().source();
                written_role& role = changed.roles[next++ % changed.roles.size()];
                std::string const& category =
                    changed.categories[next * 7 % changed.categories.size()].name.text;
                auto line = std::find_if(role.may.begin(), role.may.end(), [&](auto const& one) {
                    return one.category.text == category && !one.below;
                });
                if (line == role.may.end())
                    line = role.may.insert(line, {{category, {}}, false, {}});
                line->rights = {{{"delete", {}}, {}}};
                policy_result const compiled = yaml::compile(std::move(changed));
                if (!compiled) return 1;
                return run_exercises(compiled.value(), {today, {}}).failed;
            },
            1};
}

}  // namespace

void mutation(suite& to) {
    to.begin(
        "Mutation",
        "A policy of 100 × 100 with some 1,500 rights and 300 exercises that say everything is "
        "changed in every place: one of some 42,000 changes. Beside it the changed document is "
        "compiled anew, and all its exercises are run.");
    contestant_id const floor = to.add(
        {.name = "mutation/100x100/anew", .prepare = [] { return compile_anew(); }, .slow = true});
    contestant_id const measured = to.add(
        {.name = "mutation/100x100/mutate", .prepare = [] { return mutate_it(); }, .slow = true});
    to.compare({.text = "100 × 100, a change",
                .measured = measured,
                .floor = floor,
                .floor_text = "yaml::compile and run_exercises",
                .reach = aim::in_time(0.01),
                .same_answers = false});
}

}  // namespace rolecall::benchmarks
