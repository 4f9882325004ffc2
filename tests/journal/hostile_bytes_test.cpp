// A small journal with random changes, its hashes repaired or not: a check and a reader come to an
// end, and say the same.
#include "fuzz/journal_judge.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

namespace rolecall::testing {
namespace {

using random_source = std::mt19937;

std::size_t below(random_source& random, std::size_t size) {
    return size == 0 ? 0 : random() % size;
}

// A number that is likely to be one too many somewhere.
std::uint32_t odd_number(random_source& random) {
    constexpr std::uint32_t numbers[] = {
        0,          1,          2,          3,           0x7F,        0xFF,        0xFFFF,
        0x100'0000, 0x1FF'FFFF, 0x200'0000, 0xFFFF'FFFE, 0xFFFF'FFFF, 0x7FFF'FFFF, 0x8000'0000};
    return numbers[below(random, std::size(numbers))];
}

void change(random_source& random, std::string& bytes, std::string const& other) {
    std::size_t const at = below(random, bytes.size());
    switch (random() % 7) {
        case 0:
            if (!bytes.empty()) bytes[at] = static_cast<char>(random());
            break;
        case 1:
            if (bytes.size() >= at + 4 && bytes.size() >= 4)
                bytes.replace(at, 4, raw_bytes().u32(odd_number(random)).is);
            break;
        case 2: bytes.erase(at, below(random, 40)); break;
        case 3:
            bytes.insert(at, other.substr(below(random, other.size()), below(random, 60)));
            break;
        case 4: bytes.resize(at); break;
        case 5: bytes.append(below(random, 300), '\0'); break;
        default: {
            // A frame of the other file, whole.
            std::vector<std::size_t> const from = frame_starts(other);
            std::vector<std::size_t> const to = frame_starts(bytes);
            if (from.size() < 2) break;
            std::size_t const n = below(random, from.size() - 1);
            bytes.insert(to[below(random, to.size())] % (bytes.size() + 1),
                         other.substr(from[n], from[n + 1] - from[n]));
            break;
        }
    }
}

}  // namespace

TEST_CASE("a check and a reader come to an end on whatever bytes, and say the same") {
    small_journal const original;
    random_source random(8);
    std::size_t repaired = 0;
    memory_files files;
    for (int round = 0; round < 3000; ++round) {
        files.contents = original.files.contents;
        std::vector<std::string> paths;
        for (auto const& [path, bytes] : files.contents)
            if (path.ends_with(".segment")) paths.push_back(path);
        for (std::size_t n = 1 + below(random, 4); n > 0; --n)
            change(random, files.contents[paths[below(random, paths.size())]],
                   original.files.contents.at(paths[below(random, paths.size())]));
        if (random() % 8 == 0) files.contents.erase(paths[below(random, paths.size())]);
        if (random() % 3 != 0) {
            repair(files);
            ++repaired;
        }
        std::string const wrong = judge(files);
        if (!wrong.empty()) FAIL_CHECK("round " << round << ": " << wrong);
    }
    CHECK(repaired > 1000);
}

TEST_CASE("a payload that says more than it holds takes no more memory than a multiple of it") {
    // Each of these would take gigabytes if its counts were believed.
    for (std::uint32_t const count : {0x00FF'FFFFU, 0x7FFF'FFFFU, 0xFFFF'FFFFU}) {
        for (std::uint8_t type = 1; type <= 6; ++type) {
            raw_bytes body;
            for (int i = 0; i < 200; ++i) body.u32(count);
            raw_bytes const payload = raw_bytes().entry(type, body);
            trail::entry_reader reader;
            std::string const wrong =
                reader.read(std::as_bytes(std::span(payload.is.data(), payload.is.size())), 1, 1,
                            [](journal_record&&) { return true; });
            CHECK_FALSE(wrong.empty());
        }
    }
}

}  // namespace rolecall::testing
