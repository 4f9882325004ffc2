// How far a long piece of work is, for whoever watches a terminal.
#ifndef ROLECALL_CLI_PROGRESS_HPP
#define ROLECALL_CLI_PROGRESS_HPP

#include "cli/streams.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

namespace rolecall::inline v0_1::cli {

/// One line on a terminal's standard error that is rewritten now and then, and gone at the
/// end. Silent where that is no terminal, where results appear on the same one meanwhile, and
/// for work that is done within a second.
class progress {
public:
    /// When the results of the work appear.
    enum class results : std::uint8_t { meanwhile, at_the_end };

    progress(streams& to, std::string what, results when = results::meanwhile)
        : to_(to.err),
          what_(std::move(what)),
          shown_on_(to.err.is_terminal() &&
                    (when == results::at_the_end || !to.out.is_terminal())) {}
    progress(progress const&) = delete;
    progress& operator=(progress const&) = delete;
    ~progress() {
        if (!visible_) return;
        to_.write("\r\x1b[K");
        to_.flush();
    }

    /// So many are done; cheap enough to call for each.
    void at(std::uint64_t done) {
        if (shown_on_ && done % look_every == 0) look(std::to_string(done));
    }

    /// So many of so many; for whoever does not tell of each.
    void at(std::uint64_t done, std::uint64_t of) {
        if (shown_on_) look(with_commas(done) + " of " + with_commas(of));
    }

    /// What is being done, in words of its own.
    void say(std::string const& text) {
        if (shown_on_) show(text);
    }

private:
    using clock = std::chrono::steady_clock;
    static constexpr std::uint64_t look_every = 1024;

    void look(std::string const& done) { show(done + ' ' + what_); }

    void show(std::string const& text) {
        auto const now = clock::now();
        if (now < next_) return;
        next_ = now + std::chrono::milliseconds(200);
        visible_ = true;
        to_.write("\r\x1b[K" + text + " …");
        to_.flush();
    }

    output& to_;
    std::string what_;
    bool shown_on_;
    bool visible_ = false;
    clock::time_point next_ = clock::now() + std::chrono::seconds(1);
};

}  // namespace rolecall::inline v0_1::cli

#endif
