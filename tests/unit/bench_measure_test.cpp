// Quantiles and ratios on known numbers, and what a race does; never how long it takes.
#include "bench/contest.hpp"
#include "bench/measure.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

using namespace rolecall::bench;

namespace {

// Ends after so many rounds, however slow the machine.
race_options rounds(std::size_t count) {
    race_options options;
    options.time = std::chrono::hours(1);
    options.batch = std::chrono::nanoseconds(1);
    options.most_rounds = count;
    return options;
}

timing of(std::string name, std::vector<double> nanoseconds) {
    return {std::move(name), 1, 1, std::move(nanoseconds)};
}

}  // namespace

TEST_CASE("a quantile lies between its neighbours in proportion") {
    std::vector<double> const sorted{10, 20, 30, 40, 50};
    CHECK(quantile(sorted, 0) == 10);
    CHECK(quantile(sorted, 0.5) == 30);
    CHECK(quantile(sorted, 1) == 50);
    CHECK(quantile(sorted, 0.25) == 20);
    CHECK(quantile(sorted, 0.1) == doctest::Approx(14));
    CHECK(quantile(sorted, 0.9) == doctest::Approx(46));
    CHECK(quantile(std::vector<double>{7}, 0.9) == 7);
    CHECK(quantile({}, 0.5) == 0);
}

TEST_CASE("a spread needs no order") {
    spread const s = spread_of({3, 1, 2, 5, 4});
    CHECK(s.median == 3);
    CHECK(s.p10 == doctest::Approx(1.4));
    CHECK(s.p90 == doctest::Approx(4.6));
    CHECK(spread_of({1, 2}).median == 1.5);
    CHECK(spread_of({}).median == 0);
}

TEST_CASE("a ratio compares the times of one round, so that a slow round moves it little") {
    timing const floor = of("floor", {1, 1, 100, 1, 1});
    timing const twice = of("twice", {2, 2, 200, 2, 2});
    CHECK(ratio(twice, floor) == 2);
    CHECK(ratio(floor, floor) == 1);
    CHECK(ratio(floor, twice) == 0.5);
    CHECK(ratio(of("more rounds", {3, 3, 3, 3, 3, 9}), of("", {1, 1, 1})) == 3);
}

TEST_CASE("a ratio to something without a time is none") {
    CHECK(ratio(of("a", {1, 2}), of("b", {0, 0})) == 0);
    CHECK(ratio(of("a", {1, 2}), of("b", {})) == 0);
    CHECK(ratio(of("a", {}), of("b", {1})) == 0);
}

TEST_CASE("every contestant of a race does a batch in each round") {
    std::vector<std::string> order;
    race r;
    r.add("a", 4, [&] { return order.emplace_back("a").size(); });
    r.add("b", 2, [&] { return order.emplace_back("b").size(); });
    std::vector<timing> const times = r.run(rounds(7));
    REQUIRE(times.size() == 2);
    CHECK(times[0].name == "a");
    CHECK(times[1].name == "b");
    for (timing const& one : times) {
        CHECK(one.nanoseconds.size() == 7);
        CHECK(one.passes_per_batch >= 1);
        for (double const each : one.nanoseconds) CHECK(each >= 0);
    }
    CHECK(times[0].per_pass == 4);
    CHECK(times[1].per_pass == 2);
}

TEST_CASE("contestants take turns in being first") {
    std::vector<char> order;
    race r;
    auto const take_part = [&](char name) {
        return [&order, name] {
            if (order.empty() || order.back() != name) order.push_back(name);
            return 1;
        };
    };
    r.add("a", 1, take_part('a'));
    r.add("b", 1, take_part('b'));
    race_options options = rounds(4);
    std::size_t warm = 0;
    options.progress = [&](double) {
        if (warm == 0) warm = order.size();
    };
    static_cast<void>(r.run(options));
    // After the first round: b a, a b, b a, where what follows itself is written once.
    REQUIRE(order.size() == warm + 3);
    CHECK(order[warm - 1] == 'b');
    CHECK(order[warm] == 'a');
    CHECK(order[warm + 1] == 'b');
    CHECK(order[warm + 2] == 'a');
}

TEST_CASE("a race without time still measures each contestant once") {
    race r;
    int passes = 0;
    r.add("a", 1, [&] { return ++passes; });
    race_options none;
    none.time = std::chrono::nanoseconds(0);
    none.batch = std::chrono::nanoseconds(0);
    CHECK(r.run(none)[0].nanoseconds.size() == 1);
    CHECK(passes > 0);
}

TEST_CASE("a race of nobody measures nothing") {
    race r;
    CHECK(r.empty());
    CHECK(r.run(rounds(3)).empty());
}

TEST_CASE("preparations come before every pass") {
    race r;
    int prepared = 0;
    int passes = 0;
    bool always_fresh = true;
    r.add_prepared(
        "a", 1, [&] { ++prepared; },
        [&] {
            ++passes;
            always_fresh = always_fresh && prepared == passes;
            return 1;
        });
    static_cast<void>(r.run(rounds(5)));
    CHECK(always_fresh);
    CHECK(passes >= 5);
}

TEST_CASE("a race tells its progress, which never passes one") {
    race r;
    r.add("a", 1, [] { return 1; });
    race_options options = rounds(20);
    options.time = std::chrono::nanoseconds(1);
    options.fewest_rounds = 20;
    double last = 0;
    int told = 0;
    options.progress = [&](double share) {
        ++told;
        CHECK(share <= 1);
        CHECK(share >= last);
        last = share;
    };
    static_cast<void>(r.run(options));
    CHECK(told == 20);
    CHECK(last == 1);
}

TEST_CASE("counting asks every question once") {
    std::vector<int> const questions{1, 2, 3, 4, 5};
    std::vector<int> const others{5, 4, 3, 2, 1};
    int asked = 0;
    CHECK(count(questions, [&](int q) { return ++asked, q > 2; }) == 3);
    CHECK(asked == 5);
    CHECK(count(questions, others, [](int q, int other) { return q == other; }) == 1);
    CHECK(count(std::vector<int>{}, [](int) { return true; }) == 0);
}

TEST_CASE("the first answer that differs is found") {
    std::vector<int> const questions{1, 2, 3};
    std::vector<std::uint8_t> const expected{0, 1, 1};
    CHECK(first_disagreement(questions, expected, [](int q) { return q > 1; }) == 3);
    CHECK(first_disagreement(questions, expected, [](int q) { return q > 2; }) == 1);
    CHECK(first_disagreement(questions, expected, [](int) { return true; }) == 0);
}

TEST_CASE("a contest reports its measures beside their floors, and no floor alone") {
    contest c("group");
    auto const low = c.floor("low", 1, [] { return 1; });
    auto const high = c.floor("high", 1, [] { return 1; });
    auto const first = c.measure("first", 1, [] { return 1; }, {low, high});
    c.measure("second", 1, [] { return 1; }, {first});
    c.measure("third", 1, [] { return 1; });
    report to;
    c.run(rounds(3), to);
    REQUIRE(to.measures.size() == 3);
    CHECK(to.measures[0].group == "group");
    CHECK(to.measures[0].name == "first");
    CHECK(to.measures[0].batches == 3);
    REQUIRE(to.measures[0].floors.size() == 2);
    CHECK(to.measures[0].floors[0].name == "low");
    CHECK(to.measures[0].floors[1].name == "high");
    CHECK(to.measures[1].floors[0].name == "first");
    CHECK(to.measures[2].floors.empty());
}
