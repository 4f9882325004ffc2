// Guarantees by hand, a policy for each rule of docs/guarantees.md. Random ones are in tests/model.
#include "document/read_document.hpp"
#include "promise/checker.hpp"
#include <rolecall/detail/compile/compile.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/guarantees.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using namespace rolecall;

namespace {

constexpr std::string_view office = R"(rolecall: 1
facts: {consent: Consent, encrypted: Encrypted, hold: A court asked, ticket: An open ticket}
categories:
  account: {about: Addresses, level: confidential}
  payment: {about: Payments, level: restricted, requires: {store: encrypted}}
  payment.card: {about: Cards, named-only: yes}
  payment.history: {about: What was paid, level: internal}
roles:
  employee: {may: {account: view}}
  support: {inherits: employee, may: {payment: {view: {if: ticket}}, payment.history: view}}
  billing: {inherits: employee, may: {payment: [view, store], payment.card: view}}
  refunds: {may: {payment: delete, account: {delete: always}}}
  marketing: {may: {account: modify}}
  lead: {inherits: marketing}
never:
  marketing-money: {roles: marketing, categories: payment}
  hold: {categories: account, actions: delete, if: hold}
separation:
  take-and-refund: {roles: [billing, refunds], at-most: 1, per: person}
)";

document read_alone(std::string_view lines) {
    std::string text = "rolecall: 1\nguarantees:\n  g: " + std::string(lines) + '\n';
    yaml::document_reading read =
        yaml::read_document({{"g.yaml", "g.yaml", std::move(text), {}}}, false);
    REQUIRE(read.found.empty());
    return std::move(read.document);
}

// What the office answers to a guarantee; loading both together says the same.
guarantee_answer ask(std::string_view lines, std::string_view policy_text = office) {
    policy const of = yaml::load_text(policy_text, "p.yaml").value();
    document const promised = read_alone(lines);
    auto const answers = check_guarantees(of, promised);
    REQUIRE(answers.size() == 1);
    std::string const text =
        std::string(policy_text) + "guarantees:\n  g: " + std::string(lines) + '\n';
    auto const loaded = yaml::load_text(text, "p.yaml");
    for (diagnostic const& d : loaded.findings())
        CHECK_MESSAGE(d.code == diagnostic_code::guarantee_broken, d.text);
    CHECK(bool{answers.front()} == bool{loaded});
    CHECK(answers.front().breaches.size() == loaded.findings().size());
    return answers.front();
}

bool kept(std::string_view lines, std::string_view policy_text = office) {
    return bool{ask(lines, policy_text)};
}

std::string sentence(std::string_view lines, std::string_view policy_text = office) {
    guarantee_answer const answer = ask(lines, policy_text);
    REQUIRE_FALSE(answer.breaches.empty());
    return answer.breaches.front().sentence;
}

}  // namespace

TEST_CASE("a role never has a right, whatever other roles its holder has") {
    CHECK(kept("{roles: marketing, never: any, categories: payment}"));  // a guardrail stops both
    CHECK(kept(
        "{roles: refunds, never: view, categories: payment.card}"));  // separation keeps them apart
    CHECK(sentence("{roles: marketing, never: view, categories: account}") ==
          "who holds `employee` and `marketing` can `view` `account`");
    CHECK(kept("{roles: marketing, alone: yes, never: view, categories: account}"));
    CHECK(sentence("{roles: support, never: delete, categories: payment}") ==
          "who holds `refunds` and `support` can `delete` `payment`");
    CHECK(kept("{roles: support, alone: yes, never: delete}"));
}

TEST_CASE("without roles a guarantee is about everyone") {
    CHECK(kept("{never: modify, categories: payment}"));
    CHECK(sentence("{never: store, categories: payment}") ==
          "who holds `billing` can `store` `payment` when `encrypted` is true");
}

TEST_CASE("a category stands for all that lies below it, named-only or not") {
    CHECK(sentence("{never: view, categories: payment}") ==
          "who holds `billing` can `view` `payment`");
    auto const answer = ask("{never: view, categories: payment}");
    std::vector<std::string> categories;
    for (guarantee_breach const& breach : answer.breaches)
        categories.push_back(breach.acts.front().category);
    CHECK(categories ==
          std::vector<std::string>{"payment", "payment.card", "payment.history", "payment"});
}

TEST_CASE("only some roles have a right, and those that inherit them") {
    CHECK(kept("{only: billing, may: any, categories: payment.card}"));
    CHECK(kept("{only: marketing, may: modify, categories: account}"));  // the lead inherits it
    CHECK(sentence("{only: lead, may: modify, categories: account}") ==
          "who holds `marketing` can `modify` `account`");
    CHECK(sentence("{only: [billing, support], may: any, categories: payment}") ==
          "who holds `refunds` can `delete` `payment`");
}

TEST_CASE("a right always needs a fact") {
    CHECK(kept("{may: store, categories: payment, only-if: encrypted}"));
    CHECK(kept("{may: store, categories: payment, only-if: {if-any: [consent, encrypted]}}"));
    CHECK(sentence("{may: store, categories: payment, only-if: {if-all: [consent, encrypted]}}") ==
          "who holds `billing` can `store` `payment` when `encrypted` is true, where "
          "`consent and encrypted` is not known to hold");
    CHECK(
        kept("{roles: support, alone: yes, may: view, categories: payment.card, only-if: ticket}"));
    CHECK_FALSE(kept("{roles: support, may: view, categories: payment, only-if: ticket}"));
    CHECK(kept("{may: delete, categories: account, unless: hold}"));
    CHECK_FALSE(kept("{may: delete, categories: account, unless: [hold, consent]}"));
}

TEST_CASE("a level is a category's own, or that of the nearest above") {
    CHECK(kept("{may: delete, level: confidential, unless: hold}"));
    CHECK(sentence("{only: [billing, refunds], may: view, level: restricted}") ==
          "who holds `support` can `view` `payment` when `ticket` is true");
    CHECK(sentence("{never: view, categories: payment.card, level: restricted}") ==
          "who holds `billing` can `view` `payment.card`");
    CHECK(kept("{never: view, categories: payment.history, level: restricted}"));
    CHECK(kept("{never: any, level: public}"));
}

TEST_CASE("no one person can do both") {
    CHECK(kept(
        "{never-both: [{may: store, categories: payment}, {may: delete, categories: payment}]}"));
    CHECK(sentence("{never-both: [{may: view, categories: payment.card}, {may: store, categories: "
                   "payment}]}") ==
          "who holds `billing` can `view` `payment.card`, and can `store` `payment` when "
          "`encrypted` is true");
    CHECK(sentence("{never-both: [{may: delete, categories: payment}, {may: view, categories: "
                   "payment.history}]}") ==
          "who holds `refunds` and `support` can `delete` `payment`, and can `view` "
          "`payment.history`");
}

TEST_CASE("where users are listed, and no others, they are the persons") {
    std::string const with_users = std::string(office) + R"(users:
  ann: [refunds, marketing]
  bo: [employee, {roles: support, until: 2020-01-31}]
)";
    constexpr std::string_view apart =
        "{never-both: [{may: delete, categories: account}, {may: view, categories: "
        "payment.history}]}";
    CHECK(kept(apart, with_users));
    CHECK(sentence(apart, with_users + "  cy: [refunds, support]\n") ==
          "`cy` can `delete` `account` when `hold` is false, and can `view` `payment.history`");
    CHECK_FALSE(kept(apart, with_users + "policy: {name: Office, other-users: yes}\n"));
    // An assignment that has passed counts as well.
    CHECK_FALSE(
        kept("{never-both: [{may: view, categories: payment.history}, {may: view, categories: "
             "account}]}",
             with_users));
    // Other guarantees are about roles.
    CHECK_FALSE(kept("{roles: support, never: delete, categories: payment}", with_users));
}

TEST_CASE("a role keeps a right whenever its conditions hold, with whatever other roles") {
    CHECK(kept("{roles: support, keeps: {account: view, payment.history: view}, alone: yes}"));
    CHECK(sentence("{roles: support, keeps: {payment.history: view}}") ==
          "who holds `marketing` and `support` cannot `view` `payment.history`");
    CHECK(kept("{roles: billing, alone: yes, keeps: {payment: {store: {if: encrypted}}}}"));
    CHECK(sentence("{roles: billing, alone: yes, keeps: {payment: store}}") ==
          "who holds `billing` cannot `store` `payment`");
    CHECK(kept("{roles: refunds, keeps: {account: delete}, unless: hold}"));
    CHECK(sentence("{roles: refunds, keeps: {account: delete}}") ==
          "who holds `refunds` cannot `delete` `account`");
    CHECK(sentence("{roles: marketing, keeps: {account: modify, feedback: view}}",
                   std::string(office).replace(office.find("categories:\n"), 12,
                                               "categories:\n  feedback: Reviews\n")) ==
          "who holds `marketing` cannot `view` `feedback`");
}

TEST_CASE("what keeps covers is what a line of may covers") {
    // Not the card, which is named-only.
    CHECK(kept("{roles: support, alone: yes, keeps: {payment.*: view}}"));
    CHECK_FALSE(kept("{roles: support, alone: yes, keeps: {payment: view}}"));
    CHECK_FALSE(kept("{roles: support, alone: yes, keeps: {payment.card: view}}"));
}

TEST_CASE("a condition that contradicts unless is never met, and so kept") {
    CHECK(kept("{roles: support, keeps: {account: {delete: {if: hold}}}, unless: hold}"));
}

TEST_CASE("each breach says which line grants it, or stops it") {
    auto const broken = ask("{never: view, categories: payment}");
    CHECK(broken.breaches.front().acts.front().line_sentence == "billing may view payment");
    auto const stopped = ask("{roles: refunds, keeps: {account: delete}}");
    CHECK(stopped.breaches.front().acts.front().line_sentence ==
          "guardrail hold forbids it, unless hold is known to be false");
    auto const needed = ask("{roles: billing, alone: yes, keeps: {payment: store}}");
    CHECK(needed.breaches.front().acts.front().line_sentence ==
          "payment requires encrypted to store");
    auto const nowhere = ask("{roles: billing, alone: yes, keeps: {account: modify}}");
    CHECK_FALSE(nowhere.breaches.front().acts.front().line.has_value());
}

TEST_CASE("every line that grants what must not be granted is shown, each in a state of its own") {
    constexpr std::string_view twice = R"(rolecall: 1
facts: {x: X, y: Y}
categories: {a: A, a.b: B}
roles:
  r: {may: {a.*: {delete: {if: x}}, a.b: {delete: {if: y}}}}
)";
    auto const answer = ask("{never: delete, categories: a.b}", twice);
    REQUIRE(answer.breaches.size() == 2);
    CHECK(answer.breaches[0].sentence == "who holds `r` can `delete` `a.b` when `x` is true");
    CHECK(answer.breaches[1].sentence == "who holds `r` can `delete` `a.b` when `y` is true");
    CHECK(answer.breaches[0].acts.front().line->line == 5);
    CHECK(answer.breaches[0].acts.front().line != answer.breaches[1].acts.front().line);
}

TEST_CASE("names that the policy does not declare throw") {
    policy const of = yaml::load_text(office, "p.yaml").value();
    CHECK_THROWS_AS(
        static_cast<void>(check_guarantees(of, read_alone("{roles: nobody, never: view}"))),
        std::invalid_argument);
}

TEST_CASE("a condition with too many ways to hold leaves a guarantee undecided, and refuses") {
    std::string text = "rolecall: 1\nfacts:\n";
    std::string requirements;
    for (int i = 0; i < 28; ++i) text += "  f" + std::to_string(i) + ": A fact\n";
    text += "categories:\n  a: {about: All, requires: {any: {if-any: [f0, f1]}}}\n";
    std::string name = "a";
    for (int i = 1; i < 8; ++i) {
        name += ".b";
        text += "  " + name + ": {about: Below, requires: {any: {if-any: [f" +
                std::to_string(4 * i - 2) + ", f" + std::to_string(4 * i - 1) + ", f" +
                std::to_string(4 * i % 28) + ", f" + std::to_string((4 * i + 1) % 28) + "]}}}\n";
    }
    text += "roles:\n  r: {may: {" + name + ": view}}\n";
    text += "guarantees:\n  g: {may: view, categories: a, only-if: f0}\n";
    auto const loaded = yaml::load_text(text, "p.yaml");
    REQUIRE(loaded.findings().size() == 1);
    CHECK(loaded.findings().front().code == diagnostic_code::guarantee_undecided);
}

TEST_CASE("a builder's policy has no guarantees, and one by hand without the library is refused") {
    document doc;
    doc.roles.push_back({{"r", {}}, "", "A role", {}, {}, {}});
    written_guarantee g;
    g.name.text = "g";
    g.roles.push_back({"r", {}});
    doc.guarantees.push_back(g);
    auto const compiled = detail::compile(doc, {}, {});
    REQUIRE_FALSE(compiled);
    CHECK(compiled.findings().front().code == diagnostic_code::guarantee_undecided);
    CHECK(bool{yaml::compile(doc)});
}

TEST_CASE("a change of one cell is asked about alone") {
    // Somebody grants support what the guarantee keeps from it.
    class changed : public promising::rights_source {
    public:
        using rights_source::rights_source;
        std::uint32_t granted(std::uint32_t role, std::uint32_t category) const override {
            std::uint32_t const row = rights_source::granted(role, category);
            bool const here = data().roles.name(role) == "support" &&
                              data().categories.name(category) == "payment.card";
            return here ? row | 1U : row;
        }
        std::optional<review::formula> right(std::uint32_t role,
                                             std::span<std::uint32_t const> rows,
                                             promising::guaranteed_cell on) const override {
            if (data().roles.name(role) == "support" && on.action == 0 &&
                data().categories.name(on.category) == "payment.card")
                return review::formula{};
            return rights_source::right(role, rows, on);
        }
    };
    policy const of = yaml::load_text(office, "p.yaml").value();
    detail::policy_data const& p = detail::data_of(of);
    document const promised = read_alone("{only: billing, may: view, categories: payment.card}");
    promising::guaranteed_cell const card{0, p.categories.find("payment.card")};
    promising::guaranteed_cell const account{0, p.categories.find("account")};
    promising::policy_rights const as_it_is(p);
    CHECK_FALSE(promising::checker(as_it_is, promised).broken_on(card));
    changed const granted(p);
    CHECK(promising::checker(granted, promised).broken_on(card) == "g");
    CHECK_FALSE(promising::checker(granted, promised).broken_on(account));
}
