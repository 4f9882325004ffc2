// The mover of a journal on a simulated disk, with a ring in memory, and who looks after it as the
// journal's thread does. What was in the ring and was synced has to be in the trail, once.
//
// A script says what it does, a letter each:
//   a  a decision into the ring       A  five, one of them with a long record id
//   l  two events are lost, of which one was let through
//   m  moves                          s  moves, and syncs
//   r  ends the segment               k  is killed; another process begins, and saves the ring
#ifndef ROLECALL_TESTS_JOURNAL_MOVER_CALLER_HPP
#define ROLECALL_TESTS_JOURNAL_MOVER_CALLER_HPP

#include "journal/chain_caller.hpp"
#include "journal/memory_ring.hpp"
#include "journal/mover.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::testing {

class mover_caller {
public:
    explicit mover_caller(simulated_disk& disk, std::uint64_t segment_bytes = 4'096);

    /// False where it had to give up.
    bool run(std::string_view script);

    /// Reads what is there: nothing twice, nothing out of order, every gap to the number.
    void check(std::string const& when);

    [[nodiscard]] acknowledged_trail const& told() const noexcept { return told_; }
    [[nodiscard]] std::vector<std::string> const& problems() const noexcept { return problems_; }
    [[nodiscard]] std::uint64_t troubles() const noexcept { return troubles_; }
    [[nodiscard]] trail::trouble const& last_trouble() const noexcept { return last_trouble_; }

private:
    [[nodiscard]] trail_found read() const;
    bool step(char letter);
    bool again_and_again(std::function<trail::trouble()> const& what);
    bool open();
    trail::trouble open_chain(trail::left_behind& found);
    trail::trouble save(trail::left_behind const& found);
    trail::trouble move_and_sync();
    bool decide(bool is_long);
    void acknowledge();
    void complain(std::string what) { problems_.push_back(std::move(what)); }

    simulated_disk& disk_;
    std::uint64_t segment_bytes_;
    acknowledged_trail told_;
    std::vector<std::string> problems_;
    std::uint64_t troubles_ = 0;
    trail::trouble last_trouble_;

    trail::taken_writer taken_;
    std::unique_ptr<trail::chain_writer> chain_;
    std::optional<trail::mover> mover_;
    std::optional<memory_ring> ring_;
    std::uint64_t run_ = 0, decided_ = 0;
    std::uint64_t lost_ = 0, let_through_ = 0;                // of all rings
    std::uint64_t acknowledged_ = 0, acknowledged_lost_ = 0;  // decisions, and events in gaps
};

}  // namespace rolecall::testing

#endif
