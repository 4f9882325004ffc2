// Looks for a text that our reader accepts and libyaml reads in another way, and for one that
// crashes, hangs or disturbs our reader. A libFuzzer target, for clang:
//
//   clang++ -std=c++20 -g -O1 -fsanitize=fuzzer,address,undefined -I include -I src -I tests
//       tests/fuzz/read_fuzzer.cpp src/yaml/*.cpp -lyaml-cpp -lyaml -o read_fuzzer
//   ./read_fuzzer -dict=tests/fuzz/yaml.dict -max_len=400 corpus/
#include "fuzz/libyaml_judge.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    auto const verdict = rolecall::testing::judge(text);
    if (verdict.difference.empty()) return 0;
    std::fprintf(stderr, "%s\n", verdict.difference.c_str());
    std::abort();
}
