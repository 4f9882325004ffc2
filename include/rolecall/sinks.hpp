// Sinks made of other sinks: several at once, some events only, none.
//
//     rolecall::recent_records last{1000};
//     auto denials = rolecall::filtered(
//         [](rolecall::audit_event const& e) { return !e.answer(); }, pager);
//     rolecall::authorizer pdp{policy, rolecall::several(trail, last, denials)};
//
// An lvalue is referred to and must outlive the result; an rvalue is moved in.
#ifndef ROLECALL_SINKS_HPP
#define ROLECALL_SINKS_HPP

#include <rolecall/audit.hpp>

#include <concepts>
#include <tuple>
#include <utility>

namespace rolecall::inline v0_1 {

/// Tells each of its sinks, whatever the others answer. It recorded if all of them did.
template <audit_sink... Sinks>
class several_sinks {
public:
    template <class... Given>
    explicit several_sinks(std::in_place_t, Given&&... sinks)
        : sinks_(std::forward<Given>(sinks)...) {}

    recorded operator()(audit_event const& event) noexcept {
        bool all = true;
        std::apply([&](auto&... sinks) { ((all &= tell(sinks, event) == recorded::yes), ...); },
                   sinks_);
        return all ? recorded::yes : recorded::no;
    }

private:
    std::tuple<Sinks...> sinks_;  // of references, for lvalues
};

template <audit_sink... Sinks>
[[nodiscard]] several_sinks<Sinks...> several(Sinks&&... sinks) {
    static_assert(sizeof...(Sinks) > 0, "several sinks of none would record nothing and say yes");
    return several_sinks<Sinks...>(std::in_place, std::forward<Sinks>(sinks)...);
}

/// Whether an event is for a filtered sink. One that throws means that nothing was recorded.
template <class Wanted>
concept audit_filter = std::predicate < std::remove_reference_t<Wanted>
&, audit_event const& > ;

/// Tells its sink of the events that are wanted. Others count as recorded: a filter says that
/// no record is needed of them.
template <audit_filter Wanted, audit_sink Sink>
class filtered_sink {
public:
    template <class GivenWanted, class GivenSink>
    filtered_sink(std::in_place_t, GivenWanted&& wanted, GivenSink&& sink)
        : wanted_(std::forward<GivenWanted>(wanted)), sink_(std::forward<GivenSink>(sink)) {}

    recorded operator()(audit_event const& event) {
        return wanted_(event) ? sink_(event) : recorded::yes;
    }

private:
    Wanted wanted_;
    Sink sink_;
};

template <audit_filter Wanted, audit_sink Sink>
[[nodiscard]] filtered_sink<Wanted, Sink> filtered(Wanted&& wanted, Sink&& sink) {
    return {std::in_place, std::forward<Wanted>(wanted), std::forward<Sink>(sink)};
}

/// Records nothing, and says that nothing has to be: for tests, benchmarks, and authorizers
/// whose decisions guard nothing.
struct no_records {
    recorded operator()(audit_event const&) const noexcept { return recorded::yes; }
};

}  // namespace rolecall::inline v0_1

#endif
