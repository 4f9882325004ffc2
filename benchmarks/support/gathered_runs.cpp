#include "support/gathered_runs.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace rolecall::benchmarks {

namespace {

// Google Benchmark 1.8 replaced the flag by a kind of skipping.
template <class Run>
std::string problem_of(Run const& run) {
    if constexpr (requires { run.skip_message; }) {
        return run.skip_message;
    } else {
        return run.error_occurred ? run.error_message : std::string();
    }
}

}  // namespace

bool gathered_runs::ReportContext(Context const&) { return true; }

void gathered_runs::ReportRuns(std::vector<Run> const& runs) {
    for (Run const& run : runs) {
        if (run.run_type != Run::RT_Iteration) continue;
        if (std::string const wrong = problem_of(run); !wrong.empty()) {
            problem_ = run.run_name.function_name + ": " + wrong;
            continue;
        }
        for (auto const& [counter, value] : run.counters)
            seconds_[run.run_name.function_name][counter].push_back(value.value);
    }
}

void gathered_runs::Finalize() {
    for (auto& [name, counters] : seconds_)
        for (auto& [counter, values] : counters) std::sort(values.begin(), values.end());
}

std::vector<double> const& gathered_runs::seconds(std::string const& name,
                                                  std::string const& counter) const {
    static std::vector<double> const nothing;
    auto const found = seconds_.find(name);
    if (found == seconds_.end()) return nothing;
    auto const values = found->second.find(counter);
    return values == found->second.end() ? nothing : values->second;
}

std::map<std::string, double> read_counts(std::string const& path) {
    std::map<std::string, double> result;
    if (path.empty()) return result;
    std::ifstream file(path);
    if (!file) throw std::runtime_error("can't read " + path);
    std::string name;
    for (double count = 0; file >> name >> count;) result[name] = count;
    return result;
}

}  // namespace rolecall::benchmarks
