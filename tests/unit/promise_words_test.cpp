// What guarantees and exercises say in a sentence, and that diff takes two for the same only if
// they mean the same.
#include "document/read_document.hpp"
#include "promise/words.hpp"
#include <rolecall/document.hpp>
#include <rolecall/policy_diff.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace rolecall;

std::string const names = R"(rolecall: 1
actions: {share: Pass it on}
categories:
  account: {about: Addresses, level: internal}
  payment: {about: Bank details, level: restricted}
  payment.card: Card numbers
facts: {consent: They agreed, encrypted: Unreadable, legal-hold: A court asked}
roles:
  support: {may: {account: [view, modify]}}
  billing: {may: {payment.card: {store: {if: encrypted}}}}
  refunds: Gives money back
users: {dana: [support, billing], eve: refunds}
)";

policy loaded(std::string const& promises) { return yaml::load_text(names + promises).value(); }

// As written: only the words count here, and not whether the policy keeps them.
document written(std::string const& promises) {
    yaml::document_reading read = yaml::read_document(
        {{"policy.yaml", "policy.yaml", names + promises, std::nullopt}}, false);
    REQUIRE(read.found.empty());
    return std::move(read.document);
}

std::string guarantee(std::string const& text) {
    return promising::sentence_of(written("guarantees: {g: {" + text + "}}\n").guarantees.front());
}

std::string exercise(std::string const& text) {
    return promising::sentence_of(written("exercises: {e: {" + text + "}}\n").exercises.front());
}

TEST_CASE("a guarantee that somebody never can reads as a sentence") {
    CHECK(guarantee("roles: refunds, never: any, categories: payment") ==
          "who holds refunds can never do anything with payment");
    CHECK(
        guarantee("roles: [support, refunds], alone: yes, never: [store, share, view], categories: "
                  "[payment.card, payment], level: restricted") ==
        "who holds refunds or support alone can never view, store or share payment or "
        "payment.card of level restricted");
    CHECK(guarantee("never: delete, level: [restricted, internal]") ==
          "nobody can ever delete any category of level internal or restricted");
}

TEST_CASE("a guarantee about when somebody can reads as a sentence") {
    CHECK(guarantee("only: [refunds, billing], may: any, categories: payment.card") ==
          "only who holds billing or refunds can do anything with payment.card");
    CHECK(guarantee("may: store, categories: payment, only-if: encrypted") ==
          "anyone can store payment only if encrypted");
    CHECK(guarantee("only: billing, may: store, categories: payment, only-if: {any-of: [{if-all: "
                    "[encrypted, consent]}, {if: encrypted}]}") ==
          "only who holds billing can store payment, and only if encrypted");
    CHECK(guarantee("roles: refunds, may: store, categories: payment, only-if: {any-of: [{if-all: "
                    "[encrypted, consent]}, {if: legal-hold}]}, unless: consent") ==
          "who holds refunds can store payment only if legal-hold or (consent and encrypted), and "
          "only while consent is known to be false");
    CHECK(guarantee("only: [billing, support], may: [delete], unless: [legal-hold, consent]") ==
          "only who holds billing or support can delete any category, and only while consent and "
          "legal-hold are known to be false");
}

TEST_CASE("a guarantee that keeps two things apart reads the same whichever stands first") {
    std::string const sentence =
        "no one person can both delete payment, and view account of level internal";
    CHECK(guarantee("never-both: [{may: delete, categories: payment}, {may: view, categories: "
                    "account, level: "
                    "internal}]") == sentence);
    CHECK(guarantee("never-both: [{may: view, categories: account, level: internal}, {may: delete, "
                    "categories: "
                    "payment}]") == sentence);
}

TEST_CASE("a guarantee that somebody keeps a right reads as a sentence") {
    CHECK(guarantee("roles: support, keeps: {account: {modify: always, view: always}}") ==
          "who holds support can at least view and modify account");
    CHECK(guarantee("roles: billing, alone: yes, unless: legal-hold, keeps: {payment.*: {store: "
                    "{if-all: [encrypted, consent]}}}") ==
          "who holds billing alone can at least store payment.* if consent and encrypted, while "
          "legal-hold is known to be false");
}

TEST_CASE("an exercise reads as a sentence") {
    CHECK(exercise("as: support, can: {account: [modify, view]}, cannot: {payment.*: any}") ==
          "support: can view and modify account; cannot do anything with payment.*");
    CHECK(exercise("as: [refunds, billing], given: {facts: {legal-hold: unknown, encrypted: yes, "
                   "consent: no}, date: 2027-03-31, lost: refunds}, exactly: nothing") ==
          "billing and refunds, on 2027-03-31, consent is false, encrypted is true, legal-hold is "
          "unknown, without refunds: can do nothing");
    CHECK(exercise("as: {user: dana, roles: support}, exactly: {account: [view, modify]}, cannot: "
                   "{payment: {view: not-granted, delete: not-granted, store: undecided}}") ==
          "dana as support: can view and modify account, and nothing else; cannot view or delete "
          "payment (not-granted) or store payment (undecided)");
    CHECK(exercise("as: {user: dana}, given: {compromised: yes}, can: {account: any}") ==
          "dana, compromised: can do everything with account");
    CHECK(exercise("as: support, cannot: {account: [all, share]}") ==
          "support: cannot view, modify, store, delete or share account");
}

// The first block of a page that is a part of a policy.
std::string part_of(std::string const& page) {
    std::ifstream in(std::string(ROLECALL_SOURCE_DIR) + "/docs/" + page);
    std::string text;
    bool inside = false;
    for (std::string line; std::getline(in, line);) {
        if (inside && line == "```") return text;
        if (inside) text += line + '\n';
        if (line == "```yaml part") inside = true;
    }
    return {};
}

TEST_CASE("what the pages show of guarantees and exercises can be written so") {
    auto const read = [](std::string const& page) {
        yaml::document_reading result = yaml::read_document(
            {{page, page, "rolecall: 1\n" + part_of(page), std::nullopt}}, false);
        CHECK(result.found.empty());
        return std::move(result.document);
    };
    document const promised = read("guarantees.md");
    REQUIRE(promised.guarantees.size() == 7);
    CHECK(promising::sentence_of(promised.guarantees[1]) ==
          "only who holds billing can do anything with payment.card");
    document const tested = read("exercises.md");
    REQUIRE(tested.exercises.size() == 3);
    CHECK(promising::sentence_of(tested.exercises[2]) ==
          "eve, without refunds: cannot delete payment");
}

// ---- The same, or not ------------------------------------------------------------------------

std::vector<statement_change> changes(std::string const& before, std::string const& after) {
    return compare(loaded(before), loaded(after)).statements;
}

TEST_CASE("guarantees that mean the same are no difference, however they are written") {
    auto const same = [](std::string const& before, std::string const& after) {
        return changes("guarantees: {g: {" + before + "}}\n", "guarantees: {g: {" + after + "}}\n")
            .empty();
    };
    CHECK(same("roles: [support, refunds], never: [delete, share], categories: payment",
               "categories: [payment], never: [share, delete], roles: [refunds, support]"));
    CHECK(same("roles: support, keeps: {account: [view, modify]}",
               "keeps: {account: {view: always, modify: always}}, roles: [support]"));
    CHECK(same(
        "may: store, categories: payment, only-if: encrypted",
        "may: store, categories: payment, only-if: {any-of: [{if: encrypted}, {if-all: [encrypted, "
        "consent]}]}"));
    CHECK(same("never-both: [{may: delete, categories: payment}, {may: share}]",
               "never-both: [{may: [share]}, {may: delete, categories: payment}]"));
}

TEST_CASE("each key of a guarantee makes a difference") {
    // Nobody may delete or share, so that the policy keeps all of them.
    std::vector<std::pair<std::string, std::string>> const pairs{
        {"roles: refunds, never: share", "roles: [refunds, billing], never: share"},
        {"roles: refunds, never: share", "roles: refunds, alone: yes, never: share"},
        {"roles: refunds, never: share", "never: share"},
        {"never: share", "never: delete"},
        {"never: share", "never: [share, delete]"},
        {"roles: refunds, alone: yes, never: any", "roles: refunds, alone: yes, never: view"},
        {"never: share, categories: payment", "never: share"},
        {"never: share, categories: payment", "never: share, categories: [payment, account]"},
        {"never: share, level: internal", "never: share"},
        {"may: store, only: billing", "may: store, only: [billing, refunds]"},
        {"may: store, only: billing", "may: store, only: billing, only-if: encrypted"},
        {"may: store, only: billing", "may: store, only-if: encrypted"},
        {"may: share, only-if: consent", "roles: support, may: share, only-if: consent"},
        {"may: share, only: billing", "may: share, only: billing, unless: consent"},
        {"may: share, unless: encrypted", "may: share, unless: [consent, encrypted]"},
        {"may: share, unless: consent", "may: share, only-if: consent"},
        {"never: share", "may: share, unless: consent"},
        {"never-both: [{may: share}, {may: delete}]",
         "never-both: [{may: share}, {may: view, categories: payment}]"},
        {"never-both: [{may: share}, {may: delete}]",
         "never-both: [{may: share}, {may: delete, level: internal}]"},
        {"never-both: [{may: share}, {may: delete}]", "never: [share, delete]"},
        {"roles: support, keeps: {account: view}", "roles: support, keeps: {account: modify}"},
        {"roles: support, keeps: {account: view}",
         "roles: support, alone: yes, keeps: {account: view}"},
        {"roles: support, keeps: {account: view}",
         "roles: support, keeps: {account: {view: {if: consent}}}"},
        {"roles: support, keeps: {account: view}",
         "roles: support, unless: consent, keeps: {account: view}"},
        {"roles: billing, keeps: {payment.*: {store: {if: encrypted}}}",
         "roles: billing, keeps: {payment.card: {store: {if: encrypted}}}"},
    };
    for (auto const& pair : pairs) {
        std::string const before = pair.first;
        std::string const after = pair.second;
        CAPTURE(before);
        CAPTURE(after);
        auto const found =
            changes("guarantees: {g: {" + before + "}}\n", "guarantees: {g: {" + after + "}}\n");
        REQUIRE(found.size() == 1);
        CHECK(found.front().of == statement_change::section::guarantee);
        CHECK(found.front().what == statement_change::kind::changed);
        CHECK(found.front().before != found.front().after);
    }
}

TEST_CASE("each key of an exercise makes a difference") {
    std::string const one = "as: {user: dana}, can: {account: view}";
    for (std::string const other :
         {"as: {user: eve}, can: {account: view}",
          "as: {user: dana, roles: support}, can: {account: view}",
          "as: support, can: {account: view}", "as: {user: dana}, exactly: {account: view}",
          "as: {user: dana}, cannot: {account: view}", "as: {user: dana}, can: {account: modify}",
          "as: {user: dana}, can: {payment.card: view}", "as: {user: dana}, can: {payment.*: view}",
          "as: {user: dana}, can: {account: any}", "as: {user: dana}, exactly: nothing",
          "as: {user: dana}, can: {account: view}, cannot: {payment: view}",
          "as: {user: dana}, given: {compromised: yes}, can: {account: view}",
          "as: {user: dana}, given: {date: 2027-01-01}, can: {account: view}",
          "as: {user: dana}, given: {lost: billing}, can: {account: view}",
          "as: {user: dana}, given: {facts: {consent: yes}}, can: {account: view}",
          "as: {user: dana}, given: {facts: {consent: no}}, can: {account: view}",
          "as: {user: dana}, given: {facts: {consent: unknown}}, can: {account: view}"}) {
        CAPTURE(other);
        auto const found =
            changes("exercises: {e: {" + one + "}}\n", "exercises: {e: {" + other + "}}\n");
        REQUIRE(found.size() == 1);
        CHECK(found.front().of == statement_change::section::exercise);
        CHECK(found.front().before != found.front().after);
    }
    CHECK(changes("exercises: {e: {as: support, cannot: {account: {delete: not-granted}}}}\n",
                  "exercises: {e: {as: support, cannot: {account: {delete: undecided}}}}\n")
              .size() == 1);
    CHECK(changes("exercises: {e: {as: support, cannot: {account: all}}}\n",
                  "exercises: {e: {as: [support], cannot: {account: [delete, view, store, "
                  "modify]}}}\n")
              .empty());
}

TEST_CASE("a guarantee and an exercise follow what got another name") {
    std::string const before = R"(rolecall: 1
categories: {account: Addresses}
facts: {ticket: A ticket is open}
actions: {share: Pass it on}
roles: {support: {may: {account: {view: {if: ticket}}}}}
guarantees:
  g: {roles: support, keeps: {account: {view: {if: ticket}}}}
  h: {only: support, may: share, categories: account, unless: ticket}
exercises:
  e: {as: support, given: {facts: {ticket: yes}}, can: {account: view}, cannot: {account: share}}
)";
    std::string const after = R"(rolecall: 1
categories: {customers: {about: Addresses, was: account}}
facts: {open-ticket: {about: A ticket is open, was: ticket}}
actions: {pass-on: {about: Pass it on, was: share}}
roles: {helpdesk: {was: support, may: {customers: {view: {if: open-ticket}}}}}
guarantees:
  g: {roles: helpdesk, keeps: {customers: {view: {if: open-ticket}}}}
  h: {only: helpdesk, may: pass-on, categories: customers, unless: open-ticket}
exercises:
  e: {as: helpdesk, given: {facts: {open-ticket: yes}}, can: {customers: view}, cannot: {customers: pass-on}}
)";
    policy_diff const found =
        compare(yaml::load_text(before).value(), yaml::load_text(after).value());
    CHECK(std::all_of(found.statements.begin(), found.statements.end(),
                      [](auto const& c) { return c.what == statement_change::kind::renamed; }));
    CHECK(found.statements.size() == 4);
}

}  // namespace
