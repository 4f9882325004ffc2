// Records as lines of JSON: a sink that appends them to a file, and what reads them back.
//
//     rolecall::json_lines_sink trail{"/var/log/shop/decisions.jsonl"};
//     if (!trail) return complain(trail.problem());
//     rolecall::authorizer pdp{policy, trail};
//     …
//     trail.reopen();   // the file was moved away
//
//     rolecall::json_lines_reader lines{"/var/log/shop/decisions.jsonl"};
//     while (auto const line = lines.next()) {
//         if (!line->problem.empty()) complain(line->number, line->problem);
//         if (line->record) use(*line->record);
//     }
//
// docs/audit.md describes the members of a line.
#ifndef ROLECALL_JSON_LINES_HPP
#define ROLECALL_JSON_LINES_HPP

#include <rolecall/audit.hpp>
#include <rolecall/detail/export.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1 {

/// Bytes of a line, its end not counted. The sink does not record what would take more.
inline constexpr std::size_t longest_json_line = std::size_t{1} << 20U;

struct json_lines_options {
    /// Each line is on the disk (fdatasync) before the decision is given. Slow.
    bool sync_each = false;
    /// Permissions of a file that is made, less the umask.
    unsigned mode = 0600;
};

/// Appends a line to a file for each event, by one write. Where the answer is yes, the line is
/// in the file, whole; where it is no, what was written of it has been taken back. What the
/// operating system has taken outlives the process, but not a power cut, unless `sync_each`.
/// A process that is killed within a write may leave a torn line, of a decision that it never
/// gave.
///
/// It writes to a regular file, which it makes where there is none, and goes on with the
/// numbers of the records that it finds there. It holds a lock (flock) on the file: a second
/// sink, in this process or another, can't open it.
///
/// A sink without a file answers no to everything, and so its authorizer denies.
///
/// Any number of threads may call everything but the destructor and the move. A child process
/// (fork) does not write to its parent's file: there it is closed, until `reopen`.
class ROLECALL_API json_lines_sink {
public:
    explicit json_lines_sink(std::string path, json_lines_options const& options = {});
    json_lines_sink(json_lines_sink&& other) noexcept;
    json_lines_sink& operator=(json_lines_sink&&) = delete;
    json_lines_sink(json_lines_sink const&) = delete;
    json_lines_sink& operator=(json_lines_sink const&) = delete;
    ~json_lines_sink();

    /// Whether it has a file.
    [[nodiscard]] explicit operator bool() const noexcept;

    recorded operator()(audit_event const& event) noexcept;

    /// Opens the path anew, after the file was moved away (or was not: then nothing changes).
    /// Numbers go on. False where it can't, and then it goes on with the file that it has.
    bool reopen();

    /// Goes on with another file, and with the numbers of that one.
    bool reopen(std::string path);

    /// What last went wrong since the file was opened: `` `x.jsonl` can't be written (No space
    /// left on device) ``. Empty: nothing.
    [[nodiscard]] std::string problem() const;

    /// How many events it could not record, since it was made.
    [[nodiscard]] std::uint64_t failures() const noexcept;

    /// The number of the last record in the file; 0: none.
    [[nodiscard]] std::uint64_t last_sequence() const noexcept;

private:
    class file;
    file* file_;
};

/// A record as one line of JSON, without its end. Bytes that are no UTF-8 become U+FFFD. A
/// fact that is stated twice stands there once; as null, if the values differ.
[[nodiscard]] ROLECALL_API std::string to_json_line(audit_record const& record);

/// A line that was read.
struct json_line {
    enum class kind : std::uint8_t {
        good,
        gap,         ///< a record, and at least one is missing before it
        repeated,    ///< a record whose number is not above that of the record before it
        malformed,   ///< no record
        torn,        ///< the beginning of a record: whatever wrote it was stopped
        too_long,    ///< not looked at
        unreadable,  ///< reading failed after the lines given so far
    };

    kind what = kind::malformed;
    std::uint64_t number = 0;  ///< of the line in its file, from 1
    std::string problem{};     ///< what is wrong, for people; empty: nothing
    std::optional<audit_record> record{};
};

/// Reads one line: `good`, `malformed`, `torn` or `too_long`. Members that it does not know are
/// skipped; one that stands twice, is missing or has a wrong value makes it no record.
[[nodiscard]] ROLECALL_API json_line parse_json_line(std::string_view text);

struct json_lines_reader_options {
    /// The number of the record before the first, where that is known: of the last one in the
    /// file that was moved away; 0 for the very first file. Then a gap before the first line
    /// is told too.
    std::optional<std::uint64_t> after{};
    std::size_t longest_line = longest_json_line;
};

/// Reads the lines of a file one after the other, in constant memory, and goes on after lines
/// that are no records. For one thread. Reads what is there when it gets to the end; a line
/// without its end is torn, though its writer may be about to go on.
class ROLECALL_API json_lines_reader {
public:
    explicit json_lines_reader(std::string const& path, json_lines_reader_options options = {});
    json_lines_reader(json_lines_reader const&) = delete;
    json_lines_reader& operator=(json_lines_reader const&) = delete;
    ~json_lines_reader();

    /// The next line; nothing at the end. A file that can't be opened is `unreadable`.
    std::optional<json_line> next();

    /// The number of the last record that was given, or `after`.
    [[nodiscard]] std::optional<std::uint64_t> last_sequence() const noexcept { return last_; }

private:
    bool refill();
    json_line read(std::string_view text, bool ended);

    int descriptor_ = -1;
    int error_ = 0;  // errno of what failed last
    json_lines_reader_options options_;
    std::optional<std::uint64_t> last_;
    std::uint64_t count_ = 0;
    std::string buffer_;  // what was read and not given out begins at begin_
    std::size_t begin_ = 0;
};

}  // namespace rolecall::inline v0_1

#endif
