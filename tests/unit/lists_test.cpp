// Who can, and what can. That the lists agree with check is proved in tests/model/lists_test.cpp.
#include "support/small_shop.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/lists.hpp>
#include <rolecall/matrix.hpp>
#include <rolecall/policy_builder.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace rolecall;
using rolecall::tests::listed_shop;
using rolecall::tests::small_shop;

namespace {

date day(std::string_view text) { return date::parse(text).value(); }

std::string basis_text(right_basis const& basis) {
    std::string text;
    for (granting_role const& role : basis.through) {
        text += text.empty() ? " as " : " or ";
        text += role.role;
        if (role.until) text += " until " + role.until->to_string();
        if (basis.through.size() > 1 && !role.condition.empty()) text += " if " + role.condition;
    }
    if (basis.apart) text += ", apart";
    if (!basis.condition.empty()) text += ": if " + basis.condition;
    if (basis.until) text += ": until " + basis.until->to_string();
    return text;
}

// A line for each: `role billing as employee`, `user eve as a until 2026-12-31: if open-ticket`.
std::string text_of(who_can_result const& list) {
    std::string text;
    for (holder const& h : list.holders)
        text += (h.what == holder::kind::role ? "role " : "user ") + h.name + basis_text(h) + '\n';
    return text;
}

std::string text_of(what_can_result const& list) {
    std::string text;
    for (held_right const& right : list.rights)
        text += right.action + ' ' + right.category + basis_text(right) + '\n';
    return text;
}

// Two categories, and roles that get in each other's way.
policy_builder clinic() {
    policy_builder b;
    b.fact("on-duty", "The employee is on duty");
    b.fact("emergency", "The patient can't be asked");
    b.category("health", "What the doctor wrote");
    b.category("account", "Name and address");
    b.role("nurse").may("health", {"view"}, if_fact("on-duty")).may("account", {"view"});
    b.role("doctor").may("health", {"view", "modify"});
    b.role("trainee");
    b.never("trainees-change-nothing").roles({"trainee"}).actions({"modify"});
    b.never("trainees-in-emergencies")
        .roles({"trainee"})
        .categories({"health"})
        .when(if_fact("emergency"));
    return b;
}

}  // namespace

TEST_CASE("who can lists roles and then users, by name, each with its condition") {
    CHECK(text_of(who_can(listed_shop(), "view", "payment", day("2026-06-15"))) ==
          "role billing as billing\n"
          "role support as support: if open-ticket\n"
          "user dana as support: if open-ticket\n");
    auto const list = who_can(small_shop(), "view", "payment");
    REQUIRE(list);
    CHECK(list.holders[0].facts.empty());
    CHECK(list.holders[1].facts == std::vector<std::string>{"open-ticket"});
}

TEST_CASE("a role is listed through the roles whose lines give the right, itself or inherited") {
    policy_builder b = clinic();
    b.role("head-nurse").inherits("nurse");
    b.role("senior").inherits("nurse").inherits("doctor").may("account", {"view"},
                                                              if_fact("emergency"));
    policy const p = b.build().value();
    CHECK(text_of(who_can(p, "view", "health")) ==
          "role doctor as doctor\n"
          "role head-nurse as nurse: if on-duty\n"
          "role nurse as nurse: if on-duty\n"
          "role senior as doctor or nurse if on-duty\n");
    CHECK(text_of(who_can(p, "view", "account")) ==
          "role head-nurse as nurse\n"
          "role nurse as nurse\n"
          "role senior as nurse or senior if emergency\n");
}

TEST_CASE("a line that no state of the facts lets a role use is not what it has a right through") {
    policy_builder b = clinic();
    b.role("student").inherits("trainee").inherits("nurse").may("health", {"view"},
                                                                if_fact("emergency"));
    CHECK(text_of(who_can(b.build().value(), "view", "health")) ==
          "role doctor as doctor\n"
          "role nurse as nurse: if on-duty\n"
          "role student as nurse: if (emergency or on-duty) and not emergency\n");
}

TEST_CASE("a guardrail of one role stops what another grants to the same user") {
    policy_builder b = clinic();
    b.user("ann").assign({"doctor"});
    b.user("bea").assign({"doctor", "trainee"});
    policy const p = b.build().value();
    CHECK(text_of(who_can(p, "modify", "health")) ==
          "role doctor as doctor\n"
          "user ann as doctor\n");
    CHECK(text_of(what_can_user(p, "bea")) == "view health as doctor: if not emergency\n");
    CHECK(text_of(what_can(p, {"doctor", "trainee"})) ==
          "view health as doctor: if not emergency\n");
}

TEST_CASE("a user has a right until the last of the assignments that give it") {
    policy_builder b = clinic();
    b.user("ann")
        .assign({"nurse"}, day("2026-11-30"))
        .assign({"nurse"}, day("2026-10-31"))
        .assign({"doctor"}, day("2026-12-31"))
        .assign({"trainee"});
    b.user("bea").assign({"nurse"}).assign({"doctor"}, day("2026-12-31"));
    policy const p = b.build().value();
    auto const users_on = [&](std::string_view when) {
        std::string const all = text_of(who_can(p, "view", "health", day(when)));
        return all.substr(all.find("user"));
    };
    CHECK(users_on("2026-11-30") ==
          "user ann as doctor until 2026-12-31 if not emergency or nurse until 2026-11-30 "
          "if on-duty and not emergency: if not emergency: until 2026-12-31\n"
          "user bea as doctor until 2026-12-31 or nurse if on-duty\n");
    CHECK(users_on("2026-12-01") ==
          "user ann as doctor until 2026-12-31: if not emergency: until 2026-12-31\n"
          "user bea as doctor until 2026-12-31 or nurse if on-duty\n");
    CHECK(users_on("2027-01-01") == "user bea as nurse: if on-duty\n");
    CHECK(text_of(what_can_user(p, "bea", day("2026-12-31"))) ==
          "view account as nurse\n"
          "modify health as doctor until 2026-12-31: until 2026-12-31\n"
          "view health as doctor until 2026-12-31 or nurse if on-duty\n");
}

TEST_CASE("a separation per session takes nothing away that one role gives alone") {
    policy_builder b = clinic();
    b.user("ann").assign({"nurse", "doctor"});
    b.separation("one-hat", {"nurse", "doctor"}, 1, separation_scope::session);
    policy const p = b.build().value();
    auto const rights = what_can_user(p, "ann");
    CHECK(rights.apart);
    CHECK(text_of(rights) ==
          "view account as nurse\n"
          "modify health as doctor\n"
          "view health as doctor or nurse if on-duty, apart\n");
    CHECK(p.activate_user("ann").why() == reason::separation);
    CHECK(what_can(p, {"nurse", "doctor"}).why == reason::separation);
    CHECK_FALSE(what_can(p, {"nurse"}).apart);
}

TEST_CASE("roles that one person may not hold have no list") {
    auto const refused = what_can(small_shop(), {"billing", "refunds"});
    CHECK_FALSE(refused);
    CHECK(refused.why == reason::separation);
    CHECK(refused.rights.empty());
}

TEST_CASE("a name that the policy does not declare is told apart from nobody and nothing") {
    policy const p = listed_shop();
    CHECK(who_can(p, "veiw", "payment").why == reason::unknown_name);
    CHECK(who_can(p, "view", "paymnt").why == reason::unknown_name);
    CHECK(who_can(p, "", "").why == reason::unknown_name);
    CHECK(what_can(p, {"suport"}).why == reason::unknown_name);
    CHECK(what_can(p, {""}).why == reason::unknown_name);
    CHECK(what_can_user(p, "nobody").why == reason::unknown_name);
    CHECK(what_can_user(p, "").why == reason::unknown_name);
    CHECK(what_can_user(p, "eve", day("2027-01-01")).why == reason::expired);

    auto const nobody = who_can(p, "share", "payment");
    CHECK(nobody);
    CHECK(nobody.holders.empty());
    auto const nothing = what_can(p, {"employee"});
    CHECK(nothing);
    CHECK(nothing.rights.empty());
    CHECK(what_can(p, role_list{}));
    CHECK(what_can(p, role_list{}).rights.empty());
}

TEST_CASE("a list that nobody made is no answer") {
    CHECK_FALSE(who_can_result{});
    CHECK_FALSE(what_can_result{});
    CHECK(who_can_result{}.why == reason::unavailable);
}

TEST_CASE("a user whom the application would vouch for is not listed") {
    policy const p = small_shop();  // lists no one, so anyone may be vouched for
    CHECK(p.activate_user("zoe", {"billing"}));
    CHECK(what_can_user(p, "zoe").why == reason::unknown_name);
    for (holder const& h : who_can(p, "view", "payment").holders)
        CHECK(h.what == holder::kind::role);
}

TEST_CASE("what can lists rights by category and action") {
    CHECK(text_of(what_can(small_shop(), {"billing"})) ==
          "delete account as billing: if not legal-hold\n"
          "view account as billing\n"
          "store payment as billing: if encrypted\n"
          "view payment as billing\n"
          "view payment.history as billing\n");
}

TEST_CASE("what a session can is what its active roles grant, less guardrails of all roles held") {
    policy const p = listed_shop();
    date const on = day("2026-06-15");
    auto const all = p.activate_user("eve", on).value();
    CHECK(text_of(what_can(all)) ==
          "modify account as support\n"
          "view account as support\n"
          "share testimonial as marketing: if consent\n"
          "view testimonial as marketing: if consent\n");
    auto const chosen = p.activate_user("eve", {"support"}, on).value();
    CHECK(text_of(what_can(chosen)) == "modify account as support\nview account as support\n");
    auto const none = p.activate_user("eve", role_list{}, on).value();
    CHECK(what_can(none).rights.empty());
    // As the role alone, nothing of marketing is known.
    CHECK(text_of(what_can(p, {"support"})) ==
          "modify account as support\n"
          "view account as support\n"
          "view payment as support: if open-ticket\n");
}

TEST_CASE("a session that was moved from can do nothing") {
    policy const p = small_shop();
    session first = p.activate({"support"}).value();
    session const second = std::move(first);
    CHECK(what_can(first).rights.empty());  // NOLINT(bugprone-use-after-move): what this is about
    CHECK_FALSE(what_can(second).rights.empty());
}

TEST_CASE("given what is known, a condition says what must be known besides") {
    policy const p = clinic().build().value();
    fact_ref const on_duty = p.fact("on-duty").value();
    fact_ref const emergency = p.fact("emergency").value();
    auto const nurse = [&](facts const& known) { return text_of(what_can(p, {"nurse"}, known)); };
    CHECK(nurse({}) == "view account as nurse\nview health as nurse: if on-duty\n");
    CHECK(nurse({{on_duty, true}}) == "view account as nurse\nview health as nurse\n");
    CHECK(nurse({{on_duty, false}}) == "view account as nurse\n");

    auto const both = [&](facts const& known) {
        return text_of(what_can(p, {"nurse", "trainee"}, known));
    };
    CHECK(both({}) ==
          "view account as nurse\n"
          "view health as nurse: if on-duty and not emergency\n");
    CHECK(both({{on_duty, true}}) ==
          "view account as nurse\n"
          "view health as nurse: if not emergency\n");
    CHECK(both({{emergency, false}}) ==
          "view account as nurse\n"
          "view health as nurse: if on-duty\n");
    CHECK(both({{emergency, true}}) == "view account as nurse\n");
    CHECK(text_of(who_can(p, "view", "health", day("2026-06-15"), {{on_duty, true}})) ==
          "role doctor as doctor\nrole nurse as nurse\n");
}

TEST_CASE("facts of another policy, or of none, make no list") {
    policy const p = small_shop();
    policy const other = clinic().build().value();
    facts const foreign{{other.fact("on-duty").value(), true}};
    for (facts const& known : {foreign, facts::invalid()}) {
        CHECK(who_can(p, "view", "payment", date::today(), known).why == reason::unknown_name);
        CHECK(what_can(p, {"support"}, known).why == reason::unknown_name);
        CHECK(what_can_user(listed_shop(), "dana", date::today(), known).why ==
              reason::unknown_name);
        CHECK(what_can(*p.activate({"support"}), known).why == reason::unknown_name);
    }
}

TEST_CASE("a right that no state of the facts allows is not listed") {
    policy_builder b = clinic();
    b.role("temp").may("health", {"store"}, if_fact("emergency"));
    b.never("no-emergency-copies").actions({"store"}).when(if_fact("emergency"));
    policy const p = b.build().value();
    CHECK(who_can(p, "store", "health").holders.empty());
    CHECK(what_can(p, {"temp"}).rights.empty());
}

TEST_CASE("a guardrail that several roles have is said once, and so is one that others imply") {
    policy_builder b = clinic();
    b.never("all-staff").categories({"health"}).when(if_fact("emergency"));
    b.never("doctors")
        .roles({"doctor"})
        .categories({"health"})
        .when(if_any({"emergency", "on-duty"}));
    CHECK(text_of(what_can(b.build().value(), {"doctor", "trainee"})) ==
          "view health as doctor: if not (emergency or on-duty)\n");
}

TEST_CASE("a name that has vanished from a running policy is in no list") {
    policy_builder before = clinic();
    before.action("ask", "Ask for it");
    before.role("porter").may("account", {"ask", "view"});
    before.category("invoice", "What it cost");
    authorizer pdp{before.build().value(),
                   [](audit_event const&) noexcept { return recorded::yes; }};
    policy const fresh = clinic().build().value();
    CHECK(pdp.replace(fresh).same_lineage);
    policy const now = pdp.current();
    CHECK(effective_rights(now) == effective_rights(fresh));
    for (std::string_view const action : {"view", "modify"})
        for (std::string_view const category : {"health", "account"})
            CHECK(text_of(who_can(now, action, category)) ==
                  text_of(who_can(fresh, action, category)));
    CHECK(text_of(what_can(now, {"nurse"})) == text_of(what_can(fresh, {"nurse"})));
    CHECK(who_can(now, "ask", "account").why == reason::unknown_name);
    CHECK(who_can(now, "view", "invoice").why == reason::unknown_name);
    CHECK(what_can(now, {"porter"}).why == reason::unknown_name);
}
