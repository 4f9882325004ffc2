// The outcome of `bench` for people: a table, each measure beside its floor.
//
//     check by session            each    8 of 10 within  floor               each  ratio
//       half denied at random  0.56 ns  0.51 – 0.62 ns    bit test of a row  0.55 ns   1.0
#ifndef ROLECALL_CLI_BENCH_BENCH_TEXT_HPP
#define ROLECALL_CLI_BENCH_BENCH_TEXT_HPP

#include "bench/report.hpp"
#include "cli/streams.hpp"

#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {

void write_bench_text(bench::report const& measured, std::string_view path, output& to);

/// Three digits and a unit: `0.561 ns`, `12.3 µs`, `1.50 s`.
[[nodiscard]] std::string time_text(double nanoseconds);

/// `0.054`, `1.02`, `13.4`, `1,250`; a dash for what has no ratio.
[[nodiscard]] std::string ratio_text(double ratio);

}  // namespace rolecall::inline v0_1::cli

#endif
