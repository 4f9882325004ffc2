#include "journal/crash_choices.hpp"

#include <utility>

namespace rolecall::testing {
namespace {

// Counts through all of them, as an odometer does.
bool advance(crash_choice& choice, crash_choice const& outcomes) {
    for (std::size_t i = 0; i < choice.size(); ++i) {
        if (++choice[i] < outcomes[i]) return true;
        choice[i] = 0;
    }
    return false;
}

}  // namespace

std::vector<crash_choice> some_choices(crash_choice const& outcomes, std::size_t most,
                                       std::mt19937& random) {
    std::size_t all = 1;
    for (unsigned const o : outcomes) all = all > most ? all : all * o;
    crash_choice const nothing(outcomes.size(), 0);
    std::vector<crash_choice> choices{nothing};
    if (all <= most) {
        for (crash_choice next = nothing; advance(next, outcomes);) choices.push_back(next);
        return choices;
    }
    crash_choice everything = outcomes;
    for (unsigned& c : everything) --c;
    choices.push_back(everything);
    std::size_t const begin = random() % outcomes.size();  // not always the first where few fit
    for (std::size_t i = 0; i < outcomes.size() && choices.size() + 2 <= most / 2; ++i) {
        std::size_t const at = (begin + i) % outcomes.size();
        choices.push_back(nothing);
        choices.back()[at] = everything[at];
        choices.push_back(everything);
        choices.back()[at] = 0;
    }
    while (choices.size() < most) {
        crash_choice next;
        // The same odds for all things would never give nearly all or nearly none.
        unsigned const kept = static_cast<unsigned>(random() % 5);
        for (unsigned const o : outcomes)
            next.push_back(random() % 4 < kept ? static_cast<unsigned>(random() % o) : 0);
        choices.push_back(std::move(next));
    }
    return choices;
}

}  // namespace rolecall::testing
