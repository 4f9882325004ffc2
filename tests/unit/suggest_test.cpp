#include <rolecall/detail/suggest.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace {

using rolecall::detail::bounded_distance;
using rolecall::detail::closest;
using rolecall::detail::did_you_mean;
using rolecall::detail::suggester;
using words = std::vector<std::string_view>;

words const actions = {"view", "modify", "store", "delete"};

// The whole table, as the textbook has it.
std::size_t plain_distance(std::string const& a, std::string const& b) {
    std::vector<std::vector<std::size_t>> table(a.size() + 1,
                                                std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i)
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                table[i][j] = i + j;
                continue;
            }
            std::size_t const differs = a[i - 1] == b[j - 1] ? 0 : 1;
            table[i][j] =
                std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + differs});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
        }
    return table[a.size()][b.size()];
}

TEST_CASE("two letters that changed places are one mistake") {
    CHECK(bounded_distance("veiw", "view", 3) == 1);
    CHECK(closest("veiw", actions) == "view");
}

TEST_CASE("a letter too many, too few or wrong is one mistake") {
    CHECK(closest("vieww", actions) == "view");
    CHECK(closest("modfy", actions) == "modify");
    CHECK(closest("stare", actions) == "store");
}

TEST_CASE("capitals are no mistake that counts") {
    CHECK(closest("VIEW", actions) == "view");
    CHECK(closest("V", words{"v"}) == "v");
}

TEST_CASE("a word that resembles none gets no suggestion") {
    CHECK_FALSE(closest("read", actions));
    CHECK_FALSE(closest("x", words{"y"}));
    CHECK_FALSE(closest("", actions));
    CHECK_FALSE(closest("view", {}));
}

TEST_CASE("the word itself is never suggested") {
    CHECK(closest("view", words{"view", "views"}) == "views");
}

TEST_CASE("of equally close words the first in byte order is suggested") {
    CHECK(closest("lead", words{"load", "lend", "leaf"}) == "leaf");
    CHECK(closest("lead", words{"leaf", "lend", "load"}) == "leaf");
    CHECK(closest("leads", words{"leaf", "load", "lead"}) == "lead");
}

TEST_CASE("long words are left alone") {
    std::string const longest(128, 'a');
    std::string const longer(129, 'a');
    CHECK(closest(longest.substr(1), words{longest}) == longest);
    CHECK_FALSE(closest(longest, words{longer}));
    CHECK_FALSE(closest(longer, words{longest}));
    CHECK_FALSE(closest(std::string(1'000'000, 'a'), words{longest}));
}

TEST_CASE("six mistakes make another word, however long") {
    std::string const name(60, 'a');
    CHECK(closest(std::string(55, 'a'), words{name}) == name);
    CHECK_FALSE(closest(std::string(54, 'a'), words{name}));
}

TEST_CASE("the distance is the textbook's, up to the limit") {
    std::mt19937 random(7);  // NOLINT: the same words in every run
    auto const word = [&] {
        std::string text(random() % 9, ' ');
        for (char& c : text) c = static_cast<char>('a' + random() % 3);
        return text;
    };
    for (int round = 0; round < 20'000; ++round) {
        std::string const a = word(), b = word();
        for (std::size_t limit = 0; limit <= 5; ++limit) {
            CAPTURE(a);
            CAPTURE(b);
            REQUIRE(bounded_distance(a, b, limit) == std::min(plain_distance(a, b), limit + 1));
        }
    }
}

TEST_CASE("a suggester stops when a policy is nothing but mistakes") {
    std::vector<std::string> names;
    names.reserve(60'000);
    for (int i = 0; i < 60'000; ++i) names.push_back("role-" + std::to_string(i));
    words const known(names.begin(), names.end());
    suggester suggestions;
    std::size_t given = 0;
    for (int i = 0; i < 60'000; ++i)
        if (suggestions.closest("rola-" + std::to_string(i), known)) ++given;
    CHECK(given > 0);
    CHECK(given < 100);
}

TEST_CASE("a suggestion ends the sentence as a question") {
    CHECK(did_you_mean(closest("veiw", actions)) == "; did you mean `view`?");
    CHECK(did_you_mean(std::nullopt).empty());
}

}  // namespace
