// Times of several contestants in one run: each in turn does a batch of its work, with warm
// caches, so that whatever else the machine does slows them all alike.
#ifndef ROLECALL_BENCH_MEASURE_HPP
#define ROLECALL_BENCH_MEASURE_HPP

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::bench {

/// Makes the compiler believe that someone looks at a value, and changes any memory: so what
/// only reads must be done again the next time.
template <class Value>
inline void keep(Value const& value) {
    asm volatile("" : : "r,m"(value) : "memory");
}

/// The value below which a share of all lies, between neighbours in proportion. The values are
/// sorted; 0 without any.
[[nodiscard]] inline double quantile(std::span<double const> sorted, double share) noexcept {
    if (sorted.empty()) return 0;
    double const place = share * static_cast<double>(sorted.size() - 1);
    auto const below = std::min(static_cast<std::size_t>(place), sorted.size() - 1);
    auto const above = std::min(below + 1, sorted.size() - 1);
    double const rest = place - static_cast<double>(below);
    return sorted[below] + (sorted[above] - sorted[below]) * rest;
}

/// Median, and the values below and above which a tenth lies.
struct spread {
    double p10 = 0, median = 0, p90 = 0;
};

[[nodiscard]] inline spread spread_of(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return {quantile(values, 0.1), quantile(values, 0.5), quantile(values, 0.9)};
}

/// What was measured of one contestant.
struct timing {
    std::string name;
    std::size_t per_pass = 0;          ///< operations of one pass
    std::size_t passes_per_batch = 0;  ///< so many passes between two looks at the clock
    std::vector<double> nanoseconds;   ///< for one operation, of each batch in turn

    [[nodiscard]] spread each() const { return spread_of(nanoseconds); }
};

/// How many times longer one took than the other: the median of all rounds, in each of which
/// both ran one after the other. 0 where one has no time.
[[nodiscard]] inline double ratio(timing const& of, timing const& to) {
    std::vector<double> ratios;
    std::size_t const rounds = std::min(of.nanoseconds.size(), to.nanoseconds.size());
    for (std::size_t i = 0; i < rounds; ++i)
        if (to.nanoseconds[i] > 0) ratios.push_back(of.nanoseconds[i] / to.nanoseconds[i]);
    return spread_of(std::move(ratios)).median;
}

struct race_options {
    std::chrono::nanoseconds time = std::chrono::seconds(1);  ///< for all contestants together
    std::chrono::nanoseconds batch = std::chrono::microseconds(200);  ///< of each, at least
    std::size_t fewest_rounds = 1;  ///< even where they take longer
    std::size_t most_rounds = 10'000;
    std::function<void(double)> progress{};  ///< told now and then: the share of time that passed
};

/// Contestants that do the same work.
///
///     race r;
///     r.add("session", set.size(), [&] { return count(set.by_reference, ask); });
///     r.add("floor", set.size(), [&] { return count(set.bare, floor); });
///     std::vector<timing> const times = r.run({});
class race {
public:
    /// `pass` does `per_pass` operations, and returns a number that depends on all of them.
    template <class Pass>
    void add(std::string name, std::size_t per_pass, Pass pass) {
        contestants_.push_back({std::move(name),
                                std::max<std::size_t>(per_pass, 1),
                                {},
                                [pass = std::move(pass)](std::size_t passes) mutable {
                                    std::uint64_t sum = 0;
                                    for (std::size_t i = 0; i < passes; ++i) {
                                        sum += static_cast<std::uint64_t>(pass());
                                        keep(sum);
                                    }
                                }});
    }

    /// The same for work that needs preparations of its own each time: `prepare` runs before
    /// each pass, while the clock stands still.
    template <class Pass>
    void add_prepared(std::string name, std::size_t per_pass, std::function<void()> prepare,
                      Pass pass) {
        add(std::move(name), per_pass, std::move(pass));
        contestants_.back().prepare = std::move(prepare);
    }

    [[nodiscard]] bool empty() const noexcept { return contestants_.empty(); }

    /// Lets them take turns until the time has passed. Before each batch a pass goes untimed, to
    /// have the caches that the others used meanwhile; a pass that is longer than that would
    /// matter for goes without. What takes longer than all the time is done once. The times are
    /// in the order in which the contestants were added.
    [[nodiscard]] std::vector<timing> run(race_options const& with) {
        std::vector<timing> result;
        std::vector<pace> paces;
        for (contestant& one : contestants_) {
            paces.push_back(pace_of(one, with));
            result.push_back({one.name, one.per_pass, paces.back().passes, {}});
        }
        auto const begin = clock::now();
        auto const passed = [&] { return clock::now() - begin; };
        for (std::size_t round = 0; round < with.most_rounds; ++round) {
            if (round >= with.fewest_rounds && passed() >= with.time) break;
            // Each is first in turn.
            for (std::size_t i = 0; i < contestants_.size(); ++i) {
                std::size_t const which = (round + i) % contestants_.size();
                timing& of = result[which];
                double const took = turn(contestants_[which], paces[which], round == 0);
                of.nanoseconds.push_back(took /
                                         static_cast<double>(of.per_pass * of.passes_per_batch));
            }
            if (with.progress) with.progress(share(passed(), with.time));
        }
        return result;
    }

private:
    using clock = std::chrono::steady_clock;

    struct contestant {
        std::string name;
        std::size_t per_pass;
        std::function<void()> prepare;  // may be empty
        std::function<void(std::size_t)> run;
    };

    static double share(clock::duration passed, std::chrono::nanoseconds of) noexcept {
        auto const whole = std::max<std::chrono::nanoseconds::rep>(of.count(), 1);
        auto const part = std::chrono::duration_cast<std::chrono::nanoseconds>(passed).count();
        return std::min(1.0, static_cast<double>(part) / static_cast<double>(whole));
    }

    // Nanoseconds of so many passes.
    static double batch(contestant& of, std::size_t passes) {
        if (of.prepare) of.prepare();
        auto const begin = clock::now();
        of.run(passes);
        return std::chrono::duration<double, std::nano>(clock::now() - begin).count();
    }

    struct pace {
        std::size_t passes = 1;  // of a batch: as many as fill it
        bool warm_up = false;
        double first = -1;  // what a pass took that is not repeated
    };

    static pace pace_of(contestant& of, race_options const& with) {
        constexpr double long_pass = 50e6;
        auto const wanted = static_cast<double>(with.batch.count());
        double took = batch(of, 1);
        pace result;
        if (took >= static_cast<double>(with.time.count())) {
            result.first = took;
            return result;
        }
        result.warm_up = !of.prepare && took < long_pass;
        if (of.prepare || took >= wanted * 4) return result;
        for (took = batch(of, 1); took < wanted && result.passes < most_passes;)
            took = batch(of, result.passes *= 2);
        return result;
    }

    static double turn(contestant& of, pace const& at, bool first_round) {
        if (first_round && at.first >= 0) return at.first;
        if (at.warm_up) of.run(1);
        return batch(of, at.passes);
    }

    static constexpr std::size_t most_passes = std::size_t{1} << 30U;

    std::vector<contestant> contestants_;
};

namespace detail {

// Where in memory a loop of a dozen instructions begins was seen to change its time from 0.5 to
// 1.1 nanoseconds a round. So each loop is there four times, 16 bytes apart, and asks a quarter
// of the questions each.
inline constexpr std::size_t placements = 4;
#if defined(__x86_64__) || defined(__i386__)
inline constexpr std::size_t bytes_of_nop = 1;
#else
inline constexpr std::size_t bytes_of_nop = 4;
#endif

// Kept out of line, so that every contestant has the same loop around it.
template <std::size_t Place, class Each>
[[nodiscard, gnu::noinline, gnu::aligned(64)]] std::uint64_t count_part(std::size_t first,
                                                                        std::size_t last,
                                                                        Each const& each) {
    asm volatile(".rept %c0\n\tnop\n\t.endr" : : "i"(Place * 16 / bytes_of_nop));
    std::uint64_t allowed = 0;
    for (std::size_t i = first; i != last; ++i) allowed += each(i) ? 1U : 0U;
    return allowed;
}

template <class Each, std::size_t... Places>
[[nodiscard]] std::uint64_t count_all(std::size_t size, Each const& each,
                                      std::index_sequence<Places...> /*unused*/) {
    return (count_part<Places>(size * Places / placements, size * (Places + 1) / placements, each) +
            ...);
}

}  // namespace detail

/// Asks every question once, and counts the answers that are yes.
template <class Questions, class Ask>
[[nodiscard]] std::uint64_t count(Questions const& questions, Ask const& ask) {
    auto const* const all = questions.data();
    return detail::count_all(
        questions.size(), [all, &ask](std::size_t i) { return ask(all[i]); },
        std::make_index_sequence<detail::placements>());
}

/// The same where each question comes with something else: its facts.
template <class Questions, class Others, class Ask>
[[nodiscard]] std::uint64_t count(Questions const& questions, Others const& others,
                                  Ask const& ask) {
    auto const* const all = questions.data();
    auto const* const more = others.data();
    return detail::count_all(
        questions.size(), [all, more, &ask](std::size_t i) { return ask(all[i], more[i]); },
        std::make_index_sequence<detail::placements>());
}

/// Where an answer differs from what was expected; `expected.size()` where none does.
template <class Questions, class Ask>
[[nodiscard]] std::size_t first_disagreement(Questions const& questions,
                                             std::vector<std::uint8_t> const& expected,
                                             Ask const& ask) {
    std::size_t i = 0;
    for (auto const& q : questions) {
        if ((ask(q) ? 1U : 0U) != expected[i]) break;
        ++i;
    }
    return i;
}

}  // namespace rolecall::inline v0_1::bench

#endif
