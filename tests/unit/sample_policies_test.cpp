// What every sample policy has in common: it loads, and it is written for people.
#include "unit/sample_policies.hpp"

#include <rolecall/diagnostic_text.hpp>
#include <rolecall/document.hpp>
#include <rolecall/lint.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

std::vector<std::string> samples() {
    std::vector<std::string> names;
    for (auto const& entry : std::filesystem::directory_iterator(ROLECALL_SOURCE_DIR "/policies"))
        if (entry.is_directory()) names.push_back(entry.path().filename().string());
    return names;
}

template <class Each>
void for_each_sample(Each&& each) {
    for (std::string const& name : samples()) {
        INFO("policies/" << name);
        policy const sample = sample_policy(name);
        each(sample.source());
    }
}

}  // namespace

TEST_CASE("every sample policy loads without an error or a warning") {
    REQUIRE(samples().size() >= 3);
    for_each_sample([](document const& sample) { CHECK(sample.files.size() > 1); });
}

TEST_CASE("lint finds nothing in a sample policy that its settings do not answer, on any day") {
    for (std::string const& name : samples()) {
        std::string const path = ROLECALL_SOURCE_DIR "/policies/" + name;
        lint_settings_result const given = load_lint_settings(lint_settings_path(path));
        for (diagnostic const& d : given.findings) FAIL_CHECK(to_text(d));
        date const last = *date::parse("2027-03-01");
        for (date day = *date::parse("2026-11-22"); day <= last;
             day = date::from_days(day.days() + 1)) {
            auto const told =
                lint(yaml::load(path, {.today = day}), {.today = day, .settings = given.settings});
            for (lint_finding const& found : told.findings)
                FAIL_CHECK(to_text(found.what) << "\non " << day.to_string());
        }
    }
}

TEST_CASE("the settings of a sample policy switch off nothing that is not there") {
    std::size_t count = 0;
    for (std::string const& name : samples()) {
        std::string const path = ROLECALL_SOURCE_DIR "/policies/" + name;
        date const day = *date::parse("2026-11-22");
        lint_settings const given = load_lint_settings(lint_settings_path(path)).settings;
        auto const told = lint(yaml::load(path, {.today = day}), {.today = day, .settings = given});
        for (lint_setting const& one : given.rules)
            for (std::string const& about : one.names) {
                INFO(path << ": " << to_string(one.code) << ' ' << about);
                CHECK(std::any_of(
                    told.switched_off.begin(), told.switched_off.end(),
                    [&](lint_finding const& off) {
                        return off.what.code == one.code && off.off_because == one.because &&
                               std::count(off.about.begin(), off.about.end(), about) != 0;
                    }));
                ++count;
            }
    }
    CHECK(count > 5);
}

TEST_CASE("a partner of the webshop without an end would be told") {
    std::string const path = ROLECALL_SOURCE_DIR "/policies/webshop";
    policy const sample = sample_policy("webshop");
    document changed = sample.source();
    for (written_user& user : changed.users)
        for (written_assignment& assigned : user.assignments) assigned.until.reset();
    date const day = *date::parse("2026-11-22");
    auto const told =
        lint(yaml::compile(changed, {.today = day}),
             {.today = day, .settings = load_lint_settings(lint_settings_path(path)).settings});
    CHECK(std::count_if(told.findings.begin(), told.findings.end(), [](lint_finding const& found) {
              return found.what.code == diagnostic_code::vendor_without_end;
          }) == 6);
}

TEST_CASE("every sample policy has a page that tells its story") {
    for (std::string const& name : samples()) {
        INFO(name);
        CHECK(std::filesystem::exists(ROLECALL_SOURCE_DIR "/docs/stories/" + name + ".md"));
    }
}

TEST_CASE("every sample policy says who answers for it, and when to read it again") {
    for_each_sample([](document const& sample) {
        REQUIRE(sample.header);
        CHECK_FALSE(sample.header->owner.empty());
        CHECK(sample.header->review_by);
    });
}

TEST_CASE("whatever a sample policy names, it says what that is") {
    for_each_sample([](document const& sample) {
        for (auto const& a : sample.actions) CHECK_MESSAGE(!a.about.empty(), a.name.text);
        for (auto const& f : sample.facts) CHECK_MESSAGE(!f.about.empty(), f.name.text);
        for (auto const& c : sample.categories) CHECK_MESSAGE(!c.about.empty(), c.name.text);
        for (auto const& r : sample.roles) CHECK_MESSAGE(!r.about.empty(), r.name.text);
    });
}

TEST_CASE("whatever a sample policy forbids, it says why") {
    for_each_sample([](document const& sample) {
        for (auto const& g : sample.guardrails) CHECK_MESSAGE(!g.because.empty(), g.name.text);
        for (auto const& s : sample.separations) CHECK_MESSAGE(!s.because.empty(), s.name.text);
    });
}
