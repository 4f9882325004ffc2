// The sample policies are fine, pass their exercises on any day, and nothing in them can be changed
// without an exercise, a guarantee or a rule of the format that notices.
#include "support/gate.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace {

using rolecall::testing::outcome;
using rolecall::testing::run;

std::vector<std::string> samples() {
    std::vector<std::string> paths;
    for (auto const& entry : std::filesystem::directory_iterator(ROLECALL_SOURCE_DIR "/policies"))
        if (entry.is_directory()) paths.push_back(entry.path().string());
    REQUIRE(paths.size() >= 3);
    return paths;
}

void check_ends_well(std::vector<std::string> const& words) {
    outcome const done = run(words);
    INFO(done.out << done.err);
    CHECK(done.code == 0);
}

}  // namespace

TEST_CASE("every sample policy is fine, and passes its exercises on any day") {
    for (std::string const& path : samples()) {
        check_ends_well({"validate", path, "--strict", "--at", "2027-03-01"});
        for (char const* const day : {"2026-11-22", "2027-03-01", "2031-01-01"})
            check_ends_well({"test", path, "--at", day});
    }
}

TEST_CASE("every change of a sample policy that has an effect is noticed") {
    for (std::string const& path : samples())
        check_ends_well({"test", path, "--at", "2027-03-01", "--mutate", "--fail-under", "100"});
}
