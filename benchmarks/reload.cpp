// Readers that go on asking while policies are replaced as fast as can be, beside the same
// readers while that thread is as busy with something of its own. A reader looks at the clock
// after every few checks, so that a wait would be seen.
#include "bench/measure.hpp"
#include "benchmarks.hpp"
#include "support/policies.hpp"
#include <rolecall/sinks.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace rolecall::benchmarks {

namespace {

using clock = std::chrono::steady_clock;

constexpr std::size_t checks_between_looks = 64;
constexpr auto duration = std::chrono::milliseconds(200);

double in_seconds(clock::duration time) { return std::chrono::duration<double>(time).count(); }

struct reader {
    std::vector<float> waits;  // seconds of so many checks
    double each = 0;
    std::uint64_t allowed = 0;
    std::size_t rounds = 0;

    void run(authorizer const& pdp, bench::question_set const& set, std::atomic<bool> const& stop) {
        waits.resize(std::size_t{1} << 21U);  // so that no page is touched first while it counts
        auto at = set.by_reference.begin();
        auto const begin = clock::now();
        auto before = begin;
        while (!stop.load(std::memory_order_relaxed)) {
            for (std::size_t i = 0; i < checks_between_looks; ++i, ++at)
                allowed += pdp.allows(at->role, at->what, at->on) ? 1U : 0U;
            if (at == set.by_reference.end()) at = set.by_reference.begin();
            auto const now = clock::now();
            if (rounds < waits.size()) waits[rounds] = static_cast<float>(in_seconds(now - before));
            before = now;
            ++rounds;
        }
        waits.resize(std::min(waits.size(), rounds));
        each = in_seconds(before - begin) / static_cast<double>(rounds * checks_between_looks);
    }
};
static_assert(questions % checks_between_looks == 0);

// What the other thread does until the readers have done enough; gives how often it did it.
std::uint64_t replace_all_the_time(authorizer& pdp, std::atomic<bool> const& stop) {
    policy const& one = policy_of(middle, policy_kind::plain);
    policy const& other = policy_of(middle, policy_kind::guarded);
    std::uint64_t count = 0;
    for (; !stop.load(std::memory_order_relaxed); ++count)
        pdp.replace(count % 2 == 0 ? other : one);
    return count;
}
std::uint64_t be_busy(std::atomic<bool> const& stop) {
    std::uint64_t count = 0;
    while (!stop.load(std::memory_order_relaxed)) benchmark::DoNotOptimize(++count);
    return count;
}

void run(benchmark::State& state, std::size_t readers, bool replacing) {
    bench::question_set const& set =
        asked_of_roles(middle, policy_kind::plain, bench::answers::half_denied);
    authorizer pdp(policy_of(middle, policy_kind::plain), no_records{});
    for (auto _ : state) {
        std::atomic<bool> stop = false;
        std::vector<reader> all(readers);
        std::vector<std::thread> threads;
        std::uint64_t replaced = 0;
        auto const begin = clock::now();
        for (reader& one : all) threads.emplace_back([&] { one.run(pdp, set, stop); });
        threads.emplace_back(
            [&] { replaced = replacing ? replace_all_the_time(pdp, stop) : be_busy(stop); });
        std::this_thread::sleep_for(duration);
        stop = true;
        for (std::thread& thread : threads) thread.join();
        double const took = in_seconds(clock::now() - begin);
        state.SetIterationTime(took);

        std::vector<double> waits;
        double each = 0;
        for (reader const& one : all) {
            waits.insert(waits.end(), one.waits.begin(), one.waits.end());
            each += one.each / static_cast<double>(readers);
            benchmark::DoNotOptimize(one.allowed);
        }
        std::sort(waits.begin(), waits.end());
        state.counters["each"] = each;
        state.counters["wait"] = bench::quantile(waits, 0.999);
        state.counters["longest"] = waits.back();
        if (replacing) state.counters["replacement"] = took / static_cast<double>(replaced);
    }
}

contestant_id add(suite& to, std::size_t readers, bool replacing) {
    return to.add(
        {.name = contestant_name("reload", middle,
                                 std::to_string(readers) + (readers == 1 ? "-reader" : "-readers") +
                                     (replacing ? "" : "-undisturbed")),
         .run = [=](benchmark::State& state) { run(state, readers, replacing); }});
}

}  // namespace

void reload(suite& to) {
    to.begin("Reload under readers",
             "A thread replaces the policy as fast as it can, while others ask by reference; 100 × "
             "100, and two policies in turn.");
    // Whoever waited for a replacement would wait as long as one takes, some thousand times.
    std::size_t const cores = std::max(2U, std::thread::hardware_concurrency());
    for (std::size_t const readers : {std::size_t{1}, cores}) {
        auto const label =
            readers == 1 ? std::string("1 reader") : std::to_string(readers) + " readers";
        auto const replacing = add(to, readers, true);
        auto const undisturbed = add(to, readers, false);
        auto const compare = [&](std::string text, std::string counter) {
            to.compare({.text = label + std::move(text),
                        .measured = replacing,
                        .floor = undisturbed,
                        .floor_text = "while nothing is replaced",
                        .same_answers = false,
                        .counter = counter,
                        .floor_counter = counter});
        };
        compare(", a check", "each");
        compare(", 64 checks, 99.9 % within", "wait");
        compare(", 64 checks, the longest", "longest");
        to.compare({.text = label + ", 64 checks, 99.9 % within",
                    .measured = replacing,
                    .floor = replacing,
                    .floor_text = "one replacement",
                    .reach = aim::in_time(1),
                    .same_answers = false,
                    .counter = "wait",
                    .floor_counter = "replacement"});
    }
}

}  // namespace rolecall::benchmarks
