// Accepted texts with one slip in them: whatever our reader still accepts, libyaml must read
// as the same tree. Most slips that matter to access are of this kind.
#include "fuzz/libyaml_judge.hpp"
#include "fuzz/sample_policies.hpp"

#include <doctest/doctest.h>

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

TEST_CASE("any byte removed: what is still accepted, libyaml reads as the same tree") {
    tally total;
    for (sample const& s : all_samples())
        for (std::size_t i = 0; i < s.text.size(); ++i)
            total.judge_one(std::string(s.text).erase(i, 1));
    CHECK(total.accepted > total.texts / 2);
    CHECK(total.accepted < total.texts);
}

// Changes each byte to one out of `share` of the telling bytes, and its neighbour to others.
void change_any_byte(std::vector<sample> const& samples, std::size_t share) {
    tally total;
    for (sample const& s : samples)
        for (std::size_t i = 0; i < s.text.size(); ++i)
            for (std::size_t k = i % share; k < telling_bytes.size(); k += share)
                total.judge_one(std::string(s.text).replace(i, 1, 1, telling_bytes[k]));
    CHECK(total.accepted > total.texts / 3);
    CHECK(total.accepted < total.texts);
}

TEST_CASE("any byte of all syntax changed: what is accepted, libyaml reads as the same tree") {
    change_any_byte(samples_of_syntax(), 1);
}

TEST_CASE("any byte of a policy changed: what is accepted, libyaml reads as the same tree") {
    change_any_byte(sample_policies(), 8);
}

TEST_CASE("a file cut off anywhere is refused, unless it ends with a whole line") {
    for (sample const& s : all_samples())
        for (std::size_t i = 1; i < s.text.size(); ++i) {
            auto const verdict = judge(s.text.substr(0, i));
            CAPTURE(i);
            CHECK(verdict.difference == "");
            CHECK((!verdict.accepted || s.text[i - 1] == '\n'));
        }
}

}  // namespace
