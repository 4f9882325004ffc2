// A sink of any type, referred to or owned.
#ifndef ROLECALL_DETAIL_SINK_HANDLE_HPP
#define ROLECALL_DETAIL_SINK_HANDLE_HPP

#include <rolecall/audit.hpp>

#include <type_traits>
#include <utility>

namespace rolecall::detail {

/// The sinks that a thread is telling right now, innermost first: one that asks the authorizer
/// that told it must not be told again, and so on for ever.
struct telling {
    void const* sink = nullptr;
    telling const* outer = nullptr;
};
inline constinit thread_local telling const* innermost_telling = nullptr;

class sink_handle {
public:
    template <class Sink>
    explicit sink_handle(Sink&& sink) {
        using type = std::remove_reference_t<Sink>;
        if constexpr (std::is_lvalue_reference_v<Sink>) {
            sink_ = const_cast<void*>(static_cast<void const*>(&sink));
        } else {
            sink_ = new type(std::forward<Sink>(sink));
            destroy_ = [](void* of) noexcept { delete static_cast<type*>(of); };
        }
        call_ = [](void* of, audit_event const& event) noexcept {
            return rolecall::tell(*static_cast<type*>(of), event);
        };
    }
    sink_handle(sink_handle const&) = delete;
    sink_handle& operator=(sink_handle const&) = delete;
    ~sink_handle() {
        if (destroy_ != nullptr) destroy_(sink_);
    }

    /// Whether this thread is telling this sink already.
    [[nodiscard]] bool busy() const noexcept {
        for (telling const* t = innermost_telling; t != nullptr; t = t->outer)
            if (t->sink == this) return true;
        return false;
    }

    [[nodiscard]] recorded tell(audit_event const& event) const noexcept {
        if (busy()) return recorded::no;
        telling const here{this, innermost_telling};
        innermost_telling = &here;
        recorded const answer = call_(sink_, event);
        innermost_telling = here.outer;
        return answer;
    }

private:
    void* sink_ = nullptr;
    recorded (*call_)(void*, audit_event const&) noexcept = nullptr;
    void (*destroy_)(void*) noexcept = nullptr;
};

}  // namespace rolecall::detail

#endif
