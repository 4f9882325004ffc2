// Lines of a stream, in constant memory.
#ifndef ROLECALL_CLI_LINE_READER_HPP
#define ROLECALL_CLI_LINE_READER_HPP

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::cli {

/// Splits what a source gives into lines, at LF or CR LF; the last line needs neither.
class line_reader {
public:
    /// Fills the room with at least one byte and returns how many; 0 at the end. It is asked
    /// only when no whole line is left, so it may first hand over what was made of earlier
    /// lines, and then wait.
    using source = std::function<std::size_t(std::span<char> room)>;

    struct line {
        std::string_view text;  ///< without its end; valid until the next call
        bool too_long = false;  ///< it was longer than allowed; `text` is empty
    };

    line_reader(source from, std::size_t longest) : from_(std::move(from)), longest_(longest) {}

    /// The next line; nothing at the end.
    std::optional<line> next();

    /// How many lines were given out.
    [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
    /// How many bytes were read from the source.
    [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }

private:
    bool refill();
    line take(std::size_t length, std::size_t line_break);

    source from_;
    std::size_t longest_;
    std::string buffer_;  // what was read and not given out begins at begin_
    std::size_t begin_ = 0;
    bool at_end_ = false;
    std::uint64_t count_ = 0;
    std::uint64_t bytes_ = 0;
};

}  // namespace rolecall::inline v0_1::cli

#endif
