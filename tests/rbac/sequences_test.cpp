// The library beside the standard as sets, with users in memory. sequences.hpp says how many steps
// are made, and how to make them again.
#include "rbac/sequences.hpp"

#include "model/random_source.hpp"
#include "rbac/comparison.hpp"
#include <rolecall/assignments.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <set>
#include <string>

using namespace standard;

namespace {

class memory : public place {
public:
    rolecall::editable_users_view users() override { return staff_; }
    std::string left_behind(rbac_model const& state) override {
        return staff_.size() == state.users.size() ? "" : "users are left behind";
    }

private:
    rolecall::assignments staff_;
};

std::unique_ptr<place> in_memory() { return std::make_unique<memory>(); }

// No user is listed in the policy, and no grant is one of `category.*`: rbac_test.cpp has those.
std::set<rbac_error> const not_here{rbac_error::listed_in_policy, rbac_error::granted_by_pattern,
                                    rbac_error::unavailable};

}  // namespace

TEST_CASE(
    "random sequences of the functions of the standard do to the library what they do to sets") {
    tally const seen = try_sequences(wanted_steps(), false, in_memory);
    if (wanted_steps() < 60000) return;
    std::set<rbac_error> never = not_here;
    never.insert(rbac_error::limited_hierarchy);
    check_worth(seen, never);
}

TEST_CASE("random sequences where roles inherit at most one other do the same") {
    tally const seen = try_sequences(wanted_steps() / 2, true, in_memory);
    if (wanted_steps() >= 60000) check_worth(seen, not_here);
}

TEST_CASE("the same seed makes the same sequence") {
    auto const sequence = [](std::uint64_t seed) {
        model::random_source random(seed);
        rbac_model now = nothing_yet(false);
        std::string text;
        for (int left = 200; left > 0; --left) {
            step const one = random_step(random, now);
            carry_out(one, now);
            text += to_text(one) + '\n';
        }
        return text;
    };
    CHECK(sequence(first_seed()) == sequence(first_seed()));
    CHECK(sequence(first_seed()) != sequence(first_seed() + 1));
}
