#include "rbac/sequences.hpp"

#include "model/random_source.hpp"
#include "rbac/comparison.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace standard {

namespace {

constexpr std::size_t steps_of_a_sequence = 400;

std::uint64_t number_from(char const* variable, std::uint64_t otherwise) {
    char const* const text = std::getenv(variable);
    return text == nullptr || *text == '\0' ? otherwise : std::strtoull(text, nullptr, 10);
}

struct history {
    std::vector<step> before;  // what made the policy and the users that the library began with
    std::vector<step> steps;
    thoroughness how = thoroughness::all;  // to look at more may mend what goes wrong
};

rbac_model start_of(history const& of, bool limited) {
    rbac_model start = nothing_yet(limited);
    for (step const& one : of.before) carry_out(one, start);
    start.sessions.clear();
    return start;
}

// What differs after the last of these steps or earlier; nothing if nothing does.
std::string replay(history const& of, bool limited, new_place const& make_place) {
    auto const staff = make_place();
    comparison both(start_of(of, limited), staff->users());
    for (step const& one : of.steps)
        if (std::string differs = both.take(one, of.how); !differs.empty()) return differs;
    return {};
}

// Leaves out whatever is not needed to see a difference, for as long as that takes.
void shrink(history& found, bool limited, new_place const& make_place) {
    std::size_t tries_left = 3000;
    for (std::vector<step>* list : {&found.steps, &found.before}) {
        for (std::size_t length = list->size(); length > 0; length /= 2) {
            for (std::size_t at = 0; at < list->size() && tries_left > 0;) {
                --tries_left;
                std::vector<step> const whole = *list;
                auto const from = list->begin() + static_cast<std::ptrdiff_t>(at);
                list->erase(
                    from, from + static_cast<std::ptrdiff_t>(std::min(length, list->size() - at)));
                if (!replay(found, limited, make_place).empty()) continue;
                *list = whole;
                at += length;
            }
        }
    }
}

std::string text_of(history const& of) {
    std::string text = "the policy and its users, as if made by\n";
    for (step const& one : of.before) text += "    " + to_text(one) + '\n';
    text += "and then\n";
    for (step const& one : of.steps) text += "    " + to_text(one) + '\n';
    return text;
}

// The command that runs the current test with this sequence alone.
std::string again(std::uint64_t seed) {
    std::string name = doctest::getContextOptions()->currentTest->m_name;
    std::replace(name.begin(), name.end(), ',', '?');  // a comma would part two filters
    return "ROLECALL_SEED=" + std::to_string(seed) + " ROLECALL_RBAC_STEPS=1 " +
           doctest::getContextOptions()->binary_name.c_str() + " --test-case='" + name + "'";
}

void fail(std::uint64_t seed, std::string differs, history found, bool limited,
          new_place const& make_place) {
    if (replay(found, limited, make_place).empty()) found.how = thoroughness::a_part;
    shrink(found, limited, make_place);
    if (std::string const shorter = replay(found, limited, make_place); !shorter.empty())
        differs = shorter;
    std::string const hierarchy = limited ? ", hierarchy: limited" : "";
    FAIL("seed " << seed << hierarchy << "\n"
                 << text_of(found) << differs << "\nagain: " << again(seed));
}

// A sequence begins with nothing, or with the policy and the users that some steps made.
void try_sequence(std::uint64_t seed, bool limited, new_place const& make_place, tally& seen) {
    model::random_source random(seed);
    history made;
    rbac_model state = nothing_yet(limited);
    for (std::size_t left = random.chance(30) ? 0 : random.below(120); left > 0; --left) {
        step const one = random_step(random, state);
        if (carry_out(one, state).error == rbac_error::none) made.before.push_back(one);
    }

    auto const staff = make_place();
    std::string differs;
    {
        comparison both(start_of(made, limited), staff->users());
        for (std::size_t left = steps_of_a_sequence; left > 0 && differs.empty(); --left) {
            made.steps.push_back(random_step(random, both.state()));
            differs = both.take(made.steps.back(), thoroughness::a_part);
            ++seen[{made.steps.back().what, both.last_error()}];
        }
        state = both.state();
    }
    if (differs.empty()) differs = staff->left_behind(state);
    if (!differs.empty()) fail(seed, differs, std::move(made), limited, make_place);
}

}  // namespace

std::uint64_t first_seed() { return number_from("ROLECALL_SEED", 1); }
std::uint64_t wanted_steps() { return number_from("ROLECALL_RBAC_STEPS", 60000); }

tally try_sequences(std::uint64_t steps, bool limited_hierarchy, new_place const& make_place) {
    tally seen;
    for (std::uint64_t at = 0; at <= steps / steps_of_a_sequence; ++at)
        try_sequence(first_seed() + at, limited_hierarchy, make_place, seen);
    return seen;
}

// The sequences are worth making only as long as they meet everything that can happen.
void check_worth(tally const& seen, std::set<rbac_error> const& never) {
    std::map<rbac_error, std::size_t> errors;
    std::map<call, std::size_t> successes;
    for (auto const& [end, count] : seen) {
        errors[end.second] += count;
        if (end.second == rbac_error::none) successes[end.first] += count;
    }
    for (std::size_t at = 0; at < calls; ++at) {
        CAPTURE(to_string(static_cast<call>(at)));
        CHECK(successes[static_cast<call>(at)] > 20);
    }
    for (auto at = static_cast<unsigned>(rbac_error::none);
         at <= static_cast<unsigned>(rbac_error::unavailable); ++at) {
        auto const error = static_cast<rbac_error>(at);
        CAPTURE(rolecall::to_string(error));
        if (never.contains(error))
            CHECK(errors[error] == 0);
        else
            CHECK(errors[error] > 5);
    }
}

}  // namespace standard
