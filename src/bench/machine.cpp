#include "bench/machine.hpp"

#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string_view>

#ifndef ROLECALL_BUILD_TYPE
#define ROLECALL_BUILD_TYPE ""
#endif
#ifndef ROLECALL_BUILD_FLAGS
#define ROLECALL_BUILD_FLAGS ""
#endif

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define ROLECALL_HAS_SANITIZERS
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ROLECALL_HAS_SANITIZERS
#endif

namespace rolecall::inline v0_1::bench {
namespace {

// NOLINTNEXTLINE(readability-redundant-string-init): empty only where the build says nothing
constexpr std::string_view flags = ROLECALL_BUILD_FLAGS;

// The last of several counts, as for the compiler.
constexpr bool is_optimised() {
#ifdef __OPTIMIZE__
    std::size_t const last = flags.rfind("-O");
    if (last == std::string_view::npos || last + 2 >= flags.size()) return true;
    char const level = flags[last + 2];
    return level != '0' && level != '1' && level != 'g';
#else
    return false;
#endif
}

std::string compiler() {
#if defined(__clang__)
    return fmt::format("clang {}.{}.{}", __clang_major__, __clang_minor__, __clang_patchlevel__);
#elif defined(__GNUC__)
    return fmt::format("GCC {}.{}.{}", __GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__);
#else
    return "an unknown compiler";
#endif
}

std::string whole_file(char const* path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string cpu() {
    if (std::string model = cpu_model(whole_file("/proc/cpuinfo")); !model.empty()) return model;
    utsname system{};
    return ::uname(&system) == 0 ? std::string(system.machine) : "an unknown CPU";
}

}  // namespace

std::string cpu_model(std::string const& cpuinfo) {
    constexpr std::string_view key = "model name";
    constexpr std::string_view blank = " \t";
    std::string_view left = cpuinfo;
    while (!left.empty()) {
        std::size_t const end = std::min(left.find('\n'), left.size());
        std::string_view line = left.substr(0, end);
        left.remove_prefix(std::min(end + 1, left.size()));
        if (!line.starts_with(key)) continue;
        std::size_t const colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        line.remove_prefix(colon + 1);
        std::size_t const first = line.find_first_not_of(blank);
        if (first == std::string_view::npos) continue;
        return std::string(line.substr(first, line.find_last_not_of(blank) + 1 - first));
    }
    return {};
}

machine this_machine() {
    machine result;
    result.cpu = cpu();
    long const online = ::sysconf(_SC_NPROCESSORS_ONLN);
    result.cpus = online > 0 ? static_cast<std::size_t>(online) : 1;
    result.compiler = compiler();
    result.build = ROLECALL_BUILD_TYPE;
    result.flags = flags;
    result.optimised = is_optimised();
#ifndef NDEBUG
    result.asserts = true;
#endif
#ifdef ROLECALL_HAS_SANITIZERS
    result.sanitizers = true;
#endif
    std::array<double, 1> load{};
    if (::getloadavg(load.data(), 1) == 1) result.load = load[0];
    return result;
}

std::vector<std::string> doubts(machine const& on) {
    std::vector<std::string> result;
    std::string wrong;
    if (!on.optimised) wrong = "without full optimisation";
    if (on.asserts) wrong += wrong.empty() ? "with asserts" : " and with asserts";
    if (on.sanitizers) wrong += wrong.empty() ? "with sanitizers" : " and with sanitizers";
    if (!wrong.empty())
        result.push_back("this program was built " + wrong +
                         (on.flags.empty() ? std::string() : " (" + on.flags + ')') +
                         ": a build for release is faster");
    if (on.load > static_cast<double>(on.cpus) / 2)
        result.push_back(fmt::format(
            "the machine is busy with other work ({:.1f} processes on {} CPU{}, over the last "
            "minute): look at the ratios, and measure again",
            on.load, on.cpus, on.cpus == 1 ? "" : "s"));
    return result;
}

}  // namespace rolecall::inline v0_1::bench
