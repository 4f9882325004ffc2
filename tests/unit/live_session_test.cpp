#include "support/recording_sink.hpp"
#include "support/small_shop.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/policy_builder.hpp>
#include <rolecall/sinks.hpp>

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace rolecall;
using rolecall::testing::recording_sink;

namespace {

date on_day(std::string_view text) { return date::parse(text).value(); }

authorizer_options on(std::string_view day) { return {.today = on_day(day)}; }

policy support_may(name_list const& actions) {
    policy_builder b;
    b.category("account", "Name and address");
    b.role("support").may("account", actions);
    return b.build().value();
}

// The listed shop, without the one role of which eve would still have an assignment.
policy shop_without_marketing() {
    policy_builder b;
    b.category("account", "Name and address");
    b.role("support").may("account", {"view"});
    b.user("eve").assign({"support"}, date::parse("2026-11-30"));
    return b.build().value();
}

using names = std::vector<std::string>;

names active_roles(live_session const& who) {
    names result;
    for (role_ref const role : who.snapshot().active_roles())
        result.emplace_back(who.snapshot().of().name(role));
    return result;
}

}  // namespace

TEST_CASE("an authorizer opens the sessions that its policy does, for the same reasons") {
    policy const shop = tests::listed_shop();
    policy const stranger = tests::small_shop();
    date const day = on_day("2026-12-01");
    authorizer const pdp{shop, no_records{}, {.today = day}};

    for (std::string_view const user : {"dana", "eve", "someone", ""})
        CHECK(pdp.session(user).why() == shop.activate_user(user, day).why());
    for (std::string_view const user : {"dana", "eve", "someone"})
        for (names const& roles : std::vector<names>{{},
                                                     {"support"},
                                                     {"employee"},
                                                     {"marketing"},
                                                     {"nobody"},
                                                     {"support", "billing"}}) {
            CHECK(pdp.session(user, roles).why() == shop.activate_user(user, roles, day).why());
            CHECK(pdp.session_of_roles(roles).why() == shop.activate(roles).why());
        }
    CHECK(pdp.session_of_roles({"billing", "refunds"}).why() == reason::separation);
    CHECK(pdp.session("dana", {*pdp.role("support")}));
    CHECK(pdp.session_of_roles({*pdp.role("support")}));
    CHECK(pdp.session("dana", {*stranger.role("support")}).why() == reason::unknown_name);
    CHECK(pdp.session_of_roles({role_ref{}}).why() == reason::unknown_name);
}

TEST_CASE("a fresh live session answers as a session does") {
    policy const shop = tests::small_shop();
    authorizer const pdp{shop, no_records{}};
    live_session const live = pdp.session("dana", {"support", "billing"}).value();
    session const fixed = shop.activate_user("dana", {"support", "billing"}).value();
    facts const known{{*pdp.fact("open-ticket"), true}, {*pdp.fact("encrypted"), true}};
    for (std::string_view const name : {"account", "payment", "payment.card", "testimonial"}) {
        category_ref const on = *pdp.category(name);
        for (action const what : {view, modify, store, delete_}) {
            CHECK(live.allows(what, on) == fixed.allows(what, on));
            CHECK(live.allows(what, on, known) == fixed.allows(what, on, known));
            CHECK(live.allowed_categories(what, known) == fixed.allowed_categories(what, known));
        }
        CHECK(live.allowed_actions(on) == fixed.allowed_actions(on));
        CHECK(live.allowed_actions(on, known) == fixed.allowed_actions(on, known));
    }
    CHECK(live.user() == "dana");
    CHECK(live.policy_version() == 1);
    CHECK_FALSE(live.stale());
    CHECK(pdp.session_of_roles({"support"})->user().empty());
}

TEST_CASE("after a replacement a live session answers no until it is refreshed") {
    authorizer pdp{support_may({"view"}), no_records{}};
    live_session dana = pdp.session("dana", {"support"}).value();
    category_ref const account = *pdp.category("account");
    CHECK(dana.allows(view, account));
    CHECK(dana.allowed_actions(account) == std::vector<action>{view});

    pdp.replace(support_may({"view", "modify"}));
    CHECK(dana.stale());
    CHECK_FALSE(dana.allows(view, account));
    CHECK_FALSE(dana.allows(view, account, facts{}));
    CHECK(dana.allowed_actions(account).empty());
    CHECK(dana.allowed_categories(view).empty());
    CHECK(dana.policy_version() == 1);
    CHECK(dana.snapshot().allows(view, account));  // as it was when it was made

    CHECK(dana.refresh() == reason::granted);
    CHECK_FALSE(dana.stale());
    CHECK(dana.policy_version() == 2);
    CHECK(dana.allows(view, account));
    CHECK(dana.allows(modify, account));
    CHECK(dana.allowed_actions(account) == std::vector<action>{modify, view});
    CHECK(dana.allowed_categories(modify) == std::vector<category_ref>{account});
}

TEST_CASE("decide by a stale session asks the policy of now, and leaves the session stale") {
    authorizer pdp{support_may({"view"}), no_records{}};
    live_session const dana = pdp.session("dana", {"support"}).value();
    category_ref const account = *pdp.category("account");
    pdp.replace(support_may({"modify"}));
    response const answer = pdp.decide(dana, modify, account);
    CHECK(answer);
    CHECK(answer.policy_version == 2);
    CHECK(pdp.decide(dana, view, account).reason == reason::not_granted);
    CHECK(dana.stale());
    CHECK_FALSE(dana.allows(modify, account));
}

TEST_CASE(
    "a refresh says why the roles may not be active any more, and the session goes on denying") {
    authorizer pdp{tests::listed_shop(), no_records{}, on("2026-11-01")};
    live_session eve = pdp.session("eve").value();
    live_session marketing = pdp.session("eve", {"marketing"}).value();
    live_session roles = pdp.session_of_roles({"marketing"}).value();
    CHECK(active_roles(eve) == names{"marketing", "support"});

    pdp.replace(shop_without_marketing());
    category_ref const account = *pdp.category("account");
    CHECK(marketing.refresh() == reason::unknown_name);
    CHECK(roles.refresh() == reason::unknown_name);
    for (live_session const* gone : {&marketing, &roles}) {
        CHECK(gone->stale());
        CHECK_FALSE(gone->allows(view, account));
        CHECK(pdp.decide(*gone, view, account).reason == reason::unknown_name);
    }
    CHECK(eve.refresh() == reason::granted);
    CHECK(active_roles(eve) == names{"support"});

    pdp.replace(tests::small_shop());  // which lists nobody
    CHECK(eve.refresh() == reason::unknown_name);
    CHECK(eve.stale());

    // Where the roles come back, so do the sessions.
    pdp.replace(tests::listed_shop());
    CHECK(marketing.refresh() == reason::granted);
    CHECK(roles.refresh() == reason::granted);
    CHECK(eve.refresh() == reason::granted);
    CHECK(active_roles(eve) == names{"marketing", "support"});
    CHECK(eve.policy_version() == 4);
}

TEST_CASE("a refresh that failed once does not leave the session with an old answer") {
    authorizer pdp{tests::listed_shop(), no_records{}, on("2026-11-01")};
    live_session eve = pdp.session("eve", {"support"}).value();
    category_ref const account = *pdp.category("account");
    CHECK(eve.allows(view, account));
    pdp.tick(on_day("2026-12-01"));
    CHECK(eve.refresh() == reason::not_assigned);
    CHECK(eve.refresh() == reason::not_assigned);
    CHECK(eve.stale());
    CHECK_FALSE(eve.allows(view, account));
    CHECK(pdp.decide(eve, view, account).reason == reason::not_assigned);
}

TEST_CASE("a tick past the end of an assignment makes sessions stale, and no earlier") {
    authorizer pdp{tests::listed_shop(), no_records{}, on("2026-11-01")};
    live_session eve = pdp.session("eve").value();
    category_ref const account = *pdp.category("account");
    CHECK(eve.allows(view, account));

    CHECK_FALSE(pdp.tick(on_day("2026-11-01")));
    CHECK_FALSE(pdp.tick(on_day("2026-11-30")));  // the last day counts
    CHECK_FALSE(eve.stale());
    CHECK(pdp.decide(eve, view, account));

    CHECK(pdp.tick(on_day("2026-12-01")));
    CHECK(eve.stale());
    CHECK_FALSE(eve.allows(view, account));
    response const answer = pdp.decide(eve, view, account);
    CHECK(answer.reason == reason::not_granted);  // in marketing only
    CHECK(answer.policy_version == 1);
    CHECK(eve.refresh() == reason::granted);
    CHECK(active_roles(eve) == names{"marketing"});
    CHECK_FALSE(pdp.tick(on_day("2026-12-31")));

    CHECK(pdp.tick(on_day("2027-01-01")));
    CHECK(pdp.decide(eve, view, account).reason == reason::expired);
    CHECK(eve.refresh() == reason::expired);
    CHECK(pdp.session("eve").why() == reason::expired);
    CHECK_FALSE(pdp.tick(on_day("2199-01-01")));  // nothing is left to end

    SUBCASE("and a clock that is set back gives the days back") {
        CHECK(pdp.tick(on_day("2026-11-30")));
        CHECK(eve.refresh() == reason::granted);
        CHECK(active_roles(eve) == names{"marketing", "support"});
        CHECK(eve.allows(view, account));
        CHECK_FALSE(pdp.tick(on_day("2026-11-01")));
    }
}

TEST_CASE("a tick asks the assignments of the policy of now") {
    authorizer pdp{tests::small_shop(), no_records{}, on("2026-11-01")};
    live_session const dana = pdp.session("dana", {"support"}).value();
    CHECK_FALSE(pdp.tick(on_day("2026-12-15")));
    CHECK_FALSE(dana.stale());
    pdp.replace(tests::listed_shop());
    CHECK(pdp.session("eve", {"support"}).why() == reason::not_assigned);
    CHECK(pdp.tick(on_day("2027-01-01")));
    CHECK(pdp.session("eve").why() == reason::expired);
}

TEST_CASE("the day of an authorizer does not depend on the machine's clock") {
    authorizer const pdp{tests::listed_shop(), no_records{}, on("2026-11-01")};
    CHECK(pdp.session("eve", {"support"}));
    authorizer const later{tests::listed_shop(), no_records{}, on("2199-01-01")};
    CHECK(later.session("eve").why() == reason::expired);
    CHECK(later.session("dana"));
}

TEST_CASE("a guardrail of a role that is held but not active stops a live session too") {
    authorizer const pdp{tests::listed_shop(), no_records{}, on("2026-11-01")};
    live_session const eve = pdp.session("eve", {"support"}).value();
    facts const ticket{{*pdp.fact("open-ticket"), true}};
    CHECK(pdp.decide(eve, view, *pdp.category("payment"), {.facts = ticket}).reason ==
          reason::forbidden);
    live_session const dana = pdp.session("dana").value();
    CHECK(pdp.decide(dana, view, *pdp.category("payment"), {.facts = ticket}));
}

TEST_CASE("a live session that was moved from denies everything") {
    authorizer pdp{support_may({"view"}), no_records{}};
    category_ref const account = *pdp.category("account");
    live_session first = pdp.session("dana", {"support"}).value();
    live_session second = std::move(first);
    CHECK(second.allows(view, account));
    CHECK(second.user() == "dana");
    CHECK_FALSE(first.allows(view, account));  // NOLINT(bugprone-use-after-move)
    CHECK(first.stale());
    CHECK(first.allowed_actions(account).empty());
    CHECK_FALSE(pdp.decide(first, view, account));
    CHECK(first.refresh() == reason::unknown_name);

    live_session third = pdp.session("bo", {"support"}).value();
    third = std::move(second);
    CHECK(third.user() == "dana");
    CHECK(third.allows(view, account));
    CHECK_FALSE(second.allows(view, account));  // NOLINT(bugprone-use-after-move)

    live_session roles = pdp.session_of_roles({"support"}).value();
    live_session const moved = std::move(roles);
    CHECK(moved.allows(view, account));
    static_cast<void>(roles.refresh());  // NOLINT(bugprone-use-after-move): of no roles now
    CHECK_FALSE(roles.allows(view, account));
    CHECK_FALSE(pdp.decide(roles, view, account));
}

TEST_CASE("a live session may outlive its authorizer, and then denies") {
    std::optional<live_session> dana;
    std::optional<category_ref> account;
    {
        authorizer pdp{support_may({"view"}), no_records{}};
        pdp.replace(support_may({"view"}));
        account = pdp.category("account");
        dana = pdp.session("dana", {"support"}).value();
        CHECK(dana->allows(view, *account));
    }
    CHECK(dana->stale());
    CHECK_FALSE(dana->allows(view, *account));
    CHECK(dana->allowed_actions(*account).empty());
    CHECK(dana->refresh() == reason::unavailable);
    CHECK(dana->refresh() == reason::unavailable);
    CHECK_FALSE(dana->allows(view, *account));
    CHECK(dana->user() == "dana");

    authorizer const other{support_may({"view"}), no_records{}};
    CHECK(other.decide(*dana, view, *other.category("account")).reason == reason::unknown_name);
}

TEST_CASE("a live session keeps the policy that it was made of alive") {
    authorizer pdp{support_may({"view"}), no_records{}, {.versions_kept = 0}};
    live_session const dana = pdp.session("dana", {"support"}).value();
    category_ref const account = *pdp.category("account");
    for (int i = 0; i < 3; ++i)
        CHECK(pdp.replace(support_may({"modify"}), {.wait_for_readers = true}).complete);
    CHECK(dana.snapshot().allows(view, account));
    CHECK(dana.snapshot().of().name(account) == "account");
    CHECK(active_roles(dana) == names{"support"});
}

TEST_CASE("an activation without a session says why, and has no value") {
    authorizer const pdp{support_may({"view"}), no_records{}};
    live_activation refused = pdp.session("dana", {"nobody"});
    CHECK_FALSE(refused);
    CHECK(refused.why() == reason::unknown_name);
    CHECK_THROWS_AS(static_cast<void>(refused.value()), std::bad_optional_access);
    CHECK(pdp.session("dana", {"support"}).why() == reason::granted);
}

TEST_CASE("of the roles of a token, those that the policy declares are taken") {
    recording_sink sink;
    authorizer const pdp{tests::small_shop(), sink};
    category_ref const account = *pdp.category("account");

    live_session const dana = pdp.session_from_claims("dana", {"support", "billing"}).value();
    CHECK(active_roles(dana) == names{"billing", "support"});
    CHECK(sink.records.empty());  // nothing was left out

    live_session const bo =
        pdp.session_from_claims("bo", {"offline_access", "support", "Support", "support ", ""})
            .value();
    CHECK(active_roles(bo) == names{"support"});
    CHECK(bo.allows(view, account));
    REQUIRE(sink.records.size() == 1);
    audit_record const& told = sink.records[0];
    CHECK(told.kind == audit_kind::roles_unknown);
    CHECK(told.user == "bo");
    CHECK(told.active_roles == names{"support"});
    CHECK(told.unknown_roles == names{"offline_access", "Support", "support ", ""});
    CHECK(told.policy_version == 1);
    CHECK(told.held_roles.empty());
}

TEST_CASE("a token none of whose roles the policy declares makes no session") {
    recording_sink sink;
    authorizer const pdp{tests::small_shop(), sink};
    CHECK(pdp.session_from_claims("dana", {"root", "wheel"}).why() == reason::unknown_name);
    REQUIRE(sink.records.size() == 1);
    CHECK(sink.records[0].unknown_roles == names{"root", "wheel"});
    CHECK(sink.records[0].active_roles.empty());
    CHECK(pdp.session_from_claims("dana", {}).why() == reason::unknown_name);
    CHECK(sink.records.size() == 1);
}

TEST_CASE("unknown roles of a token that can't be recorded make no session") {
    recording_sink sink;
    sink.answers = {recorded::no};
    authorizer const pdp{tests::small_shop(), sink};
    CHECK(pdp.session_from_claims("dana", {"support", "root"}).why() == reason::unavailable);
    CHECK(pdp.session_from_claims("dana", {"support", "root"}));
    CHECK(sink.records.size() == 2);
}

TEST_CASE("a token that names a role twice makes the session of one that names it once") {
    recording_sink sink;
    authorizer const pdp{tests::small_shop(), sink};
    live_session const dana =
        pdp.session_from_claims("dana", {"support", "support", "x", "x"}).value();
    CHECK(active_roles(dana) == names{"support"});
    CHECK(sink.records[0].unknown_roles == names{"x", "x"});
}

TEST_CASE("a token's references of another policy are unknown roles") {
    recording_sink sink;
    authorizer const pdp{tests::small_shop(), sink};
    policy const stranger = tests::small_shop();
    live_session const dana =
        pdp.session_from_claims("dana", {*pdp.role("support"), *stranger.role("billing")}).value();
    CHECK(active_roles(dana) == names{"support"});
    CHECK(sink.records[0].unknown_roles == names{""});
}

TEST_CASE("a token never gives more than its known roles would, asked for by name") {
    std::vector<names> const tokens{{"support"}, {"marketing"},          {"support", "marketing"},
                                    {"billing"}, {"support", "billing"}, {"billing", "refunds"},
                                    {"employee"}};
    for (policy const& shop : {tests::small_shop(), tests::listed_shop()}) {
        authorizer const pdp{shop, no_records{}, on("2026-11-01")};
        for (std::string_view const user : {"dana", "eve", "someone"})
            for (names const& known : tokens) {
                live_activation const asked = pdp.session(user, known);
                names claimed = known;
                claimed.insert(claimed.begin(), "unknown");
                for (names const& roles : {known, claimed}) {
                    live_activation const given = pdp.session_from_claims(user, roles);
                    CHECK(given.why() == asked.why());
                    if (given && asked) CHECK(active_roles(*given) == active_roles(*asked));
                }
            }
    }
}

TEST_CASE("a listed user gets no role from a token that the policy does not assign") {
    authorizer const pdp{tests::listed_shop(), no_records{}, on("2026-11-01")};
    CHECK(pdp.session_from_claims("dana", {"billing"}).why() == reason::not_assigned);
    CHECK(pdp.session_from_claims("dana", {"support", "billing"}).why() == reason::not_assigned);
    CHECK(pdp.session_from_claims("dana", {"support", "made-up"}));
    CHECK(pdp.session_from_claims("dana", {"employee"}));  // by inheritance
}

TEST_CASE("a refresh does not take up a role of a token that a later policy declares") {
    policy_builder later;
    later.category("account", "Name and address");
    later.role("support").may("account", {"view"});
    later.role("root").may("account", {"view", "modify", "delete"});
    authorizer pdp{support_may({"view"}), no_records{}};
    live_session dana = pdp.session_from_claims("dana", {"support", "root"}).value();
    pdp.replace(later.build().value());
    category_ref const account = *pdp.category("account");
    CHECK(pdp.decide(dana, delete_, account).reason == reason::not_granted);
    CHECK(dana.refresh() == reason::granted);
    CHECK(active_roles(dana) == names{"support"});
    CHECK_FALSE(dana.allows(delete_, account));
    CHECK(pdp.session_from_claims("dana", {"support", "root"})->allows(delete_, account));
}
