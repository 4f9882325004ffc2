#include "cli/line_reader.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

namespace {

using rolecall::cli::line_reader;

// Gives a text in pieces of one size.
line_reader::source in_pieces(std::string const& text, std::size_t size) {
    return [&text, size, at = std::size_t{0}](std::span<char> room) mutable {
        std::size_t const count = std::min({size, room.size(), text.size() - at});
        std::memcpy(room.data(), text.data() + at, count);
        at += count;
        return count;
    };
}

std::vector<std::string> lines_of(std::string const& text, std::size_t piece,
                                  std::size_t longest = 10) {
    line_reader reader(in_pieces(text, piece), longest);
    std::vector<std::string> lines;
    while (auto const line = reader.next())
        lines.push_back(line->too_long ? "(too long)" : std::string(line->text));
    CHECK(reader.count() == lines.size());
    CHECK(reader.bytes() == text.size());
    return lines;
}

using list = std::vector<std::string>;

TEST_CASE("lines end at LF or CR LF, and the last one at the end, however they arrive") {
    for (std::size_t const piece : {1U, 2U, 3U, 7U, 1000U}) {
        CAPTURE(piece);
        CHECK(lines_of("", piece).empty());
        CHECK(lines_of("a", piece) == list{"a"});
        CHECK(lines_of("a\n", piece) == list{"a"});
        CHECK(lines_of("\n", piece) == list{""});
        CHECK(lines_of("a\r\nb\n\nc", piece) == list{"a", "b", "", "c"});
        CHECK(lines_of("a\rb\r\r\n", piece) == list{"a\rb\r"});
        CHECK(lines_of("a\r", piece) == list{"a"});
    }
}

TEST_CASE("a line may have the length that is allowed, and one that is longer is passed over") {
    for (std::size_t const piece : {1U, 2U, 3U, 11U, 1000U}) {
        CAPTURE(piece);
        CHECK(lines_of("1234567890\nb\n", piece) == list{"1234567890", "b"});
        CHECK(lines_of("1234567890\r\nb\n", piece) == list{"1234567890", "b"});
        CHECK(lines_of("12345678901\nb\n", piece) == list{"(too long)", "b"});
        CHECK(lines_of("1234567890\r\r\nb", piece) == list{"(too long)", "b"});
        CHECK(lines_of(std::string(1000, 'x') + "\nb\n", piece) == list{"(too long)", "b"});
        CHECK(lines_of("a\n" + std::string(1000, 'x'), piece) == list{"a", "(too long)"});
        CHECK(lines_of("12345678901", piece) == list{"(too long)"});
    }
}

TEST_CASE("the source is asked only when no whole line is left") {
    std::vector<std::string> pieces{"a\nb\n", "c\n"};
    std::size_t asked = 0;
    line_reader reader(
        [&](std::span<char> room) -> std::size_t {
            if (asked == pieces.size()) return 0;
            std::string const& piece = pieces[asked++];
            std::memcpy(room.data(), piece.data(), piece.size());
            return piece.size();
        },
        10);
    CHECK(reader.next()->text == "a");
    CHECK(reader.next()->text == "b");
    CHECK(asked == 1);
    CHECK(reader.next()->text == "c");
    CHECK(asked == 2);
    CHECK(!reader.next());
}

}  // namespace
