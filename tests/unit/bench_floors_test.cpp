// Floors give the answers of the policy that they were filled from.
#include "bench/agreement.hpp"
#include "bench/floors.hpp"
#include "support/small_shop.hpp"
#include <rolecall/policy_builder.hpp>

#include <doctest/doctest.h>

#include <random>
#include <string>

using namespace rolecall;
using namespace rolecall::bench;

namespace {

// Rights at random, some under a condition, some forbidden.
policy random_policy(std::uint32_t seed) {
    std::mt19937 random(seed);
    policy_builder b;
    b.fact("consent", "The customer agreed");
    for (int c = 0; c < 30; ++c) b.category("category-" + std::to_string(c), "Some data");
    for (int r = 0; r < 20; ++r) {
        auto role = b.role("role-" + std::to_string(r));
        for (int c = 0; c < 30; ++c)
            for (char const* const action : {"view", "modify", "store", "delete"}) {
                std::uint32_t const kind = random() % 4;
                if (kind < 2) role.may("category-" + std::to_string(c), {action});
                if (kind == 2)
                    role.may("category-" + std::to_string(c), {action}, if_fact("consent"));
            }
    }
    b.never("closed").roles({"role-3"}).categories({"category-4"});
    b.never("held").categories({"category-5"}).when(if_fact("consent"));
    return b.build().value();
}

}  // namespace

TEST_CASE("floors agree with the policy on every unconditional question") {
    for (std::uint32_t const seed : {1U, 2U, 3U}) {
        policy const p = random_policy(seed);
        vocabulary const words(p);
        for (answers const wanted :
             {answers::half_denied, answers::all_allowed, answers::all_denied}) {
            question_set const asked = make_questions(words, wanted, {.count = 3000, .seed = seed});
            REQUIRE(asked.size() == 3000);
            auto const agrees = [&](auto const& questions, auto const& ask) {
                return first_disagreement(questions, asked.expected, ask) == asked.size();
            };
            auto const table = bit_table::make(words, asked);
            REQUIRE(table.has_value());
            number_set const numbers(words, asked);
            text_set const texts(words, asked);
            name_maps const maps(words, *table);
            basic_name_maps<standard_hash> const standard_maps(words, *table);
            CHECK(agrees(asked.bare, [&](auto const& q) { return table->allows(q); }));
            CHECK(agrees(asked.bare,
                         [&](auto const& q) { return numbers.allows(q.role, q.what, q.on); }));
            CHECK(agrees(asked.by_name,
                         [&](auto const& q) { return texts.allows(q.role, q.what, q.on); }));
            CHECK(agrees(asked.by_name, [&](auto const& q) { return maps.allows(q); }));
            CHECK(agrees(asked.by_name, [&](auto const& q) { return standard_maps.allows(q); }));
            CHECK(agrees(asked.by_reference,
                         [&](auto const& q) { return p.allows(q.role, q.what, q.on); }));
        }
    }
}

TEST_CASE("a row agrees with its session on every right") {
    policy const shop = tests::small_shop();
    vocabulary const words(shop);
    for (auto const& role : words.roles()) {
        session const who = shop.activate({role.reference}).value();
        bit_row const row(words, who);
        for (std::uint32_t what = 0; what < words.actions().size(); ++what)
            for (std::uint32_t on = 0; on < words.categories().size(); ++on)
                REQUIRE(row.allows({0, what, on}) == who.allows(words.actions()[what].reference,
                                                                words.categories()[on].reference));
    }
}

TEST_CASE("a set holds every permission, unless there are too many") {
    policy const p = random_policy(1);
    vocabulary const words(p);
    question_set const asked = make_questions(words, answers::half_denied, {.count = 100});
    number_set const all(words, asked);
    CHECK(all.complete());
    std::size_t allowed = 0;
    for (auto const& role : words.roles())
        for (auto const& what : words.actions())
            for (auto const& on : words.categories())
                allowed += p.allows(role.reference, what.reference, on.reference) ? 1U : 0U;
    CHECK(all.size() == allowed);

    number_set const some(words, asked, 60);
    CHECK_FALSE(some.complete());
    CHECK(first_disagreement(asked.bare, asked.expected, [&](auto const& q) {
              return some.allows(q.role, q.what, q.on);
          }) == asked.size());
}

TEST_CASE("maps deny names that they do not know") {
    policy const p = random_policy(1);
    vocabulary const words(p);
    question_set const asked = make_questions(words, answers::all_allowed, {.count = 10});
    auto const table = bit_table::make(words, asked);
    name_maps const maps(words, *table);
    named_question const known = asked.by_name[0];
    CHECK(maps.allows(known));
    CHECK_FALSE(maps.allows({"nobody", known.what, known.on}));
    CHECK_FALSE(maps.allows({known.role, "fly", known.on}));
    CHECK_FALSE(maps.allows({known.role, known.what, ""}));
}

TEST_CASE("a table that would take too much is not made") {
    vocabulary const words(tests::small_shop());
    question_set const asked = make_questions(words, answers::half_denied, {.count = 10});
    CHECK(bit_table::bytes_for(words) == 100);
    CHECK(bit_table::make(words, asked, 100).has_value());
    CHECK_FALSE(bit_table::make(words, asked, 99).has_value());
}

TEST_CASE("what answers differently is refused, with what it was asked") {
    vocabulary const words(tests::small_shop());
    question_set const asked = make_questions(words, answers::all_allowed, {.count = 10});
    demand_agreement("a floor", asked.bare, asked.expected, [](auto const&) { return true; });
    CHECK_THROWS_WITH_AS(
        demand_agreement("a floor", asked.bare, asked.expected, [](auto const&) { return false; }),
        doctest::Contains("a floor and the policy answer differently to question 1"), disagreement);
}

TEST_CASE("random reads stay within their memory") {
    random_reads const memory(1000, 500, 1);
    CHECK(memory.bytes() == 1000);
    CHECK(memory.places().size() == 500);
    std::size_t set = 0;
    for (std::uint32_t const place : memory.places()) {
        REQUIRE(place < 125);
        set += memory.read(place) ? 1U : 0U;
    }
    CHECK(set > 100);
    CHECK(set < 400);
    CHECK(random_reads(0, 3, 1).places() == std::vector<std::uint32_t>{0, 0, 0});
}
