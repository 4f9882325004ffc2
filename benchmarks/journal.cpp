// Deciding with a journal: what recording adds to a decision, and how many events a second reach
// the disk. Beside it stand deciding without a record, a file that as many bytes are written and
// synced to, and the asynchronous logger of spdlog, which formats the same events as text and
// promises neither the disk nor the crash.
#include "bench/measure.hpp"
#include "benchmarks.hpp"
#include "support/policies.hpp"
#include "support/temporary_file.hpp"
#include <rolecall/journal.hpp>
#include <rolecall/sinks.hpp>

#include <fcntl.h>
#include <spdlog/async.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace rolecall::benchmarks {

namespace {

using clock = std::chrono::steady_clock;

constexpr policy_kind plain = policy_kind::plain;
constexpr std::size_t events_between_looks = 16;  // a look at the clock takes as long as an event
constexpr std::size_t ring_records = std::size_t{1} << 17U;
constexpr std::size_t events = ring_records / 2;  // of a thread; the ring has room for them
constexpr std::size_t bytes_of_record = 64;
constexpr std::size_t batch = 1024;

double in_seconds(clock::duration time) { return std::chrono::duration<double>(time).count(); }

bench::question_set const& asked() {
    return asked_of_session(middle, plain, bench::answers::half_denied);
}

// One thread's decisions, and how long each took, in groups.
struct decider {
    std::vector<double> took;  // seconds of one, in a group
    std::uint64_t allowed = 0;

    void run(authorizer const& pdp) {
        bench::question_set const& set = asked();
        auto const roles = session_of(middle, plain).active_roles();
        auto const who = pdp.session_of_roles(roles).value();
        context const with{.record = "customer-4711"};
        took.reserve(events / events_between_looks);
        auto at = set.by_reference.begin();
        for (std::size_t n = 0; n < events; n += events_between_looks) {
            auto const begin = clock::now();
            for (std::size_t i = 0; i < events_between_looks; ++i, ++at)
                allowed += pdp.decide(who, at->what, at->on, with) ? 1U : 0U;
            took.push_back(in_seconds(clock::now() - begin) / events_between_looks);
            if (at == set.by_reference.end()) at = set.by_reference.begin();
        }
    }
};
static_assert(questions % events_between_looks == 0 && events % questions == 0);

// Threads that decide; then `until_done`, which is timed with them.
void decide_in(benchmark::State& state, authorizer const& pdp, std::size_t threads,
               std::function<void()> const& until_done) {
    std::vector<decider> all(threads);
    auto const begin = clock::now();
    {
        std::vector<std::thread> others;
        for (std::size_t n = 1; n < threads; ++n) others.emplace_back([&, n] { all[n].run(pdp); });
        all[0].run(pdp);
        for (std::thread& one : others) one.join();
    }
    until_done();
    double const whole = in_seconds(clock::now() - begin);
    state.SetIterationTime(whole);

    std::vector<double> took;
    for (decider const& one : all) {
        took.insert(took.end(), one.took.begin(), one.took.end());
        benchmark::DoNotOptimize(one.allowed);
    }
    std::sort(took.begin(), took.end());
    state.counters["each"] = bench::quantile(took, 0.5);
    state.counters["p99"] = bench::quantile(took, 0.99);
    state.counters["p999"] = bench::quantile(took, 0.999);
    state.counters["to_disk"] = whole / static_cast<double>(threads * events);
}

void without_records(benchmark::State& state, std::size_t threads) {
    authorizer const pdp(policy_of(middle, plain), no_records{});
    for (auto _ : state) decide_in(state, pdp, threads, [] {});
}

void with_journal(benchmark::State& state, std::size_t threads) {
    for (auto _ : state) {
        temporary_file const place;
        journal trail(place.path(), {.ring_records = ring_records});
        if (!trail) throw std::runtime_error(trail.problem());
        authorizer const pdp(policy_of(middle, plain), trail);
        decide_in(state, pdp, threads, [&] {
            if (!trail.sync()) throw std::runtime_error(trail.problem());
        });
        if (trail.failures() > 0) throw std::runtime_error("the journal did not record everything");
    }
}

// A logger's sink: the same event, as a line of text.
struct logged {
    std::shared_ptr<spdlog::logger> to;

    recorded operator()(audit_event const& e) const noexcept {
        to->info("{} {} {} {} {} {}", e.user(), e.action(), e.category(), e.record(),
                 to_string(e.answer().decision), to_string(e.answer().reason));
        return recorded::yes;
    }
};

void with_logger(benchmark::State& state, std::size_t threads) {
    for (auto _ : state) {
        temporary_file const place;
        auto const pool = std::make_shared<spdlog::details::thread_pool>(ring_records, 1);
        auto const file = std::make_shared<spdlog::sinks::basic_file_sink_mt>(place.path());
        auto const logger = std::make_shared<spdlog::async_logger>(
            "events", file, pool, spdlog::async_overflow_policy::block);
        authorizer const pdp(policy_of(middle, plain), logged{logger});
        decide_in(state, pdp, threads, [&] {
            logger->flush();
            while (pool->queue_size() > 0) std::this_thread::yield();
        });
    }
}

// As many bytes, in batches, to a file that is there already; then synced.
void write_and_sync(benchmark::State& state) {
    temporary_file const place;
    int const file = ::open(place.path().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    std::string const bytes(batch * bytes_of_record, 'x');
    auto const write_all = [&] {
        for (std::size_t n = 0; n < events; n += batch)
            if (::pwrite(file, bytes.data(), bytes.size(),
                         static_cast<::off_t>(n * bytes_of_record)) < 0)
                throw std::runtime_error("can't write " + place.path());
        if (::fdatasync(file) != 0) throw std::runtime_error("can't sync " + place.path());
    };
    write_all();
    for (auto _ : state) {
        auto const begin = clock::now();
        write_all();
        double const whole = in_seconds(clock::now() - begin);
        state.SetIterationTime(whole);
        state.counters["to_disk"] = whole / static_cast<double>(events);
    }
    ::close(file);
}

// Decisions that wait for the disk, one after the other.
constexpr std::size_t waits = 50;

void wait_for_disk(benchmark::State& state) {
    temporary_file const place;
    journal trail(place.path());
    if (!trail) throw std::runtime_error(trail.problem());
    authorizer const pdp(policy_of(middle, plain), trail);
    auto const roles = session_of(middle, plain).active_roles();
    auto const who = pdp.session_of_roles(roles).value();
    auto const& question = asked().by_reference.front();
    for (auto _ : state) {
        std::vector<double> took;
        auto const begin = clock::now();
        for (std::size_t n = 0; n < waits; ++n) {
            auto const before = clock::now();
            benchmark::DoNotOptimize(pdp.decide(who, question.what, question.on));
            if (!trail.sync()) throw std::runtime_error(trail.problem());
            took.push_back(in_seconds(clock::now() - before));
        }
        state.SetIterationTime(in_seconds(clock::now() - begin));
        std::sort(took.begin(), took.end());
        state.counters["each"] = bench::quantile(took, 0.5);
    }
}

void sync_a_page(benchmark::State& state) {
    temporary_file const place;
    int const file = ::open(place.path().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    std::string const page(4096, 'x');
    auto const write_one = [&] {
        if (::pwrite(file, page.data(), page.size(), 0) < 0 || ::fdatasync(file) != 0)
            throw std::runtime_error("can't write " + place.path());
    };
    write_one();
    for (auto _ : state) {
        std::vector<double> took;
        auto const begin = clock::now();
        for (std::size_t n = 0; n < waits; ++n) {
            auto const before = clock::now();
            write_one();
            took.push_back(in_seconds(clock::now() - before));
        }
        state.SetIterationTime(in_seconds(clock::now() - begin));
        std::sort(took.begin(), took.end());
        state.counters["each"] = bench::quantile(took, 0.5);
    }
    ::close(file);
}

}  // namespace

void journals(suite& to) {
    to.begin("The journal",
             "Decide and record, 100 × 100, half denied at random; and until all of it is on the "
             "disk. Times of a decision are those of groups of sixteen.");
    auto const add = [&](std::string const& variant, std::function<void(benchmark::State&)> run) {
        return to.add({.name = contestant_name("journal", middle, variant), .run = std::move(run)});
    };
    for (std::size_t const threads : {std::size_t{1}, std::size_t{2}}) {
        std::string const label = std::to_string(threads) + (threads == 1 ? " thread" : " threads");
        std::string const suffix = '-' + std::to_string(threads);
        auto const bare =
            add("no-records" + suffix, [=](benchmark::State& s) { without_records(s, threads); });
        auto const trail =
            add("journal" + suffix, [=](benchmark::State& s) { with_journal(s, threads); });
        auto const logger =
            add("spdlog" + suffix, [=](benchmark::State& s) { with_logger(s, threads); });
        for (char const* const at : {"each", "p99", "p999"}) {
            std::string const which = std::string(at) == "each" ? "p50" : at;
            to.compare({.text = label + ", journal, " + which,
                        .measured = trail,
                        .floor = bare,
                        .floor_text = "no_records",
                        .counter = at,
                        .floor_counter = at});
            to.compare({.text = label + ", journal, " + which,
                        .measured = trail,
                        .floor = logger,
                        .floor_text = "spdlog, asynchronous",
                        .counter = at,
                        .floor_counter = at});
        }
        to.compare({.text = label + ", an event to the disk",
                    .measured = trail,
                    .floor = logger,
                    .floor_text = "spdlog, not synced",
                    .counter = "to_disk",
                    .floor_counter = "to_disk"});
        if (threads == 1)
            to.compare({.text = label + ", an event to the disk",
                        .measured = trail,
                        .floor = add("write-and-sync", write_and_sync),
                        .floor_text = "64 bytes, written and synced",
                        .counter = "to_disk",
                        .floor_counter = "to_disk"});
    }
    to.compare({.text = "a decision that waits for the disk",
                .measured = add("wait", wait_for_disk),
                .floor = add("page", sync_a_page),
                .floor_text = "4 KiB, fdatasync"});
}

}  // namespace rolecall::benchmarks
