#include "store/forks.hpp"

#include <rolecall/detail/control_lock.hpp>

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <new>
#include <vector>

namespace rolecall::inline v0_1::user_file {

namespace {

struct marked {
    dev_t device;
    ino_t number;
    std::uint32_t forks;  // of the process that has it open

    friend bool operator==(marked const&, marked const&) = default;
};

// How often this line of processes was forked: in a child, one more than in its parent.
constinit std::atomic<std::uint32_t> forks{0};

class registry {
public:
    // Never destroyed: stores may be, after any other object.
    static registry& only() {
        static auto* const made = new registry;
        return *made;
    }

    void add(marked const& file) {
        detail::locked const hold(lock_);
        files_.push_back(file);
    }
    void remove(marked const& file) noexcept {
        detail::locked const hold(lock_);
        auto const found = std::find(files_.begin(), files_.end(), file);
        if (found != files_.end()) files_.erase(found);
    }
    bool has_of_parents(dev_t device, ino_t number) noexcept {
        detail::locked const hold(lock_);
        return std::any_of(files_.begin(), files_.end(), [&](marked const& file) {
            return file.device == device && file.number == number && file.forks != forks;
        });
    }

private:
    registry() {
        auto const before = [] { only().lock_.lock(); };
        auto const in_parent = [] { only().lock_.unlock(); };
        auto const in_child = [] {
            forks.fetch_add(1, std::memory_order_relaxed);
            only().lock_.unlock();
        };
        if (::pthread_atfork(before, in_parent, in_child) != 0) throw std::bad_alloc();
    }

    detail::control_lock lock_;
    std::vector<marked> files_;
};

}  // namespace

open_mark::open_mark(dev_t device, ino_t number)
    : device_(device), number_(number), forks_(forks.load(std::memory_order_relaxed)) {
    registry::only().add({device_, number_, forks_});
}

open_mark::~open_mark() { registry::only().remove({device_, number_, forks_}); }

bool open_mark::inherited(dev_t device, ino_t number) {
    return registry::only().has_of_parents(device, number);
}

bool open_mark::left_behind() const noexcept {
    return forks.load(std::memory_order_relaxed) != forks_;
}

}  // namespace rolecall::inline v0_1::user_file
