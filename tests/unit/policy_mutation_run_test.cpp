// What a run of mutation tells: who notices a change, and counts, lists and listeners.
#include "support/mutated.hpp"
#include <rolecall/detail/adopt.hpp>
#include <rolecall/policy_builder.hpp>
#include <rolecall/policy_mutation.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace rc = rolecall;
using namespace rolecall::tests;

TEST_CASE(
    "a grant that is taken, or given, is noticed by an exercise or a guarantee, or survives") {
    auto const found = changed(desk);
    rc::mutant const& taken = find(found, "desk may not view account");
    CHECK(taken.is == outcome::killed);
    CHECK(taken.by == "at-the-desk");
    CHECK(taken.where.line == 5);
    CHECK(found.all.front().what == kind::cell);

    rc::mutant const& refused = find(found, "desk may view notes");
    CHECK(refused.is == outcome::refused);
    CHECK(refused.by == "leads-only");

    rc::mutant const& survivor = find(found, "lead may delete notes");
    CHECK(survivor.is == outcome::survived);
    CHECK(question(survivor) == "lead: delete notes: not-granted");
    CHECK(survivor.role == "lead");
    CHECK(survivor.action == "delete");
    CHECK(survivor.category == "notes");

    CHECK(became(found, "lead may not view account") == outcome::no_effect);  // it inherits it
}

TEST_CASE("each role, action and category is one change, and counts tell the same as the list") {
    auto const found = changed(desk);
    CHECK(sentences(found, kind::cell).size() == std::size_t{2 * 2 * 4});
    rc::mutation_count total;
    for (rc::mutant const& one : found.all) {
        total.noticed += one.is == outcome::killed || one.is == outcome::refused ? 1U : 0U;
        total.survived += one.is == outcome::survived ? 1U : 0U;
        total.no_effect += one.is == outcome::no_effect ? 1U : 0U;
        CHECK(one.by.empty() == (one.is == outcome::survived || one.is == outcome::no_effect));
        CHECK(one.difference.has_value() == (one.is == outcome::survived));
    }
    CHECK(total.noticed == found.total.noticed);
    CHECK(total.survived == found.total.survived);
    CHECK(total.no_effect == found.total.no_effect);
    CHECK(found.survivors.size() == total.survived);
    CHECK(found.kinds.size() == 8);
}

TEST_CASE("without keep_all the same is counted, and survivors are the same") {
    rc::mutation_options options = keeping_all();
    options.keep_all = false;
    auto const all = changed(desk);
    auto const found = rc::mutate(policy_of(desk), options);
    CHECK(found.all.empty());
    CHECK(found.total.noticed == all.total.noticed);
    REQUIRE(found.survivors.size() == all.survivors.size());
    for (std::size_t i = 0; i < all.survivors.size(); ++i)
        CHECK(found.survivors[i].sentence == all.survivors[i].sentence);
}

TEST_CASE("a guarantee comes before an exercise, and the first by name is told") {
    auto const found = changed(R"(categories: {notes: Notes}
roles: {desk: {may: {notes: view}}}
guarantees:
  b-never: {roles: desk, never: store, categories: notes}
  a-never: {roles: desk, never: [store, delete], categories: notes}
exercises:
  z: {as: desk, cannot: {notes: [store, modify]}}
  y: {as: desk, cannot: {notes: [store, modify]}}
)");
    CHECK(find(found, "desk may store notes").by == "a-never");
    CHECK(find(found, "desk may store notes").is == outcome::refused);
    CHECK(find(found, "desk may modify notes").by == "y");
    CHECK(find(found, "desk may delete notes").is == outcome::refused);
}

TEST_CASE("a condition that says a thing twice makes changes that are told apart") {
    auto const found = changed(R"(facts: {a: A}
categories: {notes: Notes}
roles: {desk: {may: {notes: {view: {any-of: [{if: a}, {if: a}]}}}}}
)");
    auto told = sentences(found, kind::condition);
    CHECK(told.size() == 3);
    CHECK(became(found, told.back()) == outcome::no_effect);
}

TEST_CASE("exercises that fail already are an exception, and a filter leaves others out") {
    std::string const text = R"(categories: {notes: Notes}
roles: {desk: {may: {notes: view}}}
exercises:
  wrong: {as: desk, cannot: {notes: view}}
  right: {as: desk, can: {notes: view}}
)";
    CHECK_THROWS_AS(static_cast<void>(changed(text)), std::invalid_argument);
    rc::mutation_options options = keeping_all();
    options.exercises.only = {"right"};
    auto const found = rc::mutate(policy_of(text), options);
    CHECK(find(found, "desk may not view notes").by == "right");
    CHECK(became(found, "desk may store notes") == outcome::survived);
}

TEST_CASE("a listener hears of every change, and how many survived so far") {
    struct counting final : rc::mutation_listener {
        std::size_t calls = 0, survivors = 0;
        std::vector<std::string> kinds;
        void at(std::size_t done, std::size_t total, std::size_t survived,
                std::string_view what) override {
            ++calls;
            CHECK(done == calls);
            CHECK(total >= done);
            survivors = survived;
            if (kinds.empty() || kinds.back() != what) kinds.emplace_back(what);
        }
    } listener;
    rc::mutation_options options = keeping_all();
    options.listener = &listener;
    auto const found = rc::mutate(policy_of(desk), options);
    CHECK(listener.calls == found.all.size());
    CHECK(listener.survivors == found.survivors.size());
    CHECK(listener.kinds == std::vector<std::string>{"cells", "inheritance", "categories"});
}

TEST_CASE("a policy with the numbers of an elder one is changed as the policy that was loaded") {
    rc::policy const elder = policy_of(R"(facts: {zero: Z, asked: A}
categories: {aaa: Gone, notes: Notes}
roles: {zebra: {may: {aaa: view}}, lead: {may: {notes: view}}}
)");
    rc::policy const fresh = policy_of(desk);
    auto const adopted = rc::detail::adopt(fresh, elder);
    REQUIRE(adopted);
    auto const before = rc::mutate(fresh, keeping_all());
    auto const after = rc::mutate(*adopted, keeping_all());
    REQUIRE(after.all.size() == before.all.size());
    for (std::size_t i = 0; i < before.all.size(); ++i) {
        CHECK(after.all[i].sentence == before.all[i].sentence);
        CHECK(after.all[i].is == before.all[i].is);
    }
}

TEST_CASE("a policy that was made in code has no lines, and is changed all the same") {
    rc::policy_builder builder;
    builder.category("notes", "Notes");
    builder.role("desk").may("notes", {"view"});
    auto const found = rc::mutate(builder.build().value(), keeping_all());
    CHECK(became(found, "desk may not view notes") == outcome::survived);
    CHECK(find(found, "desk may not view notes").where.line == 0);
}
