// Coverage beside its oracle, on small random policies.

#include "coverage_oracle.hpp"
#include "model/trial.hpp"
#include "random_policy.hpp"
#include <rolecall/exercise_coverage.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <tuple>
#include <vector>

using namespace exercised;
using rolecall::covered_item;

namespace {

constexpr std::size_t kinds = 6;

// Cells by their names; what has a place of its own by that.
std::vector<judged_item> in_order(std::vector<judged_item> items) {
    std::stable_sort(items.begin(), items.end(), [](auto const& a, auto const& b) {
        bool const cells = a.what == covered_item::kind::cell && a.what == b.what;
        if (cells) return a.of < b.of;
        return std::tie(a.what, a.at.line, a.at.column) < std::tie(b.what, b.at.line, b.at.column);
    });
    return items;
}

std::vector<covered_item> in_order(std::vector<covered_item> items) {
    auto const cell = [](covered_item const& of) {
        return of.role + ' ' + of.action + ' ' + of.category;
    };
    std::stable_sort(items.begin(), items.end(), [&](auto const& a, auto const& b) {
        bool const cells = a.what == covered_item::kind::cell && a.what == b.what;
        return cells ? cell(a) < cell(b) : a.what < b.what;
    });
    return items;
}

std::string missing(judged_item const& of) {
    if (of.covered()) return "";
    if (of.exercises == 0) return "nobody asks";
    return of.holds ? "it never fails" : "it never holds";
}

}  // namespace

TEST_CASE("coverage counts what its oracle counts") {
    std::array<std::array<std::size_t, 2>, kinds> seen{};
    with_random_policies(400, {3, 5}, [&](rolecall::policy const& of, auto&) {
        auto const got = rolecall::coverage_of(of, {today, {}});
        auto const expected = in_order(judged_items(of.source(), today));
        std::string const text = rolecall::yaml::write(of);
        CAPTURE(text);
        REQUIRE(got.items.size() == expected.size());
        REQUIRE(got.kinds.size() == kinds);
        std::array<rolecall::coverage_count, kinds> counts{};
        auto const items = in_order(got.items);
        for (std::size_t i = 0; i < items.size(); ++i) {
            covered_item const& item = items[i];
            judged_item const& judged = expected[i];
            CAPTURE(judged.of);
            CAPTURE(item.sentence);
            REQUIRE(item.what == judged.what);
            REQUIRE(item.covered() == judged.covered());
            REQUIRE(item.missing == missing(judged));
            REQUIRE(item.exercises == judged.exercises);
            if (item.what != covered_item::kind::cell) REQUIRE(item.where.line == judged.at.line);
            auto const kind = static_cast<std::size_t>(item.what);
            ++counts[kind].of;
            if (judged.covered()) ++counts[kind].covered;
            ++seen[kind][judged.covered() ? 1 : 0];
        }
        std::size_t covered = 0;
        for (std::size_t kind = 0; kind < kinds; ++kind) {
            CHECK(got.kinds[kind].of == counts[kind].of);
            CHECK(got.kinds[kind].covered == counts[kind].covered);
            covered += counts[kind].covered;
        }
        CHECK(got.total.of == items.size());
        CHECK(got.total.covered == covered);
    });
    if (model::wanted_questions() < 100000) return;
    for (auto const& kind : seen) {
        CHECK(kind[0] > 20);
        CHECK(kind[1] > 20);
    }
}
