// Looks for files of a journal with which the check or the reader crashes, hangs, takes much
// memory, or of which the two say different things. A libFuzzer target, for clang:
//
//   clang++ -std=c++20 -g -O1 -fsanitize=fuzzer,address,undefined -I include -I src -I tests
//       tests/fuzz/journal_fuzzer.cpp tests/journal/raw_journal.cpp librolecall.a
//       librolecall_yaml.a -lcrypto -lyaml-cpp -lfmt -o journal_fuzzer
//   ./journal_fuzzer -max_len=8000 -malloc_limit_mb=64 corpus/
//
// The first byte says whether hashes are repaired; each `RCJ1` with kind 1 begins a segment.
#include "fuzz/journal_judge.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using rolecall::testing::memory_files;

void cut_into_segments(std::string_view bytes, memory_files& files) {
    constexpr std::string_view opening("RCJ1\x01", 5);
    std::size_t at = 0;
    for (std::uint64_t segment = 1; segment <= 20 && at < bytes.size(); ++segment) {
        std::size_t const next = std::min(bytes.find(opening, at + 1), bytes.size());
        files.contents["j/writer-1/" + rolecall::trail::segment_name(segment)] =
            bytes.substr(at, next - at);
        at = next;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    memory_files files;
    files.contents["j/journal"] = "rolecall-journal 1 30313233343536373839616263646566\n";
    cut_into_segments(bytes.substr(1), files);
    if ((data[0] & 1U) != 0) rolecall::testing::repair(files);
    std::string const wrong = rolecall::testing::judge(files);
    if (wrong.empty()) return 0;
    std::fprintf(stderr, "%s\n", wrong.c_str());
    std::abort();
}
