// A disk that refuses: each call once, in each way, and for a while; full; and one whose sync fails
// and drops what it should have written. Nothing that was acknowledged is lost, then and after a
// crash, and once the disk takes it again all is there.
#include "journal/crash_trial.hpp"
#include "journal/journal_key.hpp"
#include "journal/signing.hpp"
#include "support/trial_size.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;
using extent = disk_fault::extent;

namespace {

struct fault_kind {
    char const* name;
    disk_fault fault;
    int calls = 1;  // so many, one after the other
};

constexpr fault_kind kinds[] = {
    {"EIO, nothing done", {EIO, extent::nothing}},
    {"EIO, half done", {EIO, extent::half}},
    {"EIO, and all done", {EIO, extent::all}},
    {"ENOSPC", {ENOSPC, extent::nothing}},
    {"ENOSPC, half done", {ENOSPC, extent::half}},
    {"EIO three times", {EIO, extent::nothing}, 3},
    {"ENOSPC seven times, half done", {ENOSPC, extent::half}, 7},
};

struct fault_count {
    std::uint64_t runs = 0, hit = 0, seen = 0;
    crash_count crashes;
    std::string last;  // that was told
};

std::vector<disk_call> calls_of(std::string_view script, caller_options const& options) {
    std::vector<disk_call> calls;
    simulated_disk disk;
    disk.faults = [&](disk_call call) {
        calls.push_back(call);
        return disk_fault{};
    };
    chain_caller caller(disk, disk, options);
    REQUIRE(caller.run(script));
    return calls;
}

// Runs a script in which the call of that number goes wrong. Crashes come soon after it, and now
// and then later.
void with_fault(std::string_view script, std::size_t at, fault_kind const& kind,
                crash_options const& options, fault_count& count) {
    std::string const name = std::string(kind.name) + " at call " + std::to_string(at) + " of `" +
                             std::string(script) + '`';
    crash_trial trial(options);
    simulated_disk disk(static_cast<unsigned>(at));
    chain_caller caller(disk, disk, options.caller);
    std::size_t call = 0, changes = 0;
    disk.faults = [&](disk_call) {
        std::size_t const number = call++;
        bool const now = number >= at && number < at + static_cast<std::size_t>(kind.calls);
        return now ? kind.fault : disk_fault{};
    };
    disk.before_change = [&] {
        if (call <= at) return;
        if (++changes < 8 || changes % 16 == 0)
            trial.crash(disk, caller.told(), options.at_once, false);
    };
    if (!caller.run(script)) trial.complain("gave up: " + caller.last_trouble().text());
    disk.before_change = nullptr;
    caller.check("at the end");
    trial.crash(disk, caller.told(), options.at_once, false);
    ++count.runs;
    count.hit += call > at ? 1 : 0;
    count.seen += caller.troubles() != 0 ? 1U : 0U;
    if (caller.troubles() != 0) count.last = name + ": " + caller.last_trouble().text();
    count.crashes += trial.count();
    for (std::string const& p : trial.problems()) FAIL_CHECK(name << ": " << p);
    for (std::string const& p : caller.problems()) FAIL_CHECK(name << ": " << p);
    for (std::string const& v : disk.violations()) FAIL_CHECK(name << ": " << v);
}

crash_options with(caller_options const& caller) {
    crash_options options;
    options.caller = caller;
    options.at_once = 4;
    options.while_recovering = 0;
    return options;
}

void fault_at_every_call(std::string_view script, caller_options const& caller = {}) {
    crash_options const options = with(caller);
    std::size_t const calls = calls_of(script, caller).size();
    fault_count count;
    for (fault_kind const& kind : kinds)
        for (std::size_t at = 0; at < calls; ++at) with_fault(script, at, kind, options, count);
    MESSAGE(count.runs << " runs of " << calls << " calls, in " << count.seen
                       << " of them somebody was told of trouble; " << count.crashes.states
                       << " crashes, " << count.crashes.distinct << " distinct");
    CHECK(count.hit == count.runs);
    CHECK(count.seen > count.runs / 2);
}

char const everything[] = "asAsrakasxAsrasdas";

}  // namespace

TEST_CASE("whichever call goes wrong, and however: what was acknowledged is there") {
    fault_at_every_call("aAsrAskas");
    fault_at_every_call("asxAsrasdas");
}

TEST_CASE("the same while checkpoints are signed") {
    journal_key_file const file;
    std::string problem;
    auto const key = trail::signing_key::from_file(file.path(), problem);
    REQUIRE_MESSAGE(key.has_value(), problem);
    fault_at_every_call("acArc", {2'048, &*key});
}

TEST_CASE("a read or write that is interrupted or short nobody hears of") {
    std::vector<disk_call> const calls = calls_of(everything, {});
    crash_options const options = with({});
    fault_count count;
    for (std::size_t at = 0; at < calls.size(); ++at) {
        if (calls[at] != disk_call::read && calls[at] != disk_call::write) continue;
        with_fault(everything, at, {"EINTR", {EINTR, extent::nothing}}, options, count);
        with_fault(everything, at, {"short", {0, extent::half}}, options, count);
    }
    CHECK(count.runs > 50);
    CHECK_MESSAGE(count.seen == 0, count.last);
}

TEST_CASE(
    "a sync that fails is not tried again on the same bytes, and what it dropped is not trusted") {
    std::vector<disk_call> const calls = calls_of(everything, {});
    crash_options options = with({});
    options.at_once = 24;
    fault_count count;
    for (std::size_t at = 0; at < calls.size(); ++at) {
        if (calls[at] != disk_call::sync) continue;
        for (int often : {1, 2})
            for (unsigned seed = 0; seed < scaled(6); ++seed) {
                options.seed = seed;
                with_fault(everything, at, {"sync", {EIO, extent::nothing}, often}, options, count);
            }
    }
    MESSAGE(count.runs << " failed syncs, " << count.crashes.states << " crashes after them");
    CHECK(count.runs > 20);
    CHECK(count.seen == count.runs);
}

TEST_CASE(
    "a process that is killed after a sync failed leaves nothing to the next that is not on the "
    "disk") {
    std::size_t failed = 0;
    for (unsigned seed = 0; seed < scaled(64); ++seed) {
        CAPTURE(seed);
        crash_options options = with({});
        options.at_once = 32;
        options.seed = seed;
        crash_trial trial(options);
        simulated_disk disk(seed);
        acknowledged_trail told;
        {
            chain_caller first(disk, disk, options.caller);
            REQUIRE(first.run(seed % 2 != 0 ? "asAs" : "asrA"));
            disk.faults = [](disk_call call) {
                return call == disk_call::sync ? disk_fault{EIO, extent::nothing} : disk_fault{};
            };
            first.after_trouble = [&] {
                // Nothing but that sync: as if it were killed in it.
                disk.faults = [](disk_call) { return disk_fault{EIO, extent::nothing}; };
            };
            CHECK_FALSE(first.run("as"));
            failed += first.troubles() != 0 ? 1U : 0U;
            told = first.told();
        }
        disk.faults = nullptr;
        chain_caller second(disk, disk, options.caller, told);
        disk.before_change = [&] { trial.crash(disk, second.told(), options.at_once, false); };
        CHECK(second.run("asAs"));
        disk.before_change = nullptr;
        trial.crash(disk, second.told(), options.at_once, false);
        for (std::string const& p : trial.problems()) FAIL_CHECK(p);
        for (std::string const& p : second.problems()) FAIL_CHECK(p);
        for (std::string const& v : disk.violations()) FAIL_CHECK(v);
    }
    CHECK(failed == scaled(64));
}

TEST_CASE("a disk that is full loses nothing, and goes on when there is room") {
    std::size_t refused = 0;
    for (std::uint64_t room = 300; room<40'000; room += scaled(1)> 1 ? 97U : 397U) {
        CAPTURE(room);
        crash_options const options = with({});
        crash_trial trial(options);
        simulated_disk disk;
        disk.limit(room);
        chain_caller caller(disk, disk, options.caller);
        std::uint64_t tries = 0;
        caller.after_trouble = [&] {
            if (caller.last_trouble().error != ENOSPC)
                trial.complain("not a full disk: " + caller.last_trouble().text());
            trial.crash(disk, caller.told(), options.at_once, false);
            if (++tries == 4) disk.limit(~std::uint64_t{0});
        };
        CHECK(caller.run("asAsrAsAsAskAsrAsxAAAAs"));
        caller.check("at the end");
        refused += caller.troubles() != 0 ? 1U : 0U;
        for (std::string const& p : trial.problems()) FAIL_CHECK(p);
        for (std::string const& p : caller.problems()) FAIL_CHECK(p);
        for (std::string const& v : disk.violations()) FAIL_CHECK(v);
    }
    CHECK(refused > 10);
}

TEST_SUITE("slow") {
    TEST_CASE("whichever call goes wrong in a longer life: what was acknowledged is there") {
        fault_at_every_call(everything);
        std::mt19937 random(first_seed());
        for (std::size_t i = 0; i < scaled(3); ++i) {
            std::string script;
            while (script.size() < 16) script += "aaAAsssrxkd"[random() % 11];
            CAPTURE(script);
            fault_at_every_call(script, {std::uint64_t{1'024} << random() % 3, nullptr});
        }
    }
}
