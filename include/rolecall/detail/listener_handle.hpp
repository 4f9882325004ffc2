// A listener of any type, referred to or owned, without the cost of including <functional>.
#ifndef ROLECALL_DETAIL_LISTENER_HANDLE_HPP
#define ROLECALL_DETAIL_LISTENER_HANDLE_HPP

#include <rolecall/detail/no_throw.hpp>

#include <type_traits>
#include <utility>

namespace rolecall::inline v0_1::detail {

class listener_handle {
public:
    listener_handle() noexcept = default;

    /// For a listener that is told a `Told const&`.
    template <class Told, class Listener>
    listener_handle(std::in_place_type_t<Told>, Listener&& listener) {
        if constexpr (std::is_lvalue_reference_v<Listener>) {
            own<Told>([&listener](Told const& what) { static_cast<void>(listener(what)); });
        } else {
            own<Told>(std::forward<Listener>(listener));
        }
    }

    listener_handle(listener_handle&& other) noexcept
        : object_(std::exchange(other.object_, nullptr)),
          call_(std::exchange(other.call_, nullptr)),
          destroy_(std::exchange(other.destroy_, nullptr)) {}
    listener_handle& operator=(listener_handle&& other) noexcept {
        std::swap(object_, other.object_);
        std::swap(call_, other.call_);
        std::swap(destroy_, other.destroy_);
        return *this;
    }
    listener_handle(listener_handle const&) = delete;
    listener_handle& operator=(listener_handle const&) = delete;
    ~listener_handle() {
        if (destroy_ != nullptr) destroy_(object_);
    }

    explicit operator bool() const noexcept { return call_ != nullptr; }

    /// What it throws is dropped.
    void tell(void const* what) const noexcept { call_(object_, what); }

private:
    template <class Told, class Listener>
    void own(Listener&& listener) {
        using kept = std::remove_const_t<Listener>;
        object_ = new kept(std::forward<Listener>(listener));
        call_ = [](void* of, void const* what) noexcept {
            static_cast<void>(no_throw(false, [&] {
                static_cast<void>((*static_cast<kept*>(of))(*static_cast<Told const*>(what)));
                return true;
            }));
        };
        destroy_ = [](void* of) noexcept { delete static_cast<kept*>(of); };
    }

    void* object_ = nullptr;
    void (*call_)(void*, void const*) noexcept = nullptr;
    void (*destroy_)(void*) noexcept = nullptr;
};

}  // namespace rolecall::inline v0_1::detail

#endif
