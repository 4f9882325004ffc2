// What a pipeline waits for: lint with all its rules, and the difference of two policies. The
// floor of both is loading the policy at all; that of the large ones is what a grant takes in
// one of a tenth, so that the growth can be seen.
#include "benchmarks.hpp"
#include "support/policies.hpp"
#include "support/random_parts.hpp"
#include <rolecall/lint.hpp>
#include <rolecall/policy_diff.hpp>
#include <rolecall/yaml.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace rolecall::benchmarks {

namespace {

struct review_size {
    std::string_view label;
    std::string_view tag;
    std::size_t roles, categories, grants;
};

constexpr review_size tenth{"250 × 300, 8,000 grants", "250x300", 250, 300, 8'000};
constexpr review_size whole{"2,500 × 3,000, 80,000 grants", "2500x3000", 2'500, 3'000, 80'000};

// A policy with conditions, `.*`, inheritance, requirements, guardrails and separations in the mix.
class random_document : random_parts {
public:
    explicit random_document(review_size const& size) : random_parts(5), size_(size) {}

    document run() {
        document doc;
        for (std::size_t f = 0; f < facts; ++f)
            doc.facts.push_back({{name("fact-", f), {}}, {}, "A fact"});
        for (std::size_t c = 0; c < size_.categories; ++c) doc.categories.push_back(category(c));
        for (std::size_t r = 0; r < size_.roles; ++r) doc.roles.push_back(role(r));
        for (std::size_t g = 0; g < 20; ++g) doc.guardrails.push_back(guardrail(g));
        for (std::size_t s = 0; s < 20; ++s) doc.separations.push_back(separation(s, 20));
        return doc;
    }

private:
    static constexpr std::size_t facts = 20;

    written_condition fact_or_two() {
        written_condition when;
        when.any_of.push_back({{name("fact-", below(facts)), {}}});
        if (chance(50)) when.any_of.push_back({{name("fact-", below(facts)), {}}});
        if (when.any_of.size() == 2 && when.any_of[0][0].text == when.any_of[1][0].text)
            when.any_of.pop_back();
        return when;
    }

    written_category category(std::size_t n) {
        written_category result;
        result.name.text = category_name(n);
        result.about = "Data";
        result.level = written_name{std::string(default_levels[below(4)]), {}};
        if (chance(10)) result.required.push_back({{"store", {}}, fact_or_two()});
        return result;
    }

    written_role role(std::size_t n) {
        written_role result;
        result.name.text = name("role-", n);
        // Not of the separated ones, which must not meet in a role.
        if (n > 50 && chance(50))
            result.inherits.push_back({name("role-", 41 + below(n - 41)), {}});
        std::size_t const lines = size_.grants / size_.roles;
        std::size_t const step = size_.categories / lines;
        for (std::size_t line = 0; line < lines; ++line) {
            std::size_t const on = line * step + below(step);
            written_grant grant{{category_name(on), {}}, on % 10 == 0 && chance(20), {}};
            written_condition const when = chance(40) ? fact_or_two() : written_condition{};
            for (char const* const action : {"view", "modify", "store"})
                if (grant.rights.empty() || chance(40))
                    grant.rights.push_back({{action, {}}, when});
            result.may.push_back(std::move(grant));
        }
        return result;
    }

    written_guardrail guardrail(std::size_t n) {
        written_guardrail result;
        result.name.text = name("never-", n);
        result.roles.push_back({name("role-", below(size_.roles)), {}});
        result.categories.push_back({name("area-", below(size_.categories / 10)), {}});
        if (chance(50)) result.when = fact_or_two();
        return result;
    }

    review_size const& size_;
};

std::string const& text_of(review_size const& size) {
    static std::map<std::string_view, std::string> texts;
    std::string& text = texts[size.tag];
    if (text.empty()) text = yaml::write(random_document(size).run());
    return text;
}

policy_result const& loaded(review_size const& size) {
    static std::map<std::string_view, policy_result> policies;
    auto const found = policies.find(size.tag);
    if (found != policies.end()) return found->second;
    return policies.emplace(size.tag, yaml::load_text(text_of(size))).first->second;
}

// The same with every hundredth role granted something else.
policy const& edited(review_size const& size) {
    static std::map<std::string_view, policy> policies;
    auto const found = policies.find(size.tag);
    if (found != policies.end()) return found->second;
    document doc = loaded(size)->source();
    for (std::size_t role = 0; role < doc.roles.size(); role += 100)
        doc.roles[role].may.front().rights = {{{"delete", {}}, {}}};
    return policies.emplace(size.tag, yaml::compile(std::move(doc)).value()).first->second;
}

prepared load_it(review_size const& size) {
    std::string const& text = text_of(size);
    return {[&text]() -> std::uint64_t {
                policy_result const made = yaml::load_text(text);
                return made.findings().size();
            },
            size.grants};
}

prepared lint_it(review_size const& size) {
    policy_result const& of = loaded(size);
    return {[&of]() -> std::uint64_t { return lint(of).findings.size(); }, size.grants};
}

prepared compare_them(review_size const& size) {
    policy const& before = loaded(size).value();
    policy const& after = edited(size);
    static_cast<void>(compare(before, after));  // works out the digests, once for each policy
    return {[&before, &after]() -> std::uint64_t { return compare(before, after).roles.size(); },
            size.grants};
}

}  // namespace

void lint_and_diff(suite& to) {
    to.begin("Lint and diff",
             "All rules of lint on a policy in memory, and the difference to one with a hundredth "
             "of its roles changed: a grant.");
    struct question {
        char const* name;
        char const* text;
        prepared (*make)(review_size const&);
    };
    contestant_id floors[2] = {};
    for (question const& one :
         {question{"load", "load", load_it}, question{"lint", "lint", lint_it},
          question{"diff", "diff", compare_them}}) {
        contestant_id ids[2] = {};
        for (review_size const* const size : {&tenth, &whole})
            ids[size == &whole] =
                to.add({.name = std::string("review/") + std::string(size->tag) + '/' + one.name,
                        .prepare = [size, make = one.make] { return make(*size); },
                        .slow = true});
        if (one.make == load_it) {
            floors[0] = ids[0];
            floors[1] = ids[1];
            continue;
        }
        for (review_size const* const size : {&tenth, &whole})
            to.compare({.text = std::string(size->label) + ", " + one.text,
                        .measured = ids[size == &whole],
                        .floor = floors[size == &whole],
                        .floor_text = "yaml::load_text",
                        .same_answers = false});
        to.compare({.text = std::string(whole.label) + ", " + one.text,
                    .measured = ids[1],
                    .floor = ids[0],
                    .floor_text = std::string(tenth.label),
                    .reach = aim::in_time(3),
                    .same_answers = false});
    }
}

}  // namespace rolecall::benchmarks
