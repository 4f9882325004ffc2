// A sink that keeps the last records in memory.
#ifndef ROLECALL_RECENT_RECORDS_HPP
#define ROLECALL_RECENT_RECORDS_HPP

#include <rolecall/audit.hpp>
#include <rolecall/detail/clock.hpp>
#include <rolecall/detail/fork_safe_lock.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

/// Keeps the last so many records, for tests and for a look at what happens now. Says yes to
/// each, though older ones go as newer come: it is no trail. Any number of threads may tell it
/// and read it; each waits for the others briefly.
class recent_records {
public:
    /// Keeps `capacity` records, at least one.
    explicit recent_records(std::size_t capacity) : capacity_(capacity > 0 ? capacity : 1) {}

    recorded operator()(audit_event const& event) {
        audit_record copy(event, 0, detail::unix_nanoseconds());
        detail::locked const hold(lock_);
        copy.sequence = total_ + 1;
        if (ring_.size() < capacity_) {
            ring_.push_back(std::move(copy));
        } else {
            ring_[static_cast<std::size_t>(total_ % capacity_)] = std::move(copy);
        }
        ++total_;
        return recorded::yes;
    }

    /// The records that are kept, oldest first.
    [[nodiscard]] std::vector<audit_record> records() const {
        detail::locked const hold(lock_);
        std::vector<audit_record> result;
        result.reserve(ring_.size());
        for (std::size_t i = 0; i < ring_.size(); ++i)
            result.push_back(ring_[static_cast<std::size_t>((total_ + i) % ring_.size())]);
        return result;
    }

    /// How many it was told of.
    [[nodiscard]] std::uint64_t total() const noexcept {
        detail::locked const hold(lock_);
        return total_;
    }

private:
    mutable detail::fork_safe_lock lock_;
    std::size_t capacity_;
    std::vector<audit_record> ring_;
    std::uint64_t total_ = 0;
};

}  // namespace rolecall::inline v0_1

#endif
