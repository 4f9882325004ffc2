// Recorded requests, sorted into what floors can answer and what depends on facts.
#include "bench/requests.hpp"
#include "support/small_shop.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace rolecall;
using namespace rolecall::bench;

namespace {

date const day = date::parse("2026-11-22").value();

recorded_request by_role(std::string role, std::string action, std::string category,
                         std::vector<std::pair<std::string, std::optional<bool>>> facts = {}) {
    return {1,
            false,
            std::move(role),
            std::nullopt,
            std::move(action),
            std::move(category),
            std::move(facts)};
}

recorded_request by_user(std::string id, std::optional<std::vector<std::string>> roles,
                         std::string action, std::string category) {
    return {1, true, std::move(id), std::move(roles), std::move(action), std::move(category), {}};
}

struct prepared {
    explicit prepared(std::vector<recorded_request> of, request_limits const& limits = {})
        : recorded(std::move(of)), result(prepare_requests(words, recorded, day, limits)) {}

    policy shop = tests::listed_shop();
    vocabulary words{shop};
    std::vector<recorded_request> recorded;
    prepared_requests result;
};

}  // namespace

TEST_CASE("requests whose answer depends on facts are kept apart") {
    prepared const p({by_role("support", "view", "account"), by_role("support", "view", "payment"),
                      by_role("support", "view", "payment", {{"open-ticket", true}}),
                      by_role("support", "store", "payment")});
    CHECK(p.result.fixed.questions.size() == 2);
    CHECK(p.result.fixed.allowed == 1);
    CHECK(p.result.by_facts.questions.size() == 2);
    CHECK(p.result.by_facts.allowed == 1);
    CHECK(p.result.to_sessions.by_reference.size() == 2);
    CHECK(p.result.to_sessions_by_facts.by_reference.size() == 2);
    CHECK(p.result.as_roles.size() == 2);
    CHECK(p.result.as_roles_by_facts.size() == 2);
    CHECK(p.result.as_roles_by_facts.expected == std::vector<std::uint8_t>{0, 1});
}

TEST_CASE("each asker has one session, which answers as the policy does") {
    prepared const p({by_user("dana", std::nullopt, "view", "account"),
                      by_user("eve", std::nullopt, "view", "account"),
                      by_user("dana", std::nullopt, "delete", "account"),
                      by_user("eve", std::vector<std::string>{"marketing"}, "view", "account"),
                      by_role("support", "view", "account")});
    CHECK(p.result.sessions.size() == 4);
    CHECK(p.result.as_roles.size() == 1);
    session_questions const& asked = p.result.to_sessions;
    REQUIRE(asked.by_reference.size() == 5);
    for (std::size_t i = 0; i < asked.by_reference.size(); ++i) {
        auto const& q = asked.by_reference[i];
        CHECK(q.who == &p.result.sessions[asked.shapes.bare[i].role]);
        CHECK(q.who->allows(q.what, q.on) == (asked.shapes.expected[i] != 0));
        CHECK(asked.shapes.expected[i] == p.result.fixed.expected[i]);
    }
}

TEST_CASE("names that the policy does not declare are denials, counted and told") {
    prepared const p({by_role("support", "view", "account"), by_role("suport", "view", "account"),
                      by_role("support", "fly", "account"), by_role("support", "view", "moon"),
                      by_role("support", "view", "payment", {{"mood", true}}),
                      by_user("zoe", std::nullopt, "view", "account"),
                      by_user("dana", std::vector<std::string>{"boss"}, "view", "account")});
    CHECK(p.result.unknown_names == 6);
    CHECK(p.result.first_unknown_name == "line 1: there is no role `suport`");
    CHECK(p.result.fixed.questions.size() == 7);
    CHECK(p.result.fixed.allowed == 1);
    CHECK(p.result.to_sessions.by_reference.size() == 1);
}

TEST_CASE("an asker who may not be active has no session, and is denied") {
    prepared const p({by_user("dana", std::vector<std::string>{"billing"}, "view", "account")});
    CHECK(p.result.not_active == 1);
    CHECK(p.result.unknown_names == 0);
    CHECK(p.result.fixed.questions.size() == 1);
    CHECK(p.result.fixed.allowed == 0);
    CHECK(p.result.sessions.empty());
}

TEST_CASE("askers beyond the limit are counted, and asked by name alone") {
    prepared const p({by_role("support", "view", "account"), by_role("billing", "view", "account"),
                      by_role("support", "view", "account")},
                     {.most_sessions = 1});
    CHECK(p.result.sessions.size() == 1);
    CHECK(p.result.without_session == 1);
    CHECK(p.result.fixed.questions.size() == 3);
    CHECK(p.result.to_sessions.by_reference.size() == 2);
}

TEST_CASE("askers whose texts look alike are kept apart") {
    using roles = std::vector<std::string>;
    prepared const p({by_user("eve", roles{"support"}, "view", "account"),
                      by_user("eve", roles{"support", "marketing"}, "view", "account"),
                      by_user("eve", roles{}, "view", "account"),
                      by_user("eve", std::nullopt, "view", "account")});
    CHECK(p.result.sessions.size() == 4);
    CHECK(p.result.fixed.allowed == 3);
}

TEST_CASE("no requests make empty sets") {
    prepared const p({});
    CHECK(p.result.fixed.questions.empty());
    CHECK(p.result.to_sessions.shapes.empty());
    CHECK(p.result.as_roles.empty());
}
