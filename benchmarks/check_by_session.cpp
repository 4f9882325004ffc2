// A check by session, beside the bare bit test: a word of a row, and a bit of it.
#include "bench/floors.hpp"
#include "bench/measure.hpp"
#include "benchmarks.hpp"
#include "support/policies.hpp"

namespace rolecall::benchmarks {

namespace {

constexpr policy_kind plain = policy_kind::plain;

prepared ask_session(policy_size const& size, bench::answers wanted) {
    auto const& set = asked_of_session(size, plain, wanted);
    session const& who = session_of(size, plain);
    return {[&] {
                return bench::count(set.by_reference,
                                    [&](auto const& q) { return who.allows(q.what, q.on); });
            },
            set.size()};
}

prepared ask_live_session(policy_size const& size, bench::answers wanted) {
    auto const& set = asked_of_session(size, plain, wanted);
    live_session const& who = live_session_of(size, plain);
    return {[&] {
                return bench::count(set.by_reference,
                                    [&](auto const& q) { return who.allows(q.what, q.on); });
            },
            set.size()};
}

prepared ask_row(policy_size const& size, bench::answers wanted) {
    auto const& set = asked_of_session(size, plain, wanted);
    bench::bit_row const row(made(size, plain), session_of(size, plain));
    return {[&set, row] {
                std::uint32_t const* const words = row.data();
                return bench::count(
                    set.bare, [words](auto const& q) { return (words[q.on] >> q.what & 1U) != 0; });
            },
            set.size()};
}

}  // namespace

void check_by_session(suite& to) {
    using bench::answers;
    to.begin(
        "Check by session",
        "Roles were made active once, the references resolved once: `who.allows(view, payment)`.");
    for (policy_size const& size : sizes) {
        auto const add = [&](char const* variant, auto make, answers wanted) {
            return to.add({.name = contestant_name("check-by-session", size, variant),
                           .prepare = [&size, make, wanted] { return make(size, wanted); },
                           .counted = true});
        };
        auto const label = std::string(size.label);
        auto const floor = add("bit-test", ask_row, answers::half_denied);
        auto const half = add("half-denied", ask_session, answers::half_denied);
        auto const allowed = add("all-allowed", ask_session, answers::all_allowed);
        auto const live = add("live", ask_live_session, answers::half_denied);
        to.compare({.text = label + ", half denied at random",
                    .measured = half,
                    .floor = floor,
                    .floor_text = "bare bit test",
                    .reach = aim::in_instructions(1.25)});
        to.compare({.text = label + ", the same with a live session",
                    .measured = live,
                    .floor = floor,
                    .floor_text = "bare bit test"});
        to.compare({.text = label + ", half denied at random",
                    .measured = half,
                    .floor = allowed,
                    .floor_text = "the same, all allowed",
                    .reach = aim::in_time(1.3),
                    .same_answers = false});
    }
}

}  // namespace rolecall::benchmarks
