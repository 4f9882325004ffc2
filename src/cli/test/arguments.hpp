// What the command line said to `test`.
#ifndef ROLECALL_CLI_TEST_ARGUMENTS_HPP
#define ROLECALL_CLI_TEST_ARGUMENTS_HPP

#include "cli/arguments.hpp"
#include "cli/streams.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::cli {

enum class test_format : std::uint8_t { text, json, junit };

struct test_arguments {
    std::vector<policy_arguments> policies;
    test_format format = test_format::text;
    std::optional<std::string> output;
    std::vector<std::string> only;  ///< `--filter`, each once
    std::optional<date> on;         ///< `--at`; none: today
    bool coverage = false;
    bool mutate = false;
    bool suggest = false;                   ///< of one policy, as text, and nothing else
    std::optional<std::size_t> fail_under;  ///< percent; never without `coverage` or `mutate`
    bool all = false;
};

int run_test(test_arguments const& asked, streams& to);

}  // namespace rolecall::inline v0_1::cli

#endif
