#include "trial.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>

namespace model {

namespace {

std::uint64_t number_from(char const* variable, std::uint64_t otherwise) {
    char const* const text = std::getenv(variable);
    return text == nullptr || *text == '\0' ? otherwise : std::strtoull(text, nullptr, 10);
}

// The command that runs the current test with this policy alone.
std::string repeat(std::uint64_t seed) {
    std::string name = doctest::getContextOptions()->currentTest->m_name;
    std::replace(name.begin(), name.end(), ',', '?');  // a comma would part two filters
    return "ROLECALL_SEED=" + std::to_string(seed) + " ROLECALL_QUESTIONS=1 " +
           doctest::getContextOptions()->binary_name.c_str() + " --test-case='" + name + "'";
}

}  // namespace

std::uint64_t first_seed() {
    static auto const seed = number_from("ROLECALL_SEED", 1);
    return seed;
}

std::size_t wanted_questions() {
    static auto const count = number_from("ROLECALL_QUESTIONS", 100000);
    return static_cast<std::size_t>(count);
}

trial::trial(std::uint64_t from) : seed(from), random(from), rules(random_policy(random)) {}

std::unique_ptr<engine> trial::built(policy const& made) const {
    std::string errors;
    auto result = engine::build(made, errors);
    if (!result) {
        fail("the policy was refused when made in code:\n" + errors, to_yaml(made));
    }
    return result;
}

std::unique_ptr<engine> trial::loaded(std::vector<source_file> const& files) const {
    std::string errors;
    auto result = engine::load(files, errors);
    if (!result && errors != no_yaml_reader) {
        fail("the policy was refused when read:\n" + errors, text(files));
    }
    return result;
}

void trial::require(bool holds, policy const& made, question const& asked,
                    std::string const& otherwise) const {
    if (!holds) {
        fail(text(asked) + "\n" + otherwise, to_yaml(made));
    }
}

void trial::require_same(answer const& got, answer const& wanted, policy const& made,
                         question const& asked, std::string const& who) const {
    if (got != wanted) {
        fail(text(asked) + "\n" + who + " says " + text(got) + ", expected " + text(wanted),
             to_yaml(made));
    }
}

void trial::fail(std::string const& what, std::string const& files) const {
    FAIL("seed " << seed << "\n" << files << "\n" << what << "\nagain: " << repeat(seed));
}

}  // namespace model
