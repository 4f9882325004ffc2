// What is said of a measurement: the machine, doubts, and times as text.
#include "bench/machine.hpp"
#include "bench/suite.hpp"
#include "cli/bench/bench_text.hpp"
#include "support/small_shop.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace rolecall;
using namespace rolecall::bench;

TEST_CASE("a time has three digits and the unit that fits") {
    using cli::time_text;
    CHECK(time_text(0) == "0.00 ns");
    CHECK(time_text(0.5614) == "0.56 ns");
    CHECK(time_text(9.996) == "10.0 ns");
    CHECK(time_text(12.345) == "12.3 ns");
    CHECK(time_text(123.4) == "123 ns");
    CHECK(time_text(999.4) == "999 ns");
    CHECK(time_text(999.7) == "1.00 µs");
    CHECK(time_text(12'345) == "12.3 µs");
    CHECK(time_text(1.5e6) == "1.50 ms");
    CHECK(time_text(2.5e9) == "2.50 s");
    CHECK(time_text(7.2e12) == "7200 s");
}

TEST_CASE("a ratio has three digits, or commas") {
    using cli::ratio_text;
    CHECK(ratio_text(1) == "1.00");
    CHECK(ratio_text(0.0543) == "0.054");
    CHECK(ratio_text(0.00451) == "0.0045");
    CHECK(ratio_text(0.254) == "0.25");
    CHECK(ratio_text(13.37) == "13.4");
    CHECK(ratio_text(137.4) == "137");
    CHECK(ratio_text(1250) == "1,250");
    CHECK(ratio_text(33'777.4) == "33,777");
    CHECK(ratio_text(0) == "-");
    CHECK(ratio_text(-1) == "-");
}

TEST_CASE("the CPU is what the system calls it") {
    CHECK(cpu_model("processor\t: 0\nmodel name\t: Some CPU @ 2.0GHz \nflags\t: a b\n") ==
          "Some CPU @ 2.0GHz");
    CHECK(cpu_model("model name: last line") == "last line");
    CHECK(cpu_model("model name\nmodel name\t:\nmodel name\t: third\n") == "third");
    CHECK(cpu_model("processor\t: 0\nCPU part\t: 0xd0c\n").empty());
    CHECK(cpu_model("").empty());
    machine const here = this_machine();
    CHECK_FALSE(here.cpu.empty());
    CHECK(here.cpus >= 1);
    CHECK_FALSE(here.compiler.empty());
}

TEST_CASE("a build for tests and a busy machine are told") {
    machine fine;
    fine.cpus = 4;
    fine.load = 1;
    CHECK(doubts(fine).empty());

    machine slow = fine;
    slow.optimised = false;
    slow.asserts = true;
    slow.flags = "-O1";
    REQUIRE(doubts(slow).size() == 1);
    CHECK(doubts(slow)[0] ==
          "this program was built without full optimisation and with asserts (-O1): a build for "
          "release is faster");

    machine busy = fine;
    busy.load = 3;
    REQUIRE(doubts(busy).size() == 1);
    CHECK(doubts(busy)[0].find("3.0 processes on 4 CPUs") != std::string::npos);
}

TEST_CASE("this build's asserts are known") {
#ifdef NDEBUG
    CHECK_FALSE(this_machine().asserts);
#else
    CHECK(this_machine().asserts);
#endif
}

TEST_CASE("the broadest role is the one with the most rights") {
    vocabulary const words(tests::small_shop());
    auto const who = broadest_role(words);
    REQUIRE(who.has_value());
    CHECK(who->label == "billing");
    CHECK(who->activate(words.of(), date::today()));
}
