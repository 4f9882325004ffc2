// A process that decides and records in several threads until it is killed, and what its callers
// were told by then: that lies in memory which outlives it.
#ifndef ROLECALL_TESTS_JOURNAL_KILLED_LIFE_HPP
#define ROLECALL_TESTS_JOURNAL_KILLED_LIFE_HPP

#include <rolecall/policy.hpp>

#include <sys/types.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>

namespace rolecall::testing {

inline constexpr unsigned threads_of_a_life = 3;
inline constexpr unsigned questions_of_a_life = 400;         // of a thread, at most
inline constexpr unsigned notes_stream = threads_of_a_life;  // of the thread that does the rest
inline constexpr unsigned streams_of_a_life = threads_of_a_life + 1;

/// What the journal answered of one question.
enum class told_word : std::uint8_t {
    nothing,  ///< it was not asked
    asked,    ///< no answer came before the end
    allowed,  ///< recorded
    denied,   ///< recorded
    refused,  ///< not recorded, or not in time
};

/// Shared by a process that may be killed and the one that kills it.
struct told_in_life {
    struct stream {
        std::array<std::atomic<told_word>, questions_of_a_life> words;
    };
    std::array<stream, streams_of_a_life> streams;
    std::atomic<bool> open;     ///< the journal is open
    std::atomic<bool> refused;  ///< it could not be opened
    std::array<char, 512> why;  ///< so; ended by a zero
};

/// Memory that a child process shares with this one.
class shared_life {
public:
    shared_life();
    shared_life(shared_life const&) = delete;
    shared_life& operator=(shared_life const&) = delete;
    ~shared_life();

    [[nodiscard]] told_in_life& operator*() const noexcept { return *at_; }
    [[nodiscard]] told_in_life* operator->() const noexcept { return at_; }
    /// As it was in the beginning.
    void clear() noexcept;

private:
    told_in_life* at_;
};

struct life_plan {
    std::string folder, key;
    unsigned process = 0;      ///< which of those that live at once
    std::uint64_t number = 0;  ///< of the life
    unsigned seed = 1;
    std::int64_t drop_before = 0;  ///< old segments may be dropped that are older than this
};

/// Records for as long as it may, and ends the process.
[[noreturn]] void live(life_plan const& plan, told_in_life& told);

/// `p0-t2-l17-q35`: of which process, stream, life and question a record is.
std::string question_id(unsigned process, unsigned stream, std::uint64_t life, unsigned question);

}  // namespace rolecall::testing

#endif
