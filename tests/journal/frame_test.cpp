// The names of files, which are numbers, to the letter.
#include "journal/frame.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

using namespace rolecall;

TEST_CASE("segments are named by twelve digits, or more where it takes more") {
    CHECK(trail::segment_name(1) == "000000000001.segment");
    CHECK(trail::segment_name(999'999'999'999) == "999999999999.segment");
    CHECK(trail::segment_name(1'000'000'000'000) == "1000000000000.segment");
    for (std::uint64_t const number :
         {std::uint64_t{1}, std::uint64_t{42}, std::uint64_t{1} << 50U, ~std::uint64_t{0}})
        CHECK(trail::segment_number(trail::segment_name(number)) == number);
}

TEST_CASE("a name that is not to the letter is no segment") {
    for (char const* name :
         {"", "1.segment", "000000000000.segment", "000000000001.segment ", " 00000000001.segment",
          "00000000001.segment", "0000000000001.segment", "000000000001", "000000000001.Segment",
          "+00000000001.segment", "-00000000001.segment", "00000000000a.segment",
          "99999999999999999999.segment", "000000000001.segment.segment"}) {
        CAPTURE(name);
        CHECK(trail::segment_number(name) == 0);
    }
    CHECK(trail::segment_number(std::string("000000000001.segment\0", 21)) == 0);
}

TEST_CASE("writers are named by their number alone") {
    CHECK(trail::writer_name(1) == "writer-1");
    CHECK(trail::writer_number("writer-1") == 1);
    CHECK(trail::writer_number("writer-4294967295") == 4'294'967'295U);
    for (char const* name : {"", "writer", "writer-", "writer-0", "writer-01", "writer-1 ",
                             "Writer-1", "writer-4294967296", "writer-4294967297", "writer--1"}) {
        CAPTURE(name);
        CHECK(trail::writer_number(name) == 0);
    }
}

TEST_CASE("bytes are written as small hexadecimal digits") {
    std::byte const bytes[] = {std::byte{0}, std::byte{0x0f}, std::byte{0xa0}, std::byte{0xff}};
    CHECK(trail::hex(bytes) == "000fa0ff");
    CHECK(trail::hex({}) == "");
}
