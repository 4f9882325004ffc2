// Accepted texts with one slip in them: whatever our reader still accepts, libyaml must read
// as the same tree. Most slips that matter to access are of this kind. Each byte is changed within
// the piece of its text that stands alone, and each line within the whole.
//
// ROLECALL_FUZZ_SHARE is how many times fewer changes of bytes are tried than could be: 8 unless
// told. Each byte is changed at least once up to the number of bytes below, 28.
#include "fuzz/libyaml_judge.hpp"
#include "fuzz/pieces.hpp"
#include "fuzz/sample_policies.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace {

using namespace rolecall::testing;
using namespace std::string_view_literals;

// What has a meaning to YAML, and some of what has none.
constexpr std::string_view telling_bytes = "-?:,[]{}#&*!|>'\"%@`~\\ \n\t\rx0.\0\x80\xC3"sv;

struct tally {
    int texts = 0;
    int accepted = 0;

    void judge_one(std::string const& text) {
        auto const verdict = judge(text);
        ++texts;
        if (verdict.accepted) ++accepted;
        if (verdict.difference.empty()) return;
        CAPTURE(text);
        FAIL_CHECK(verdict.difference);
    }
};

TEST_CASE("the samples are accepted, and libyaml reads them as the same trees") {
    for (sample const& s : all_samples()) {
        CAPTURE(s.name);
        auto const verdict = judge(s.text);
        CHECK(verdict.accepted);
        CHECK(verdict.difference == "");
    }
}

std::size_t share_of_changes() {
    char const* const asked_for = std::getenv("ROLECALL_FUZZ_SHARE");
    auto const share = asked_for ? std::strtoul(asked_for, nullptr, 10) : 8;
    return std::clamp<std::size_t>(share, 1, telling_bytes.size());
}

TEST_CASE("the samples' pieces are accepted, are short, and have every byte in one of them") {
    for (sample const& s : all_samples()) {
        CAPTURE(s.name);
        std::string together;
        for (piece const& p : pieces(s.text)) {
            auto const verdict = judge(p.text);
            CAPTURE(p.text);
            CHECK(verdict.accepted);
            CHECK(verdict.difference == "");
            CHECK(p.text.size() < 1500);
            together += p.text.substr(p.first);
        }
        CHECK(together == s.text);
    }
}

TEST_CASE("any byte removed: what is still accepted, libyaml reads as the same tree") {
    tally total;
    for (sample const& s : all_samples())
        for (piece const& p : pieces(s.text))
            for (std::size_t i = p.first; i < p.text.size(); ++i)
                if (i == 0 || p.text[i] != p.text[i - 1])  // else the same text once more
                    total.judge_one(std::string(p.text).erase(i, 1));
    CHECK(total.accepted > total.texts / 2);
    CHECK(total.accepted < total.texts);
}

TEST_CASE("any line removed: what is still accepted, libyaml reads as the same tree") {
    tally total;
    for (sample const& s : all_samples()) {
        auto lines = pieces_of_text::lines_of(s.text);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            auto const line = std::exchange(lines[i], {});
            total.judge_one(pieces_of_text::joined(lines, 0, lines.size()));
            lines[i] = line;
        }
    }
    CHECK(total.accepted > total.texts / 2);
    CHECK(total.accepted < total.texts);
}

// Changes each byte to one out of `share` of the telling bytes, and its neighbour to others.
void change_any_byte(std::vector<sample> const& samples, std::size_t share) {
    tally total;
    for (sample const& s : samples)
        for (piece const& p : pieces(s.text))
            for (std::size_t i = p.first; i < p.text.size(); ++i)
                for (std::size_t k = i % share; k < telling_bytes.size(); k += share)
                    total.judge_one(std::string(p.text).replace(i, 1, 1, telling_bytes[k]));
    CHECK(total.accepted > total.texts / 3);
    CHECK(total.accepted < total.texts);
}

TEST_CASE("any byte of all syntax changed: what is accepted, libyaml reads as the same tree") {
    change_any_byte(samples_of_syntax(), std::max<std::size_t>(share_of_changes() / 8, 1));
}

TEST_CASE("any byte of a policy changed: what is accepted, libyaml reads as the same tree") {
    change_any_byte(sample_policies(), share_of_changes());
}

TEST_CASE("a text cut off anywhere is refused, unless it ends with a whole line") {
    for (sample const& s : all_samples())
        for (piece const& p : pieces(s.text))
            for (std::size_t i = p.first + 1; i < p.text.size(); ++i) {
                auto const verdict = judge(std::string_view(p.text).substr(0, i));
                CAPTURE(p.text);
                CAPTURE(i);
                CHECK(verdict.difference == "");
                CHECK((!verdict.accepted || p.text[i - 1] == '\n'));
            }
}

}  // namespace
