// What the page on guarantees says, case by case: of the model that all random policies are
// compared with, and of the library.

#include "guarantees.hpp"
#include "library_promises.hpp"
#include "policy_text.hpp"
#include "shop_by_hand.hpp"
#include <rolecall/diagnostic_code.hpp>
#include <rolecall/guarantees.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <utility>

using namespace model;
using namespace model::by_hand;
namespace rc = rolecall;

namespace {

using kind = guarantee::kind;

guarantee never(names roles, scope what) {
    guarantee made;
    made.what = kind::never;
    made.roles = std::move(roles);
    made.first = std::move(what);
    return made;
}

guarantee may(scope what) {
    guarantee made;
    made.what = kind::may;
    made.first = std::move(what);
    return made;
}

guarantee never_both(scope one, scope other) {
    guarantee made;
    made.what = kind::never_both;
    made.first = std::move(one);
    made.second = std::move(other);
    return made;
}

guarantee keeps(names roles, std::vector<grant> lines) {
    guarantee made;
    made.what = kind::keeps;
    made.roles = std::move(roles);
    made.kept = std::move(lines);
    return made;
}

guarantee alone(guarantee made) {
    made.alone = true;
    return made;
}

void require(policy rules, guarantee const& promise, std::optional<breach_size> const& wanted) {
    auto const bare = to_yaml(rules);
    CAPTURE(bare);
    auto const of = rc::yaml::load_text(bare).value();
    CHECK(promise_judge(rules).smallest_breach(promise) == wanted);
    rules.guarantees = {{"promise", promise}};
    auto const answer = rc::check_guarantees(of, as_document(rules)).at(0);
    CHECK(bool{answer} == !wanted);
    CHECK(answer.is != rc::guarantee_answer::verdict::undecided);
    if (wanted && !answer) {
        auto const& first = answer.breaches.front();
        breach_size size{first.held.size(), 0};
        for (auto const& act : first.acts) {
            size.facts += act.is_true.size() + act.is_false.size();
        }
        CHECK(size == *wanted);
    }
    CHECK(bool{rc::yaml::load_text(to_yaml(rules))} == !wanted);
}

void kept(policy const& rules, guarantee const& promise) { require(rules, promise, std::nullopt); }

void broken(policy const& rules, guarantee const& promise, std::size_t roles, std::size_t facts) {
    require(rules, promise, breach_size{roles, facts});
}

}  // namespace

TEST_CASE("never counts what the other roles of a person open, guardrails and separations") {
    auto const promise = never({"marketing"}, {{}, {"payment"}, {}});
    auto rules = shop();
    broken(rules, promise, 2, 0);  // with billing, which needs no ticket
    kept(rules, alone(promise));

    auto guarded = rules;
    guarded.never["no-money"] = {.roles = {"marketing"},
                                 .categories = {"payment"},
                                 .actions = {},
                                 .when = std::nullopt,
                                 .because = ""};
    kept(guarded, promise);

    rules.separations["one"] = apart({"billing", "marketing"});
    broken(rules, promise, 2, 1);  // with support, while a ticket is open
    rules.separations["two"] = apart({"marketing", "support"});
    kept(rules, promise);
    rules.separations["two"].per_person = false;
    broken(rules, promise, 2, 1);  // one after the other
}

TEST_CASE("a separation stops a guarantee's breach through what roles inherit") {
    auto rules = shop();
    rules.roles["boss"] = able({}, {"billing"});
    rules.separations["one"] = apart({"billing", "marketing"});
    rules.separations["two"] = apart({"support", "marketing", "billing"});
    rules.separations["two"].at_most = 2;
    auto const promise = never({"marketing"}, {{"store"}, {"payment"}, {}});
    kept(rules, promise);
    rules.separations["one"].roles = {"marketing", "support"};
    broken(rules, promise, 2, 0);
}

TEST_CASE("to hold a role is to have one that inherits it") {
    auto rules = shop();
    rules.roles["boss"] = able({line("leads", "view")}, {"billing"});
    broken(rules, never({"billing"}, {{"view"}, {"leads"}, {}}), 1, 0);
    kept(rules, alone(never({"billing"}, {{"view"}, {"leads"}, {}})));

    auto only = may({{"view"}, {"payment"}, {}});
    only.only = {"billing", "support"};
    kept(rules, only);
    only.only = {"billing"};
    broken(rules, only, 1, 1);
    only.only = {"boss", "support"};
    broken(rules, only, 1, 0);  // billing alone is not boss
}

TEST_CASE("a guardrail of an inherited role stops whoever has the role above") {
    auto rules = shop();
    rules.roles["boss"] = able({}, {"billing", "marketing"});
    rules.never["no-cards"] = {.roles = {"marketing"},
                               .categories = {"payment.card"},
                               .actions = {},
                               .when = std::nullopt,
                               .because = ""};
    auto const promise = never({"boss"}, {{}, {"payment.card"}, {}});
    kept(rules, promise);
    broken(rules, never({"boss"}, {{}, {"payment"}, {}}), 1, 0);
    broken(rules, keeps({"boss"}, {line("payment.card", "store")}), 1, 0);
    broken(rules, keeps({"billing"}, {line("payment.card", "store")}), 1, 0);  // it is boss
    kept(rules, alone(keeps({"billing"}, {line("payment.card", "store")})));
}

TEST_CASE("unless needs every fact to be known false, and only-if its condition to hold") {
    auto rules = shop();
    auto promise = may({{"delete"}, {"account"}, {}});
    promise.unless = {"hold"};
    broken(rules, promise, 1, 0);  // nothing is known of the hold
    rules.never["on-hold"] = {.roles = {},
                              .categories = {"account"},
                              .actions = {"delete"},
                              .when = term{.how = term::need::any, .facts = {"hold", "consent"}},
                              .because = ""};
    kept(rules, promise);
    promise.only_if = only_when("hold");  // the same fact can't be both
    broken(rules, promise, 1, 2);
    rules.never["on-hold"].when = term{.how = term::need::all, .facts = {"hold", "consent"}};
    promise.only_if = always();
    broken(rules, promise, 1, 1);  // consent is known to be false: the guardrail sleeps
    promise.unless = {"hold", "consent"};
    broken(rules, promise, 1, 1);

    auto open = may({{"view"}, {"payment"}, {}});
    open.only_if = only_when("ticket");
    broken(shop(), open, 1, 0);
    open.roles = {"support"};
    broken(shop(), open, 2, 0);  // billing and support together
    kept(shop(), alone(open));
}

TEST_CASE("the level of a category is its own, or that of the nearest above") {
    auto const restricted = scope{{}, {}, {"restricted"}};
    broken(shop(), never({}, restricted), 1, 0);
    kept(shop(), never({"marketing"}, {{"delete"}, {}, {"restricted"}}));
    broken(shop(), never({}, {{"store"}, {}, {"restricted"}}), 1, 0);  // payment.card has none
    kept(shop(), never({}, {{}, {"payment"}, {"internal"}}));          // of the history
    auto rules = shop();
    rules.categories["payment.card"].level = "internal";
    kept(rules, never({}, {{"store"}, {}, {"restricted"}}));
    broken(rules, never({}, {{"store"}, {}, {"internal"}}), 1, 0);
    kept(rules, never({}, {{}, {"payment.card.front"}, {"restricted", "confidential"}}));
}

TEST_CASE(
    "keeps covers what a line of a role covers, and a guarantee's scope all that lies below") {
    auto rules = shop();
    rules.roles["billing"].may = {below("payment", "view"), line("payment.card", "delete")};
    kept(rules, keeps({"billing"}, {below("payment", "view")}));
    broken(rules, keeps({"billing"}, {line("payment", "view")}), 1, 0);
    broken(rules, keeps({"billing"}, {line("payment.card", "view")}), 1, 0);
    broken(rules, keeps({"billing"}, {below("payment.card", "view")}), 1, 0);
    broken(rules, never({"billing"}, {{"delete"}, {"payment"}, {}}), 1, 0);
    kept(rules, never({"billing"}, {{}, {"payment.card.front"}, {}}));
    broken(rules, keeps({"marketing"}, {line("payment.history", "all")}), 1, 0);
}

TEST_CASE("keeps asks only of states in which it is due, and any role of a person may do") {
    auto rules = shop();
    auto promise = keeps({"support"}, {line("payment", "view", when_any({"hold", "ticket"}))});
    broken(rules, promise, 1, 1);
    promise.unless = {"hold"};
    kept(rules, promise);  // of the two alternatives one contradicts it
    promise.unless = {"ticket"};
    broken(rules, promise, 1, 2);

    rules.never["on-hold"] = {.roles = {"marketing"},
                              .categories = {"payment"},
                              .actions = {},
                              .when = term{.how = term::need::all, .facts = {"hold"}},
                              .because = ""};
    auto const help = keeps({"support"}, {line("payment", "view", only_when("ticket"))});
    broken(rules, help, 2, 1);  // who is in marketing as well
    kept(rules, alone(help));
    auto careful = help;
    careful.unless = {"hold"};
    kept(rules, careful);

    // What support has not, somebody has who is in billing as well: not by support itself.
    broken(rules, keeps({"support"}, {line("payment.card", "store")}), 1, 0);
    rules.roles["support"].inherits = {"billing"};
    rules.never.clear();
    kept(rules, keeps({"support"}, {line("payment.card", "store")}));
}

TEST_CASE("a right that two roles have only together holds where one of them has it") {
    auto rules = shop();
    rules.roles["night"] = able({line("account", "store", only_when("hold"))});
    rules.roles["day"] = able({line("account", "store", only_when("ticket"))}, {"night"});
    auto promise = may({{"store"}, {"account"}, {}});
    promise.only_if = when_any({"hold", "ticket"});
    kept(rules, promise);
    kept(rules, keeps({"day"}, {line("account", "store", when_any({"hold", "ticket"}))}));
    broken(rules, keeps({"night"}, {line("account", "store", when_any({"hold", "ticket"}))}), 1, 1);
}

TEST_CASE("never-both is about persons: those that are listed, and who has one role") {
    auto const promise = never_both({{"store"}, {"payment.card"}, {}}, {{"view"}, {"leads"}, {}});
    auto rules = shop();
    broken(rules, promise, 2, 0);
    rules.users["dana"] = {given({"billing"})};
    rules.users["bo"] = {given({"marketing"})};
    kept(rules, promise);
    rules.users["eve"] = {given({"support", "billing"})};
    kept(rules, promise);
    auto const late = never_both({{"view"}, {"payment"}, {}}, {{"delete"}, {"account"}, {}});
    broken(rules, late, 1, 0);
    // Roles that are assigned for different times count together.
    rules.users["bo"].push_back(given({"billing"}, date{2020, 1, 1}));
    broken(rules, promise, 2, 0);
    rules.users["bo"].pop_back();
    rules.name = "shop";
    rules.other_users = true;
    broken(rules, promise, 2, 0);
    rules.separations["apart"] = apart({"billing", "marketing"});
    kept(rules, promise);
    rules.separations["apart"].per_person = false;
    broken(rules, promise, 2, 0);
    // Each in its own state: one while a ticket is open, the other while it is known not to be.
    rules.roles["billing"].may[1] = line("payment.card", "store", only_when("ticket"));
    broken(rules, promise, 2, 1);
    // A role by itself, which no user has.
    rules.roles["boss"] = able({}, {"marketing", "billing"});
    rules.other_users = false;
    rules.separations.clear();
    broken(rules, promise, 1, 1);
}

TEST_CASE("where nobody may do a thing, it is never done, and not kept either") {
    auto rules = shop();
    rules.roles["guest"] = able({});
    kept(rules, never({}, {{"modify"}, {"payment"}, {}}));
    kept(rules, alone(never({"guest"}, {})));
    broken(rules, never({"guest"}, {}), 2, 0);
    auto nobody = may({{"modify"}, {"payment"}, {}});
    nobody.only = {"guest"};
    kept(rules, nobody);
    kept(rules, never_both({{"modify"}, {"payment"}, {}}, {}));
    broken(rules, keeps({"guest"}, {line("leads", "view", when_any({"hold", "consent"}))}), 1, 1);
}

TEST_CASE("a grant that its own requirement contradicts is no breach") {
    auto rules = shop();
    rules.categories["payment"].required["any"] = only_when("consent");
    auto promise = may({{"view"}, {"payment"}, {}});
    promise.only_if = only_when("consent");
    kept(rules, promise);
    rules.never["consented"] = {.roles = {},
                                .categories = {"payment"},
                                .actions = {},
                                .when = term{.how = term::need::all, .facts = {"consent"}},
                                .because = ""};
    kept(rules, never({}, {{}, {"payment"}, {}}));  // it needs consent, and consent stops it
}

namespace {

// Who may do a thing in more ways than are looked at: of two facts one at each of sixteen
// requirements.
policy with_too_many_ways() {
    policy made;
    std::string path = "data";
    for (int level = 0; level < 8; ++level) {
        auto& here = made.categories[path];
        here.about = "data";
        for (auto const* action : {"any", "view"}) {
            auto const number = std::to_string(level) + action;
            names const two{"one-" + number, "other-" + number};
            for (auto const& fact : two) {
                made.facts[fact] = {.about = "a fact", .title = ""};
            }
            here.required[action] = when_any(two);
        }
        path += level < 7 ? ".data" : "";
    }
    made.roles = {{"clerk", able({line(path, "view")})}, {"guest", able({line("data", "store")})}};
    return made;
}

rc::guarantee_answer::verdict verdict_of(policy rules, guarantee const& promise) {
    auto const of = rc::yaml::load_text(to_yaml(rules)).value();
    rules.guarantees = {{"promise", promise}};
    auto const verdict = rc::check_guarantees(of, as_document(rules)).at(0).is;
    auto const loaded = rc::yaml::load_text(to_yaml(rules));
    CHECK(bool{loaded} == (verdict == rc::guarantee_answer::verdict::kept));
    for (auto const& finding : loaded.findings()) {
        CHECK(finding.code == (verdict == rc::guarantee_answer::verdict::broken
                                   ? rc::diagnostic_code::guarantee_broken
                                   : rc::diagnostic_code::guarantee_undecided));
    }
    return verdict;
}

}  // namespace

TEST_CASE("what depends on more ways than are looked at is not decided, and the policy refused") {
    using verdict = rc::guarantee_answer::verdict;
    auto rules = with_too_many_ways();
    scope const deep{{"view"}, {rules.categories.rbegin()->first}, {}};
    scope const top{{"store"}, {"data"}, {}};
    CHECK(verdict_of(rules, never({"clerk"}, deep)) != verdict::kept);
    auto conditional = may(deep);
    conditional.only_if = when_any({"one-0any", "other-0any"});
    CHECK(verdict_of(rules, conditional) != verdict::broken);
    conditional.only_if = only_when("one-0any");
    CHECK(verdict_of(rules, conditional) != verdict::kept);
    CHECK(verdict_of(rules, never({"clerk"}, deep)) == verdict::undecided);

    // These depend on no state at all.
    CHECK(verdict_of(rules, alone(never({"guest"}, deep))) == verdict::kept);
    auto only = may(deep);
    only.only = {"clerk"};
    CHECK(verdict_of(rules, only) == verdict::kept);
    CHECK(verdict_of(rules, never_both(deep, top)) != verdict::kept);
    rules.separations["apart"] = apart({"clerk", "guest"});
    CHECK(verdict_of(rules, never_both(deep, top)) == verdict::kept);
    CHECK(verdict_of(rules, never({"guest"}, deep)) == verdict::kept);
}
