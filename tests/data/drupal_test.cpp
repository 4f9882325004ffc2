// Real data: YAML files about roles that are no policies.
#include "data/real_data.hpp"
#include <rolecall/diagnostic_text.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

namespace {

using namespace rolecall::testing;

TEST_CASE("real data: Drupal's role files are no policies, and each is told why") {
    if (!has_real_data("drupal")) return;
    std::size_t files = 0;
    for (auto const& entry : std::filesystem::directory_iterator(real_data("drupal"))) {
        std::string const path = entry.path().string();
        CAPTURE(path);
        auto const loaded = rolecall::yaml::load(path);
        CHECK_FALSE(loaded);
        REQUIRE_FALSE(loaded.findings().empty());
        CHECK(rolecall::to_text(loaded.findings().front()).find(path + ":1:1: error: ") == 0);
        ++files;
    }
    CHECK(files == 5);
}

TEST_CASE("real data: Drupal's folder is no policy, since no file in it can be meant as one") {
    if (!has_real_data("drupal")) return;
    auto const loaded = rolecall::yaml::load(real_data("drupal"));
    CHECK_FALSE(loaded);
    CHECK(loaded.findings().size() >= 5);
    for (auto const& problem : loaded.findings())
        CHECK((problem.code == rolecall::diagnostic_code::suspicious_file_name ||
               problem.code == rolecall::diagnostic_code::no_policy_file));
}

}  // namespace
