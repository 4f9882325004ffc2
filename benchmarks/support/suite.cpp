#include "support/suite.hpp"

#include <valgrind/callgrind.h>

#include <algorithm>
#include <cstdio>
#include <regex>
#include <set>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace rolecall::benchmarks {

void suite::begin(std::string title, std::string about) {
    sections_.push_back({std::move(title), std::move(about), {}});
}

contestant_id suite::add(contestant one) {
    auto const known = std::find_if(all_.begin(), all_.end(),
                                    [&](auto const& each) { return each->of.name == one.name; });
    if (known != all_.end()) throw std::logic_error("two contestants called " + one.name);
    all_.push_back(std::make_unique<entry>(entry{std::move(one)}));
    return all_.size() - 1;
}

void suite::keep(std::string const& expression) {
    std::regex const wanted(expression);
    for (section& part : sections_) {
        if (std::regex_search(part.title, wanted)) continue;
        std::erase_if(part.lines, [&](line const& l) {
            return !std::regex_search(l.text, wanted) &&
                   !std::regex_search(name(l.measured), wanted);
        });
    }
    std::erase_if(sections_, [](section const& part) { return part.lines.empty(); });
}

std::vector<suite::entry*> suite::needed() const {
    std::set<contestant_id> ids;
    for (section const& part : sections_)
        for (line const& l : part.lines) {
            ids.insert(l.measured);
            if (l.floor != none) ids.insert(l.floor);
        }
    std::vector<entry*> result;
    for (contestant_id const id : ids) result.push_back(all_[id].get());
    return result;
}

void suite::check_answers() {
    for (section const& part : sections_)
        for (line const& l : part.lines) {
            if (!l.same_answers || l.floor == none) continue;
            if (all_[l.measured]->of.run || all_[l.floor]->of.run) continue;  // more than a pass
            std::uint64_t const measured = all_[l.measured]->prepare().ask();
            std::uint64_t const floor = all_[l.floor]->prepare().ask();
            if (measured != floor)
                throw std::runtime_error(name(l.measured) + " answers " + std::to_string(measured) +
                                         ", and its floor " + std::to_string(floor));
        }
}

prepared& suite::entry::prepare() {
    if (!ready.ask) ready = of.prepare();
    return ready;
}

void suite::entry::measure(benchmark::State& state) {
    if (of.run) {
        of.run(state);
        return;
    }
    prepared const& now = prepare();
    if (!of.slow) benchmark::DoNotOptimize(now.ask());  // what it reads is in the caches
    for (auto _ : state) benchmark::DoNotOptimize(now.ask());
    using counter = benchmark::Counter;
    state.counters["each"] = counter(static_cast<double>(now.size),
                                     counter::kIsIterationInvariantRate | counter::kInvert);
}

void suite::run(run_options const& options, benchmark::BenchmarkReporter& reporter,
                std::function<void(double)> const& progress) {
    // Google Benchmark takes options of its own in no other way.
    std::vector<std::string> words{"rolecall_benchmark",
                                   "--benchmark_enable_random_interleaving=true"};
    if (!options.json.empty()) {
        words.push_back("--benchmark_out=" + options.json);
        words.emplace_back("--benchmark_out_format=json");
    }
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    int count = static_cast<int>(arguments.size());
    arguments.push_back(nullptr);
    benchmark::Initialize(&count, arguments.data());

    // Before its first repetition each is called some times more, to see how many passes it takes.
    constexpr int calls_before = 4;
    std::vector<entry*> const all = needed();
    double const calls =
        static_cast<double>(all.size()) * static_cast<double>(options.repetitions + calls_before);
    double done = 0;
    for (entry* const one : all) {
        auto* const registered = benchmark::RegisterBenchmark(
            one->of.name.c_str(), [one, &done, calls, &progress](benchmark::State& state) {
                progress(std::min(done++ / calls, 0.99));
                one->measure(state);
            });
        registered->Repetitions(one->of.slow ? std::min(options.repetitions, 3)
                                             : options.repetitions);
        if (one->of.run) {
            registered->UseManualTime()->Iterations(1);
        } else {
            registered->MinTime(options.seconds);
        }
    }
    benchmark::RunSpecifiedBenchmarks(&reporter);
}

void suite::count_instructions() {
    for (entry* const one : needed()) {
        if (!one->of.counted) continue;
        prepared const& now = one->prepare();
        benchmark::DoNotOptimize(now.ask());
        CALLGRIND_START_INSTRUMENTATION;
        CALLGRIND_ZERO_STATS;
        benchmark::DoNotOptimize(now.ask());
        CALLGRIND_DUMP_STATS_AT(one->of.name.c_str());
        CALLGRIND_STOP_INSTRUMENTATION;
        std::printf("%s %llu\n", one->of.name.c_str(), static_cast<unsigned long long>(now.size));
    }
}

}  // namespace rolecall::benchmarks
