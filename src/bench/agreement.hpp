// Answers that are compared before any clock runs: what gives other answers is not measured.
#ifndef ROLECALL_BENCH_AGREEMENT_HPP
#define ROLECALL_BENCH_AGREEMENT_HPP

#include "bench/measure.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::bench {

/// Two that should answer alike did not: an error of ours.
class disagreement : public std::runtime_error {
public:
    disagreement(std::string const& who, std::string const& about)
        : std::runtime_error(who + " answer differently to " + about +
                             "; nothing was measured: this is an error in rolecall") {}
};

/// Throws where an answer is not what was expected.
template <class Questions, class Ask>
void demand_agreement(std::string const& who, Questions const& questions,
                      std::vector<std::uint8_t> const& expected, Ask const& ask) {
    std::size_t const at = first_disagreement(questions, expected, ask);
    if (at < expected.size())
        throw disagreement(who + " and the policy", "question " + std::to_string(at + 1));
}

/// The same where each question comes with its facts.
template <class Questions, class Facts, class Ask>
void demand_agreement(std::string const& who, Questions const& questions, Facts const& known,
                      std::vector<std::uint8_t> const& expected, Ask const& ask) {
    auto with = known.begin();
    demand_agreement(who, questions, expected,
                     [&](auto const& question) { return ask(question, *with++); });
}

}  // namespace rolecall::inline v0_1::bench

#endif
