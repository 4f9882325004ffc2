// One random policy under test, and how a test that fails with it says how to repeat that.
//
// ROLECALL_SEED is the seed of the first policy (1 unless told); each further policy has the next
// seed. ROLECALL_QUESTIONS is how many questions the differential test asks (100000 unless told);
// the laws are tried in proportion.

#pragma once

#include "engine.hpp"
#include "random_policy.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace model {

std::uint64_t first_seed();
std::size_t wanted_questions();

class trial {
public:
    explicit trial(std::uint64_t from);

    std::uint64_t seed;
    random_source random;
    policy rules;

    // An engine with the policy made in code; the test ends where it is refused.
    std::unique_ptr<engine> built(policy const& made) const;
    std::unique_ptr<engine> built() const { return built(rules); }

    // An engine with the policy read from text; the test ends where it is refused. nullptr only
    // from an engine that reads no YAML at all.
    std::unique_ptr<engine> loaded(std::vector<source_file> const& files) const;

    // A random question to the policy.
    question ask() { return random_question(rules, random); }

    // Ends the test, with the policy and the way to repeat it, unless `holds`.
    void require(bool holds, policy const& made, question const& asked,
                 std::string const& otherwise) const;
    void require_same(answer const& got, answer const& wanted, policy const& made,
                      question const& asked, std::string const& who) const;
    void fail(std::string const& what, std::string const& files) const;
};

// Tries a law with `normally` many policies, or more if more questions are wanted.
template <class law>
void with_random_policies(std::size_t normally, law const& holds) {
    auto const count = normally * wanted_questions() / 100000;
    for (std::size_t at = 0; at == 0 || at < count; ++at) {
        trial one(first_seed() + at);
        holds(one);
    }
}

}  // namespace model
