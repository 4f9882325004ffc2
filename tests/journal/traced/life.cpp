// A process that decides with a journal, for a tracer to refuse it what it asks of the system. It
// says what it was told: `yes` and a decision, and how many were refused.
#include "journal/told_sink.hpp"
#include "support/small_shop.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/journal.hpp>

#include <fmt/format.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

constexpr int threads = 4;
constexpr int decisions = 1'000;  // of a thread

// Now and then it waits for the disk, so that there are many syncs to refuse.
void decide(authorizer const& pdp, journal& trail, int thread) {
    auto const who = pdp.session_of_roles({"support"}).value();
    auto const account = pdp.category("account").value();
    for (int n = 0; n < decisions; ++n) {
        std::string const record = std::to_string(thread) + '-' + std::to_string(n);
        bool const recorded{pdp.decide(who, view, account, {.record = record})};
        if (n % 8 == 0) static_cast<void>(trail.sync(1'000));
        if (!recorded) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

}  // namespace

int main(int count, char** words) {
    if (count != 2) return 2;
    std::string const folder = words[1];
    journal trail(folder, {.ring_records = 512, .segment_bytes = 64U << 10U, .sync_ms = 1});
    if (!trail) {
        fmt::print("{}\n", trail.problem());
        return 3;
    }
    told_sink sink(trail);
    {
        authorizer const pdp(tests::small_shop(), sink);
        std::vector<std::thread> all;
        for (int t = 0; t < threads; ++t) all.emplace_back([&, t] { decide(pdp, trail, t); });
        for (std::thread& one : all) one.join();
    }
    told_in_all const told = sink.told();
    for (std::string const& one : told.yes) fmt::print("yes {}\n", one);
    fmt::print("refused {}\n", told.refused);
    return 0;
}
