// What a directory of users calls when they have changed.
#ifndef ROLECALL_USERS_CHANGED_HPP
#define ROLECALL_USERS_CHANGED_HPP

#include <rolecall/detail/export.hpp>
#include <rolecall/detail/live_words.hpp>

#include <atomic>

namespace rolecall::inline v0_1 {

/// Tells an authorizer that users or their roles have changed: sessions that it made before
/// deny until they are refreshed, and `decide` asks the directory anew. Call it when `roles_of`
/// shows the change already. Cheap to copy; may be called from any thread, at any time, also
/// after the authorizer is gone.
class users_changed {
public:
    void operator()() const noexcept { state_->generation.fetch_add(1, std::memory_order_seq_cst); }

    /// Whether the authorizer is gone: there is nobody left to tell.
    [[nodiscard]] ROLECALL_COLD bool expired() const noexcept;

private:
    friend class authorizer;
    explicit users_changed(detail::live_state_handle const& state) noexcept : state_(state) {}

    detail::live_state_handle state_;
};

}  // namespace rolecall::inline v0_1

#if !defined(ROLECALL_COMPILED)
#include <rolecall/detail/cold/users_changed.hpp>
#endif

#endif
