// Which user ids people take for each other.
#include "cli/id_look.hpp"

#include <doctest/doctest.h>

using rolecall::cli::id_look;

TEST_CASE("ids that differ in the case of their letters look alike, in every script") {
    CHECK(id_look("Dana") == id_look("dana"));
    CHECK(id_look("ÉLODIE") == id_look("élodie"));
    CHECK(id_look("ΔΑΝΑ") == id_look("δανα"));
}

TEST_CASE("a Cyrillic letter looks like the Latin one") {
    CHECK(id_look("d\xD0\xB0na") == id_look("dana"));
    CHECK(id_look("bo@shop.example") == id_look("b\xD0\xBE@shop.example"));
}

TEST_CASE("one and l, zero and o, rn and m look alike") {
    CHECK(id_look("eva1") == id_look("eval"));
    CHECK(id_look("b0") == id_look("bo"));
    CHECK(id_look("bernard") == id_look("bemard"));
}

TEST_CASE("a letter in one code point or in two looks the same") {
    CHECK(id_look("\xC3\xA9va") == id_look("e\xCC\x81va"));
}

TEST_CASE("ids that people can tell apart look different") {
    CHECK(id_look("dana") != id_look("dona"));
    CHECK(id_look("eve") != id_look("eva"));
    CHECK(id_look("") == "");
}

TEST_CASE("bytes that are no UTF-8 do no harm") { CHECK(id_look("\xFF\xFE") != id_look("dana")); }
