// The log of another application: a table with a row for each time that somebody did something.
#ifndef ROLECALL_IMPORT_LOG_TABLE_HPP
#define ROLECALL_IMPORT_LOG_TABLE_HPP

#include "import/log_times.hpp"
#include "import/problems.hpp"
#include <rolecall/decision.hpp>
#include <rolecall/document.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::csv {

/// Bytes of a name or an id: more than that no journal takes.
inline constexpr std::size_t longest_log_text = 4'096;

inline constexpr std::size_t max_log_file_bytes = std::size_t{1} << 30U;

/// What a row of a log says.
enum class log_member : std::uint8_t {
    time,
    user,
    action,
    category,
    record,
    role,
    origin,
    decision,
    reason
};

inline constexpr std::array<std::string_view, 9> log_members{
    "time", "user", "action", "category", "record", "role", "origin", "decision", "reason"};

/// Where each member comes from: a column, one text for all rows, or nowhere.
struct log_source {
    struct member_source {
        std::string column{};                ///< its title; empty: none
        std::optional<std::string> fixed{};  ///< the text of all rows
    };
    std::array<member_source, log_members.size()> members{};
    log_times times{};
    /// Rows of a later time are wrong (nanoseconds since 1970-01-01 UTC).
    std::int64_t latest = INT64_MAX;

    [[nodiscard]] member_source& of(log_member member) noexcept {
        return members[static_cast<std::size_t>(member)];
    }
    [[nodiscard]] member_source const& of(log_member member) const noexcept {
        return members[static_cast<std::size_t>(member)];
    }
};

/// Reads `time=Timestamp` of `--map` and `category=permits` of `--set`, each member once. Time,
/// user and action have to come from somewhere. Gives what is wrong, if anything.
std::optional<std::string> read_log_source(std::vector<std::string> const& maps,
                                           std::vector<std::string> const& sets, log_source& to);

/// A row. Texts are numbers in the table's list, so that a name is there once.
struct log_row {
    std::int64_t time = 0;
    std::uint32_t user = 0, action = 0, category = 0, record = 0, role = 0, origin = 0;
    rolecall::decision decision = rolecall::decision::allow;
    rolecall::reason reason = rolecall::reason::granted;
};

struct log_table {
    std::vector<std::string> texts{std::string()};  ///< each once; the first is empty
    std::vector<log_row> rows;                      ///< by time; at the same time as in the file

    [[nodiscard]] std::string const& text(std::uint32_t number) const { return texts[number]; }
};

/// Reads a table. Every row is checked: what is wrong is reported with its place, and then the
/// table is not to be used.
log_table read_log(source_file const& file, log_source const& from, problems& found);

}  // namespace rolecall::inline v0_1::csv

#endif
