#include "yaml/text_places.hpp"

#include <doctest/doctest.h>

namespace {

using rolecall::place;
using rolecall::yaml::text_places;

constexpr std::string_view wide_text = "one\nzwölf 😀 x\n\nlast";

TEST_CASE("offsets become places, in whatever order they are asked for") {
    text_places places(wide_text, 2);
    CHECK(places.at(4, 10) == place{2, 2, 1, 5});
    CHECK(places.at(11, 15) == place{2, 2, 7, 1});
    CHECK(places.at(16, 17) == place{2, 2, 9, 1});
    CHECK(places.at(19, 23) == place{2, 4, 1, 4});
    CHECK(places.at(11, 15) == place{2, 2, 7, 1});
    CHECK(places.at(2, 3) == place{2, 1, 3, 1});
    CHECK(places.at(18, 18) == place{2, 3, 1, 1});
}

TEST_CASE("the end of the text has a place too, of length one") {
    CHECK(text_places(wide_text, 0).at(wide_text.size(), wide_text.size()) == place{0, 4, 5, 1});
    CHECK(text_places("", 0).at(0, 0) == place{0, 1, 1, 1});
}

TEST_CASE("a byte that is no UTF-8 counts as one character") {
    CHECK(text_places("\xFF\xC3x", 0).at(2, 3) == place{0, 1, 3, 1});
}

}  // namespace
