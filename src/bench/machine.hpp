// What a measurement ran on, and how the program was built: without that, a time says nothing.
#ifndef ROLECALL_BENCH_MACHINE_HPP
#define ROLECALL_BENCH_MACHINE_HPP

#include <cstddef>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::bench {

struct machine {
    std::string cpu;       ///< as the system calls it
    std::size_t cpus = 0;  ///< that are online
    std::string compiler;  ///< `GCC 12.2.0`
    std::string build;     ///< CMake's build type; empty: none
    std::string flags;     ///< those that make code faster or slower: `-O2 -DNDEBUG`
    bool optimised = true;
    bool asserts = false;
    bool sanitizers = false;
    double load = 0;  ///< how many processes wanted to run, over the last minute
};

[[nodiscard]] machine this_machine();

/// What speaks against the times, a sentence each: a build for tests, or other work.
[[nodiscard]] std::vector<std::string> doubts(machine const& on);

/// The value of `model name` in a text like /proc/cpuinfo; empty where there is none.
[[nodiscard]] std::string cpu_model(std::string const& cpuinfo);

}  // namespace rolecall::inline v0_1::bench

#endif
