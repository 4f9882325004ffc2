#include "support/small_shop.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/detail/adopt.hpp>
#include <rolecall/digest.hpp>
#include <rolecall/policy_builder.hpp>
#include <rolecall/recent_records.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace rolecall;
using detail::adopt;

namespace {

// What a policy declares; each role may view each category.
struct names {
    std::vector<std::string> roles{"clerk"};
    std::vector<std::string> categories{"lead"};
    std::vector<std::string> actions{};
    std::vector<std::string> facts{};
};

policy_builder rules_of(names const& declared) {
    policy_builder b;
    for (auto const& name : declared.actions) b.action(name, "Own");
    for (auto const& name : declared.facts) b.fact(name, "Known");
    for (auto const& name : declared.categories) b.category(name, "Data");
    for (auto const& name : declared.roles) {
        auto role = b.role(name);
        for (auto const& category : declared.categories) role.may(category, {"view"});
    }
    return b;
}

policy policy_of(names const& declared) { return rules_of(declared).build().value(); }

std::vector<std::string> numbered(std::string const& stem, std::size_t count,
                                  std::size_t first = 0) {
    std::vector<std::string> made;
    for (std::size_t n = first; n < first + count; ++n) made.push_back(stem + std::to_string(n));
    return made;
}

detail::policy_data const& data(policy const& of) { return detail::data_of(of); }

reason why(policy const& by, role_ref role, action what, category_ref on, facts const& known = {}) {
    return by.evaluate(role, what, on, known).reason;
}

}  // namespace

TEST_CASE("adopted, a policy has the references of its elder") {
    policy const elder = tests::small_shop();
    policy const fresh = tests::small_shop();
    policy const p = adopt(fresh, elder).value();
    CHECK(p.role("billing") == elder.role("billing"));
    CHECK(p.category("payment") == elder.category("payment"));
    CHECK(p.fact("consent") == elder.fact("consent"));
    CHECK(p.action("share") == elder.action("share"));
    CHECK(p.role("billing") != fresh.role("billing"));
    CHECK(p.allows(*elder.role("billing"), view, *elder.category("account")));
    CHECK_FALSE(p.allows(*fresh.role("billing"), view, *fresh.category("account")));
    CHECK_FALSE(
        p.allows(*elder.role("billing"), *fresh.action("share"), *elder.category("testimonial")));
}

TEST_CASE("a policy of the lineage is taken as it is") {
    policy const elder = tests::small_shop();
    policy const younger = adopt(tests::small_shop(), elder).value();
    CHECK(&data(*adopt(elder, elder)) == &data(elder));
    CHECK(&data(*adopt(elder, younger)) == &data(elder));
    CHECK(&data(*adopt(younger, elder)) == &data(younger));
}

TEST_CASE("a name that vanished is denied, and keeps its number for when it returns") {
    policy const first =
        policy_of({{"clerk", "boss"}, {"lead", "order"}, {"print", "share"}, {"paid", "sent"}});
    policy const second =
        adopt(policy_of({{"boss"}, {"order"}, {"share"}, {"sent"}}), first).value();
    auto const clerk = *first.role("clerk");
    auto const boss = *first.role("boss");
    auto const lead = *first.category("lead");
    auto const order = *first.category("order");

    CHECK(second.role("boss") == boss);
    CHECK(second.category("order") == order);
    CHECK(second.fact("sent") == first.fact("sent"));
    CHECK(second.action("share") == first.action("share"));
    CHECK_FALSE(second.role("clerk"));
    CHECK_FALSE(second.category("lead"));
    CHECK_FALSE(second.action("print"));
    CHECK_FALSE(second.fact("paid"));
    CHECK(second.name(clerk).empty());
    CHECK(second.name(lead).empty());
    CHECK(second.name(*first.action("print")).empty());
    CHECK(second.name(*first.fact("paid")).empty());

    CHECK(second.allows(boss, view, order));
    CHECK(why(second, clerk, view, order) == reason::unknown_name);
    CHECK(why(second, boss, view, lead) == reason::unknown_name);
    CHECK(why(second, boss, *first.action("print"), order) == reason::unknown_name);
    CHECK(why(second, boss, view, order, {{*first.fact("paid"), false}}) == reason::unknown_name);
    CHECK_FALSE(second.allows(boss, view, order, {{*first.fact("paid"), false}}));
    CHECK(second.allows(boss, view, order, {{*first.fact("sent"), false}}));
    CHECK(second.activate({clerk}).why() == reason::unknown_name);
    session const s = second.activate({boss}).value();
    CHECK_FALSE(s.allows(view, lead));
    CHECK_FALSE(s.allows(view, order, {{*first.fact("paid"), true}}));
    CHECK(s.evaluate(view, lead).reason == reason::unknown_name);

    policy const third =
        adopt(policy_of({{"clerk"}, {"lead"}, {"print"}, {"paid"}}), second).value();
    CHECK(third.role("clerk") == clerk);
    CHECK(third.allows(clerk, view, lead, {{*first.fact("paid"), true}}));
    CHECK(third.action("print") == first.action("print"));
    CHECK_FALSE(third.role("boss"));
}

TEST_CASE("a number that was once of one name is never another's") {
    policy const first = policy_of({{"clerk"}, {"lead"}, {"print"}, {"paid"}});
    policy const second =
        adopt(policy_of({{"boss"}, {"order"}, {"share"}, {"sent"}}), first).value();
    policy const third = adopt(policy_of({{"aide"}, {"bill"}, {"call"}, {"late"}}), second).value();
    for (policy const& later : {second, third}) {
        CHECK(why(later, *first.role("clerk"), view, *first.category("lead")) ==
              reason::unknown_name);
        CHECK(later.name(*first.role("clerk")).empty());
    }
    CHECK(why(third, *second.role("boss"), view, *second.category("order")) ==
          reason::unknown_name);
    CHECK(third.allows(*third.role("aide"), view, *third.category("bill")));
    // And what came later is nothing to those before.
    for (policy const& earlier : {first, second}) {
        CHECK(earlier.name(*third.role("aide")).empty());
        CHECK(why(earlier, *third.role("aide"), view, *third.category("bill")) ==
              reason::unknown_name);
        CHECK_FALSE(earlier.allows(*third.role("aide"), view, *third.category("bill")));
    }
    auto const as = *first.role("clerk");
    auto const on = *first.category("lead");
    CHECK(why(first, as, *third.action("call"), on) == reason::unknown_name);
    CHECK(why(first, as, view, on, {{*third.fact("late"), true}}) == reason::unknown_name);
    CHECK_FALSE(first.allows(as, view, on, {{*third.fact("late"), true}}));
}

TEST_CASE("two policies adopted by the same elder agree on the numbers of their names") {
    policy const elder = policy_of({{"clerk"}, {"lead"}, {}, {}});
    policy const one = adopt(policy_of({{"boss"}, {"order"}, {}, {}}), elder).value();
    policy const other =
        adopt(policy_of({{"aide", "boss"}, {"bill", "order"}, {}, {}}), elder).value();
    CHECK(one.role("boss") == other.role("boss"));
    CHECK(one.category("order") == other.category("order"));
    CHECK(why(one, *other.role("aide"), view, *other.category("bill")) == reason::unknown_name);
}

TEST_CASE("conditions are on the same facts, and about the same actions, as before") {
    policy const elder = policy_of({{"clerk"}, {"lead"}, {"z-one", "z-two"}, {"z-a", "z-b"}});
    policy_builder b;
    b.action("a-one", "First by name");
    b.action("z-one", "Third");
    b.action("m-two", "Second");
    for (auto const* fact : {"a", "m", "z-a"}) b.fact(fact, "Known");
    b.category("lead", "Data").required("a-one", if_fact("z-a"));
    b.category("order", "Data").required("any", if_fact("m"));
    b.role("clerk").may("lead", {"a-one", "m-two"}, if_all({"a", "m"})).may("order", {"z-one"});
    b.never("stop").actions({"m-two"}).when(if_fact("z-a"));
    policy const fresh = b.build().value();
    policy const p = adopt(fresh, elder).value();
    auto const clerk = *p.role("clerk");
    auto const lead = *p.category("lead");
    facts const all{{*p.fact("a"), true}, {*p.fact("m"), true}, {*p.fact("z-a"), true}};
    CHECK(why(p, clerk, *p.action("a-one"), lead, all) == reason::granted);
    CHECK(why(p, clerk, *p.action("a-one"), lead, {{*p.fact("a"), true}, {*p.fact("m"), true}}) ==
          reason::undecided);
    CHECK(why(p, clerk, *p.action("m-two"), lead, all) == reason::forbidden);
    CHECK(why(p, clerk, *p.action("m-two"), lead,
              {{*p.fact("a"), true}, {*p.fact("m"), true}, {*p.fact("z-a"), false}}) ==
          reason::granted);
    CHECK(why(p, clerk, *p.action("z-one"), *p.category("order")) == reason::undecided);
    CHECK(why(p, clerk, *p.action("z-one"), *p.category("order"), {{*p.fact("m"), true}}) ==
          reason::granted);
    CHECK(why(p, clerk, *p.action("z-one"), lead, all) == reason::not_granted);
}

TEST_CASE("without any role, the guardrails of everyone are the same as before") {
    policy const elder = policy_of({{"refunds"}, {"payment"}, {}, {}});
    policy const p = adopt(tests::small_shop(), elder).value();
    session const none = p.activate({}).value();
    CHECK(none.evaluate(delete_, *p.category("account")).reason == reason::forbidden);
    CHECK(none.evaluate(view, *p.category("account")).reason == reason::not_granted);
}

TEST_CASE("people hold, choose and are kept apart from the same roles as before") {
    policy const elder = policy_of({{"refunds", "marketing", "zeal"}, {"payment"}, {}, {}});
    policy const p = adopt(tests::listed_shop(), elder).value();
    auto const day = date::parse("2026-11-01").value();
    auto const names_of = [&](std::vector<role_ref> const& roles) {
        std::vector<std::string> found;
        for (role_ref const role : roles) found.emplace_back(p.name(role));
        return found;
    };
    session const eve = p.activate_user("eve", day).value();
    CHECK(names_of(eve.held_roles()) == std::vector<std::string>{"marketing", "support"});
    CHECK(names_of(eve.active_roles()) == std::vector<std::string>{"marketing", "support"});
    CHECK(names_of(p.activate_user("eve", *date::parse("2026-12-01"))->held_roles()) ==
          std::vector<std::string>{"marketing"});
    CHECK(p.activate_user("eve", *date::parse("2027-01-01")).why() == reason::expired);
    CHECK(p.activate_user("dana", {"employee"}, day));
    CHECK(p.activate_user("dana", {"marketing"}, day).why() == reason::not_assigned);
    CHECK(p.activate_user("nobody", {"support"}, day).why() == reason::unknown_name);
    CHECK(p.activate({"billing", "refunds"}).why() == reason::separation);
    CHECK(p.activate({"billing", "marketing"}));
}

TEST_CASE("adopted, a policy has the text and the digest that it had") {
    policy const elder = tests::small_shop();
    policy const fresh = tests::listed_shop();
    policy const before = adopt(fresh, elder).value();
    CHECK(before.known_digest().empty());
    CHECK(&before.source() == &fresh.source());
    std::string const digest = rolecall::digest(fresh);
    policy const after = adopt(fresh, elder).value();
    CHECK(after.known_digest() == digest);
    CHECK(rolecall::digest(before) == digest);
}

TEST_CASE("adopted before its digest was asked for, a loaded policy still finds it") {
    policy const loaded =
        yaml::load_text(
            "rolecall: 1\ncategories: {lead: Data}\nroles: {clerk: {may: {lead: view}}}\n")
            .value();
    policy const p = adopt(loaded, tests::small_shop()).value();
    CHECK(p.known_digest().empty());
    authorizer const pdp{p, [](audit_event const&) noexcept { return recorded::yes; }};
    CHECK(p.known_digest() == rolecall::digest(loaded));
}

TEST_CASE("however often a policy is adopted, it keeps one other alive") {
    policy const one = tests::small_shop();
    policy const other = tests::small_shop();
    policy const written = tests::listed_shop();
    policy p = written;
    for (int i = 0; i < 100; ++i) p = adopt(*adopt(p, one), other).value();
    auto const& adopted = static_cast<detail::adopted_policy const&>(data(p));
    CHECK(&data(adopted.of) == &data(written));
    CHECK(p.allows("support", "view", "account"));
}

TEST_CASE("a lineage takes as many roles and categories as it has room for, and not one more") {
    policy const first = policy_of({{"clerk"}, {"lead"}, {}, {}});
    std::size_t const room = data(first).rows_of_role.size() - 1;
    std::size_t const wide = data(first).width - 1;
    CHECK(adopt(policy_of({numbered("r", room), {"lead"}, {}, {}}), first));
    CHECK_FALSE(adopt(policy_of({{"r-new"}, {"lead"}, {}, {}}), first));
    CHECK(adopt(policy_of({{"r0"}, numbered("c", wide), {}, {}}), first));
    CHECK_FALSE(adopt(policy_of({{"r0"}, {"c-new"}, {}, {}}), first));
    // What it knows by now, it goes on knowing.
    policy const full =
        adopt(policy_of({numbered("r", room), numbered("c", wide), {}, {}}), first).value();
    CHECK(full.allows("r" + std::to_string(room - 1), "view", "c" + std::to_string(wide - 1)));
    CHECK(full.allows(*full.role("r" + std::to_string(room - 1)), view,
                      *full.category("c" + std::to_string(wide - 1))));
    session const s = first.activate({"clerk"}).value();
    CHECK_FALSE(s.allows(view, *full.category("c" + std::to_string(wide - 1))));
    CHECK_FALSE(first.allows(*full.role("r" + std::to_string(room - 1)), view,
                             *full.category("c" + std::to_string(wide - 1))));
}

TEST_CASE("names that are too many at once leave the lineage as it was") {
    policy const first = policy_of({{"clerk"}, {"lead"}, {}, {}});
    std::size_t const room = data(first).rows_of_role.size() - 1;
    CHECK_FALSE(adopt(policy_of({numbered("r", room + 1), {"lead"}, {}, {}}), first));
    CHECK(adopt(policy_of({numbered("s", room), {"lead"}, {}, {}}), first));
}

TEST_CASE("a lineage has had at most twelve actions of its own, and 64 facts") {
    policy const first = policy_of({{"clerk"}, {"lead"}, numbered("a", 12), numbered("f", 64)});
    CHECK(adopt(policy_of({{"clerk"}, {"lead"}, numbered("a", 12), numbered("f", 64)}), first));
    CHECK_FALSE(adopt(policy_of({{"clerk"}, {"lead"}, {"another"}, {}}), first));
    CHECK_FALSE(adopt(policy_of({{"clerk"}, {"lead"}, {}, {"another"}}), first));

    policy const few = policy_of({{"clerk"}, {"lead"}, {}, {}});
    CHECK(adopt(policy_of({{"clerk"}, {"lead"}, numbered("a", 6), numbered("f", 32)}), few));
    CHECK(adopt(policy_of({{"clerk"}, {"lead"}, numbered("b", 6), numbered("g", 32)}), few));
    CHECK_FALSE(adopt(policy_of({{"clerk"}, {"lead"}, {"another"}, {}}), few));
    CHECK_FALSE(adopt(policy_of({{"clerk"}, {"lead"}, {}, {"another"}}), few));
    policy const again =
        adopt(policy_of({{"clerk"}, {"lead"}, {"b5", "a5"}, {"g31", "f31"}}), few).value();
    CHECK(again.allows(*few.role("clerk"), view, *few.category("lead"),
                       {{*again.fact("g31"), true}, {*again.fact("f31"), true}}));
    CHECK_FALSE(again.allows(*few.role("clerk"), *again.action("b5"), *few.category("lead")));
}

TEST_CASE("what has no name in one lineage takes no number in another") {
    policy const fresh = policy_of({{"boss"}, {"order"}, {"share"}, {"sent"}});
    policy const gaps = adopt(fresh, policy_of({{"clerk"}, {"lead"}, {"print"}, {"paid"}})).value();
    CHECK(detail::access::number(*gaps.role("boss")) == 1);
    CHECK(detail::access::number(*gaps.fact("sent")) == 1);

    policy const few = policy_of({{"aide"}, {"bill"}, {}, {}});
    std::size_t const roles = data(few).rows_of_role.size();
    std::size_t const categories = data(few).width;
    policy const elder = adopt(policy_of({numbered("r", roles - 2), numbered("c", categories - 2),
                                          numbered("a", 11), numbered("f", 63)}),
                               few)
                             .value();
    policy const full = adopt(gaps, elder).value();
    CHECK(full.allows("boss", "view", "order"));
    CHECK(full.allows(*full.role("boss"), view, *full.category("order")));
    CHECK(detail::access::number(*full.role("boss")) == roles - 1);
    CHECK(detail::access::number(*full.category("order")) == categories - 1);
    CHECK(detail::access::number(*full.action("share")) == 15);
    CHECK(detail::access::number(*full.fact("sent")) == 63);
    CHECK_FALSE(adopt(policy_of({{"another"}, {"order"}, {}, {}}), full));
    CHECK_FALSE(adopt(policy_of({{"boss"}, {"another"}, {}, {}}), full));
}

TEST_CASE("the last action and the last fact of a lineage decide like any other") {
    policy const first = policy_of({{"clerk"}, {"lead"}, numbered("a", 11), numbered("f", 63)});
    policy_builder b;
    b.action("zoom", "The sixteenth action");
    b.fact("zeal", "The 64th fact");
    b.fact("f0", "The first");
    b.category("lead", "Data");
    b.role("clerk").may("lead", {"zoom"}, if_all({"zeal", "f0"}));
    policy const p = adopt(b.build().value(), first).value();
    CHECK(detail::access::number(*p.action("zoom")) == 15);
    CHECK(detail::access::number(*p.fact("zeal")) == 63);
    auto const ask = [&](bool zeal, bool f0) {
        return why(p, *p.role("clerk"), *p.action("zoom"), *p.category("lead"),
                   {{*p.fact("zeal"), zeal}, {*p.fact("f0"), f0}});
    };
    CHECK(ask(true, true) == reason::granted);
    CHECK(ask(true, false) == reason::unmet);
    CHECK(ask(false, true) == reason::unmet);
    CHECK(why(p, *p.role("clerk"), *p.action("zoom"), *p.category("lead"),
              {{*first.fact("f1"), true}}) == reason::unknown_name);
}

TEST_CASE("a policy of many rows does not come into a lineage of far more categories") {
    policy_builder wide;
    for (auto const& name : numbered("c", 20'000)) wide.category(name, "Data");
    for (auto const& name : numbered("r", 800)) wide.role(name).may("c0", {"view"});
    policy const first = wide.build().value();

    // Each role has a row of its own.
    auto const with_rows = [](std::size_t rows) {
        policy_builder b;
        for (auto const& name : numbered("c", 12)) b.category(name, "Data");
        for (std::size_t r = 0; r < rows; ++r) {
            auto role = b.role("r" + std::to_string(r));
            for (std::size_t c = 0; c < 12; ++c)
                if (((r + 1) >> c & 1U) != 0) role.may("c" + std::to_string(c), {"view"});
        }
        return b.build().value();
    };
    CHECK(adopt(with_rows(600), first));
    CHECK_FALSE(adopt(with_rows(800), first));
}

TEST_CASE("where the numbers run out a new lineage begins, and older references are denied") {
    recent_records heard{100};
    policy const first = policy_of({{"clerk"}, {"lead"}, {"print"}, {"paid"}});
    authorizer pdp{first, heard};
    auto const clerk = *pdp.role("clerk");
    auto const lead = *pdp.category("lead");
    facts const paid{{*pdp.fact("paid"), true}};
    live_session s = pdp.session_of_roles({"clerk"}).value();
    REQUIRE(pdp.allows(clerk, view, lead, paid));

    policy const many =
        policy_of({numbered("r", data(first).rows_of_role.size()), {"lead"}, {"print"}, {"paid"}});
    replacement const begun = pdp.replace(many);
    CHECK_FALSE(begun.same_lineage);
    CHECK(begun.version == 2);
    CHECK(begun.told == recorded::yes);
    auto const records = heard.records();
    REQUIRE(records.size() == 2);
    CHECK(records[0].kind == audit_kind::policy_activated);
    CHECK(records[1].kind == audit_kind::lineage_begun);
    CHECK(records[1].policy_version == 2);

    CHECK_FALSE(pdp.allows(clerk, view, lead));
    CHECK_FALSE(pdp.allows("r0", "view", "lead", paid));
    CHECK(pdp.allows("r0", "view", "lead"));
    CHECK(why(pdp.current(), *pdp.role("r0"), view, lead) == reason::unknown_name);
    CHECK_FALSE(s.allows(view, lead));
    CHECK(pdp.decide(s, view, lead).reason == reason::unknown_name);
    CHECK(s.refresh() == reason::unknown_name);  // there is no clerk any more

    // The same names in the new lineage: sessions live on by name, references don't.
    names all{numbered("r", data(first).rows_of_role.size()), {"lead"}, {"print"}, {"paid"}};
    all.roles.emplace_back("clerk");
    CHECK(pdp.replace(policy_of(all)).same_lineage);
    CHECK(s.refresh() == reason::granted);
    CHECK(s.allows(view, *pdp.category("lead")));
    CHECK_FALSE(s.allows(view, lead));
    CHECK_FALSE(pdp.allows(clerk, view, lead));
    CHECK(pdp.decide(s, view, lead).reason == reason::unknown_name);
    CHECK(pdp.decide(s, view, *pdp.category("lead")));
}

TEST_CASE("back to a policy of an older lineage, its references mean their names or nothing") {
    policy const first = policy_of({{"clerk"}, {"lead"}, {}, {}});
    authorizer pdp{first, [](audit_event const&) noexcept { return recorded::yes; }};
    auto const clerk = *pdp.role("clerk");
    auto const lead = *pdp.category("lead");
    names all{numbered("r", data(first).rows_of_role.size()), {"lead"}, {}, {}};
    REQUIRE_FALSE(pdp.replace(policy_of(all)).same_lineage);
    auto const r0 = *pdp.role("r0");
    auto const new_lead = *pdp.category("lead");

    // It fits into the newer lineage, and so goes on in that.
    CHECK(pdp.replace(first).same_lineage);
    CHECK_FALSE(pdp.allows(clerk, view, lead));
    CHECK(pdp.allows(*pdp.role("clerk"), view, new_lead));
    CHECK_FALSE(pdp.allows(r0, view, new_lead));

    // Once that is full, too, the older lineage itself comes back, with its references.
    names other{numbered("s", data(policy_of(all)).rows_of_role.size()), {"lead"}, {}, {}};
    REQUIRE_FALSE(pdp.replace(policy_of(other)).same_lineage);
    auto const more = data(pdp.current()).rows_of_role.size() - other.roles.size();
    names rest{numbered("t", more), {"lead"}, {}, {}};
    REQUIRE(pdp.replace(policy_of(rest)).same_lineage);
    CHECK_FALSE(pdp.replace(first).same_lineage);
    CHECK(pdp.allows(clerk, view, lead));
    CHECK_FALSE(pdp.allows(r0, view, new_lead));
    CHECK_FALSE(pdp.allows(r0, view, lead));
}

TEST_CASE("two authorizers that began with the same policy understand each other's references") {
    auto const quiet = [](audit_event const&) noexcept { return recorded::yes; };
    policy const first = policy_of({{"clerk"}, {"lead"}, {}, {}});
    authorizer one{first, quiet};
    authorizer other{first, quiet};
    one.replace(policy_of({{"boss", "clerk"}, {"lead", "order"}, {}, {}}));
    other.replace(policy_of({{"aide", "boss"}, {"bill", "order"}, {}, {}}));
    CHECK(one.role("boss") == other.role("boss"));
    CHECK(one.allows(*other.role("boss"), view, *other.category("order")));
    CHECK_FALSE(one.allows(*other.role("aide"), view, *other.category("bill")));
    CHECK_FALSE(other.allows(*one.role("clerk"), view, *one.category("lead")));
    CHECK_FALSE(other.allows(*first.role("clerk"), view, *first.category("lead")));
    CHECK(one.allows(*first.role("clerk"), view, *first.category("lead")));
    CHECK(one.replace(other.current()).same_lineage);
    CHECK(&data(one.current()) == &data(other.current()));
}
