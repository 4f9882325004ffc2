#include <rolecall/diagnostic_text.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace rolecall;

namespace {

diagnostic at(std::string line, std::uint32_t column, std::uint32_t length) {
    return {diagnostic_code::unknown_action,
            "unknown action `veiw`",
            {"shop.yaml", 7, column, length, std::move(line)},
            {}};
}

std::string third_line(std::string const& text) {
    std::size_t const second = text.find('\n') + 1;
    std::size_t const third = text.find('\n', second) + 1;
    return text.substr(third);
}

}  // namespace

TEST_CASE("a diagnostic shows place, text, code, the line, and a caret under the word") {
    CHECK(to_text(at("      account: [veiw, modify]", 17, 4)) ==
          "shop.yaml:7:17: error: unknown action `veiw` [unknown-action]\n"
          "   7 |       account: [veiw, modify]\n"
          "     |                 ^~~~");
}

TEST_CASE("a caret stands under its word in any script") {
    CHECK(third_line(to_text(at("über: veiw", 7, 4))) == "     |       ^~~~");
    CHECK(third_line(to_text(at("日本: veiw", 5, 4))) == "     |       ^~~~");
}

TEST_CASE("hidden and control characters in a line are shown, and move the caret along") {
    std::string const text = to_text(at("a\u202E\tb", 4, 1));
    CHECK(text.find("\u202E") == std::string::npos);
    CHECK(text.find("a<U+202E><U+0009>b") != std::string::npos);
    CHECK(third_line(text) == "     |                  ^");
}

TEST_CASE("of a long line, the part around the word is shown") {
    std::string const text =
        to_text(at(std::string(500, 'x') + "veiw" + std::string(500, 'y'), 501, 4));
    CHECK(text.size() < 400);
    CHECK(text.find("veiw") != std::string::npos);
    std::string const line = text.substr(text.find('\n') + 1);
    std::string const carets = third_line(text);
    CHECK(detail::display_width(line.substr(0, line.find("veiw"))) == carets.find('^'));
}

TEST_CASE("the second place of a problem is shown as a note") {
    diagnostic d = at("x: 1", 1, 1);
    d.related.push_back({{"other.yaml", 3, 2, 1, " x: 1"}, "first defined here"});
    CHECK(to_text(d).find("\nother.yaml:3:2: note: first defined here\n   3 |  x: 1\n     |  ^") !=
          std::string::npos);
}

TEST_CASE("a diagnostic of a whole file, or of code, has no line") {
    diagnostic d{diagnostic_code::no_policy_file, "no policy file", {"shop", 0, 0, 0, {}}, {}};
    CHECK(to_text(d) == "shop: error: no policy file [no-policy-file]");
    d.where.path.clear();
    CHECK(to_text(d) == "policy: error: no policy file [no-policy-file]");
}

TEST_CASE("every code has a word of its own") {
    for (std::size_t i = 0; i < diagnostic_code_count; ++i)
        for (std::size_t j = i + 1; j < diagnostic_code_count; ++j)
            CHECK(to_string(static_cast<diagnostic_code>(i)) !=
                  to_string(static_cast<diagnostic_code>(j)));
}
