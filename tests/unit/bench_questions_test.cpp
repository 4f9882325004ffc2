// Questions made at random: they are what they are called.
#include "bench/questions.hpp"
#include "support/small_shop.hpp"
#include <rolecall/policy_builder.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace rolecall;
using namespace rolecall::bench;

namespace {

constexpr question_options few{.count = 200, .seed = 7};

bool allowed_as_role(policy const& p, question const& q, facts const& known = {}) {
    return p.allows(q.role, q.what, q.on, known);
}

// Whatever the facts, from two ends and one between.
bool same_whatever_the_facts(vocabulary const& words, question const& q) {
    bool const unknown = allowed_as_role(words.of(), q);
    return allowed_as_role(words.of(), q, words.every_fact(true)) == unknown &&
           allowed_as_role(words.of(), q, words.every_fact(false)) == unknown;
}

}  // namespace

TEST_CASE("a vocabulary has every declared name, with its reference") {
    policy const shop = tests::small_shop();
    vocabulary const words(shop);
    CHECK(words.roles().size() == 5);
    CHECK(words.categories().size() == 5);
    CHECK(words.facts().size() == 4);
    REQUIRE(words.actions().size() == 5);
    CHECK(words.actions()[3].name == "delete");
    CHECK(words.actions()[4].name == "share");
    for (auto const& role : words.roles()) CHECK(shop.name(role.reference) == role.name);
    for (auto const& on : words.categories()) CHECK(shop.name(on.reference) == on.name);
    for (auto const& what : words.actions()) CHECK(shop.name(what.reference) == what.name);
    for (auto const& fact : words.facts()) CHECK(shop.name(fact.reference) == fact.name);
}

TEST_CASE("half of the questions are denied, and none depends on facts") {
    vocabulary const words(tests::small_shop());
    question_set const asked = make_questions(words, answers::half_denied, few);
    REQUIRE(asked.size() == 200);
    CHECK(asked.allowed == 100);
    CHECK(asked.share_allowed() == 0.5);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        REQUIRE(same_whatever_the_facts(words, asked.by_reference[i]));
        REQUIRE(asked.expected[i] == (allowed_as_role(words.of(), asked.by_reference[i]) ? 1 : 0));
    }
    // They come in random order.
    std::vector<std::uint8_t> const& e = asked.expected;
    CHECK_FALSE(std::is_sorted(e.begin(), e.end()));
    CHECK_FALSE(std::is_sorted(e.rbegin(), e.rend()));
}

TEST_CASE("questions can all be allowed, or all denied") {
    vocabulary const words(tests::small_shop());
    CHECK(make_questions(words, answers::all_allowed, few).allowed == 200);
    question_set const denied = make_questions(words, answers::all_denied, few);
    CHECK(denied.size() == 200);
    CHECK(denied.allowed == 0);
    for (question const& q : denied.by_reference) REQUIRE(same_whatever_the_facts(words, q));
}

TEST_CASE("questions that depend on facts come with facts, and get both answers") {
    vocabulary const words(tests::small_shop());
    question_set const asked = make_questions(words, answers::by_facts, few);
    REQUIRE(asked.size() == 200);
    CHECK(asked.allowed > 50);
    CHECK(asked.allowed < 150);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        question const& q = asked.by_reference[i];
        REQUIRE_FALSE(same_whatever_the_facts(words, q));
        REQUIRE(asked.expected[i] == (allowed_as_role(words.of(), q, asked.known[i]) ? 1 : 0));
    }
}

TEST_CASE("a question is the same in all its shapes") {
    policy const shop = tests::small_shop();
    vocabulary const words(shop);
    question_set const asked = make_questions(words, answers::half_denied, few);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        question const& q = asked.by_reference[i];
        named_question const& named = asked.by_name[i];
        bare_question const& bare = asked.bare[i];
        REQUIRE(shop.name(q.role) == named.role);
        REQUIRE(shop.name(q.what) == named.what);
        REQUIRE(shop.name(q.on) == named.on);
        REQUIRE(words.roles()[bare.role].reference == q.role);
        REQUIRE(words.actions()[bare.what].reference == q.what);
        REQUIRE(words.categories()[bare.on].reference == q.on);
    }
}

TEST_CASE("each named question has bytes of its own, which stay when the set moves") {
    vocabulary const words(tests::small_shop());
    question_set asked = make_questions(words, answers::half_denied, few);
    std::vector<char const*> starts;
    for (named_question const& q : asked.by_name) starts.push_back(q.role.data());
    std::sort(starts.begin(), starts.end());
    CHECK(std::adjacent_find(starts.begin(), starts.end()) == starts.end());
    char const* const first = asked.by_name[0].role.data();
    question_set const moved = std::move(asked);
    CHECK(moved.by_name[0].role.data() == first);
    CHECK(first == moved.texts.data());
}

TEST_CASE("the same seed makes the same questions, and another seed others") {
    vocabulary const words(tests::small_shop());
    auto const made = [&](std::uint64_t seed) {
        return make_questions(words, answers::half_denied, {.count = 200, .seed = seed}).bare;
    };
    CHECK(made(1) == made(1));
    CHECK(made(1) != made(2));
}

TEST_CASE("a session is asked what its roles may") {
    policy const shop = tests::small_shop();
    vocabulary const words(shop);
    session const support = shop.activate({"support"}).value();
    for (answers const wanted : {answers::half_denied, answers::by_facts}) {
        question_set const asked = make_questions(words, support, wanted, few);
        REQUIRE(asked.size() == 200);
        CHECK(asked.allowed > 50);
        CHECK(asked.allowed < 150);
        for (std::size_t i = 0; i < asked.size(); ++i) {
            question const& q = asked.by_reference[i];
            REQUIRE(support.allows(q.what, q.on, asked.known[i]) == (asked.expected[i] != 0));
            REQUIRE(asked.by_name[i].role.empty());
            REQUIRE(asked.bare[i].role == 0);
        }
    }
}

TEST_CASE("what a policy has no question for is an empty set, or a smaller share") {
    policy_builder b;
    b.category("account", "Name and address");
    b.role("owner").may("account", {"all"});
    b.role("nobody");
    policy const all = b.build().value();
    vocabulary const words(all);
    CHECK(make_questions(words, answers::by_facts, few).empty());
    session const owner = all.activate({"owner"}).value();
    CHECK(make_questions(words, owner, answers::all_denied, few).empty());
    question_set const half = make_questions(words, owner, answers::half_denied, few);
    CHECK(half.size() == 200);
    CHECK(half.allowed == 200);
    session const nobody = all.activate({"nobody"}).value();
    question_set const denied = make_questions(words, nobody, answers::half_denied, few);
    CHECK(denied.size() == 200);
    CHECK(denied.allowed == 0);
}

TEST_CASE("a policy without roles or categories has no questions") {
    policy_builder empty;
    policy const nothing = empty.build().value();
    CHECK(make_questions(vocabulary(nothing), answers::half_denied, few).empty());
    empty.role("support");
    policy const no_category = empty.build().value();
    CHECK(make_questions(vocabulary(no_category), answers::all_denied, few).empty());
}

TEST_CASE("one right among many is found") {
    policy_builder b;
    for (int i = 0; i < 60; ++i) b.category("c" + std::to_string(i), "Some data");
    for (int i = 0; i < 60; ++i) b.role("r" + std::to_string(i));
    b.role("owner").may("c30", {"store"});
    policy const p = b.build().value();
    question_set const asked = make_questions(vocabulary(p), answers::half_denied, few);
    CHECK(asked.size() == 200);
    CHECK(asked.allowed == 100);
}
