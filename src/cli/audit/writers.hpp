// The writers of a journal, for commands that have something done in them.
#ifndef ROLECALL_CLI_AUDIT_WRITERS_HPP
#define ROLECALL_CLI_AUDIT_WRITERS_HPP

#include "cli/streams.hpp"
#include "journal/tend.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// The writers that are meant: this one, or with 0 all. Nothing, and it has complained, where the
/// folder is no journal or does not have that writer.
[[nodiscard]] std::optional<std::vector<trail::writer_state>> chosen_writers(
    std::string const& journal, std::uint32_t writer, streams& to);

/// Says why something was not done in a writer, and what helps.
void complain_of_writer(std::uint32_t writer, trail::trouble const& why, streams& to);

}  // namespace rolecall::inline v0_1::cli

#endif
