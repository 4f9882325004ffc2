// Somebody who writes to a chain as a journal does: what is not on the disk yet is kept, and
// after trouble appended once more. It remembers what it was told, and holds the trail against it.
//
// A script says what it does, a letter each:
//   a  one more record        A  five, one of them long
//   s  all of it on the disk  c  the same, and a checkpoint
//   r  ends the segment       d  drops all segments but the newest
//   x  ends as it should, and another process begins
//   k  is killed, and another process begins, with what was kept in memory
#ifndef ROLECALL_TESTS_JOURNAL_CHAIN_CALLER_HPP
#define ROLECALL_TESTS_JOURNAL_CHAIN_CALLER_HPP

#include "journal/caller_records.hpp"
#include "journal/chain_writer.hpp"
#include "journal/folder.hpp"
#include "journal/simulated_disk.hpp"
#include "journal/trail_reading.hpp"
#include <rolecall/journal_record.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::testing {

inline char const journal_folder[] = "/journal";

struct caller_options {
    std::uint64_t segment_bytes = 4'096;
    trail::signing_key const* key = nullptr;
    /// Whether what a chain says of its end is that of such a caller: the policy, and how much of
    /// the ring.
    bool looks_at_found = true;
};

class chain_caller {
public:
    /// The files are those of the disk, or something that lies about it.
    chain_caller(simulated_disk& disk, trail::file_system& files, caller_options const& options,
                 acknowledged_trail so_far = {});

    /// Does what the letters say; false where it had to give up. A script begins with a process
    /// that opens the journal.
    bool run(std::string_view script);

    /// Reads what is there, and holds it against what was acknowledged.
    void check(std::string const& when);

    [[nodiscard]] acknowledged_trail const& told() const noexcept { return told_; }
    /// What was not as it should be.
    [[nodiscard]] std::vector<std::string> const& problems() const noexcept { return problems_; }
    /// How often a call said that something went wrong.
    [[nodiscard]] std::uint64_t troubles() const noexcept { return troubles_; }
    [[nodiscard]] trail::trouble const& last_trouble() const noexcept { return last_trouble_; }
    /// Called after a trouble, before the next attempt.
    std::function<void()> after_trouble;

private:
    struct line {
        std::uint64_t ring = 0;  // number in the ring; 0: a note
        journal_record record;
    };

    [[nodiscard]] trail_found read() const;
    bool step(char letter);
    bool again_and_again(std::function<trail::trouble()> const& what);
    trail::trouble open();
    void settle(trail::left_behind const& found);
    trail::trouble move();
    trail::trouble move_and_sync();
    bool fill_batch();
    void add(line const& next);
    trail::trouble begin_anew();
    trail::trouble drop();
    void note(journal_note what, std::string name, std::string value);
    void produce(bool is_long);
    void acknowledge();
    void complain(std::string what);

    simulated_disk& disk_;
    trail::file_system& files_;
    caller_options options_;
    acknowledged_trail told_;
    std::vector<std::string> problems_;
    std::uint64_t troubles_ = 0;
    trail::trouble last_trouble_;

    trail::taken_writer taken_;
    std::unique_ptr<trail::chain_writer> chain_;
    std::vector<line> kept_;             // that nobody said is on the disk
    std::size_t moved_ = 0;              // so many of them are appended
    std::vector<std::string> appended_;  // and not acknowledged
    std::uint64_t produced_ = 0;         // records of the ring, ever
    std::uint64_t run_ = 0;
    std::uint64_t told_segment_ = 0;  // that knows the policy
    trail::entry_writer batch_;
    std::size_t in_batch_ = 0;
    bool ended_ = false;
};

}  // namespace rolecall::testing

#endif
