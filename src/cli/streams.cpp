#include "cli/streams.hpp"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::size_t most_pending = std::size_t{64} << 10U;

constexpr std::string_view red = "\x1b[1;31m";
constexpr std::string_view green = "\x1b[32m";
constexpr std::string_view yellow = "\x1b[33m";
constexpr std::string_view magenta = "\x1b[1;35m";
constexpr std::string_view cyan = "\x1b[36m";
constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view faint = "\x1b[2m";
constexpr std::string_view plain = "\x1b[0m";

constexpr colours with_colours{.diagnostics = {.place = bold,
                                               .error = red,
                                               .warning = magenta,
                                               .note = cyan,
                                               .code = faint,
                                               .caret = red,
                                               .reset = plain},
                               .allow = green,
                               .deny = red,
                               .condition = yellow,
                               .heading = bold,
                               .faint = faint,
                               .reset = plain};

constexpr colours without_colours{};

std::string_view variable(char const* name) noexcept {
    char const* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): we set none
    return value == nullptr ? std::string_view{} : std::string_view(value);
}

// Waits until a descriptor that someone made non-blocking takes more.
bool wait_for_room(int descriptor) noexcept {
    pollfd waited{descriptor, POLLOUT, 0};
    return ::poll(&waited, 1, -1) > 0 || errno == EINTR;
}

}  // namespace

colours const& colours_on() noexcept { return with_colours; }
colours const& colours_off() noexcept { return without_colours; }

bool use_colours(colour_choice choice, int descriptor) noexcept {
    if (choice != colour_choice::automatic) return choice == colour_choice::always;
    std::string_view const terminal = variable("TERM");
    return ::isatty(descriptor) == 1 && variable("NO_COLOR").empty() && !terminal.empty() &&
           terminal != "dumb";
}

void output::write(std::string_view text) {
    if (failed()) return;
    pending_ += text;
    if (pending_.size() >= most_pending) flush();
}

bool output::flush() noexcept {
    std::string_view left = pending_;
    while (!left.empty() && !failed()) {
        ssize_t const written = ::write(descriptor_, left.data(), left.size());
        if (written > 0) {
            left.remove_prefix(static_cast<std::size_t>(written));
        } else if (written == 0) {
            error_ = EIO;
        } else if (errno == EAGAIN) {
            if (!wait_for_room(descriptor_)) error_ = errno;
        } else if (errno != EINTR) {
            error_ = errno;
        }
    }
    pending_.clear();
    return !failed();
}

bool output::is_terminal() const noexcept { return ::isatty(descriptor_) == 1; }

std::optional<std::size_t> output::columns() const noexcept {
    winsize size{};
    if (!is_terminal() || ::ioctl(descriptor_, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return std::nullopt;
    return size.ws_col;
}

void streams::complain(std::string_view text) {
    out.flush();
    err.write("rolecall: ");
    err.line(text);
    err.flush();
}

std::string with_commas(std::size_t number) {
    std::string text = std::to_string(number);
    for (std::size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, 1, ',');
    return text;
}

std::string count_text(std::size_t count, std::string_view one, std::string_view many) {
    std::string text = with_commas(count) + ' ';
    if (count == 1) return text.append(one);
    return many.empty() ? text.append(one).append("s") : text.append(many);
}

std::string system_error_text(int error) {
    std::string text = std::generic_category().message(error);
    if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z')
        text[0] = static_cast<char>(text[0] - 'A' + 'a');
    return text;
}

}  // namespace rolecall::inline v0_1::cli
