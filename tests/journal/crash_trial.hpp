// Crashes at every moment of a script, with all that the disk may have kept by then: each time the
// journal has to open again, with everything in it that somebody was told is on the disk, and go
// on.
#ifndef ROLECALL_TESTS_JOURNAL_CRASH_TRIAL_HPP
#define ROLECALL_TESTS_JOURNAL_CRASH_TRIAL_HPP

#include "journal/chain_caller.hpp"
#include "journal/crash_choices.hpp"
#include "journal/simulated_disk.hpp"

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace rolecall::testing {

struct crash_options {
    caller_options caller{};
    /// Crash states of a moment: all where there are no more than this, else those where one thing
    /// is other than the rest, and random ones up to this number.
    std::size_t at_once = 64;
    /// The same for a crash while the journal recovers from a crash; 0: none.
    std::size_t while_recovering = 6;
    unsigned seed = 1;
    /// Each so many-th state is written to the real file system too, for `check_journal` and
    /// `journal_reader` to look at; 0: none.
    std::size_t looked_at = 0;
};

/// How much was tried.
struct crash_count {
    std::uint64_t moments = 0;   ///< points in time
    std::uint64_t states = 0;    ///< of the disk at them
    std::uint64_t distinct = 0;  ///< of those, after each of which the journal was opened
    std::uint64_t again = 0;     ///< of the distinct ones, those of a crash while it recovered
    std::uint64_t looked_at = 0;

    crash_count& operator+=(crash_count const& more) noexcept;
};

class crash_trial {
public:
    explicit crash_trial(crash_options options);

    /// Runs a script on a new disk, with a crash at every moment.
    void run(std::string_view script);

    /// Crashes a disk now. What was acknowledged has to be there.
    void crash(simulated_disk const& disk, acknowledged_trail const& told, std::size_t at_once,
               bool recovers);

    [[nodiscard]] crash_count const& count() const noexcept { return count_; }
    /// At most twenty.
    [[nodiscard]] std::vector<std::string> const& problems() const noexcept { return problems_; }
    void complain(std::string what);

private:
    void one(simulated_disk const& disk, crash_choice const& choice, acknowledged_trail const& told,
             bool recovers);
    void look_at(simulated_disk const& disk, acknowledged_trail const& told, bool recovered);

    crash_options options_;
    std::mt19937 random_;
    std::unordered_set<std::size_t> seen_;
    crash_count count_;
    std::vector<std::string> problems_;
};

}  // namespace rolecall::testing

#endif
