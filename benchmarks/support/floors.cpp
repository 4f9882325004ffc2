#include "support/floors.hpp"

#include <rolecall/document.hpp>

#include <array>

namespace rolecall::benchmarks {

full_table::full_table(bench::vocabulary const& words)
    : width_(words.categories().size()), cells_(words.roles().size() * width_) {
    std::size_t cell = 0;
    for (auto const& role : words.roles())
        for (auto const& category : words.categories()) {
            for (std::size_t what = 0; what < words.actions().size(); ++what)
                if (words.of().allows(role.reference, words.actions()[what].reference,
                                      category.reference))
                    cells_[cell] |= std::uint32_t{1} << what;
            ++cell;
        }
}

user_map::user_map(policy_size const& size) {
    document const& rules = policy_of(size, policy_kind::plain).source();
    boost::unordered_flat_map<std::string_view, std::uint32_t> numbers;
    for (written_role const& role : rules.roles)
        numbers.emplace(role.name.text, static_cast<std::uint32_t>(numbers.size()));
    roles_.reserve(rules.users.size());
    for (written_user const& user : rules.users) {
        std::vector<std::uint32_t>& held = roles_[user.id.text];
        for (written_assignment const& some : user.assignments)
            for (written_name const& role : some.roles) held.push_back(numbers.at(role.text));
        footprint_ += user.id.text.size() + (held.size() + 2) * sizeof(std::uint32_t);
    }
}

chained_reads::chained_reads(std::size_t bytes, std::size_t count)
    : next_(bytes / sizeof(std::uint32_t)), places_(count) {
    bench::random_source random(7);
    for (auto* const part : {&next_, &places_})
        for (std::uint32_t& place : *part)
            place = static_cast<std::uint32_t>(random.below(next_.size()));
}

namespace {

constexpr std::array<std::string_view, 2> facts_of_guarded{"encrypted", "legal-hold"};

std::uint64_t bit_of(bench::vocabulary const& words, std::string_view fact) {
    return std::uint64_t{1} << detail::access::number(words.of().fact(fact).value());
}

// Facts that are in a state.
facts facts_in(bench::vocabulary const& words, policy_kind kind, std::uint8_t state) {
    facts result;
    if (kind == policy_kind::guarded) {
        for (std::size_t i = 0; i < facts_of_guarded.size(); ++i) {
            fact_ref const fact = words.of().fact(facts_of_guarded[i]).value();
            if ((state >> i & 1) != 0) {
                result.add(fact, true);
            } else if ((state >> (i + 2) & 1) != 0) {
                result.add(fact, false);
            }
        }
    } else {
        for (auto const& fact : words.facts())
            result.add(fact.reference, (state >> detail::access::number(fact.reference) & 1) != 0);
    }
    return result;
}

}  // namespace

std::uint8_t state_of(bench::vocabulary const& words, policy_kind kind, facts const& known) {
    std::uint64_t const yes = detail::access::known_true(known);
    std::uint64_t const no = detail::access::known_false(known);
    if (kind != policy_kind::guarded) return static_cast<std::uint8_t>(yes & 63U);
    unsigned state = 0;
    for (std::size_t i = 0; i < facts_of_guarded.size(); ++i) {
        std::uint64_t const bit = bit_of(words, facts_of_guarded[i]);
        if ((yes & bit) != 0) state |= 1U << i;
        if ((no & bit) != 0) state |= 1U << (i + 2);
    }
    return static_cast<std::uint8_t>(state);
}

template <class Ask>
void truth_table::fill(bench::vocabulary const& words, policy_kind kind,
                       bench::question_set const& asked, std::size_t roles, Ask const& ask) {
    std::size_t const actions = words.actions().size();
    std::size_t const categories = words.categories().size();
    words_.resize(roles * actions * categories);
    std::array<facts, 64> states;
    for (std::size_t state = 0; state < states.size(); ++state)
        states[state] = facts_in(words, kind, static_cast<std::uint8_t>(state));
    for (std::size_t i = 0; i < asked.size(); ++i) {
        bench::bare_question const& q = asked.bare[i];
        std::size_t const cell = (q.role * categories + q.on) * actions + q.what;
        questions_.push_back(
            {static_cast<std::uint32_t>(cell), state_of(words, kind, asked.known[i])});
        for (std::size_t state = 0; state < states.size(); ++state)
            if (ask(asked.by_reference[i], states[state]))
                words_[cell] |= std::uint64_t{1} << state;
    }
}

truth_table::truth_table(bench::vocabulary const& words, policy_kind kind,
                         bench::question_set const& asked, session const& who) {
    fill(words, kind, asked, 1, [&](bench::question const& q, facts const& known) {
        return who.allows(q.what, q.on, known);
    });
}

truth_table::truth_table(bench::vocabulary const& words, policy_kind kind,
                         bench::question_set const& asked) {
    fill(words, kind, asked, words.roles().size(),
         [&](bench::question const& q, facts const& known) {
             return words.of().allows(q.role, q.what, q.on, known);
         });
}

}  // namespace rolecall::benchmarks
