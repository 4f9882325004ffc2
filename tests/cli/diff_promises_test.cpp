// `rolecall diff` of guarantees and exercises: what changed, in words, and what fails a pipeline.
#include "support/program.hpp"
#include "support/temporary_directory.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using namespace rolecall::testing;

std::string const base = R"(rolecall: 1
policy: {name: Shop}
categories: {account: Addresses, payment: Bank details, payment.card: Card numbers}
facts: {encrypted: The value is encrypted, open-ticket: A ticket is open}
roles:
  support: {may: {account: [view, modify], payment: {view: {if: open-ticket}}}}
  billing: {may: {payment.card: {view: always, store: {if: encrypted}}}}
)";

std::string const guarantees = R"(guarantees:
  cards-are-for-billing: {only: billing, may: any, categories: payment.card, because: Nobody else needs them}
  cards-are-encrypted: {may: store, categories: payment, only-if: encrypted}
)";

std::string const exercises = R"(exercises:
  on-the-phone:
    as: support
    given: {facts: {open-ticket: yes}}
    can: {payment: view}
    cannot: {payment.card: any}
)";

outcome diff(std::string const& before, std::string const& after,
             std::vector<std::string> const& options = {}) {
    temporary_directory const folder;
    std::vector<std::string> words{"diff", folder.write("old.yaml", base + before),
                                   folder.write("new.yaml", base + after), "--at", "2026-11-22"};
    words.insert(words.end(), options.begin(), options.end());
    return run(words);
}

TEST_CASE("diff tells in words which guarantees and exercises are new, gone or others") {
    auto const added = diff("", guarantees + exercises);
    CHECK(added.code == 0);
    CHECK(has(added.out,
              "+ guarantee cards-are-for-billing: only who holds billing can do anything with "
              "payment.card"));
    CHECK(has(added.out,
              "+ exercise on-the-phone: support, open-ticket is true: can view payment; cannot do "
              "anything with payment.card"));
    CHECK(has(added.out, "changed besides: guarantee (2), exercise"));

    auto const gone = diff(guarantees, exercises);
    CHECK(has(gone.out,
              "- guarantee cards-are-encrypted: anyone can store payment only if encrypted"));

    auto const changed = diff(guarantees, R"(guarantees:
  cards-are-for-billing: {only: [billing, support], may: any, categories: payment.card}
  cards-are-encrypted: {may: store, categories: payment, only-if: {if: encrypted}}
)");
    CHECK(
        has(changed.out,
            "~ guarantee cards-are-for-billing: only who holds billing or support can do anything "
            "with payment.card; before: only who holds billing can do anything with "
            "payment.card"));
    CHECK_FALSE(has(changed.out, "cards-are-encrypted"));
    CHECK(has(changed.out,
              "1 text changed, which decides nothing: guarantee "
              "cards-are-for-billing, because"));
}

TEST_CASE("a guarantee that goes, or is another one, fails gains; a new one does not") {
    std::string const other = R"(guarantees:
  cards-are-for-billing: {only: billing, may: view, categories: payment.card, because: Nobody else needs them}
  cards-are-encrypted: {may: store, categories: payment, only-if: encrypted}
)";
    for (std::vector<std::string> const& fail_on :
         {std::vector<std::string>{"--fail-on", "gains"},
          std::vector<std::string>{"--fail-on", "gains-at", "restricted"}}) {
        auto const gone = diff(guarantees, "", fail_on);
        CHECK(gone.code == 1);
        CHECK(has(gone.err, "a guarantee"));
        CHECK(diff(guarantees, other, fail_on).code == 1);
        CHECK(diff("", guarantees, fail_on).code == 0);
        CHECK(diff(guarantees, guarantees, fail_on).code == 0);
    }
}

TEST_CASE("exercises fail nothing but `any`, and words fail nothing") {
    CHECK(diff(exercises, "", {"--fail-on", "gains"}).code == 0);
    CHECK(diff(exercises, "", {"--fail-on", "any"}).code == 1);
    CHECK(diff("", exercises, {"--fail-on", "any"}).code == 1);
    std::string const noted = R"(exercises:
  on-the-phone:
    title: On the phone
    about: A customer calls
    note: Who answers?
    as: support
    given: {facts: {open-ticket: yes}}
    can: {payment: view}
    cannot: {payment.card: any}
)";
    auto const words = diff(exercises, noted, {"--fail-on", "any"});
    CHECK(words.code == 0);
    CHECK(has(words.out, "no difference"));
    CHECK(has(words.out,
              "3 texts changed, which decide nothing: exercise on-the-phone, about, exercise "
              "on-the-phone, note and exercise on-the-phone, title"));
}

TEST_CASE("diff tells how often exercises are to be held") {
    temporary_directory const folder;
    auto const file = [&](char const* name, std::string const& every) {
        return folder.write(name, "rolecall: 1\npolicy: {name: Shop" + every + "}\n");
    };
    std::string const never = file("never.yaml", "");
    std::string const yearly = file("yearly.yaml", ", exercise-every: 12 months");
    auto const changed = run({"diff", never, yearly});
    CHECK(has(changed.out, "~ policy exercise-every 12 months; before: nothing"));
    CHECK(run({"diff", yearly, never, "--fail-on", "gains"}).code == 0);
}

TEST_CASE("the other formats of diff have guarantees and exercises as well") {
    auto const json = diff(guarantees, exercises, {"--format", "json"});
    CHECK(has(json.out, R"("section":"guarantee")"));
    CHECK(has(json.out, R"("section":"exercise")"));
    auto const markdown = diff(guarantees, exercises, {"--format", "markdown"});
    CHECK(has(markdown.out, "**gone** guarantee"));
    CHECK(has(markdown.out, "**new** exercise"));
    auto const html = diff(guarantees, exercises, {"--format", "html"});
    CHECK(has(html.out, "<b>gone</b> guarantee"));
}

}  // namespace
