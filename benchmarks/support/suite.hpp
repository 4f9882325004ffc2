// What is measured, and the floor beside it: lines of one table.
//
// A benchmark file adds contestants, which answer many questions in one pass, and says which of
// them stand beside each other. Google Benchmark runs them, in random order and many times over;
// the table (table.hpp) is made of what it measured. A floor is a contestant like any other.
#ifndef ROLECALL_BENCHMARKS_SUPPORT_SUITE_HPP
#define ROLECALL_BENCHMARKS_SUPPORT_SUITE_HPP

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace rolecall::benchmarks {

/// Everything that a contestant needs, made before it is measured.
struct prepared {
    std::function<std::uint64_t()> ask;  ///< one pass; gives what its floor must give as well
    std::uint64_t size = 1;              ///< how many questions, bytes, … a pass takes
};

struct contestant {
    std::string name{};                   ///< `check-by-session/100x100/half-denied`
    std::function<prepared()> prepare{};  ///< called when it is first measured
    bool counted = false;                 ///< its instructions are worth counting
    bool slow = false;                    ///< a pass takes long: fewer passes, none to warm up
    /// Instead of `prepare`, for what is more than a pass: measures by itself, and sets counters
    /// in seconds, of which `each` is what the table shows.
    std::function<void(benchmark::State&)> run{};
};

/// What a line should reach: its time, or its instructions, at most so many times the floor's.
struct aim {
    enum class of { nothing, time, instructions };
    of what = of::nothing;
    double at_most = 0;

    static aim in_time(double ratio) { return {of::time, ratio}; }
    static aim in_instructions(double ratio) { return {of::instructions, ratio}; }
};

using contestant_id = std::size_t;
inline constexpr contestant_id none = static_cast<contestant_id>(-1);

struct line {
    std::string text{};  ///< `100 × 100, half denied at random`
    contestant_id measured = none;
    contestant_id floor = none;
    std::string floor_text{};  ///< `bare bit test`
    aim reach{};
    bool same_answers = true;      ///< both must give the same in a pass, if it is one
    std::string counter = "each";  ///< of what `run` set
    std::string floor_counter = "each";
};

struct section {
    std::string title{};
    std::string about{};  ///< one sentence
    std::vector<line> lines{};
};

struct run_options {
    double seconds = 0.05;  ///< of a repetition, at least
    int repetitions = 9;
    std::string json{};  ///< where Google Benchmark writes its own report; empty: nowhere
};

class suite {
public:
    void begin(std::string title, std::string about);
    contestant_id add(contestant one);
    void compare(line one) { sections_.back().lines.push_back(std::move(one)); }

    /// Keeps the lines of which a section's title, a text or a contestant's name contains this,
    /// as a regular expression.
    void keep(std::string const& expression);

    [[nodiscard]] std::vector<section> const& sections() const { return sections_; }
    [[nodiscard]] std::string const& name(contestant_id id) const { return all_[id]->of.name; }

    /// Throws std::runtime_error for a line whose two contestants answer differently.
    void check_answers();

    /// Hands what the lines need to Google Benchmark, which tells `reporter`. About how much
    /// is done is told now and then, as a share of 1.
    void run(run_options const& options, benchmark::BenchmarkReporter& reporter,
             std::function<void(double)> const& progress);

    /// Under callgrind: dumps what one pass of each takes that is worth it, by its name, and
    /// prints each name with the size of its pass.
    void count_instructions();

private:
    struct entry {
        contestant of;
        prepared ready{};

        prepared& prepare();
        void measure(benchmark::State& state);
    };

    [[nodiscard]] std::vector<entry*> needed() const;

    std::vector<section> sections_;
    std::vector<std::unique_ptr<entry>> all_;
};

}  // namespace rolecall::benchmarks

#endif
