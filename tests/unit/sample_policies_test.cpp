// What every sample policy has in common: it loads, and it is written for people.
#include "unit/sample_policies.hpp"

#include <rolecall/document.hpp>

#include <doctest/doctest.h>

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
