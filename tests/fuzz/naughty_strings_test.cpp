// The big list of naughty strings, written into YAML in each way: what is accepted is exactly
// the string.
#include "fuzz/libyaml_judge.hpp"
#include "fuzz/sample_policies.hpp"
#include "support/skip.hpp"

#include <doctest/doctest.h>

#include <charconv>
#include <optional>
#include <sstream>

namespace {

using namespace rolecall::testing;
namespace fs = std::filesystem;

fs::path const folder = fs::path(ROLECALL_DATA_DIR) / "naughty-strings";

// The escapes that the list needs; its \u are all below U+0080.
std::string unescape_json(std::string_view inside) {
    std::string text;
    for (std::size_t i = 0; i < inside.size(); ++i) {
        if (inside[i] != '\\') {
            text += inside[i];
            continue;
        }
        char const letter = inside[++i];
        if (letter == 'u') {
            int value = 0;
            std::from_chars(&inside[i + 1], &inside[i + 1] + 4, value, 16);
            text += static_cast<char>(value);
            i += 4;
        } else {
            text += letter == 'b' ? '\b' : letter == 'f' ? '\f' : letter == 't' ? '\t' : letter;
        }
    }
    return text;
}

// One string a line, in JSON within quotes.
std::vector<std::string> naughty_strings() {
    std::vector<std::string> result;
    std::string line;
    for (std::istringstream in(read_file(folder / "blns.json")); std::getline(in, line);) {
        std::size_t const begin = line.find('"');
        if (begin != std::string::npos)
            result.push_back(unescape_json(
                std::string_view(line).substr(begin + 1, line.rfind('"') - begin - 1)));
    }
    for (std::istringstream in(read_file(folder / "blns.txt")); std::getline(in, line);)
        result.push_back(line);
    return result;
}

std::string replaced(std::string_view text, char what, std::string_view by) {
    std::string result;
    for (char const c : text) c == what ? result += by : result += c;
    return result;
}

std::string trimmed(std::string_view text) {
    std::size_t const begin = std::min(text.find_first_not_of(' '), text.size());
    return std::string(text.substr(begin, text.find_last_not_of(' ') + 1 - begin));
}

// The scalar that a document `- …` holds, if it is accepted and has the style.
std::optional<std::string> read_item(std::string const& document,
                                     rolecall::yaml::scalar_style style) {
    auto const verdict = judge(document);
    CHECK(verdict.difference == "");
    if (!verdict.accepted || verdict.ours.root.items.size() != 1) return std::nullopt;
    auto const& item = verdict.ours.root.items.front();
    if (item.kind != rolecall::yaml::node_kind::scalar || item.style != style) return std::nullopt;
    return item.text;
}

TEST_CASE("naughty strings in quotes: what is accepted is exactly the string") {
    auto const strings = naughty_strings();
    if (strings.empty()) return skip("no folder naughty-strings");
    CHECK(strings.size() > 1000);

    std::size_t in_single = 0;
    std::size_t in_double = 0;
    for (std::string const& s : strings) {
        CAPTURE(s);
        using enum rolecall::yaml::scalar_style;
        if (auto const read = read_item("- '" + replaced(s, '\'', "''") + "'\n", quoted)) {
            CHECK(*read == s);
            ++in_single;
        }
        std::string const escaped = replaced(replaced(s, '\\', "\\\\"), '"', "\\\"");
        if (auto const read = read_item("- \"" + escaped + "\"\n", quoted)) {
            CHECK(*read == s);
            ++in_double;
        }
    }
    CHECK(in_single == in_double);
    CHECK(in_single > strings.size() * 9 / 10);
}

TEST_CASE("naughty strings without quotes: what is accepted is the string, or ends at a comment") {
    auto const strings = naughty_strings();
    if (strings.empty()) return skip("no folder naughty-strings");

    std::size_t accepted = 0;
    for (std::string const& s : strings) {
        auto const read = read_item("- " + s + "\n", rolecall::yaml::scalar_style::plain);
        if (!read) continue;
        CAPTURE(s);
        CHECK(*read == trimmed(s.substr(0, s.find(" #"))));
        ++accepted;
    }
    CHECK(accepted > strings.size() / 2);
}

}  // namespace
