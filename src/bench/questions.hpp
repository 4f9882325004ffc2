// Questions to measure with: prepared before the clock runs, in every shape that a check takes.
//
// One question stands at the same index of each vector of a set:
//
//     by_reference   role, action, category as references        policy::allows, session::allows
//     by_name        the same as texts, each question its own    policy::allows by name
//     bare           the same as dense numbers                   floors
//     known          facts; none stated, unless the answer is to depend on them
//     expected       what the policy answers
#ifndef ROLECALL_BENCH_QUESTIONS_HPP
#define ROLECALL_BENCH_QUESTIONS_HPP

#include "bench/vocabulary.hpp"
#include <rolecall/session.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <random>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::bench {

/// As references. A question to a session leaves out the role.
struct question {
    role_ref role;
    action what;
    category_ref on;
};

/// As texts, which lie in the set that holds the question.
struct named_question {
    std::string_view role, what, on;
};

/// As numbers: indices into a vocabulary. Of a question to a session, `role` is the number of
/// the session, and 0 where there is one alone.
struct bare_question {
    std::uint32_t role = 0, what = 0, on = 0;

    friend bool operator==(bare_question const&, bare_question const&) = default;
    friend auto operator<=>(bare_question const&, bare_question const&) = default;
};

/// Which answers a set is made for.
enum class answers : std::uint8_t {
    half_denied,  ///< as many denials as allows, in random order; none depends on facts
    all_allowed,  ///< and none depends on facts
    all_denied,   ///< and none depends on facts
    by_facts,     ///< all depend on facts, which are given; half are denied where that can be
};

/// `half denied at random`
constexpr std::string_view to_string(answers of) noexcept {
    switch (of) {
        case answers::half_denied: return "half denied at random";
        case answers::all_allowed: return "all allowed";
        case answers::all_denied: return "all denied";
        case answers::by_facts: return "depending on facts";
    }
    return "";
}

/// Questions in all their shapes. Moves, but is not copied: the texts lie in it.
struct question_set {
    std::vector<question> by_reference;
    std::vector<named_question> by_name;
    std::vector<bare_question> bare;
    std::vector<facts> known;
    std::vector<std::uint8_t> expected;  ///< 1: allowed
    std::size_t allowed = 0;
    std::vector<char> texts;  ///< what `by_name` views

    question_set() = default;
    question_set(question_set&&) = default;
    question_set& operator=(question_set&&) = default;
    question_set(question_set const&) = delete;
    question_set& operator=(question_set const&) = delete;
    ~question_set() = default;

    [[nodiscard]] std::size_t size() const noexcept { return by_reference.size(); }
    [[nodiscard]] bool empty() const noexcept { return by_reference.empty(); }
    [[nodiscard]] double share_allowed() const noexcept {
        return empty() ? 0 : static_cast<double>(allowed) / static_cast<double>(size());
    }
};

/// Random numbers that are the same on every system for the same seed.
class random_source {
public:
    explicit random_source(std::uint64_t seed) : engine_(seed) {}

    /// A number below `end`, which is above 0.
    std::size_t below(std::size_t end) { return static_cast<std::size_t>(engine_() % end); }

    template <class Value>
    void shuffle(std::vector<Value>& values) {
        for (std::size_t left = values.size(); left > 1; --left)
            std::swap(values[left - 1], values[below(left)]);
    }

private:
    std::mt19937_64 engine_;
};

/// How questions are looked for.
struct question_options {
    /// So many that a branch predictor does not learn them by heart. (Of 4,096 it does: a check
    /// by name then takes three quarters of the time.)
    std::size_t count = 16'384;
    std::uint64_t seed = 1;
    /// Rights that are looked at, at most, where questions of a kind are rare.
    std::size_t most_looks = std::size_t{1} << 22U;
};

/// Who answers a question, of which `role` is the number of a role, or of whoever else asks.
using oracle = std::function<response(bare_question, facts const&)>;

/// What an answer depends on.
enum class standing : std::uint8_t { allowed, denied, by_facts };

/// What is known of a right without asking for each state of the facts. With nothing known, a
/// grant that holds holds for good, and a guardrail that facts could stop fires; with every
/// fact false, each of those is stopped.
[[nodiscard]] inline standing standing_of(bare_question q, oracle const& ask,
                                          facts const& every_fact_false) {
    switch (ask(q, {}).reason) {
        case reason::granted: return standing::allowed;
        case reason::undecided:
        case reason::unmet: return standing::by_facts;
        case reason::forbidden: break;
        default: return standing::denied;
    }
    reason const unguarded = ask(q, every_fact_false).reason;
    return unguarded == reason::forbidden || unguarded == reason::not_granted ? standing::denied
                                                                              : standing::by_facts;
}

/// Whether `role` in a question is the number of a role.
enum class asks_as : std::uint8_t { roles, sessions };

/// Puts questions, given as numbers, into all shapes, and asks for their answers. `known` is
/// empty, or has the facts of each question.
[[nodiscard]] inline question_set assemble(vocabulary const& words, asks_as who,
                                           std::vector<bare_question> questions,
                                           std::vector<facts> known, oracle const& ask) {
    question_set result;
    result.bare = std::move(questions);
    result.known = std::move(known);
    result.known.resize(result.bare.size());
    bool const of_roles = who == asks_as::roles;
    auto const texts_of = [&](bare_question const& q) {
        return named_question{of_roles ? words.roles()[q.role].name : std::string_view{},
                              words.actions()[q.what].name, words.categories()[q.on].name};
    };
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < result.bare.size(); ++i) {
        bare_question const& q = result.bare[i];
        result.by_reference.push_back({of_roles ? words.roles()[q.role].reference : role_ref{},
                                       words.actions()[q.what].reference,
                                       words.categories()[q.on].reference});
        bool const yes = bool{ask(q, result.known[i])};
        result.expected.push_back(yes ? 1 : 0);
        result.allowed += yes ? 1U : 0U;
        named_question const of = texts_of(q);
        bytes += of.role.size() + of.what.size() + of.on.size();
    }

    // Each question has its own bytes, as requests that arrive have.
    result.texts.reserve(bytes);  // so that no view moves
    auto const copied = [&](std::string_view text) {
        std::size_t const at = result.texts.size();
        result.texts.insert(result.texts.end(), text.begin(), text.end());
        return std::string_view(result.texts.data() + at, text.size());
    };
    for (bare_question const& q : result.bare) {
        named_question const of = texts_of(q);
        std::string_view const role = copied(of.role);
        std::string_view const what = copied(of.what);
        result.by_name.push_back({role, what, copied(of.on)});
    }
    return result;
}

namespace detail {

// Looks for questions among all that one of so many askers could ask.
class question_finder {
public:
    question_finder(vocabulary const& words, asks_as who, std::size_t askers, oracle ask)
        : words_(words),
          who_(who),
          actions_(words.actions().size()),
          categories_(words.categories().size()),
          rights_(askers * actions_ * categories_),
          ask_(std::move(ask)) {}

    [[nodiscard]] question_set make(answers wanted, question_options const& with) const {
        random_source random(with.seed);
        std::vector<bare_question> chosen = choose(wanted, with, random);
        std::vector<facts> known;
        if (wanted == answers::by_facts)
            for (std::size_t i = 0; i < chosen.size(); ++i)
                known.push_back(facts_for(chosen[i], i % 2 == 0, random));
        return assemble(words_, who_, std::move(chosen), std::move(known), ask_);
    }

private:
    [[nodiscard]] bare_question right(std::size_t index) const noexcept {
        return {static_cast<std::uint32_t>(index / categories_ / actions_),
                static_cast<std::uint32_t>(index / categories_ % actions_),
                static_cast<std::uint32_t>(index % categories_)};
    }

    [[nodiscard]] bool is(standing wanted, bare_question q) const {
        return standing_of(q, ask_, no_fact_holds_) == wanted;
    }

    // As many of one standing, at random: by chance first, and where that finds too few, by
    // looking at one right after the other. Fewer than wanted are repeated.
    std::vector<bare_question> find(standing wanted, std::size_t count, std::size_t most_looks,
                                    random_source& random) const {
        std::vector<bare_question> found;
        if (rights_ == 0 || count == 0) return found;
        for (std::size_t tries = 0; tries < count * 16 && found.size() < count; ++tries) {
            bare_question const q = right(random.below(rights_));
            if (is(wanted, q)) found.push_back(q);
        }
        if (found.size() < count / 2) found = look(wanted, count, most_looks, random);
        for (std::size_t const own = found.size(); own > 0 && found.size() < count;)
            found.push_back(found[random.below(own)]);
        return found;
    }

    // Each that is seen has the same chance to be kept.
    std::vector<bare_question> look(standing wanted, std::size_t count, std::size_t most_looks,
                                    random_source& random) const {
        std::vector<bare_question> found;
        std::size_t const start = random.below(rights_);
        std::size_t seen = 0;
        for (std::size_t i = 0; i < std::min(rights_, most_looks); ++i) {
            bare_question const q = right((start + i) % rights_);
            if (!is(wanted, q)) continue;
            if (++seen <= count) {
                found.push_back(q);
            } else if (std::size_t const at = random.below(seen); at < count) {
                found[at] = q;
            }
        }
        return found;
    }

    std::vector<bare_question> choose(answers wanted, question_options const& with,
                                      random_source& random) const {
        std::vector<bare_question> chosen;
        auto const add = [&](standing one, std::size_t count) {
            auto const found = find(one, count, with.most_looks, random);
            chosen.insert(chosen.end(), found.begin(), found.end());
        };
        switch (wanted) {
            case answers::all_allowed: add(standing::allowed, with.count); break;
            case answers::all_denied: add(standing::denied, with.count); break;
            case answers::by_facts: add(standing::by_facts, with.count); break;
            case answers::half_denied:
                add(standing::allowed, with.count / 2);
                add(standing::denied, with.count - chosen.size());
                if (chosen.size() < with.count) add(standing::allowed, with.count - chosen.size());
                break;
        }
        random.shuffle(chosen);
        return chosen;
    }

    // Facts that give this answer, if some few tries find any.
    facts facts_for(bare_question q, bool want_allowed, random_source& random) const {
        facts known;
        for (int tries = 0; tries < 8; ++tries) {
            known = tries == 1   ? words_.every_fact(true)
                    : tries == 2 ? no_fact_holds_
                                 : random_facts(random);
            if (bool{ask_(q, known)} == want_allowed) break;
        }
        return known;
    }

    facts random_facts(random_source& random) const {
        facts known;
        for (auto const& fact : words_.facts()) {
            std::size_t const value = random.below(3);
            if (value < 2) known.add(fact.reference, value == 1);
        }
        return known;
    }

    vocabulary const& words_;
    asks_as who_;
    std::size_t actions_, categories_, rights_;
    oracle ask_;
    facts no_fact_holds_ = words_.every_fact(false);
};

}  // namespace detail

/// Questions of single roles, at random among all of a policy. Where it has none with such
/// answers, the set is empty; `half_denied` takes what there is.
[[nodiscard]] inline question_set make_questions(vocabulary const& words, answers wanted,
                                                 question_options const& with = {}) {
    auto const ask = [&](bare_question q, facts const& known) {
        return words.of().evaluate(words.roles()[q.role].reference,
                                   words.actions()[q.what].reference,
                                   words.categories()[q.on].reference, known);
    };
    return detail::question_finder(words, asks_as::roles, words.roles().size(), ask)
        .make(wanted, with);
}

/// Questions to one session of that policy.
[[nodiscard]] inline question_set make_questions(vocabulary const& words, session const& who,
                                                 answers wanted,
                                                 question_options const& with = {}) {
    auto const ask = [&](bare_question q, facts const& known) {
        return who.evaluate(words.actions()[q.what].reference, words.categories()[q.on].reference,
                            known);
    };
    return detail::question_finder(words, asks_as::sessions, 1, ask).make(wanted, with);
}

}  // namespace rolecall::inline v0_1::bench

#endif
