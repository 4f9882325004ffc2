// What the command line said to `schema`.
#ifndef ROLECALL_CLI_WRITING_SCHEMA_ARGUMENTS_HPP
#define ROLECALL_CLI_WRITING_SCHEMA_ARGUMENTS_HPP

#include "cli/arguments.hpp"

#include <optional>
#include <string>

namespace rolecall::inline v0_1::cli {

struct schema_arguments {
    std::optional<policy_arguments> policy;  ///< `--for`: whose names are used
    bool settings = false;                   ///< of `.rolecall.yaml` instead of a policy file
    std::optional<std::string> output;       ///< none or `-`: standard output
};

}  // namespace rolecall::inline v0_1::cli

#endif
