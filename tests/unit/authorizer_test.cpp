#include "support/recording_sink.hpp"
#include "support/small_shop.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/digest.hpp>
#include <rolecall/explain.hpp>
#include <rolecall/policy_builder.hpp>
#include <rolecall/sinks.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace rolecall;
using rolecall::testing::recording_sink;

namespace {

// One category, and what support may do with it.
policy shop_where_support_may(name_list const& actions) {
    policy_builder b;
    b.category("account", "Name and address");
    b.role("support").may("account", actions);
    return b.build().value();
}

live_session support_of(authorizer const& pdp) { return pdp.session("dana", {"support"}).value(); }

response denied_by(std::uint32_t version, reason why) {
    response result = response::denied(why);
    result.policy_version = version;
    return result;
}

// As a question about facts depends on them: the answers that `decide` should give.
struct question {
    rolecall::subject subject;
    std::string_view action, category;
    std::vector<std::pair<std::string_view, fact_value>> facts{};
};

}  // namespace

TEST_CASE("decide answers as the policy does, with the granting role and the version") {
    policy const shop = tests::small_shop();
    recording_sink sink;
    authorizer const pdp{shop, sink};
    live_session const dana = pdp.session("dana", {"support", "billing"}).value();
    session const same = shop.activate_user("dana", {"support", "billing"}).value();
    auto const ticket = *pdp.fact("open-ticket");
    auto const encrypted = *pdp.fact("encrypted");

    for (std::string_view const name : {"account", "payment", "payment.card", "testimonial"}) {
        category_ref const on = *pdp.category(name);
        for (action const what : {view, modify, store, delete_, *pdp.action("share")})
            for (facts const& known :
                 {facts{}, facts{{ticket, true}, {encrypted, false}}, facts{{encrypted, true}}}) {
                response expected = same.evaluate(what, on, known);
                expected.policy_version = 1;
                CHECK(pdp.decide(dana, what, on, {.facts = known}) == expected);
            }
    }
    response const allowed = pdp.decide(dana, modify, *pdp.category("account"));
    CHECK(allowed);
    CHECK(shop.name(allowed.granting_role) == "support");
}

TEST_CASE("decide by names answers as the policy does") {
    policy const shop = tests::listed_shop();
    authorizer const pdp{shop, no_records{}};
    std::vector<question> const questions{
        {subject::role("support"), "view", "account"},
        {subject::role("support"), "view", "payment"},
        {subject::role("support"), "view", "payment", {{"open-ticket", true}}},
        {subject::role("nobody"), "view", "account"},
        {subject::role("support"), "veiw", "account"},
        {subject::role("support"), "view", "acount"},
        {subject::role("support"), "view", "account", {{"open-tiket", true}}},
        {subject::roles({}), "view", "account"},
        {subject::roles({"billing", "refunds"}), "view", "payment"},
        {subject::user("dana"), "view", "account"},
        {subject::user("dana", {"billing"}), "view", "account"},
        {subject::user("someone"), "view", "account"},
        {subject::user(""), "", ""},
    };
    for (question const& q : questions) {
        request const asked{q.subject, q.action, q.category, q.facts, *date::parse("2026-11-01")};
        response expected = shop.evaluate(asked);
        expected.policy_version = 1;
        CHECK(pdp.decide(asked) == expected);
    }
}

TEST_CASE("the sink is told of every decision exactly once") {
    policy const stranger = tests::small_shop();
    recording_sink sink;
    authorizer pdp{tests::small_shop(), sink};
    live_session const dana = support_of(pdp);
    category_ref const account = *pdp.category("account");

    std::vector<response> const answers{
        pdp.decide(dana, view, account),
        pdp.decide(dana, delete_, account),
        pdp.decide(dana, view, *stranger.category("account")),
        pdp.decide(dana, action{}, category_ref{}, {.facts = facts::invalid()}),
        pdp.decide(dana, view, account, {.at_least_version = 2}),
        pdp.decide({subject::role("support"), "view", "account"}),
        pdp.decide({subject::role("support"), "veiw", "account"}),
        pdp.decide({subject::user("dana"), "view", "account"}),
    };
    std::vector<audit_record> told = sink.taken();
    REQUIRE(told.size() == answers.size());
    for (std::size_t i = 0; i < told.size(); ++i) {
        CHECK(told[i].kind == audit_kind::decision);
        CHECK(told[i].decision == answers[i].decision);
        CHECK(told[i].reason == answers[i].reason);
        CHECK(told[i].policy_version == 1);
    }
    CHECK(answers[0]);
    CHECK(answers[1].reason == reason::forbidden);

    pdp.replace(tests::small_shop());
    static_cast<void>(sink.taken());
    CHECK(dana.stale());
    CHECK(pdp.decide(dana, view, account));
    told = sink.taken();
    REQUIRE(told.size() == 1);
    CHECK(told[0].policy_version == 2);
}

TEST_CASE("an allow that could not be recorded is denied, and the sink is told of that as well") {
    recording_sink sink;
    sink.answers = {recorded::no, recorded::yes};
    authorizer const pdp{shop_where_support_may({"view"}), sink};
    live_session const dana = support_of(pdp);

    SUBCASE("by session") {
        CHECK(pdp.decide(dana, view, *pdp.category("account"), {.record = "c-1"}) ==
              denied_by(1, reason::unavailable));
    }
    SUBCASE("by names") {
        request asked{subject::user("dana", {"support"}), "view", "account"};
        asked.record = "c-1";
        CHECK(pdp.decide(asked) == denied_by(1, reason::unavailable));
    }

    REQUIRE(sink.records.size() == 2);
    CHECK(sink.records[0].decision == decision::allow);
    CHECK(sink.records[0].reason == reason::granted);
    CHECK(sink.records[0].granting_role == "support");
    CHECK(sink.records[1].decision == decision::deny);
    CHECK(sink.records[1].reason == reason::unavailable);
    CHECK(sink.records[1].granting_role.empty());
    for (audit_record const& told : sink.records) {
        CHECK(told.user == "dana");
        CHECK(told.record == "c-1");
        CHECK(told.action == "view");
        CHECK(told.category == "account");
        CHECK(told.policy_version == 1);
    }
}

TEST_CASE("a correction that could not be recorded either changes nothing more") {
    recording_sink sink;
    sink.answers = {recorded::no, recorded::no, recorded::yes};
    authorizer const pdp{shop_where_support_may({"view"}), sink};
    live_session const dana = support_of(pdp);
    category_ref const account = *pdp.category("account");
    CHECK(pdp.decide(dana, view, account).reason == reason::unavailable);
    CHECK(sink.records.size() == 2);
    CHECK(pdp.decide(dana, view, account));
    CHECK(sink.records.size() == 3);
}

TEST_CASE("a denial that could not be recorded keeps its reason, and is told once") {
    recording_sink sink;
    sink.answers = {recorded::no, recorded::no};
    authorizer const pdp{shop_where_support_may({"view"}), sink};
    live_session const dana = support_of(pdp);
    CHECK(pdp.decide(dana, modify, *pdp.category("account")) == denied_by(1, reason::not_granted));
    CHECK(pdp.decide({subject::role("nobody"), "view", "account"}) ==
          denied_by(1, reason::unknown_name));
    CHECK(sink.records.size() == 2);
}

TEST_CASE("a sink that throws did not record, and the program goes on") {
    int calls = 0;
    auto thrower = [&calls](audit_event const& event) -> recorded {
        ++calls;
        if (event.record() == "a number") throw 42;
        throw std::runtime_error("the disk is full");
    };
    authorizer pdp{shop_where_support_may({"view"}), thrower};
    live_session dana = support_of(pdp);
    category_ref const account = *pdp.category("account");
    CHECK(pdp.decide(dana, view, account).reason == reason::unavailable);
    CHECK(calls == 2);
    CHECK(pdp.decide(dana, view, account, {.record = "a number"}).reason == reason::unavailable);
    CHECK(calls == 4);
    CHECK(pdp.decide(dana, modify, account).reason == reason::not_granted);
    CHECK(calls == 5);
    CHECK(pdp.session_from_claims("dana", {"support", "root"}).why() == reason::unavailable);
    CHECK(pdp.tell_refused("broken") == recorded::no);

    replacement const done = pdp.replace(shop_where_support_may({"modify"}));
    CHECK(done.told == recorded::no);
    CHECK(done.version == 2);
    CHECK(dana.refresh() == reason::granted);
    CHECK(dana.allows(modify, account));
}

TEST_CASE("references of another policy are denied by decide, and have no name in the event") {
    policy const stranger = tests::small_shop();
    recording_sink sink;
    authorizer pdp{tests::small_shop(), sink};
    live_session const dana = support_of(pdp);
    auto const refused = denied_by(1, reason::unknown_name);
    CHECK(pdp.decide(dana, view, *stranger.category("account")) == refused);
    CHECK(pdp.decide(dana, *stranger.action("share"), *pdp.category("account")) == refused);
    CHECK(pdp.decide(dana, view, *pdp.category("account"),
                     {.facts = {{*stranger.fact("consent"), true}}}) == refused);
    CHECK(pdp.decide(dana, action{}, category_ref{}) == refused);
    REQUIRE(sink.records.size() == 4);
    CHECK(sink.records[0].category.empty());
    CHECK(sink.records[0].action == "view");
    CHECK(sink.records[1].action.empty());
    CHECK(sink.records[1].category == "account");
    CHECK(sink.records[2].facts.empty());
    CHECK(sink.records[3].action.empty());
    CHECK(sink.records[3].category.empty());

    // The same by a session that is stale.
    pdp.replace(tests::small_shop());
    CHECK(pdp.decide(dana, view, *stranger.category("account")) ==
          denied_by(2, reason::unknown_name));
}

TEST_CASE("a session of another authorizer is an unknown name, and is told as one") {
    policy const shop = shop_where_support_may({"view"});
    recording_sink sink;
    authorizer const pdp{shop, sink};
    authorizer const other{shop, no_records{}};
    live_session const stranger = support_of(other);
    CHECK(pdp.decide(stranger, view, *pdp.category("account")) ==
          denied_by(1, reason::unknown_name));
    REQUIRE(sink.records.size() == 1);
    CHECK(sink.records[0].user == "dana");
    CHECK(sink.records[0].reason == reason::unknown_name);
    CHECK(other.decide(stranger, view, *other.category("account")));
}

TEST_CASE("allows answers as the policy does, and tells nobody") {
    policy const shop = tests::small_shop();
    recording_sink sink;
    authorizer const pdp{shop, sink};
    auto const ticket = *pdp.fact("open-ticket");
    facts const known{{ticket, true}};
    auto const ask_all = [&] {
        for (std::string_view const role : {"employee", "support", "billing", "marketing"})
            for (std::string_view const on : {"account", "payment", "payment.card"})
                for (std::string_view const what : {"view", "modify", "store", "delete"}) {
                    role_ref const r = *pdp.role(role);
                    category_ref const c = *pdp.category(on);
                    action const a = *pdp.action(what);
                    CHECK(pdp.allows(r, a, c) == shop.allows(r, a, c));
                    CHECK(pdp.allows(r, a, c, known) == shop.allows(r, a, c, known));
                    CHECK(pdp.allows(role, what, on) == shop.allows(r, a, c));
                    CHECK(pdp.allows(role, what, on, known) == shop.allows(r, a, c, known));
                }
    };
    ask_all();
    {
        pinned_policy const hold = pdp.pinned();  // nested, so asked by the slower way
        ask_all();
    }
    ask_all();

    policy const stranger = tests::small_shop();
    CHECK_FALSE(pdp.allows("nobody", "view", "account"));
    CHECK_FALSE(pdp.allows("support", "veiw", "account"));
    CHECK_FALSE(pdp.allows("support", "view", ""));
    CHECK_FALSE(pdp.allows("support", "view", "account", facts::invalid()));
    CHECK_FALSE(pdp.allows(role_ref{}, view, category_ref{}));
    CHECK_FALSE(pdp.allows(*stranger.role("support"), view, *pdp.category("account")));
    CHECK_FALSE(pdp.allows(*pdp.role("support"), view, *stranger.category("account")));
    CHECK(sink.records.empty());
}

TEST_CASE("a question that demands a newer version than decides is unavailable") {
    authorizer pdp{shop_where_support_may({"view"}), no_records{}};
    live_session const dana = support_of(pdp);
    category_ref const account = *pdp.category("account");
    request asked{subject::role("support"), "view", "account"};

    CHECK(pdp.decide(dana, view, account, {.at_least_version = 1}));
    CHECK(pdp.decide(dana, view, account, {.at_least_version = 2}) ==
          denied_by(1, reason::unavailable));
    asked.at_least_version = 2;
    CHECK(pdp.decide(asked) == denied_by(1, reason::unavailable));

    pdp.replace(shop_where_support_may({"view"}));
    CHECK(dana.stale());
    CHECK(pdp.decide(dana, view, account, {.at_least_version = 2}));
    CHECK(pdp.decide(dana, view, account, {.at_least_version = 3}) ==
          denied_by(2, reason::unavailable));
    CHECK(pdp.decide(dana, view, account, {.at_least_version = 0xFFFFFFFF}).reason ==
          reason::unavailable);
    CHECK(pdp.decide(asked));
    asked.at_least_version = 3;
    CHECK(pdp.decide(asked) == denied_by(2, reason::unavailable));
}

TEST_CASE("the first policy is version 1, and each that replaces it has the next") {
    authorizer pdp{shop_where_support_may({"view"}), no_records{}};
    CHECK(pdp.version() == 1);
    for (std::uint32_t version = 2; version < 20; ++version) {
        replacement const done = pdp.replace(shop_where_support_may({"view"}));
        CHECK(done.version == version);
        CHECK(done.same_lineage);
        CHECK(done.complete);
        CHECK(done.told == recorded::yes);
        CHECK(pdp.version() == version);
        CHECK(pdp.pinned().version() == version);
        CHECK(pdp.decide({subject::role("support"), "view", "account"}).policy_version == version);
    }
}

TEST_CASE("what decides is the policy that replaced the others") {
    authorizer pdp{shop_where_support_may({"view"}), no_records{}};
    role_ref const support = *pdp.role("support");
    category_ref const account = *pdp.category("account");
    live_session const dana = support_of(pdp);
    pdp.replace(shop_where_support_may({"modify"}));
    CHECK_FALSE(pdp.allows(support, view, account));
    CHECK(pdp.allows(support, modify, account));
    CHECK_FALSE(pdp.allows("support", "view", "account"));
    CHECK(pdp.decide(dana, view, account).reason == reason::not_granted);
    CHECK(pdp.decide(dana, modify, account));
    CHECK(pdp.current().allows(support, modify, account));
}

TEST_CASE("references mean the same name after a policy that orders names otherwise") {
    policy_builder first;
    first.fact("late", "x").fact("paid", "x").action("send", "x").action("print", "x");
    first.category("account", "x");
    first.category("payment", "x");
    first.role("support").may("account", {"view"}).may("payment", {"print"}, if_fact("paid"));
    first.role("billing").may("payment", {"send"});
    policy_builder second;
    second.fact("new", "x").fact("paid", "x").fact("late", "x");
    second.action("print", "x").action("burn", "x").action("send", "x");
    second.category("archive", "x");
    second.category("payment", "x");
    second.category("account", "x");
    second.role("billing").may("payment", {"send"});
    second.role("auditor").may("archive", {"view"});
    second.role("support").may("account", {"view"}).may("payment", {"print"}, if_fact("paid"));

    authorizer pdp{first.build().value(), no_records{}};
    role_ref const support = *pdp.role("support");
    role_ref const billing = *pdp.role("billing");
    category_ref const account = *pdp.category("account");
    category_ref const payment = *pdp.category("payment");
    action const send = *pdp.action("send");
    action const print = *pdp.action("print");
    facts const paid{{*pdp.fact("paid"), true}};
    facts const late{{*pdp.fact("late"), true}};
    for (int round = 0; round < 3; ++round) {
        CHECK(pdp.allows(support, view, account));
        CHECK_FALSE(pdp.allows(support, view, payment));
        CHECK(pdp.allows(support, print, payment, paid));
        CHECK_FALSE(pdp.allows(support, print, payment, late));
        CHECK_FALSE(pdp.allows(support, send, payment, paid));
        CHECK(pdp.allows(billing, send, payment));
        CHECK_FALSE(pdp.allows(billing, print, payment));
        policy const now = pdp.current();
        CHECK(now.name(support) == "support");
        CHECK(now.name(payment) == "payment");
        CHECK(now.name(print) == "print");
        CHECK(pdp.replace((round == 0 ? second : first).build().value()).same_lineage);
    }
}

TEST_CASE("a reference whose name has vanished is denied until a policy declares it again") {
    authorizer pdp{tests::small_shop(), no_records{}};
    live_session const dana = support_of(pdp);
    role_ref const support = *pdp.role("support");
    category_ref const payment = *pdp.category("payment");
    facts const ticket{{*pdp.fact("open-ticket"), true}};
    CHECK(pdp.allows(support, view, payment, ticket));

    pdp.replace(shop_where_support_may({"view"}));
    CHECK_FALSE(pdp.allows(support, view, payment));
    CHECK_FALSE(pdp.category("payment"));
    CHECK(pdp.decide(dana, view, payment).reason == reason::unknown_name);
    CHECK(pdp.decide(dana, view, *pdp.category("account"), {.facts = ticket}).reason ==
          reason::unknown_name);
    CHECK(pdp.decide(dana, view, *pdp.category("account")));

    pdp.replace(tests::small_shop());
    CHECK(pdp.category("payment") == payment);
    CHECK(pdp.allows(support, view, payment, ticket));
    CHECK(pdp.decide(dana, view, payment, {.facts = ticket}));
}

TEST_CASE("an earlier policy comes back, and answers with references that came after it") {
    policy const first = shop_where_support_may({"view"});
    authorizer pdp{first, no_records{}};
    role_ref const support = *pdp.role("support");
    pdp.replace(tests::small_shop());
    policy const second = pdp.current();
    category_ref const payment = *pdp.category("payment");
    role_ref const billing = *pdp.role("billing");
    CHECK(pdp.allows(billing, view, payment));

    CHECK(pdp.replace(first).version == 3);
    CHECK_FALSE(pdp.allows(billing, view, payment));
    CHECK_FALSE(pdp.allows(support, view, payment));
    CHECK(pdp.allows(support, view, *pdp.category("account")));
    CHECK(pdp.replace(second).version == 4);
    CHECK(pdp.allows(billing, view, payment));
    CHECK(pdp.replace(pdp.current()).version == 5);
    CHECK(pdp.allows(billing, view, payment));
}

TEST_CASE(
    "where the numbers of a lineage run out, older references are denied and the sink knows") {
    policy_builder b;
    for (int i = 0; i < 100; ++i) b.category("category-" + std::to_string(i), "x");
    b.category("account", "x");
    b.role("support").may("account", {"view"});
    recording_sink sink;
    authorizer pdp{shop_where_support_may({"view"}), sink};
    live_session dana = support_of(pdp);
    role_ref const support = *pdp.role("support");
    category_ref const account = *pdp.category("account");

    replacement const done = pdp.replace(b.build().value());
    CHECK_FALSE(done.same_lineage);
    CHECK(done.told == recorded::yes);
    std::vector<audit_record> const told = sink.taken();
    REQUIRE(told.size() == 2);
    CHECK(told[0].kind == audit_kind::policy_activated);
    CHECK(told[1].kind == audit_kind::lineage_begun);
    CHECK(told[1].policy_version == 2);

    CHECK_FALSE(pdp.allows(support, view, account));
    CHECK(pdp.decide(dana, view, account).reason == reason::unknown_name);
    CHECK(pdp.decide(dana, view, *pdp.category("account")));
    CHECK(dana.refresh() == reason::granted);
    CHECK(dana.allows(view, *pdp.category("account")));
    CHECK_FALSE(dana.allows(view, account));
    CHECK(pdp.allows("support", "view", "account"));

    SUBCASE("and who could not record the new lineage did not record the change") {
        sink.answers = {recorded::yes, recorded::no};
        CHECK(pdp.replace(tests::small_shop()).same_lineage);
        static_cast<void>(sink.taken());
        policy_builder more;
        for (int i = 0; i < 400; ++i) more.category("other-" + std::to_string(i), "x");
        CHECK(pdp.replace(more.build().value()).told == recorded::no);
    }
}

TEST_CASE("the sink is told of a new policy, with its version and both digests") {
    policy const first = yaml::load_text("rolecall: 1\nroles: {support: Helps}\n").value();
    policy const second = yaml::load_text("rolecall: 1\nroles: {billing: Bills}\n").value();
    recording_sink sink;
    authorizer pdp{first, sink};
    CHECK(pdp.replace(second).told == recorded::yes);
    REQUIRE(sink.records.size() == 1);
    audit_record const told = sink.records[0];
    CHECK(told.kind == audit_kind::policy_activated);
    CHECK(told.policy_version == 2);
    CHECK(told.policy_digest.size() == 64);
    CHECK(told.policy_digest == digest(second));
    CHECK(told.previous_digest == digest(first));
    CHECK(told.user.empty());
    CHECK(told.action.empty());
    CHECK(told.category.empty());
    CHECK(told.active_roles.empty());

    CHECK(pdp.decide({subject::role("billing"), "view", "x"}).reason == reason::unknown_name);
    CHECK(sink.records.back().policy_digest == told.policy_digest);
}

TEST_CASE("a new policy decides even where the sink could not record the change") {
    recording_sink sink;
    sink.answers = {recorded::no};
    authorizer pdp{shop_where_support_may({"view"}), sink};
    CHECK(pdp.replace(shop_where_support_may({"modify"})).told == recorded::no);
    CHECK(sink.records.size() == 1);
    CHECK(pdp.allows("support", "modify", "account"));
    CHECK_FALSE(pdp.allows("support", "view", "account"));
}

TEST_CASE("a policy that was refused is told with its problem, and changes nothing") {
    recording_sink sink;
    sink.answers = {recorded::yes, recorded::no};
    authorizer const pdp{shop_where_support_may({"view"}), sink};
    CHECK(pdp.tell_refused("shop.yaml:7:20: unknown action `veiw`", "abc") == recorded::yes);
    CHECK(pdp.tell_refused("shop.yaml is gone") == recorded::no);
    REQUIRE(sink.records.size() == 2);
    CHECK(sink.records[0].kind == audit_kind::policy_refused);
    CHECK(sink.records[0].problem == "shop.yaml:7:20: unknown action `veiw`");
    CHECK(sink.records[0].refused_digest == "abc");
    CHECK(sink.records[0].policy_version == 1);
    CHECK(sink.records[1].refused_digest.empty());
    CHECK(pdp.version() == 1);
}

TEST_CASE("a pinned policy and one that is kept go on answering by their version") {
    authorizer pdp{shop_where_support_may({"view"}), no_records{}, {.versions_kept = 0}};
    policy const kept = pdp.current();
    pinned_policy const pinned = pdp.pinned();
    CHECK(pinned.version() == 1);
    for (int i = 0; i < 3; ++i)
        CHECK_FALSE(pdp.replace(shop_where_support_may({"modify"})).complete);
    CHECK(pinned.version() == 1);
    CHECK(pinned->allows("support", "view", "account"));
    CHECK((*pinned).allows("support", "view", "account"));
    CHECK(kept.allows("support", "view", "account"));
    CHECK(pdp.version() == 4);
    CHECK_FALSE(pdp.allows("support", "view", "account"));
}

TEST_CASE("replace under a pin of its thread is not complete, and does not wait for itself") {
    authorizer pdp{shop_where_support_may({"view"}), no_records{}};
    {
        pinned_policy const hold = pdp.pinned();
        replacement const done =
            pdp.replace(shop_where_support_may({"modify"}), {.wait_for_readers = true});
        CHECK(done.version == 2);
        CHECK_FALSE(done.complete);
        CHECK_FALSE(pdp.wait_for_readers());
    }
    CHECK(pdp.wait_for_readers());
    CHECK(pdp.replace(shop_where_support_may({"view"}), {.wait_for_readers = true}).complete);
}

TEST_CASE("replace from inside a sink takes effect, and does not wait for itself") {
    authorizer* pdp = nullptr;
    std::vector<std::string> told;
    std::optional<replacement> done;
    auto sink = [&](audit_event const& event) {
        told.emplace_back(to_string(event.kind()));
        if (event.record() == "replace" && !done) {
            done = pdp->replace(shop_where_support_may({"modify"}), {.wait_for_readers = true});
            CHECK_FALSE(pdp->wait_for_readers());
        }
        return recorded::yes;
    };
    authorizer live{shop_where_support_may({"view"}), sink};
    pdp = &live;
    live_session const dana = support_of(live);
    category_ref const account = *live.category("account");

    // The decision that is being recorded stands, by the policy that made it.
    response const answer = live.decide(dana, view, account, {.record = "replace"});
    CHECK(answer);
    CHECK(answer.policy_version == 1);
    REQUIRE(done);
    CHECK(done->version == 2);
    CHECK_FALSE(done->complete);
    CHECK(done->told == recorded::no);  // its sink was being told already
    CHECK(told == std::vector<std::string>{"decision"});
    CHECK(live.decide(dana, view, account) == denied_by(2, reason::not_granted));
    CHECK(live.wait_for_readers());
}

TEST_CASE("a sink that hears of a new policy may ask, and sees it decide") {
    authorizer* pdp = nullptr;
    int heard = 0;
    auto sink = [&](audit_event const& event) {
        if (event.kind() != audit_kind::policy_activated) return recorded::yes;
        ++heard;
        CHECK(pdp->allows("support", "modify", "account"));
        CHECK(pdp->version() == 2);
        CHECK(pdp->wait_for_readers());  // no decision is being recorded: nothing is pinned
        CHECK(pdp->replace(shop_where_support_may({"view"})).told == recorded::no);
        return recorded::yes;
    };
    authorizer live{shop_where_support_may({"view"}), sink};
    pdp = &live;
    CHECK(live.replace(shop_where_support_may({"modify"})).version == 2);
    CHECK(heard == 1);
    CHECK(live.version() == 3);
}

TEST_CASE("what a sink may ask the authorizer that tells it") {
    authorizer* pdp = nullptr;
    int depth = 0;
    int calls = 0;
    std::function<void()> ask = [] {};
    auto sink = [&](audit_event const&) {
        ++calls;
        if (++depth == 1) ask();
        --depth;
        CHECK(depth == 0);  // never told while being told
        return recorded::yes;
    };
    authorizer live{shop_where_support_may({"view"}), sink};
    pdp = &live;
    live_session const dana = support_of(live);
    category_ref const account = *live.category("account");
    int expected_calls = 1;

    SUBCASE("allows answers") {
        ask = [&] {
            CHECK(pdp->allows(*pdp->role("support"), view, account));
            CHECK(pdp->allows("support", "view", "account"));
            CHECK_FALSE(pdp->allows("support", "modify", "account"));
            CHECK(dana.allows(view, account));
        };
    }
    SUBCASE("decide can not be recorded, and so denies what it would have allowed") {
        ask = [&] {
            auto const unavailable = denied_by(1, reason::unavailable);
            CHECK(pdp->decide(dana, view, account) == unavailable);
            CHECK(pdp->decide({subject::role("support"), "view", "account"}) == unavailable);
            CHECK(pdp->decide(dana, modify, account) == denied_by(1, reason::not_granted));
        };
    }
    SUBCASE("names, sessions and the policy of now are to be had") {
        ask = [&] {
            CHECK(pdp->category("account") == account);
            CHECK(pdp->current().allows("support", "view", "account"));
            CHECK(pdp->pinned().version() == 1);
            live_session other = pdp->session("bo", {"support"}).value();
            CHECK(other.allows(view, account));
            CHECK(other.refresh() == reason::granted);
            CHECK(pdp->session_from_claims("bo", {"support"}));
            CHECK(pdp->session_of_roles({"support"}));
        };
    }
    SUBCASE("claims that would have to be recorded make no session") {
        ask = [&] {
            CHECK(pdp->session_from_claims("bo", {"support", "root"}).why() == reason::unavailable);
            CHECK(pdp->tell_refused("broken") == recorded::no);
        };
    }
    SUBCASE("explain explains, also an answer of the version before") {
        response const before = live.decide(dana, view, account);
        live.replace(shop_where_support_may({"view", "modify"}));
        expected_calls = 3;
        ask = [&, before] {
            CHECK(pdp->explain(dana, view, account, before).decided_by.size() == 1);
            response const denial = denied_by(2, reason::not_granted);
            CHECK(pdp->explain(dana, delete_, account, denial).nearest);
        };
    }
    SUBCASE("the time may be told") {
        ask = [&] { CHECK_FALSE(pdp->tick()); };
    }
    CHECK(live.decide(dana, view, account));
    CHECK(calls == expected_calls);
}

TEST_CASE("sinks that use each other's authorizer come to an end") {
    authorizer* first = nullptr;
    authorizer* second = nullptr;
    std::vector<std::string> order;
    std::optional<response> inner;
    std::optional<response> innermost;
    request const asked{subject::role("support"), "view", "account"};
    auto tells_second = [&](audit_event const&) {
        order.emplace_back("first");
        inner = second->decide(asked);
        return recorded::yes;
    };
    auto tells_first = [&](audit_event const&) {
        order.emplace_back("second");
        innermost = first->decide(asked);
        return recorded::yes;
    };
    authorizer a{shop_where_support_may({"view"}), tells_second};
    authorizer b{shop_where_support_may({"view"}), tells_first};
    first = &a;
    second = &b;
    CHECK(a.decide(asked));
    CHECK(order == std::vector<std::string>{"first", "second"});
    CHECK(inner.value());
    CHECK(innermost.value().reason == reason::unavailable);

    order.clear();
    CHECK(b.decide(asked));
    CHECK(order == std::vector<std::string>{"second", "first"});
}

TEST_CASE("two authorizers may share a sink, which asks the one while the other tells it") {
    authorizer* other = nullptr;
    int calls = 0;
    std::optional<response> inner;
    request const asked{subject::role("support"), "view", "account"};
    auto sink = [&](audit_event const&) {
        if (++calls == 1) inner = other->decide(asked);
        return recorded::yes;
    };
    authorizer a{shop_where_support_may({"view"}), sink};
    authorizer b{shop_where_support_may({"view"}), sink};
    other = &b;
    CHECK(a.decide(asked));
    CHECK(calls == 2);
    CHECK(inner.value());
}

namespace {

std::size_t told_to_function = 0;
recorded plain_function(audit_event const&) {
    ++told_to_function;
    return recorded::yes;
}

// Counts those that were made, moved and destroyed.
struct counted {
    explicit counted(int& of) : living(&of) { ++*living; }
    counted(counted&& other) noexcept : living(other.living) { ++*living; }
    counted(counted const& other) = delete;
    counted& operator=(counted const&) = delete;
    ~counted() { --*living; }
    recorded operator()(audit_event const&) const noexcept { return recorded::yes; }
    int* living;
};

}  // namespace

TEST_CASE("an lvalue sink is referred to, an rvalue is moved in and destroyed once") {
    int living = 0;
    request const asked{subject::role("support"), "view", "account"};
    {
        counted const lasting(living);
        {
            authorizer const pdp{shop_where_support_may({"view"}), lasting};
            CHECK(living == 1);
            CHECK(pdp.decide(asked));
        }
        CHECK(living == 1);
        {
            authorizer const pdp{shop_where_support_may({"view"}), counted(living)};
            CHECK(living == 2);
            CHECK(pdp.decide(asked));
        }
        CHECK(living == 1);
    }
    CHECK(living == 0);
}

TEST_CASE("a sink may be a plain function, a std::function or a const callable") {
    request const asked{subject::role("support"), "view", "account"};
    policy const shop = shop_where_support_may({"view"});
    authorizer const by_function{shop, plain_function};
    authorizer const by_pointer{shop, &plain_function};
    authorizer const by_object{shop, std::function<recorded(audit_event const&)>(plain_function)};
    auto const constant = [](audit_event const& event) { return plain_function(event); };
    authorizer const by_constant{shop, constant};
    told_to_function = 0;
    for (authorizer const* pdp : {&by_function, &by_pointer, &by_object, &by_constant})
        CHECK(pdp->decide(asked));
    CHECK(told_to_function == 4);
}

TEST_CASE("an empty std::function throws, and so records nothing") {
    authorizer const pdp{shop_where_support_may({"view"}),
                         std::function<recorded(audit_event const&)>()};
    CHECK(pdp.decide({subject::role("support"), "view", "account"}).reason == reason::unavailable);
}

TEST_CASE("explain asks the version that gave the answer, while it is kept") {
    authorizer pdp{shop_where_support_may({"view"}), no_records{}, {.versions_kept = 2}};
    live_session const dana = support_of(pdp);
    category_ref const account = *pdp.category("account");
    response const allowed = pdp.decide(dana, view, account);
    for (int i = 0; i < 2; ++i) pdp.replace(shop_where_support_may({"modify"}));

    explanation const kept = pdp.explain(dana, view, account, allowed);
    CHECK(kept.answer == allowed);
    REQUIRE(kept.decided_by.size() == 1);
    CHECK(kept.decided_by[0].sentence == "support may view account");

    pdp.replace(shop_where_support_may({"modify"}));
    explanation const gone = pdp.explain(dana, view, account, allowed);
    CHECK(gone.answer == allowed);
    CHECK(gone.decided_by.empty());
    CHECK(gone.for_owner == "The policy of version 1 is no longer kept.");
}

TEST_CASE("where no versions are kept, explain still asks the policy of now") {
    authorizer pdp{shop_where_support_may({"view"}), no_records{}, {.versions_kept = 0}};
    live_session const dana = support_of(pdp);
    category_ref const account = *pdp.category("account");
    response const first = pdp.decide(dana, view, account);
    CHECK(pdp.explain(dana, view, account, first).decided_by.size() == 1);
    pdp.replace(shop_where_support_may({"view"}));
    CHECK(pdp.explain(dana, view, account, first).decided_by.empty());
    response const second = pdp.decide(dana, view, account);
    CHECK(pdp.explain(dana, view, account, second).decided_by.size() == 1);
}
