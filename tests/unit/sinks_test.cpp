#include "support/recording_sink.hpp"
#include "support/small_shop.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/sinks.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <stdexcept>
#include <type_traits>
#include <utility>

using namespace rolecall;
using rolecall::testing::recording_sink;

namespace {

policy const shop = tests::small_shop();
request const allowed{subject::role("support"), "view", "account"};
request const refused{subject::role("support"), "delete", "testimonial"};

constexpr auto yes = [](audit_event const&) noexcept { return recorded::yes; };
constexpr auto no = [](audit_event const&) noexcept { return recorded::no; };
constexpr auto throws = [](audit_event const&) -> recorded { throw std::runtime_error("full"); };

}  // namespace

TEST_CASE("several sinks are all told, and recorded if all of them did") {
    recording_sink first;
    recording_sink second;
    authorizer const pdp{shop, several(first, yes, second)};
    CHECK(pdp.decide(allowed));
    CHECK(first.records.size() == 1);
    CHECK(second.records.size() == 1);
    CHECK(first.records == second.records);
}

TEST_CASE("one of several sinks that could not record makes an allow a denial for all") {
    recording_sink before;
    recording_sink after;
    SUBCASE("by saying no") {
        authorizer const pdp{shop, several(before, no, after)};
        CHECK(pdp.decide(allowed).reason == reason::unavailable);
    }
    SUBCASE("by throwing") {
        authorizer const pdp{shop, several(before, throws, after)};
        CHECK(pdp.decide(allowed).reason == reason::unavailable);
    }
    // Both that recorded the allow are told that it did not come about.
    for (recording_sink const* sink : {&before, &after}) {
        REQUIRE(sink->records.size() == 2);
        CHECK(sink->records[0].reason == reason::granted);
        CHECK(sink->records[1].reason == reason::unavailable);
    }
}

TEST_CASE("several of one sink is that sink") {
    recording_sink only;
    only.answers = {recorded::no};
    authorizer const pdp{shop, several(only)};
    CHECK(pdp.decide(allowed).reason == reason::unavailable);
    CHECK(pdp.decide(allowed));
    CHECK(only.records.size() == 3);
}

TEST_CASE("a filtered sink is told of what is wanted, and no record is needed of the rest") {
    recording_sink denials;
    denials.answers = {recorded::no};
    authorizer const pdp{
        shop, filtered([](audit_event const& event) { return !event.answer(); }, denials)};
    CHECK(pdp.decide(allowed));
    CHECK(denials.records.empty());
    CHECK(pdp.decide(refused).reason == reason::not_granted);
    REQUIRE(denials.records.size() == 1);
    CHECK(denials.records[0].reason == reason::not_granted);
}

TEST_CASE("a filter that throws means that nothing was recorded") {
    recording_sink sink;
    authorizer const pdp{
        shop, filtered([](audit_event const&) -> bool { throw std::runtime_error("?"); }, sink)};
    CHECK(pdp.decide(allowed).reason == reason::unavailable);
    CHECK(pdp.decide(refused).reason == reason::not_granted);
    CHECK(sink.records.empty());
}

TEST_CASE("a filtered sink that throws means that nothing was recorded") {
    authorizer const pdp{shop, filtered([](audit_event const&) { return true; }, throws)};
    CHECK(pdp.decide(allowed).reason == reason::unavailable);
    authorizer const unasked{shop, filtered([](audit_event const&) { return false; }, throws)};
    CHECK(unasked.decide(allowed));
}

TEST_CASE("sinks nest: several with a filtered one that throws among them") {
    recording_sink all;
    recording_sink denials;
    auto wanted = [](audit_event const& event) {
        if (event.answer().reason == reason::unavailable) throw std::runtime_error("pager");
        return !event.answer();
    };
    auto pager = filtered(wanted, denials);
    authorizer const pdp{shop, several(all, several(pager, no_records{}))};
    CHECK(pdp.decide(allowed));
    CHECK(denials.records.empty());
    CHECK(pdp.decide(refused).reason == reason::not_granted);
    CHECK(denials.records.size() == 1);
    CHECK(all.records.size() == 2);

    all.answers = {recorded::yes, recorded::yes, recorded::no};
    CHECK(pdp.decide(allowed).reason == reason::unavailable);
    CHECK(all.records.size() == 4);
    CHECK(denials.records.size() == 1);  // its filter threw
}

TEST_CASE("sinks and filters that are lvalues are referred to, and rvalues are moved in") {
    recording_sink kept;
    auto const always = [](audit_event const&) { return true; };
    static_assert(std::is_same_v<decltype(several(kept, no_records{})),
                                 several_sinks<recording_sink&, no_records>>);
    static_assert(std::is_same_v<decltype(filtered(always, kept)),
                                 filtered_sink<decltype(always)&, recording_sink&>>);
    auto both = several(kept, kept);
    authorizer const pdp{shop, both};
    CHECK(pdp.decide(allowed));
    CHECK(kept.records.size() == 2);

    // Sinks and filters that can only be moved.
    auto counter = std::make_unique<int>(0);
    int const& calls = *counter;
    auto moved = [own = std::move(counter)](audit_event const&) {
        ++*own;
        return recorded::yes;
    };
    auto filter = [own = std::make_unique<bool>(true)](audit_event const&) { return *own; };
    authorizer const owner{shop, several(filtered(std::move(filter), std::move(moved)))};
    CHECK(owner.decide(allowed));
    CHECK(calls == 1);
}

TEST_CASE("a sink that records nothing and says that nothing has to be lets allows pass") {
    authorizer const pdp{shop, no_records{}};
    CHECK(pdp.decide(allowed));
    no_records const constant;
    authorizer const referring{shop, constant};
    CHECK(referring.decide(allowed));
}

TEST_CASE("tell takes an exception for a no") {
    bool asked = false;
    auto sink = [&asked](audit_event const& event) {
        asked = true;
        recording_sink quiet;
        CHECK(tell(quiet, event) == recorded::yes);
        auto thrower = throws;
        CHECK(tell(thrower, event) == recorded::no);
        return tell(no, event);
    };
    authorizer const pdp{shop, sink};
    CHECK(pdp.decide(allowed).reason == reason::unavailable);
    CHECK(asked);
}
