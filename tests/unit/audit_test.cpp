#include "support/recording_sink.hpp"
#include "support/small_shop.hpp"
#include <rolecall/audit.hpp>
#include <rolecall/authorizer.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/detail/slots.hpp>
#include <rolecall/sinks.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace rolecall;
using rolecall::testing::recording_sink;

namespace {

using names = std::vector<std::string>;
using stated = std::vector<std::pair<std::string, std::optional<bool>>>;

names copied(audit_names const& from) {
    names result;
    for (std::string_view const name : from) result.emplace_back(name);
    return result;
}

date on_day(std::string_view text) { return date::parse(text).value(); }

// An authorizer of the listed shop on a day on which eve is in support and in marketing.
struct listed {
    recording_sink sink;
    authorizer pdp{tests::listed_shop(), sink, {.today = on_day("2026-11-01")}};

    [[nodiscard]] audit_record only() {
        std::vector<audit_record> told = sink.taken();
        REQUIRE(told.size() == 1);
        return std::move(told[0]);
    }

    [[nodiscard]] audit_record of(request asked) {
        asked.on = on_day("2026-11-01");
        pdp.decide(asked);
        return only();
    }
};

}  // namespace

TEST_CASE("names in an event are the same from numbers, views or strings") {
    policy const shop = tests::small_shop();
    detail::name_table const& table = detail::data_of(shop).roles;
    std::vector<std::uint32_t> const numbers{table.find("support"), table.find("billing")};
    std::array<std::string_view, 2> const views{"support", "billing"};
    std::array<std::string, 2> const strings{"support", "billing"};
    for (audit_names const& list :
         {audit_names(table, numbers), audit_names(std::span<std::string_view const>(views)),
          audit_names(std::span<std::string const>(strings))}) {
        CHECK(list.size() == 2);
        CHECK_FALSE(list.empty());
        CHECK(list[0] == "support");
        CHECK(list[1] == "billing");
        CHECK(copied(list) == names{"support", "billing"});
        audit_names::iterator at = list.begin();
        CHECK(*at++ == "support");
        CHECK(*at == "billing");
        CHECK(++at == list.end());
    }
    audit_names const none;
    CHECK(none.empty());
    CHECK(none.begin() == none.end());
}

TEST_CASE("an event of a decision by session has who, what, of which record, and the answer") {
    listed shop;
    live_session const dana = shop.pdp.session("dana").value();
    facts const ticket{{*shop.pdp.fact("open-ticket"), true}};
    shop.pdp.decide(dana, view, *shop.pdp.category("payment"), {.record = "p-17", .facts = ticket});
    audit_record const told = shop.only();
    CHECK(told.kind == audit_kind::decision);
    CHECK(told.user == "dana");
    CHECK(told.active_roles == names{"support"});
    CHECK(told.held_roles == names{"support"});
    CHECK(told.action == "view");
    CHECK(told.category == "payment");
    CHECK(told.record == "p-17");
    CHECK(told.facts == stated{{"open-ticket", true}});
    CHECK(told.decision == decision::allow);
    CHECK(told.reason == reason::granted);
    CHECK(told.granting_role == "support");
    CHECK(told.policy_version == 1);
    CHECK(told.unknown_roles.empty());
    CHECK(told.problem.empty());
    CHECK(told.previous_digest.empty());
    CHECK(told.refused_digest.empty());
}

TEST_CASE("an event of a denial by session names no granting role") {
    listed shop;
    live_session const dana = shop.pdp.session("dana").value();
    shop.pdp.decide(dana, delete_, *shop.pdp.category("testimonial"));
    audit_record const told = shop.only();
    CHECK(told.decision == decision::deny);
    CHECK(told.reason == reason::not_granted);
    CHECK(told.granting_role.empty());
    CHECK(told.action == "delete");
    CHECK(told.record.empty());
    CHECK(told.facts.empty());
}

TEST_CASE("an event tells the active roles from those that are held") {
    listed shop;
    live_session const eve = shop.pdp.session("eve", {"support"}).value();
    shop.pdp.decide(eve, view, *shop.pdp.category("account"));
    audit_record told = shop.only();
    CHECK(told.active_roles == names{"support"});
    CHECK(told.held_roles == names{"marketing", "support"});

    told = shop.of({subject::user("eve", {"support"}), "view", "account"});
    CHECK(told.active_roles == names{"support"});
    CHECK(told.held_roles == names{"marketing", "support"});

    told = shop.of({subject::user("eve"), "view", "account"});
    CHECK(told.active_roles == names{"marketing", "support"});
    CHECK(told.held_roles == names{"marketing", "support"});
}

TEST_CASE("an event of a stale session has the roles and the version of now") {
    listed shop;
    live_session const eve = shop.pdp.session("eve").value();
    shop.pdp.tick(on_day("2026-12-01"));
    shop.pdp.decide(eve, view, *shop.pdp.category("account"));
    audit_record told = shop.only();
    CHECK(told.user == "eve");
    CHECK(told.active_roles == names{"marketing"});
    CHECK(told.held_roles == names{"marketing"});
    CHECK(told.policy_version == 1);

    shop.pdp.replace(tests::listed_shop());
    static_cast<void>(shop.sink.taken());
    shop.pdp.decide(eve, view, *shop.pdp.category("account"), {.record = "c-1"});
    told = shop.only();
    CHECK(told.policy_version == 2);
    CHECK(told.active_roles == names{"marketing"});
    CHECK(told.category == "account");
    CHECK(told.record == "c-1");
}

TEST_CASE("where roles could not be settled, an event has them as they were asked for") {
    listed shop;
    live_session const eve = shop.pdp.session("eve", {"support"}).value();
    shop.pdp.tick(on_day("2026-12-01"));
    shop.pdp.decide(eve, view, *shop.pdp.category("account"));
    audit_record told = shop.only();
    CHECK(told.reason == reason::not_assigned);
    CHECK(told.active_roles == names{"support"});
    CHECK(told.held_roles.empty());

    told = shop.of({subject::user("dana", {"billing", "nobody"}), "view", "account"});
    CHECK(told.reason == reason::unknown_name);
    CHECK(told.active_roles == names{"billing", "nobody"});
    CHECK(told.held_roles.empty());

    told = shop.of({subject::roles({"nobody", "support"}), "view", "account"});
    CHECK(told.user.empty());
    CHECK(told.active_roles == names{"nobody", "support"});
}

TEST_CASE("an event of roles that separation keeps apart names them as settled") {
    listed shop;
    audit_record const told =
        shop.of({subject::roles({"refunds", "billing", "refunds"}), "view", "account"});
    CHECK(told.reason == reason::separation);
    CHECK(told.active_roles == names{"billing", "refunds"});
    CHECK(told.held_roles.size() == 2);
}

TEST_CASE("an event of a question by names has the words as they were asked, unknown or not") {
    listed shop;
    audit_record told = shop.of({subject::user("mallory"), "veiw", "acount"});
    CHECK(told.user == "mallory");
    CHECK(told.action == "veiw");
    CHECK(told.category == "acount");
    CHECK(told.reason == reason::unknown_name);
    CHECK(told.active_roles.empty());
    CHECK(told.held_roles.empty());

    request asked{subject::role("support"), "view", "payment", {{"open-ticket", true}}};
    asked.record = "p-17";
    told = shop.of(asked);
    CHECK(told.user.empty());
    CHECK(told.active_roles == names{"support"});
    CHECK(told.held_roles == names{"support"});
    CHECK(told.record == "p-17");
    CHECK(told.granting_role == "support");

    told = shop.of({subject::user("", {}), "", ""});
    CHECK(told.user.empty());
    CHECK(told.action.empty());
    CHECK(told.category.empty());
}

TEST_CASE("an event of a question without an answer for want of a version still says who asked") {
    listed shop;
    live_session const dana = shop.pdp.session("dana").value();
    shop.pdp.decide(dana, view, *shop.pdp.category("account"), {.at_least_version = 9});
    audit_record const told = shop.only();
    CHECK(told.reason == reason::unavailable);
    CHECK(told.user == "dana");
    CHECK(told.active_roles == names{"support"});
    CHECK(told.category == "account");
    CHECK(told.policy_version == 1);
}

TEST_CASE("facts by reference are told as true, as false, or without a value") {
    listed shop;
    live_session const dana = shop.pdp.session("dana").value();
    auto const consent = *shop.pdp.fact("consent");
    auto const ticket = *shop.pdp.fact("open-ticket");
    auto const encrypted = *shop.pdp.fact("encrypted");
    auto const hold = *shop.pdp.fact("legal-hold");
    facts const known{{consent, true},
                      {ticket, false},
                      {encrypted, std::optional<bool>{}},
                      {hold, true},
                      {hold, false}};  // contradicts itself
    shop.pdp.decide(dana, view, *shop.pdp.category("account"), {.facts = known});
    stated told = shop.only().facts;
    std::sort(told.begin(), told.end());  // they come in the order of the policy's numbers
    CHECK(told == stated{{"consent", true},
                         {"encrypted", std::nullopt},
                         {"legal-hold", std::nullopt},
                         {"open-ticket", false}});

    shop.pdp.decide(dana, view, *shop.pdp.category("account"));
    CHECK(shop.only().facts.empty());
}

TEST_CASE("facts by name are told as they were stated, one by one") {
    listed shop;
    audit_record const told = shop.of({subject::role("support"),
                                       "view",
                                       "account",
                                       {{"consent", false},
                                        {"encrypted", std::optional<bool>{}},
                                        {"legal-hold", true},
                                        {"legal-hold", false},
                                        {"made-up", true}}});
    CHECK(told.reason == reason::unknown_name);
    CHECK(told.facts == stated{{"consent", false},
                               {"encrypted", std::nullopt},
                               {"legal-hold", true},
                               {"legal-hold", false},
                               {"made-up", true}});
}

TEST_CASE("facts that the policy does not know have no name in an event") {
    listed shop;
    policy const stranger = tests::small_shop();
    live_session const dana = shop.pdp.session("dana").value();
    category_ref const account = *shop.pdp.category("account");
    facts const foreign{{*stranger.fact("consent"), true}};
    shop.pdp.decide(dana, view, account, {.facts = foreign});
    CHECK(shop.only().facts.empty());
    facts const ours{{*shop.pdp.fact("consent"), true}};
    shop.pdp.decide(dana, view, account, {.facts = facts::invalid()});
    CHECK(shop.only().facts.empty());

    // A name that a later policy of the lineage does not declare any more.
    shop.pdp.replace(yaml::load_text("rolecall: 1\nfacts: {other: x}\n").value());
    static_cast<void>(shop.sink.taken());
    shop.pdp.decide(dana, view, account, {.facts = ours});
    audit_record const told = shop.only();
    CHECK(told.facts.empty());
    CHECK(told.reason == reason::unknown_name);
    CHECK(told.category.empty());
}

TEST_CASE("an event has the digest of a policy that was loaded, and none of one made in code") {
    recording_sink sink;
    authorizer const loaded{yaml::load_text("rolecall: 1\nroles: {support: Helps}\n").value(),
                            sink};
    loaded.decide({subject::role("support"), "view", "x"});
    CHECK(sink.records[0].policy_digest.size() == 64);

    authorizer const made{tests::small_shop(), sink};
    made.decide({subject::role("support"), "view", "account"});
    CHECK(sink.records[1].policy_digest.empty());
}

TEST_CASE("an event gives its policy, and views of it that live through the call") {
    std::string seen;
    auto sink = [&seen](audit_event const& event) {
        seen = std::string(event.by().name(*event.by().category("account"))) + ' ' +
               std::string(event.user()) + ' ' + std::string(event.granting_role()) + ' ' +
               copied(event.active_roles()).at(0) + ' ' + copied(event.held_roles()).at(0) + ' ' +
               std::to_string(event.policy_version());
        event.for_each_fact([&seen](std::string_view name, std::optional<bool> value) {
            seen += ' ' + std::string(name) + (value.value_or(false) ? '+' : '-');
        });
        return recorded::yes;
    };
    authorizer const pdp{tests::small_shop(), sink};
    live_session const dana = pdp.session("dana", {"support"}).value();
    pdp.decide(dana, view, *pdp.category("account"), {.facts = {{*pdp.fact("consent"), true}}});
    CHECK(seen == "account dana support support support 1 consent+");
}

TEST_CASE("an audit record is a copy that outlives event, names and policy") {
    audit_record kept;
    {
        std::string user = "dana";
        std::string record = "p-17";
        auto sink = [&kept](audit_event const& event) {
            kept = audit_record(event, 7, 1'700'000'000'000'000'000);
            return recorded::yes;
        };
        authorizer const pdp{tests::small_shop(), sink};
        live_session const dana = pdp.session(user, {"support"}).value();
        pdp.decide(dana, modify, *pdp.category("account"), {.record = record});
        user.assign("xxxx");
        record.assign("xxxx");
    }
    CHECK(kept.sequence == 7);
    CHECK(kept.time == 1'700'000'000'000'000'000);
    CHECK(kept.user == "dana");
    CHECK(kept.record == "p-17");
    CHECK(kept.category == "account");
    CHECK(kept.active_roles == names{"support"});

    audit_record other = kept;
    CHECK(other == kept);
    other.facts.emplace_back("consent", std::nullopt);
    CHECK_FALSE(other == kept);
    CHECK(audit_record{} == audit_record{});
    CHECK(audit_record{}.decision == decision::deny);
    CHECK(audit_record{}.reason == reason::unavailable);
}

TEST_CASE("a forgotten answer of a sink is no, and each kind of event has its word") {
    CHECK(recorded{} == recorded::no);
    CHECK(to_string(audit_kind::decision) == "decision");
    CHECK(to_string(audit_kind::policy_activated) == "policy-activated");
    CHECK(to_string(audit_kind::policy_refused) == "policy-refused");
    CHECK(to_string(audit_kind::lineage_begun) == "lineage-begun");
    CHECK(to_string(audit_kind::roles_unknown) == "roles-unknown");
    CHECK(to_string(static_cast<audit_kind>(200)) == "decision");
}
