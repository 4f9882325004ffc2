// Texts made to hurt: large, deep, or repeated. Time and memory stay linear, the stack small.
#include "unit/yaml_reading.hpp"

#include <doctest/doctest.h>
#include <pthread.h>

#include <chrono>
#include <cstddef>

namespace {

using namespace rolecall::testing;
using namespace std::string_view_literals;
using rolecall::yaml::read;

constexpr std::size_t many = 100'000;

std::string repeated(std::string_view part) {
    std::string text;
    text.reserve(part.size() * many);
    for (std::size_t i = 0; i < many; ++i) text += part;
    return text;
}

std::string with_many_keys() {
    std::string text;
    for (std::size_t i = 0; i < many; ++i) text += "key-" + std::to_string(i) + ": v\n";
    return text;
}

// What a reader that looks twice at each byte needs for this is far below a second, and what
// one needs that begins again at every byte is minutes.
bool takes_linear_time(std::string const& text) {
    auto const begin = std::chrono::steady_clock::now();
    auto const result = read(text, 0);
    return std::chrono::steady_clock::now() - begin < std::chrono::seconds(15);
}

constexpr std::string_view hostile_parts[] = {
    "[",    "{",     "{a: ",         "- ",     "? ",      "[a,",     "a: ",        "a:\n",
    "-\n",  "- a\n", "\n",           " ",      "#\n",     "a",       "'",          "\"",
    "\"\\", "''",    "\\",           ",",      "]",       "}",       ":",          "*a\n",
    "&a ",  "!a ",   "|\n",          "- |\n",  "~\n",     "- ~\n",   "%\n",        "\r",
    "\r\n", "---\n", "...\n",        "- 'a\n", " |\n",    "- [a]\n", "- {a: b}\n", "\t",
    "\xFF", "\0"sv,  "\xEF\xBB\xBF", "\n  ",   "\n\n  a", "'': ,"};

TEST_CASE("no part, however often it is repeated, takes more than linear time") {
    for (std::string_view const part : hostile_parts) {
        CAPTURE(part);
        std::string const text = repeated(part);
        CHECK(takes_linear_time(text));
        CHECK(takes_linear_time("a: " + text + "\n"));
        CHECK(takes_linear_time("a: |\n  " + text + "\n"));
        CHECK(takes_linear_time("[" + text + "]\n"));
    }
}

TEST_CASE("a hundred thousand keys, the same or not, take linear time") {
    std::string const keys = with_many_keys();
    CHECK(found_in(keys) == "");
    CHECK(takes_linear_time(keys));
    CHECK(takes_linear_time(keys + keys));
}

TEST_CASE("a text of a megabyte is a text") {
    std::string const text = repeated("0123456789");
    CHECK(found_in("a: " + text + "\nb: '" + text + "'\nc: \"" + text + "\"\n") == "");
    CHECK(bool{read(text + "\n", 0).root.text == text});
}

// Runs in a thread of 128 KB, the default of some systems.
bool in_a_small_stack(void* (*work)(void*)) {
    pthread_attr_t attributes;
    pthread_t thread{};
    bool const made = pthread_attr_init(&attributes) == 0 &&
                      pthread_attr_setstacksize(&attributes, std::size_t{128} * 1024) == 0 &&
                      pthread_create(&thread, &attributes, work, nullptr) == 0;
    pthread_attr_destroy(&attributes);
    return made && pthread_join(thread, nullptr) == 0;
}

TEST_CASE("a small stack is enough for the deepest document, and for one that is too deep") {
    REQUIRE(in_a_small_stack([](void*) -> void* {
        std::string deepest;
        for (std::size_t i = 0; i < 8; ++i) deepest += std::string(i, ' ') + "key:\n";
        deepest +=
            "        - " + std::string(7, '[') + "{a: b, c: 'd'}" + std::string(7, ']') + "\n";
        CHECK(found_in(deepest) == "9:18+1 too-deep, incomplete");
        deepest.erase(deepest.find('['), 1);
        deepest.erase(deepest.find(']'), 1);
        CHECK(found_in(deepest) == "");
        CHECK(found_in(repeated("[") + "\n") == "1:17+1 too-deep, incomplete");
        CHECK(found_in(repeated("- ") + "\n") == "1:33+1 too-deep, incomplete");
        return nullptr;
    }));
}

}  // namespace
