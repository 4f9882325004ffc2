// The recorders of a journal: one for each thread that records, given back when the thread ends.
#ifndef ROLECALL_SRC_JOURNAL_RECORDER_POOL_HPP
#define ROLECALL_SRC_JOURNAL_RECORDER_POOL_HPP

#include "journal/recorder.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::trail {

struct ring_options {
    std::string folder;  ///< of the writer
    std::uint64_t room = 0;
    std::uint64_t run = 0;
    std::string record_secret;
};

/// Any number of threads.
class recorder_pool : public std::enable_shared_from_this<recorder_pool> {
public:
    explicit recorder_pool(ring_options options) : options_(std::move(options)) {}

    static constexpr std::size_t most_rings = 4096;

    /// Makes the first ring, whose recorder is nobody's yet.
    [[nodiscard]] trouble begin();

    /// A recorder that no other thread has; nothing where there is none and none can be made.
    recorder* take();
    void give_back(recorder* one) noexcept;

    /// In a child process: from now on nothing is given back, for nobody is there to unlock.
    void leave() noexcept { left_ = true; }

    /// All rings but the first so many.
    [[nodiscard]] std::vector<ring> rings_from(std::size_t first) const;

    /// Counts an event of a thread that has no recorder.
    void lose(bool allowed, std::int64_t time) noexcept { first_->lose(allowed, time); }

    [[nodiscard]] std::size_t size() const;
    /// Events that could not be recorded, of all.
    [[nodiscard]] std::uint64_t lost() const noexcept;

    /// Removes the files. What is in them has to be elsewhere.
    [[nodiscard]] trouble remove_files();

private:
    [[nodiscard]] trouble make_one();

    ring_options options_;
    mutable std::mutex guard_;
    std::vector<std::unique_ptr<recorder>> all_;
    std::vector<recorder*> free_;
    recorder* first_ = nullptr;
    bool left_ = false;
};

/// The recorder that this thread has of a journal; `number` is its own in this process. Nothing
/// where it can't have one.
recorder* recorder_of_this_thread(std::uint64_t number, recorder_pool& pool) noexcept;

/// The last of them, without a call.
struct recorder_at_hand {
    std::uint64_t journal = 0;
    recorder* mine = nullptr;
};
extern constinit thread_local recorder_at_hand at_hand;

}  // namespace rolecall::inline v0_1::trail

#endif
