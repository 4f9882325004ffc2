// A small file that a command is given: keys, heads.
#ifndef ROLECALL_CLI_AUDIT_TEXT_FILE_HPP
#define ROLECALL_CLI_AUDIT_TEXT_FILE_HPP

#include "cli/input.hpp"
#include "cli/streams.hpp"
#include <rolecall/detail/text.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <system_error>

namespace rolecall::inline v0_1::cli {

/// All of it, 1 MiB at most; `-` is standard input. Nothing, and it has complained, where it can't
/// be read.
inline std::optional<std::string> text_of_file(std::string const& path, streams& to) {
    constexpr std::size_t most = std::size_t{1} << 20U;
    input from(path);
    std::string text;
    std::array<char, 4096> piece{};
    while (std::size_t const got = from.read(piece)) {
        text.append(piece.data(), got);
        if (text.size() <= most) continue;
        to.complain(detail::in_backticks(path) + " has more than 1 MiB");
        return std::nullopt;
    }
    if (from.error() == 0) return text;
    to.complain(detail::in_backticks(path) + " can't be read (" +
                std::generic_category().message(from.error()) + ')');
    return std::nullopt;
}

}  // namespace rolecall::inline v0_1::cli

#endif
