// Tests of a policy, beside the tests of the application that relies on it. With doctest; any
// test framework will do.
#define DOCTEST_CONFIG_IMPLEMENT
#include <rolecall/format.hpp>
#include <rolecall/rolecall.hpp>

#include <doctest/doctest.h>

#include <string_view>
#include <utility>
#include <vector>

namespace rc = rolecall;

namespace {

// Loaded once. Where there is an error, no test runs, and the message says which.
rc::policy const& shop() {
    static rc::policy const loaded = rc::yaml::load("policies/shop").value();
    return loaded;
}

using known = std::vector<std::pair<std::string_view, rc::fact_value>>;

// By names: a name that the policy no longer declares fails the test as `unknown_name`.
rc::reason answer(std::string_view user, std::string_view action, std::string_view category,
                  known facts = {}) {
    return shop()
        .evaluate({.subject = rc::subject::user(user),
                   .action = action,
                   .category = category,
                   .facts = std::move(facts),
                   .on = rc::date::parse("2027-03-01").value()})
        .reason;
}

}  // namespace

TEST_CASE("support sees a payment only while the customer waits") {
    CHECK(answer("dana", "view", "payment", {{"open-ticket", true}}) == rc::reason::granted);
    CHECK(answer("dana", "view", "payment", {{"open-ticket", false}}) == rc::reason::unmet);
    CHECK(answer("dana", "view", "payment") == rc::reason::undecided);
}

TEST_CASE("marketing sees no money, whatever the facts") {
    for (std::string_view const category : {"payment", "payment.card", "payment.history"})
        for (rc::fact_value const ticket : {rc::fact_value(true), rc::fact_value(false)})
            CHECK(answer("mia", "view", category, {{"open-ticket", ticket}}) ==
                  rc::reason::forbidden);
}

TEST_CASE("only billing stores card numbers, and only encrypted") {
    rc::who_can_result const able = rc::who_can(shop(), "store", "payment.card");
    REQUIRE(able);
    for (rc::holder const& h : able.holders) {
        INFO(h.name);
        for (rc::granting_role const& role : h.through) CHECK(role.role == "billing");
        CHECK(h.condition == "encrypted");
    }
}

int main(int argc, char** argv) {
    doctest::Context tests(argc, argv);
    tests.setOption("no-version", true);
    return tests.run();
}
