// What the command line said to `blast-radius`.
#ifndef ROLECALL_CLI_BLAST_RADIUS_ARGUMENTS_HPP
#define ROLECALL_CLI_BLAST_RADIUS_ARGUMENTS_HPP

#include "cli/arguments.hpp"
#include "cli/streams.hpp"

#include <optional>
#include <string>

namespace rolecall::inline v0_1::cli {

struct blast_radius_arguments {
    policy_arguments policy;
    question_arguments question;          ///< who, if anybody; without words
    std::optional<std::string> category;  ///< `--category`: who reaches it
    bool below = false;                   ///< `--below`
    std::optional<std::string> level;     ///< `--level`
    bool all = false;                     ///< `--all`
    output_format format = output_format::text;
};

int run_blast_radius(blast_radius_arguments const& arguments, streams& to);

}  // namespace rolecall::inline v0_1::cli

#endif
