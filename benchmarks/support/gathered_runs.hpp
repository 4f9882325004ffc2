// What Google Benchmark measured, and what callgrind counted.
#ifndef ROLECALL_BENCHMARKS_SUPPORT_GATHERED_RUNS_HPP
#define ROLECALL_BENCHMARKS_SUPPORT_GATHERED_RUNS_HPP

#include <benchmark/benchmark.h>

#include <map>
#include <string>
#include <vector>

namespace rolecall::benchmarks {

/// Gathers what Google Benchmark reports.
class gathered_runs : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(Context const& context) override;
    void ReportRuns(std::vector<Run> const& runs) override;
    void Finalize() override;

    /// All seconds that were measured for a counter of a benchmark, sorted.
    [[nodiscard]] std::vector<double> const& seconds(std::string const& name,
                                                     std::string const& counter) const;

    /// What went wrong in one of them; empty: nothing.
    [[nodiscard]] std::string const& problem() const { return problem_; }

private:
    std::map<std::string, std::map<std::string, std::vector<double>>> seconds_;
    std::string problem_;
};

/// Instructions of a question by the name of the contestant, as count_instructions.sh wrote
/// them: `check-by-session/100x100/half-denied 16.0`. An empty path: none.
[[nodiscard]] std::map<std::string, double> read_counts(std::string const& path);

}  // namespace rolecall::benchmarks

#endif
