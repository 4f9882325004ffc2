#include "journal/recorder_pool.hpp"

#include "journal/files.hpp"
#include <rolecall/detail/no_throw.hpp>

#include <algorithm>
#include <utility>

namespace rolecall::inline v0_1::trail {

constinit thread_local recorder_at_hand at_hand{};

namespace {

// What a thread has, of every journal that it records for.
class held_recorders {
public:
    held_recorders() = default;
    held_recorders(held_recorders const&) = delete;
    held_recorders& operator=(held_recorders const&) = delete;
    ~held_recorders() {
        at_hand = {};
        for (held& h : all_)
            if (auto const pool = h.pool.lock()) pool->give_back(h.mine);
        over = true;
    }

    recorder* of(std::uint64_t number, recorder_pool& pool) {
        for (held const& h : all_)
            if (h.journal == number) return h.mine;
        all_.erase(std::remove_if(all_.begin(), all_.end(),
                                  [](held const& h) { return h.pool.expired(); }),
                   all_.end());
        all_.reserve(all_.size() + 1);
        recorder* const mine = pool.take();
        if (mine != nullptr) all_.push_back({number, pool.weak_from_this(), mine});
        return mine;
    }

    static constinit thread_local bool over;  // the thread ends: nothing is held any more

private:
    struct held {
        std::uint64_t journal;
        std::weak_ptr<recorder_pool> pool;
        recorder* mine;
    };
    std::vector<held> all_;
};

constinit thread_local bool held_recorders::over = false;

}  // namespace

recorder* recorder_of_this_thread(std::uint64_t number, recorder_pool& pool) noexcept {
    if (held_recorders::over) return nullptr;
    return detail::no_throw(static_cast<recorder*>(nullptr), [&] {
        thread_local held_recorders mine;
        recorder* const found = mine.of(number, pool);
        if (found != nullptr) at_hand = {number, found};
        return found;
    });
}

trouble recorder_pool::begin() {
    std::lock_guard const hold(guard_);
    if (trouble why = make_one()) return why;
    first_ = all_.front().get();
    return {};
}

trouble recorder_pool::make_one() {
    ring_file file;
    if (trouble why = file.make(options_.folder, static_cast<std::uint32_t>(all_.size()),
                                options_.room, options_.run))
        return why;
    free_.reserve(all_.size() + 1);
    all_.push_back(std::make_unique<recorder>(std::move(file), options_.record_secret));
    free_.push_back(all_.back().get());
    return {};
}

recorder* recorder_pool::take() {
    std::lock_guard const hold(guard_);
    if (free_.empty() && (all_.size() >= most_rings || make_one())) return nullptr;
    recorder* const one = free_.back();
    free_.pop_back();
    return one;
}

void recorder_pool::give_back(recorder* one) noexcept {
    if (left_) return;
    std::lock_guard const hold(guard_);
    free_.push_back(one);  // it had its place before
}

std::vector<ring> recorder_pool::rings_from(std::size_t first) const {
    std::lock_guard const hold(guard_);
    std::vector<ring> fresh;
    for (std::size_t n = first; n < all_.size(); ++n) fresh.push_back(all_[n]->of());
    return fresh;
}

std::size_t recorder_pool::size() const {
    std::lock_guard const hold(guard_);
    return all_.size();
}

std::uint64_t recorder_pool::lost() const noexcept {
    std::lock_guard const hold(guard_);
    std::uint64_t sum = 0;
    for (auto const& one : all_) sum += one->of().head->lost.load(std::memory_order_relaxed);
    return sum;
}

trouble recorder_pool::remove_files() {
    std::lock_guard const hold(guard_);
    for (std::uint32_t index = 0; index < all_.size(); ++index) {
        std::string const path = options_.folder + '/' + ring_name(index);
        if (int const error = real_files().remove(path))
            return {'`' + path + "` can't be removed", error};
    }
    int const error = real_files().sync_folder(options_.folder);
    return error == 0 ? trouble{} : trouble{'`' + options_.folder + "` can't be synced", error};
}

}  // namespace rolecall::inline v0_1::trail
