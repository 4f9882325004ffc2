// Reading a file of records back, whatever has become of it.
#include "support/recorded_lines.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/json_lines.hpp>

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;
using kind = json_line::kind;

TEST_CASE("a reader of lines gives each record with the number of its line") {
    temporary_directory const folder;
    std::string const path = folder.write("x.jsonl", line_of(1, "a") + line_of(2, "b"));
    auto const lines = lines_of(path);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].number == 1);
    CHECK(lines[1].number == 2);
    CHECK(lines[1].what == kind::good);
    CHECK(lines[1].record->record == "b");
    CHECK(summary(folder.write("none.jsonl", "")) == "");
}

TEST_CASE("a reader of lines goes on after lines that are no records") {
    temporary_directory const folder;
    std::string const one = line_of(1, "a");
    std::string const path =
        folder.write("x.jsonl", one + "\n" + one.substr(0, 40) + "\n{}\n" + line_of(2, "b"));
    auto const lines = lines_of(path);
    REQUIRE(lines.size() == 5);
    CHECK(lines[1].what == kind::malformed);
    CHECK(lines[2].what == kind::torn);
    CHECK(lines[3].what == kind::malformed);
    CHECK(lines[4].what == kind::good);
    CHECK(lines[4].number == 5);
    CHECK(summary(path) ==
          "1 a, [the line is empty], [the line ends within the record], "
          "[`rolecall` is missing], 2 b");
}

TEST_CASE("a last line without its end is torn, even if it is whole") {
    temporary_directory const folder;
    std::string const two = line_of(2, "b");
    std::string const torn = folder.write("x.jsonl", line_of(1, "a") + two.substr(0, 50));
    std::string const whole =
        folder.write("y.jsonl", line_of(1, "a") + two.substr(0, two.size() - 1));
    for (std::string const& path : {torn, whole}) {
        CHECK(summary(path) == "1 a, [the file ends within the line]");
        CHECK(lines_of(path).back().what == kind::torn);
    }
}

TEST_CASE("a reader of lines tells which records are missing and which are repeated") {
    temporary_directory const folder;
    std::string text;
    for (std::uint64_t const number : {5U, 6U, 8U, 8U, 12U, 3U, 4U}) text += line_of(number);
    std::string const path = folder.write("x.jsonl", text);
    CHECK(summary(path) ==
          "5 p, 6 p, [record 7 is missing before it] 8 p, [record 8 follows record 8] 8 p, "
          "[records 9 to 11 are missing before it] 12 p, [record 3 follows record 12] 3 p, 4 p");
    auto const lines = lines_of(path);
    CHECK(lines[2].what == kind::gap);
    CHECK(lines[3].what == kind::repeated);
    CHECK(lines[4].what == kind::gap);
    CHECK(lines[5].what == kind::repeated);
}

TEST_CASE("a record in a broken line is missing before the next") {
    temporary_directory const folder;
    std::string const path = folder.write("x.jsonl", line_of(1) + "#" + line_of(2) + line_of(3));
    auto const lines = lines_of(path);
    REQUIRE(lines.size() == 3);
    CHECK(lines[1].what == kind::malformed);
    CHECK(lines[2].problem == "record 2 is missing before it");
}

TEST_CASE("a reader of lines that knows the last record before the file tells a gap there") {
    temporary_directory const folder;
    std::string const first = folder.write("x.jsonl.1", line_of(1) + line_of(2));
    std::string const second = folder.write("x.jsonl", line_of(3));
    json_lines_reader reader(first, {.after = 0});
    while (auto const line = reader.next()) CHECK(line->problem == "");
    CHECK(reader.last_sequence() == 2U);
    CHECK(summary(second, {.after = reader.last_sequence()}) == "3 p");
    CHECK(summary(second, {.after = 0}) == "[records 1 to 2 are missing before it] 3 p");
    CHECK(summary(second, {.after = 3}) == "[record 3 follows record 3] 3 p");
}

TEST_CASE("a reader of lines skips lines that are too long and reads those around them") {
    temporary_directory const folder;
    std::string const padding(3'000'000, 'x');
    std::string exactly = line_of(2, "");
    exactly.insert(exactly.size() - 2, longest_json_line + 1 - exactly.size(), ' ');
    std::string over = exactly;
    over.insert(over.size() - 2, 1, ' ');
    std::string const path = folder.write(
        "x.jsonl", line_of(1) + padding + "\n" + exactly + over + line_of(3) + padding);
    CHECK(summary(path) ==
          "1 p, [the line has more than 1048576 bytes], 2 , "
          "[the line has more than 1048576 bytes], 3 p, [the line has more than 1048576 bytes]");
    auto const lines = lines_of(path);
    REQUIRE(lines.size() == 6);
    CHECK(lines[1].what == kind::too_long);
    CHECK(lines[4].number == 5);
}

TEST_CASE("a reader of lines may be given a smaller limit") {
    temporary_directory const folder;
    std::string const path =
        folder.write("x.jsonl", line_of(1) + line_of(2, std::string(500, 'x')) + line_of(3));
    CHECK(summary(path, {.longest_line = line_of(1).size() - 1}) ==
          "1 p, [the line has more than " + std::to_string(line_of(1).size() - 1) +
              " bytes], [record 2 is missing before it] 3 p");
}

TEST_CASE("lines of all lengths are read back across the pieces that a file is read in") {
    temporary_directory const folder;
    std::mt19937 random(5);
    std::string text;
    std::vector<std::size_t> sizes;
    for (std::uint64_t i = 1; i <= 400; ++i) {
        sizes.push_back(random() % 3 == 0 ? random() % 100'000 : random() % 200);
        text += line_of(i, std::string(sizes.back(), 'x'));
    }
    auto const lines = lines_of(folder.write("x.jsonl", text), {.after = 0});
    REQUIRE(lines.size() == sizes.size());
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        CHECK(lines[i].problem == "");
        CHECK(lines[i].number == i + 1);
        CHECK(lines[i].record->record.size() == sizes[i]);
    }
}

TEST_CASE("a carriage return before the end of a line is nothing") {
    temporary_directory const folder;
    std::string text = line_of(1, "a");
    text.insert(text.size() - 1, "\r");
    CHECK(summary(folder.write("x.jsonl", text)) == "1 a");
}

TEST_CASE("a file of lines that can't be read says why, once") {
    temporary_directory const folder;
    CHECK(summary(folder.path("none.jsonl")) == "[can't be read (No such file or directory)]");
    CHECK(summary(folder.path()) == "[can't be read (Is a directory)]");
    std::string const path = folder.write("x.jsonl", line_of(1));
    CHECK(summary(path + '\0' + "y") == "[can't be read (Invalid argument)]");
    json_lines_reader reader(folder.path("none.jsonl"));
    auto const line = reader.next();
    REQUIRE(line.has_value());
    CHECK(line->what == kind::unreadable);
    CHECK_FALSE(line->record.has_value());
    CHECK_FALSE(reader.next().has_value());
}

TEST_CASE("a reader of lines at the end finds what was appended since") {
    temporary_directory const folder;
    json_lines_sink sink(folder.path("x.jsonl"));
    json_lines_reader reader(folder.path("x.jsonl"));
    CHECK_FALSE(reader.next().has_value());
    REQUIRE(tell_of(sink, "a") == recorded::yes);
    auto const line = reader.next();
    REQUIRE(line.has_value());
    CHECK(line->record->record == "a");
    CHECK_FALSE(reader.next().has_value());
}
