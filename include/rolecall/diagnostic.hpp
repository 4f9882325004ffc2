// A problem in a policy: what, where, and what to do about it.
#ifndef ROLECALL_DIAGNOSTIC_HPP
#define ROLECALL_DIAGNOSTIC_HPP

#include <rolecall/detail/export.hpp>
#include <rolecall/diagnostic_code.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1 {

/// A word in a file of a document: 16 bytes, so that every name can carry its own.
struct place {
    static constexpr std::uint32_t no_file = 0xFFFFFFFF;

    std::uint32_t file = no_file;  ///< number of the file in document::files
    std::uint32_t line = 0;        ///< from 1; 0 means "made in code, not read from a file"
    std::uint32_t column = 0;      ///< from 1, in code points
    std::uint32_t length = 0;      ///< of the word, in code points

    [[nodiscard]] constexpr bool in_file() const noexcept { return line != 0; }
    friend constexpr bool operator==(place const&, place const&) = default;
};

/// A place that stands by itself: it keeps the file's path and the text of the line, so it
/// can be printed after the document is gone. All empty and zero for what was made in code.
struct location {
    std::string path;
    std::uint32_t line = 0;    ///< from 1; 0 where the whole file, or no file, is meant
    std::uint32_t column = 0;  ///< from 1, in code points
    std::uint32_t length = 0;  ///< in code points
    std::string text;          ///< the line itself, without its line break; empty where a
                               ///< run has more than 16 MiB of them to show

    friend ROLECALL_COLD bool operator==(location const& a, location const& b);
};

/// A second place that belongs to a problem, such as the first of two definitions.
struct related_location {
    location where;
    std::string text;

    friend ROLECALL_COLD bool operator==(related_location const& a, related_location const& b);
};

/// A problem, ready to be shown. Text is one line, lower case, without a full stop, and
/// quotes what the user wrote in backticks.
struct diagnostic {
    diagnostic_code code{};
    std::string text;
    location where;
    std::vector<related_location> related;
    std::optional<severity> changed_to{};  ///< what `lint_settings` made of its severity

    [[nodiscard]] severity level() const noexcept {
        return changed_to ? *changed_to : severity_of(code);
    }

    /// Order of report: by path, line and column, then by code and text.
    friend ROLECALL_COLD bool operator<(diagnostic const& a, diagnostic const& b);
    friend ROLECALL_COLD bool operator==(diagnostic const& a, diagnostic const& b);
};

}  // namespace rolecall::inline v0_1

#if !defined(ROLECALL_COMPILED)
#include <rolecall/detail/cold/diagnostic.hpp>
#endif

#endif
