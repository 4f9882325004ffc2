// What an authorizer does where the sink says no, by what the policy demands.
#include "support/recording_sink.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/json_lines.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

using namespace rolecall;
using rolecall::testing::recording_sink;

namespace {

using enum audit_demand;

policy shop() {
    return yaml::load_text(R"(rolecall: 1
categories:
  reviews: {about: What everyone reads, level: public}
  account: {about: Name and address, level: confidential}
  payment: {about: Cards, level: restricted}
roles:
  support: {may: {reviews: [view, modify], account: [view, delete], payment: view}}
audit:
  denials: {block: 3 ms}
  levels: {public: best-effort, confidential: {durable: 1 s}}
  categories: {reviews: {modify: {block: 20 ms}}}
)")
        .value();
}

// Records nothing, and keeps how each event should have been recorded.
struct full_disk {
    std::vector<audit_mode> modes{};
    recorded operator()(audit_event const& event) {
        modes.push_back(event.mode());
        return recorded::no;
    }
};

live_session support(authorizer const& pdp) { return pdp.session_of_roles({"support"}).value(); }

}  // namespace

TEST_CASE("an allow that is best-effort stays where the sink says no") {
    full_disk sink;
    authorizer const pdp{shop(), sink};
    live_session const who = support(pdp);
    response const seen = pdp.decide(who, view, *pdp.category("reviews"));
    CHECK(seen);
    CHECK(seen.reason == reason::granted);
    policy const now = pdp.current();
    CHECK(now.name(seen.granting_role) == "support");
    CHECK(sink.modes == std::vector<audit_mode>{{best_effort, 0}});  // told once

    request const by_name{
        .subject = subject::role("support"), .action = "view", .category = "reviews"};
    CHECK(pdp.decide(by_name));
}

TEST_CASE("any other allow becomes a denial where the sink says no") {
    full_disk sink;
    authorizer const pdp{shop(), sink};
    live_session const who = support(pdp);
    auto const refused = [&](action what, std::string_view on, audit_mode mode) {
        sink.modes.clear();
        response const answer = pdp.decide(who, what, *pdp.category(on));
        CHECK_FALSE(answer);
        CHECK(answer.reason == reason::unavailable);
        CHECK(sink.modes == std::vector<audit_mode>{mode, {block, 3}});
    };
    refused(modify, "reviews", {block, 20});
    refused(view, "account", {durable, 1000});
    refused(delete_, "account", {durable, 1000});
    refused(view, "payment", {required, 0});
}

TEST_CASE("best-effort makes no allow of a denial") {
    full_disk sink;
    authorizer const pdp{shop(), sink};
    response const answer = pdp.decide(support(pdp), store, *pdp.category("reviews"));
    CHECK_FALSE(answer);
    CHECK(answer.reason == reason::not_granted);
    CHECK(sink.modes == std::vector<audit_mode>{{block, 3}});
}

TEST_CASE("a sink that throws was told") {
    auto const throws = [](audit_event const&) -> recorded { throw std::runtime_error("full"); };
    authorizer const pdp{shop(), throws};
    CHECK(pdp.decide(support(pdp), view, *pdp.category("reviews")));
    CHECK_FALSE(pdp.decide(support(pdp), view, *pdp.category("account")));
}

// It could not count what nobody told it.
TEST_CASE("a question from within the sink is denied, best-effort or not") {
    struct curious {
        authorizer const* pdp = nullptr;
        std::optional<response> inner{};
        recorded operator()(audit_event const& event) {
            if (pdp != nullptr && event.category() == "account")
                inner = pdp->decide(
                    {.subject = subject::role("support"), .action = "view", .category = "reviews"});
            return recorded::yes;
        }
    } sink;
    authorizer const pdp{shop(), sink};
    sink.pdp = &pdp;
    CHECK(pdp.decide(support(pdp), view, *pdp.category("account")));
    REQUIRE(sink.inner);
    CHECK_FALSE(*sink.inner);
    CHECK(sink.inner->reason == reason::unavailable);
}

TEST_CASE("an event tells its mode by references, by names, and for a stale session") {
    std::vector<audit_mode> modes;
    auto const sink = [&](audit_event const& event) {
        modes.push_back(event.mode());
        return recorded::yes;
    };
    authorizer pdp{shop(), sink};
    live_session const who = support(pdp);
    auto const ask = [&](std::string_view what, std::string_view on) {
        modes.clear();
        REQUIRE(pdp.decide(who, *pdp.action(what), *pdp.category(on)));
        REQUIRE(pdp.decide({.subject = subject::role("support"), .action = what, .category = on}));
        REQUIRE(modes.size() == 2);
        CHECK(modes[0] == modes[1]);
        return modes[0];
    };
    CHECK(ask("view", "reviews") == audit_mode{best_effort, 0});
    CHECK(ask("modify", "reviews") == audit_mode{block, 20});
    CHECK(ask("view", "payment") == audit_mode{required, 0});
    modes.clear();
    pdp.replace(shop());
    REQUIRE(modes.size() == 1);
    CHECK(modes[0] == audit_mode{required, 0});                    // no decision
    CHECK(ask("delete", "account") == audit_mode{durable, 1000});  // `who` is stale
}

TEST_CASE("a policy that is replaced demands something else of the same references") {
    full_disk sink;
    authorizer pdp{shop(), sink};
    live_session const who = support(pdp);
    category_ref const reviews = *pdp.category("reviews");
    REQUIRE(pdp.decide(who, view, reviews));
    pdp.replace(yaml::load_text(R"(rolecall: 1
categories: {appointments: When they come, reviews: {about: What everyone reads, level: public}}
roles: {support: {may: {reviews: view}}}
)")
                    .value());
    CHECK_FALSE(pdp.decide(who, view, reviews));
    CHECK(pdp.current().audit_mode(view, reviews, decision::allow) == audit_mode{block, 100});
}

TEST_CASE("an event and its record say from where it was asked") {
    recording_sink sink;
    authorizer pdp{shop(), sink};
    live_session const who = support(pdp);
    pdp.decide(who, view, *pdp.category("account"), {.record = "a-1", .origin = "10.0.0.7"});
    pdp.decide({.subject = subject::role("support"),
                .action = "view",
                .category = "account",
                .origin = "till 3"});
    pdp.decide(who, view, *pdp.category("account"));
    pdp.replace(shop());
    pdp.decide(who, view, *pdp.category("account"), {.origin = "10.0.0.8"});  // stale
    std::vector<std::string> origins;
    for (audit_record const& record : sink.records) origins.push_back(record.origin);
    CHECK(origins == std::vector<std::string>{"10.0.0.7", "till 3", "", "", "10.0.0.8"});
    CHECK(sink.records[0].record == "a-1");
    audit_record other = sink.records[0];
    other.origin = "10.0.0.9";
    CHECK_FALSE(other == sink.records[0]);
}

TEST_CASE("a line of JSON has the origin where there is one, and lines of before are read") {
    recording_sink sink;
    authorizer const pdp{shop(), sink};
    pdp.decide(support(pdp), view, *pdp.category("account"), {.origin = "10.0.0.7\n"});
    pdp.decide(support(pdp), view, *pdp.category("account"));
    std::string const with = to_json_line(sink.records[0]);
    std::string const without = to_json_line(sink.records[1]);
    CHECK(with.find(R"("record":null,"origin":"10.0.0.7\n","facts":{})") != std::string::npos);
    CHECK(without.find("origin") == std::string::npos);
    for (audit_record const& record : sink.records) {
        json_line const read = parse_json_line(to_json_line(record));
        CHECK(read.problem == "");
        REQUIRE(read.record);
        CHECK(*read.record == record);
    }
    std::string wrong = with;
    wrong.replace(wrong.find(R"("10.0.0.7\n")"), std::string(R"("10.0.0.7\n")").size(), "7");
    CHECK(parse_json_line(wrong).problem == "`origin` must be a text or null");
}
