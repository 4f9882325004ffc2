// What readers of an authorizer share: the policy that decides now, and a generation that tells
// sessions when to be made anew. detail/live_state.hpp has the writer's part.
#ifndef ROLECALL_DETAIL_LIVE_WORDS_HPP
#define ROLECALL_DETAIL_LIVE_WORDS_HPP

#include <rolecall/detail/export.hpp>
#include <rolecall/detail/pins.hpp>
#include <rolecall/detail/policy_head.hpp>
#include <rolecall/policy.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace rolecall::inline v0_1::detail {

class live_state;

struct live_version {
    policy rules;
    std::uint32_t number = 0;
    std::uint64_t last_epoch = 0;  // once retired: the epoch before it was replaced
    live_version* next = nullptr;
};

/// What a check reads, in one cache line.
///
/// INVARIANT: each is the beginning of a live_state.
struct alignas(64) live_words {
    std::atomic<policy_head const*> data{nullptr};
    std::atomic<live_version const*> current{nullptr};
    std::atomic<std::uint64_t> generation{1};
    std::atomic<std::int32_t> day{0};
    std::atomic<std::uint32_t> uses{1};
    pin_domain* domain = nullptr;

    void acquire() noexcept { uses.fetch_add(1, std::memory_order_relaxed); }
    ROLECALL_COLD void release() noexcept;
};

/// A counted handle on a live_state.
class live_state_handle {
public:
    explicit live_state_handle(live_words& state) noexcept : state_(&state) { state_->acquire(); }
    live_state_handle(live_state_handle const& other) noexcept : state_(other.state_) {
        state_->acquire();
    }
    live_state_handle& operator=(live_state_handle const& other) noexcept {
        live_state_handle copy(other);
        std::swap(state_, copy.state_);
        return *this;
    }
    ~live_state_handle() { state_->release(); }

    live_words& operator*() const noexcept { return *state_; }
    live_words* operator->() const noexcept { return state_; }
    friend bool operator==(live_state_handle const&, live_state_handle const&) noexcept = default;

private:
    live_words* state_;  // never null
};

}  // namespace rolecall::inline v0_1::detail

#if !defined(ROLECALL_COMPILED)
#include <rolecall/detail/live_state.hpp>
#endif

#endif
