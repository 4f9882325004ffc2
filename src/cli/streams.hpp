// Where the program writes: standard output and standard error, with colours where people
// look, and no write error that goes unseen.
#ifndef ROLECALL_CLI_STREAMS_HPP
#define ROLECALL_CLI_STREAMS_HPP

#include <rolecall/diagnostic_text.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {

/// Escape sequences for the parts of our output; all empty where colour is off.
struct colours {
    text_style diagnostics;
    std::string_view allow, deny, condition, heading, faint, reset;
};

[[nodiscard]] colours const& colours_on() noexcept;
[[nodiscard]] colours const& colours_off() noexcept;

/// `--color`
enum class colour_choice : std::uint8_t { automatic, always, never };

/// Whether a descriptor gets colours: by choice; else on a terminal that is not `dumb`,
/// unless NO_COLOR is set and not empty (no-color.org).
[[nodiscard]] bool use_colours(colour_choice choice, int descriptor) noexcept;

/// Text on its way to a file descriptor, gathered into large pieces.
///
/// INVARIANT: once a write has failed nothing more is written, and `error` keeps why.
class output {
public:
    output(int descriptor, bool coloured) noexcept
        : descriptor_(descriptor), colours_(coloured ? &colours_on() : &colours_off()) {}
    output(output const&) = delete;
    output& operator=(output const&) = delete;
    ~output() { flush(); }

    void write(std::string_view text);
    void line(std::string_view text) {
        write(text);
        write("\n");
    }

    /// Hands everything to the operating system. False when this or an earlier write failed.
    bool flush() noexcept;

    [[nodiscard]] bool failed() const noexcept { return error_ != 0; }
    /// The `errno` of the write that failed, or 0.
    [[nodiscard]] int error() const noexcept { return error_; }

    [[nodiscard]] colours const& colour() const noexcept { return *colours_; }
    [[nodiscard]] bool is_terminal() const noexcept;
    /// How many columns the terminal has; nothing where there is none.
    [[nodiscard]] std::optional<std::size_t> columns() const noexcept;

private:
    int descriptor_;
    int error_ = 0;
    colours const* colours_;
    std::string pending_;
};

/// What a command writes to: `out` gets what was asked for, `err` everything else.
struct streams {
    output& out;
    output& err;

    /// One line on `err`: `rolecall: …`. The text is in lower case, without a full stop, and
    /// quotes what the user wrote with `detail::in_backticks`.
    void complain(std::string_view text);
};

/// `2,230`
[[nodiscard]] std::string with_commas(std::size_t number);

/// `5 roles`, `1 role`: the plural is the singular with an s, unless given.
[[nodiscard]] std::string count_text(std::size_t count, std::string_view one,
                                     std::string_view many = {});

/// What `errno` says: `no such file or directory`.
[[nodiscard]] std::string system_error_text(int error);

}  // namespace rolecall::inline v0_1::cli

#endif
