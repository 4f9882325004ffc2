// What a look at the files comes to, and who hears of it.
#include "support/watching.hpp"
#include <rolecall/digest.hpp>
#include <rolecall/explain.hpp>
#include <rolecall/sinks.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;

using kinds = std::vector<std::string>;

TEST_CASE("files that say what decides already are left alone, and nobody is told") {
    watched_policy const shop;
    int heard = 0;
    policy_watcher watcher{shop.pdp(), shop.path, [&](watch_status const&) { ++heard; }, by_hand()};
    CHECK(watcher.status().looks == 0);
    CHECK(watcher.status().ms_since_look == -1);
    CHECK(watcher.check_now() == watch_outcome::unchanged);
    CHECK(watcher.check_now() == watch_outcome::unchanged);
    CHECK(shop.told.total() == 0);
    CHECK(heard == 0);
    watch_status const now = watcher.status();
    CHECK(now.version == 1);
    CHECK(now.digest == digest(shop.pdp().current()));
    CHECK(now.looks == 2);
    CHECK(now.ms_since_look >= 0);
    CHECK_FALSE(now.running);
}

TEST_CASE("a policy that changed decides from the next look on") {
    watched_policy const shop;
    policy_watcher watcher{shop.pdp(), shop.path, by_hand()};
    std::string const before = digest(shop.pdp().current());
    shop.publish("shop.yaml", support_may("modify"));
    CHECK(shop.may("view"));
    CHECK(watcher.check_now() == watch_outcome::activated);
    CHECK_FALSE(shop.may("view"));
    CHECK(shop.may("modify"));

    CHECK(shop.kinds() == kinds{"policy-activated"});
    CHECK(shop.last().previous_digest == before);
    CHECK(shop.last().policy_digest == digest(shop.pdp().current()));
    CHECK(shop.last().policy_version == 2);
    watch_status const now = watcher.status();
    CHECK(now.outcome == watch_outcome::activated);
    CHECK(now.version == 2);
    CHECK(now.digest == shop.last().policy_digest);
    CHECK(now.activations == 1);
    CHECK_FALSE(now.same_rules);
    CHECK(now.complete);
    CHECK(now.told == recorded::yes);

    CHECK(watcher.check_now() == watch_outcome::unchanged);
    CHECK(shop.told.total() == 1);
}

TEST_CASE("a change between loading a policy and watching it is not lost") {
    watched_policy const shop;
    CHECK(shop.may("view"));
    shop.publish("shop.yaml", support_may("modify"));
    policy_watcher watcher{shop.pdp(), shop.path, by_hand()};
    CHECK(watcher.check_now() == watch_outcome::activated);
    CHECK(shop.may("modify"));
}

TEST_CASE("files that are no policy change nothing, and the sink hears why, once") {
    watched_policy const shop;
    policy_watcher watcher{shop.pdp(), shop.path, by_hand()};
    shop.publish("shop.yaml", no_policy);
    CHECK(watcher.check_now() == watch_outcome::refused);
    CHECK(watcher.check_now() == watch_outcome::unchanged);
    shop.publish("shop.yaml", no_policy);  // another file that says the same
    CHECK(watcher.check_now() == watch_outcome::unchanged);
    CHECK(shop.may("view"));
    CHECK(shop.pdp().version() == 1);

    std::string const problem = shop.path +
                                ":3:25: error: unknown category `acount`; did you mean "
                                "`account`? [unknown-category]";
    CHECK(shop.kinds() == kinds{"policy-refused"});
    CHECK(shop.last().problem == problem);
    CHECK(shop.last().refused_digest.size() == 64);
    CHECK(shop.last().policy_digest == digest(shop.pdp().current()));
    watch_status const now = watcher.status();
    CHECK(now.refused);
    CHECK(now.outcome == watch_outcome::unchanged);
    CHECK(now.problem == problem);
    CHECK(now.refused_digest == shop.last().refused_digest);
    REQUIRE(now.findings.size() == 1);
    CHECK(now.findings[0].code == diagnostic_code::unknown_category);
    CHECK(now.refusals == 1);
    CHECK(now.version == 1);
}

TEST_CASE("each content that is no policy is told, and a policy ends the matter") {
    watched_policy const shop;
    policy_watcher watcher{shop.pdp(), shop.path, by_hand()};
    shop.publish("shop.yaml", no_policy);
    CHECK(watcher.check_now() == watch_outcome::refused);
    std::string const first = watcher.status().refused_digest;
    shop.publish("shop.yaml", no_policy + "# not yet\n");
    CHECK(watcher.check_now() == watch_outcome::refused);
    CHECK(watcher.status().refused_digest != first);
    shop.publish("shop.yaml", support_may("modify"));
    CHECK(watcher.check_now() == watch_outcome::activated);
    CHECK(shop.kinds() == kinds{"policy-refused", "policy-refused", "policy-activated"});
    watch_status const now = watcher.status();
    CHECK_FALSE(now.refused);
    CHECK(now.problem.empty());
    CHECK(now.refused_digest.empty());
    CHECK(now.findings.empty());
}

TEST_CASE("to take a refused change back clears the status, and changes no policy") {
    watched_policy const shop;
    std::vector<bool> heard;
    policy_watcher watcher{shop.pdp(), shop.path,
                           [&](watch_status const& now) { heard.push_back(now.refused); },
                           by_hand()};
    for (int round = 1; round <= 2; ++round) {
        shop.publish("shop.yaml", no_policy);
        CHECK(watcher.check_now() == watch_outcome::refused);
        shop.publish("shop.yaml", support_may("view"));
        CHECK(watcher.check_now() == watch_outcome::unchanged);
        CHECK_FALSE(watcher.status().refused);
        CHECK(watcher.status().problem.empty());
        CHECK(shop.pdp().version() == 1);
    }
    CHECK(shop.kinds() == kinds{"policy-refused", "policy-refused"});
    CHECK(heard == std::vector<bool>{true, false, true, false});
}

TEST_CASE("a policy of which only the lines moved is taken over, and says the same rules") {
    watched_policy const shop;
    policy_watcher watcher{shop.pdp(), shop.path, by_hand()};
    shop.publish("shop.yaml", "# Moved down\n\n" + support_may("view"));
    CHECK(watcher.check_now() == watch_outcome::activated);
    CHECK(watcher.status().same_rules);
    CHECK(shop.last().previous_digest == shop.last().policy_digest);
    auto const dana = shop.pdp().session("dana", {"support"}).value();
    auto const account = shop.pdp().category("account").value();
    auto const answer = shop.pdp().decide(dana, rolecall::view, account);
    CHECK(answer);
    explanation const why = shop.pdp().explain(dana, rolecall::view, account, answer);
    CHECK(why.for_owner.find("shop.yaml:6") != std::string::npos);

    shop.publish("shop.yaml", support_may("modify"));
    CHECK(watcher.check_now() == watch_outcome::activated);
    CHECK_FALSE(watcher.status().same_rules);
}

TEST_CASE("warnings of a policy that was activated are there to be read") {
    watched_policy const shop;
    policy_watcher watcher{shop.pdp(), shop.path, by_hand()};
    std::string const late = "policy: {name: Shop, review-by: 2020-01-01}\n";
    shop.publish("shop.yaml", support_may("view") + late);
    CHECK(watcher.check_now() == watch_outcome::activated);
    REQUIRE(watcher.status().findings.size() == 1);
    CHECK(watcher.status().findings[0].code == diagnostic_code::review_overdue);
    shop.publish("shop.yaml", no_policy);
    CHECK(watcher.check_now() == watch_outcome::refused);
    CHECK(watcher.status().findings[0].code == diagnostic_code::unknown_category);
    shop.publish("shop.yaml", support_may("view") + late);
    CHECK(watcher.check_now() == watch_outcome::unchanged);
    REQUIRE(watcher.status().findings.size() == 1);
    CHECK(watcher.status().findings[0].code == diagnostic_code::review_overdue);
}

TEST_CASE("a policy made in code gives way to the files at the first look") {
    temporary_directory const here;
    recent_records told{10};
    authorizer pdp{yaml::load_text("rolecall: 1\n").value(), told};
    policy_watcher watcher{pdp, here.path("shop.yaml"), by_hand()};
    CHECK(watcher.check_now() == watch_outcome::refused);
    CHECK(watcher.status().refused);
    here.write("shop.yaml", support_may("view"));
    CHECK(watcher.check_now() == watch_outcome::activated);
    CHECK(pdp.allows("support", "view", "account"));
}

TEST_CASE("a policy that the application put in place is overruled only by a change of files") {
    watched_policy const shop;
    policy_watcher watcher{shop.pdp(), shop.path, by_hand()};
    CHECK(watcher.check_now() == watch_outcome::unchanged);
    shop.pdp().replace(yaml::load_text(support_may("delete")).value());
    CHECK(watcher.check_now() == watch_outcome::unchanged);
    CHECK(shop.may("delete"));
    shop.publish("shop.yaml", support_may("modify"));
    CHECK(watcher.check_now() == watch_outcome::activated);
    CHECK(shop.may("modify"));
}

TEST_CASE("a look tells the authorizer what day it is") {
    temporary_directory const here;
    std::string const path =
        here.write("a.yaml",
                   "rolecall: 1\ncategories: {account: Name}\nroles: {support: {may: {account: "
                   "view}}}\nusers: {eve: {roles: support, until: 2001-02-03}}\n");
    authorizer pdp{
        yaml::load(path).value(), no_records{}, {.today = date::parse("2001-02-03").value()}};
    auto const eve = pdp.session("eve").value();
    CHECK_FALSE(eve.stale());
    policy_watcher watcher{pdp, path, by_hand()};
    CHECK(watcher.check_now() == watch_outcome::unchanged);
    CHECK(eve.stale());
    CHECK(pdp.version() == 1);
}

TEST_CASE("a sink that could not record a change is no secret") {
    temporary_directory const here;
    std::string const path = here.write("a.yaml", support_may("view"));
    authorizer pdp{yaml::load(path).value(),
                   [](audit_event const&) noexcept { return recorded::no; }};
    policy_watcher watcher{pdp, path, by_hand()};
    CHECK(watcher.status().told == recorded::yes);
    here.write("a.yaml", support_may("modify"));
    CHECK(watcher.check_now() == watch_outcome::activated);
    CHECK(watcher.status().told == recorded::no);
    CHECK(pdp.allows("support", "modify", "account"));
    here.write("a.yaml", no_policy);
    CHECK(watcher.check_now() == watch_outcome::refused);
    CHECK(watcher.status().told == recorded::no);
}

TEST_CASE("a change is complete once nobody decides by an older policy") {
    watched_policy const shop;
    policy_watcher watcher{shop.pdp(), shop.path, by_hand()};
    shop.publish("shop.yaml", support_may("modify"));
    {
        pinned_policy const held = shop.pdp().pinned();
        std::thread([&] { CHECK(watcher.check_now() == watch_outcome::activated); }).join();
        CHECK_FALSE(watcher.status().complete);
        std::thread([&] { CHECK(watcher.check_now() == watch_outcome::unchanged); }).join();
        CHECK_FALSE(watcher.status().complete);
        CHECK(held->allows("support", "view", "account"));
    }
    CHECK(watcher.check_now() == watch_outcome::unchanged);
    CHECK(watcher.status().complete);
}

namespace {

int calls_of_a_function = 0;
void count_call(watch_status const&) { ++calls_of_a_function; }

struct counting {
    int* count;
    int operator()(watch_status const&) const { return ++*count; }
};

}  // namespace

TEST_CASE("a listener is any callable, referred to or owned") {
    watched_policy const shop;
    int count = 0;
    counting const kept{&count};
    policy_watcher by_function{shop.pdp(), shop.path, count_call, by_hand()};
    policy_watcher by_pointer{shop.pdp(), shop.path, &count_call, by_hand()};
    policy_watcher by_reference{shop.pdp(), shop.path, kept, by_hand()};
    policy_watcher by_value{shop.pdp(), shop.path, counting{&count}, by_hand()};
    shop.publish("shop.yaml", no_policy);
    for (policy_watcher* each : {&by_function, &by_pointer, &by_reference, &by_value})
        CHECK(each->check_now() == watch_outcome::refused);
    CHECK(calls_of_a_function == 2);
    CHECK(count == 2);
}

TEST_CASE("a listener may throw, ask, and call the watcher back") {
    watched_policy const shop;
    policy_watcher* itself = nullptr;
    std::vector<watch_outcome> inner;
    std::vector<bool> allowed;
    policy_watcher watcher{shop.pdp(), shop.path,
                           [&](watch_status const& now) {
                               inner.push_back(itself->check_now());
                               inner.push_back(itself->status().outcome);
                               CHECK(now.version == shop.pdp().version());
                               allowed.push_back(shop.may("modify"));
                               throw std::runtime_error("a listener's own trouble");
                           },
                           by_hand()};
    itself = &watcher;
    shop.publish("shop.yaml", support_may("modify"));
    CHECK(watcher.check_now() == watch_outcome::activated);
    CHECK(inner == std::vector{watch_outcome::unchanged, watch_outcome::activated});
    CHECK(allowed == std::vector{true});
    CHECK(watcher.check_now() == watch_outcome::unchanged);
}

TEST_CASE("a sink may call the watcher that made it hear of a change") {
    temporary_directory const here;
    std::string const path = here.write("a.yaml", support_may("view"));
    policy_watcher* watcher = nullptr;
    int told = 0;
    authorizer pdp{yaml::load(path).value(), [&](audit_event const&) {
                       ++told;
                       CHECK(watcher->check_now() == watch_outcome::unchanged);
                       return recorded::yes;
                   }};
    policy_watcher made{pdp, path, by_hand()};
    watcher = &made;
    here.write("a.yaml", no_policy);
    CHECK(made.check_now() == watch_outcome::refused);
    here.write("a.yaml", support_may("modify"));
    CHECK(made.check_now() == watch_outcome::activated);
    CHECK(told == 2);
}

TEST_CASE("an outcome has a word") {
    CHECK(to_string(watch_outcome::unchanged) == "unchanged");
    CHECK(to_string(watch_outcome::activated) == "activated");
    CHECK(to_string(watch_outcome::refused) == "refused");
    CHECK(to_string(static_cast<watch_outcome>(9)) == "unchanged");
}
