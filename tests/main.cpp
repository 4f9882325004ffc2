// main() of every test executable, compiled once.
#include "support/skip.hpp"

#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <atomic>
#include <cstdio>
#include <string_view>

namespace {

constexpr int skipped_code = 77;  // SKIP_RETURN_CODE of every test in CTest
std::atomic<bool> skipped{false};

}  // namespace

void rolecall::testing::skip(std::string_view why) {
    skipped = true;
    std::printf("skipped: %.*s\n", static_cast<int>(why.size()), why.data());
}

int main(int argc, char** argv) {
    doctest::Context context(argc, argv);
    int const result = context.run();
    if (context.shouldExit() || result != 0) return result;
    return skipped ? skipped_code : 0;
}
