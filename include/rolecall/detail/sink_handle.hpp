// A sink of any type, referred to or owned.
#ifndef ROLECALL_DETAIL_SINK_HANDLE_HPP
#define ROLECALL_DETAIL_SINK_HANDLE_HPP

#include <rolecall/audit.hpp>

#include <type_traits>
#include <utility>

namespace rolecall::inline v0_1::detail {

/// The sinks that a thread is telling right now, innermost first: one that asks the authorizer
/// that told it must not be told again, and so on for ever.
struct telling {
    void const* sink = nullptr;
    telling const* outer = nullptr;
};
inline constinit thread_local telling const* innermost_telling = nullptr;

class sink_handle {
public:
    template <class Sink>  // NOLINTNEXTLINE(bugprone-forwarding-reference-overload): it never moves
    explicit sink_handle(Sink&& sink) {
        using given = std::remove_reference_t<Sink>;
        constexpr bool is_function = std::is_function_v<given>;
        using type = std::conditional_t<is_function, given*, given>;
        if constexpr (std::is_lvalue_reference_v<Sink> && !is_function) {
            // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): called as what it is
            sink_ = const_cast<void*>(static_cast<void const*>(&sink));
        } else {
            sink_ = new type(std::forward<Sink>(sink));
            destroy_ = [](void* of) noexcept { delete static_cast<type*>(of); };
        }
        // By a pointer, so that whoever asks tells in the program or library that made this,
        // which has its own list of who is telling.
        tell_ = [](sink_handle const& self, audit_event const& event) noexcept {
            if (self.busy()) return recorded::no;
            telling const here{&self, innermost_telling};
            innermost_telling = &here;
            recorded const answer = rolecall::tell(*static_cast<type*>(self.sink_), event);
            innermost_telling = here.outer;
            return answer;
        };
        busy_ = [](sink_handle const& self) noexcept { return self.busy(); };
    }
    sink_handle(sink_handle const&) = delete;
    sink_handle& operator=(sink_handle const&) = delete;
    ~sink_handle() {
        if (destroy_ != nullptr) destroy_(sink_);
    }

    /// Tells the sink. No, where this thread is telling it already.
    [[nodiscard]] recorded tell(audit_event const& event) const noexcept {
        return tell_(*this, event);
    }

    /// Whether this thread is telling it right now: then it does not hear of anything else.
    [[nodiscard]] bool is_told() const noexcept { return busy_(*this); }

private:
    [[nodiscard]] bool busy() const noexcept {
        for (telling const* t = innermost_telling; t != nullptr; t = t->outer)
            if (t->sink == this) return true;
        return false;
    }

    void* sink_ = nullptr;
    recorded (*tell_)(sink_handle const&, audit_event const&) noexcept = nullptr;
    bool (*busy_)(sink_handle const&) noexcept = nullptr;
    void (*destroy_)(void*) noexcept = nullptr;
};

}  // namespace rolecall::inline v0_1::detail

#endif
