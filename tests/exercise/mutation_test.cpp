// Mutation beside its oracle, on small random policies.

#include "model/trial.hpp"
#include "mutation_oracle.hpp"
#include "random_policy.hpp"
#include <rolecall/policy_mutation.hpp>
#include <rolecall/request.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

using namespace exercised;
using rolecall::mutant;
using outcome = rolecall::mutant::outcome;

namespace {

constexpr std::size_t kinds = 8;
using counts = std::array<std::array<std::size_t, 4>, kinds>;

// Whether a policy answers so: `allowed`, and why where a reason is given.
bool answers(rolecall::policy const& of, rolecall::different_answer const& asked, bool allowed,
             rolecall::reason const* why) {
    using rolecall::subject;
    std::vector<std::string_view> const roles(asked.roles.begin(), asked.roles.end());
    rolecall::request request{asked.user.empty()    ? subject::roles(roles)
                              : asked.roles.empty() ? subject::user(asked.user)
                                                    : subject::user(asked.user, roles),
                              asked.action,
                              asked.category,
                              {},
                              asked.on};
    for (auto const& fact : asked.is_true) request.facts.emplace_back(fact, true);
    for (auto const& fact : asked.is_false) request.facts.emplace_back(fact, false);
    auto const given = of.evaluate(request);
    return bool{given} == allowed && (why == nullptr || given.reason == *why);
}

// Changes of one kind on one line, as the library tells of them and as the oracle does.
struct group {
    std::vector<mutant const*> got;
    std::vector<judged_change const*> expected;
};

// A cell is known by its sentence: `clerk may view data`, or what else it says with these words.
std::string cell_of(mutant const& of, std::set<std::string> const& cells) {
    for (std::string const& cell : cells) {
        std::string const padded = ' ' + of.sentence + ' ';
        std::size_t at = 0;
        bool all = true;
        for (std::size_t begin = 0; all && begin < cell.size();) {
            std::size_t const end = std::min(cell.find(' ', begin), cell.size());
            at = padded.find(' ' + cell.substr(begin, end - begin) + ' ', at);
            all = at != std::string::npos;
            begin = end + 1;
        }
        if (all) return cell;
    }
    return of.sentence;
}

std::map<std::string, group> grouped(std::vector<mutant> const& got,
                                     std::vector<judged_change> const& expected) {
    std::map<std::string, group> groups;
    std::set<std::string> cells;
    auto const key = [](mutant::kind what, std::uint32_t line) {
        return std::string(to_string(what)) + " on line " + std::to_string(line);
    };
    for (judged_change const& one : expected) {
        bool const cell = one.made.what == mutant::kind::cell;
        if (cell) cells.insert(one.made.of);
        groups[cell ? one.made.of : key(one.made.what, one.made.at.line)].expected.push_back(&one);
    }
    for (mutant const& one : got) {
        bool const cell = one.what == mutant::kind::cell;
        groups[cell ? cell_of(one, cells) : key(one.what, one.where.line)].got.push_back(&one);
    }
    return groups;
}

// Whether each survivor can be given a changed policy of its own that its question tells from the
// policy.
bool told_apart(group const& of, std::vector<judged_change const*> left, std::size_t from) {
    while (from < of.got.size() && of.got[from]->is != outcome::survived) ++from;
    if (from == of.got.size()) return true;
    auto const& asked = *of.got[from]->difference;
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (left[i]->is != outcome::survived) continue;
        if (!answers(*left[i]->policy, asked, !asked.allowed, nullptr)) continue;
        auto rest = left;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
        if (told_apart(of, rest, from + 1)) return true;
    }
    return false;
}

std::string told(group const& of) {
    static constexpr std::array<char const*, 4> words{"survived", "refused", "killed", "no effect"};
    std::string text;
    for (mutant const* one : of.got)
        text += "got: " + one->sentence + ": " + words[std::size_t(one->is)] + ' ' + one->by + '\n';
    for (judged_change const* one : of.expected)
        text += "expected: " + one->made.of + ": " + words[std::size_t(one->is)] + '\n';
    return text;
}

void compare(rolecall::policy const& of, group const& one) {
    std::array<std::size_t, 4> got{};
    std::array<std::size_t, 4> expected{};
    for (mutant const* found : one.got) ++got[std::size_t(found->is)];
    for (judged_change const* found : one.expected) ++expected[std::size_t(found->is)];
    CAPTURE(told(one));
    REQUIRE(got == expected);
    for (mutant const* found : one.got) {
        bool const noticed = found->is == outcome::refused || found->is == outcome::killed;
        REQUIRE(found->difference.has_value() == (found->is == outcome::survived));
        if (!noticed) REQUIRE(found->by.empty());
        if (found->is == outcome::killed) REQUIRE(!found->by.empty());
        if (!found->difference) continue;
        auto const& asked = *found->difference;
        REQUIRE(answers(of, asked, asked.allowed, &asked.why));
    }
    REQUIRE(told_apart(one, one.expected, 0));
}

}  // namespace

TEST_CASE("mutation makes the changes that its oracle makes, and judges each alike") {
    counts seen{};
    with_random_policies(600, {}, [&](rolecall::policy const& of, auto&) {
        std::string const text = rolecall::yaml::write(of);
        CAPTURE(text);
        auto const expected = judged_changes(of, today);
        rolecall::mutation_options options;
        options.exercises.on = today;
        options.keep_all = true;
        auto const found = rolecall::mutate(of, options);
        REQUIRE(found.all.size() == expected.size());
        for (auto const& entry : grouped(found.all, expected)) {
            CAPTURE(entry.first);
            compare(of, entry.second);
        }

        counts each{};
        std::set<std::tuple<mutant::kind, std::uint32_t, std::uint32_t, std::string>> names;
        for (mutant const& one : found.all) {
            ++each[std::size_t(one.what)][std::size_t(one.is)];
            CAPTURE(one.sentence);
            CHECK(names.emplace(one.what, one.where.line, one.where.column, one.sentence).second);
        }
        REQUIRE(found.kinds.size() == kinds);
        std::size_t survivors = 0;
        for (std::size_t kind = 0; kind < kinds; ++kind) {
            CHECK(found.kinds[kind].survived == each[kind][std::size_t(outcome::survived)]);
            CHECK(found.kinds[kind].no_effect == each[kind][std::size_t(outcome::no_effect)]);
            CHECK(found.kinds[kind].noticed == each[kind][std::size_t(outcome::refused)] +
                                                   each[kind][std::size_t(outcome::killed)]);
            survivors += each[kind][std::size_t(outcome::survived)];
            for (std::size_t is = 0; is < 4; ++is) seen[kind][is] += each[kind][is];
        }
        CHECK(found.total.survived == survivors);

        // Without keeping all, the same survivors.
        options.keep_all = false;
        auto const brief = rolecall::mutate(of, options);
        CHECK(brief.all.empty());
        CHECK(brief.survivors.size() == survivors);
        CHECK(brief.total.noticed == found.total.noticed);
        CHECK(brief.total.no_effect == found.total.no_effect);
    });
    if (model::wanted_questions() < 100000) return;
    for (std::size_t kind = 0; kind < kinds; ++kind)
        for (std::size_t is = 0; is < 4; ++is) {
            CAPTURE(kind);
            CAPTURE(is);
            CHECK(seen[kind][is] >= 5);
        }
}
