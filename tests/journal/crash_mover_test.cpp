// From the ring to the disk, with everything that goes wrong on the way: the mover as the journal
// uses it, a crash at every moment, and a fault at every call.
#include "journal/crash_trial.hpp"
#include "journal/mover_caller.hpp"
#include "support/trial_size.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;
using extent = disk_fault::extent;

namespace {

crash_options lightly(std::size_t at_once, unsigned seed) {
    crash_options options;
    options.caller.looks_at_found = false;
    options.at_once = at_once;
    options.while_recovering = 0;
    options.seed = seed;
    return options;
}

void report(std::string const& name, crash_trial const& trial, mover_caller const& caller,
            simulated_disk const& disk) {
    for (std::string const& p : trial.problems()) FAIL_CHECK(name << ": " << p);
    for (std::string const& p : caller.problems()) FAIL_CHECK(name << ": " << p);
    for (std::string const& v : disk.violations()) FAIL_CHECK(name << ": " << v);
}

void crash_mover_at_every_moment(std::string_view script) {
    crash_trial trial(lightly(scaled(24), first_seed()));
    simulated_disk disk;
    mover_caller caller(disk);
    disk.before_change = [&] { trial.crash(disk, caller.told(), scaled(24), false); };
    CHECK(caller.run(script));
    disk.before_change = nullptr;
    trial.crash(disk, caller.told(), scaled(24), false);
    CHECK(caller.troubles() == 0);
    report(std::string(script), trial, caller, disk);
    MESSAGE(trial.count().moments << " moments, " << trial.count().states << " states, "
                                  << trial.count().distinct << " distinct");
}

std::size_t calls_of(std::string_view script) {
    simulated_disk disk;
    mover_caller caller(disk);
    REQUIRE(caller.run(script));
    return disk.calls();
}

void fault_at_every_call(std::string_view script, std::vector<disk_fault> const& faults,
                         std::size_t calls_in_a_row) {
    std::size_t const calls = calls_of(script);
    std::uint64_t seen = 0, states = 0;
    for (disk_fault const& fault : faults)
        for (std::size_t at = 0; at < calls; ++at) {
            auto const seed = static_cast<unsigned>(at);
            crash_trial trial(lightly(3, seed));
            simulated_disk disk(seed);
            mover_caller caller(disk);
            std::size_t call = 0, changes = 0;
            disk.faults = [&](disk_call) {
                std::size_t const number = call++;
                return number >= at && number < at + calls_in_a_row ? fault : disk_fault{};
            };
            disk.before_change = [&] {
                if (call > at && (++changes < 8 || changes % 16 == 0))
                    trial.crash(disk, caller.told(), 3, false);
            };
            std::string const name =
                std::string(script) + " with fault " + std::to_string(fault.error) + '/' +
                std::to_string(static_cast<int>(fault.done)) + " at call " + std::to_string(at);
            CHECK_MESSAGE(caller.run(script), name << ": " << caller.last_trouble().text());
            disk.before_change = nullptr;
            caller.check("at the end");
            trial.crash(disk, caller.told(), 3, false);
            report(name, trial, caller, disk);
            seen += caller.troubles() != 0 ? 1U : 0U;
            states += trial.count().states;
        }
    MESSAGE(calls << " calls, " << seen << " runs with trouble, " << states << " crashes");
    CHECK(seen > calls / 4);
}

}  // namespace

TEST_CASE("what was in a ring is in the trail once, whenever the machine stops") {
    crash_mover_at_every_moment("amAsAsrAlsAs");
    crash_mover_at_every_moment("AmAkAlmklAsks");
}

TEST_CASE("what was in a ring is in the trail once, whatever call goes wrong") {
    fault_at_every_call("asAmAsrAmAmAslAskas",
                        {{EIO, extent::nothing}, {EIO, extent::half}, {EIO, extent::all}}, 1);
    fault_at_every_call("AmAsrAmlAs", {{ENOSPC, extent::half}, {EIO, extent::nothing}}, 4);
}
