// A program and a shared library that hides its symbols, on the same authorizers.
#include "concurrency/hidden_module.hpp"
#include "concurrency/numbered_policy.hpp"
#include "support/recording_sink.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/detail/slots.hpp>
#include <rolecall/policy_builder.hpp>
#include <rolecall/sinks.hpp>

#include <doctest/doctest.h>

#include <thread>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

policy program_policy() {
    policy_builder b;
    for (char const* name : {"a", "b", "c"}) b.category(name, "Data");
    b.role("reader").may("a", {"view"});
    return b.build().value();
}

// Whether another thread's replacement would find readers of what it replaced.
bool somebody_reads(authorizer& pdp) {
    bool complete = true;
    std::thread([&] { complete = pdp.replace(pdp.current()).complete; }).join();
    return !complete;
}

}  // namespace

TEST_CASE("a library that hides its symbols has slots of its own") {
    CHECK(hidden_module::domain() != &detail::this_domain());
}

TEST_CASE("policies made by a program and by a library are of different lineages") {
    policy const ours = program_policy();
    policy const theirs = hidden_module::made_policy();
    CHECK(detail::data_of(ours).lineage != detail::data_of(theirs).lineage);
    for (char const* name : {"a", "b", "c"}) {
        CHECK_FALSE(theirs.allows(*ours.role("reader"), view, *ours.category(name)));
        CHECK_FALSE(ours.allows(*theirs.role("reader"), view, *theirs.category(name)));
    }

    authorizer pdp{ours, no_records{}};
    category_ref const a = *pdp.category("a");
    category_ref const c = *pdp.category("c");
    role_ref const reader = *pdp.role("reader");
    CHECK(pdp.allows(reader, view, a));
    CHECK_FALSE(pdp.allows(reader, view, c));
    CHECK(pdp.replace(theirs).same_lineage);
    policy const now = pdp.current();
    CHECK(now.name(a) == "a");
    CHECK(now.name(c) == "c");
    CHECK(pdp.allows(reader, view, c));
}

TEST_CASE("a sink that asks ends no pin that another library took for the decision") {
    static authorizer* pdp = nullptr;
    static int right = 0;
    auto sink = [](audit_event const& event) {
        if (event.kind() != audit_kind::decision) return recorded::yes;
        right += pdp->allows("reader", "view", "door") ? 1 : 0;
        right += pdp->allows(*pdp->role("reader"), view, *pdp->category("door")) ? 1 : 0;
        right += somebody_reads(*pdp) ? 1 : 0;
        return recorded::yes;
    };
    authorizer live{numbered_policy(0), sink};
    pdp = &live;
    live_session const who = live.session("anyone").value();
    category_ref const door = *live.category("door");
    CHECK(live.allows("reader", "view", "door"));  // so that this thread has its slot

    right = 0;
    SUBCASE("by names") {
        CHECK(hidden_module::decide(live, {subject::user("anyone"), "view", "door"}));
    }
    SUBCASE("by session") { CHECK(hidden_module::decide(live, who, view, door)); }
    SUBCASE("by a session that is stale") {
        live.replace(numbered_policy(0));
        CHECK(hidden_module::decide(live, who, view, door));
    }
    SUBCASE("under a pin of the library") {
        hidden_module::under_pin(
            live,
            [](void*) {
                right += pdp->allows("reader", "view", "door") ? 1 : 0;
                right += pdp->decide({subject::user("anyone"), "view", "door"}) ? 0 : -9;
                right -= somebody_reads(*pdp) ? 1 : 0;
            },
            nullptr);
    }
    CHECK(right == 3);
    CHECK(live.wait_for_readers());
    CHECK_FALSE(somebody_reads(live));
}

TEST_CASE("after a decision by another library, checks of this one are as quick as before") {
    authorizer const pdp{numbered_policy(0), no_records{}};
    CHECK(pdp.allows("reader", "view", "door"));
    detail::pin_slot const* const fast = detail::fast_slot;
    CHECK(hidden_module::decide(pdp, {subject::user("anyone"), "view", "door"}));
    CHECK(hidden_module::allows(pdp, *pdp.role("reader"), view, *pdp.category("door")));
    CHECK(detail::fast_slot == fast);
    CHECK(pdp.allows("reader", "view", "door"));
}

TEST_CASE("a sink that decides through another library is not told while it is told") {
    static authorizer const* pdp = nullptr;
    static int calls = 0;
    static response inner;
    auto sink = [](audit_event const&) {
        ++calls;
        inner = hidden_module::decide(*pdp, {subject::user("anyone"), "view", "door"});
        return recorded::yes;
    };
    authorizer const live{numbered_policy(0), sink};
    pdp = &live;
    calls = 0;
    CHECK(live.decide({subject::user("anyone"), "view", "door"}));
    CHECK(calls == 1);
    CHECK(inner.reason == reason::unavailable);
    CHECK(hidden_module::decide(live, {subject::user("anyone"), "view", "door"}));
    CHECK(calls == 2);
    CHECK(inner.reason == reason::unavailable);
}

TEST_CASE("an authorizer that a library made is asked, replaced and waited for by the program") {
    static authorizer* pdp = nullptr;
    static int right = 0;
    pdp = hidden_module::make_authorizer(numbered_policy(0), [](audit_event const& event) {
        if (event.kind() != audit_kind::decision) return recorded::yes;
        right +=
            hidden_module::allows(*pdp, *pdp->role("reader"), view, *pdp->category("door")) ? 1 : 0;
        right += pdp->allows("reader", "view", "door") ? 1 : 0;
        right += somebody_reads(*pdp) ? 1 : 0;
        return recorded::yes;
    });
    right = 0;
    CHECK(pdp->allows("reader", "view", "door"));
    CHECK(pdp->decide({subject::user("anyone"), "view", "door"}));
    CHECK(right == 3);
    CHECK(hidden_module::decide(*pdp, {subject::user("anyone"), "view", "door"}));
    CHECK(right == 6);
    {
        pinned_policy const held = pdp->pinned();
        CHECK(somebody_reads(*pdp));
        CHECK_FALSE(pdp->wait_for_readers());
        CHECK(held.version() < pdp->version());
    }
    CHECK(pdp->replace(numbered_policy(1), {.wait_for_readers = true}).complete);
    CHECK(pdp->allows("reader", "view", "bit-0"));
    hidden_module::destroy(pdp);
}
