#include "journal/crash_trial.hpp"

#include "support/temporary_directory.hpp"
#include <rolecall/journal_check.hpp>
#include <rolecall/journal_reader.hpp>

#include <functional>
#include <utility>

namespace rolecall::testing {
namespace {

constexpr std::size_t most_problems = 20;

std::string text_of_choice(crash_choice const& choice) {
    std::string text;
    for (unsigned const c : choice) text += std::to_string(c) + ' ';
    return text;
}

}  // namespace

crash_count& crash_count::operator+=(crash_count const& more) noexcept {
    moments += more.moments;
    states += more.states;
    distinct += more.distinct;
    again += more.again;
    looked_at += more.looked_at;
    return *this;
}

crash_trial::crash_trial(crash_options options)
    : options_(std::move(options)), random_(options_.seed) {}

void crash_trial::complain(std::string what) {
    if (problems_.size() < most_problems) problems_.push_back(std::move(what));
}

void crash_trial::run(std::string_view script) {
    simulated_disk disk(options_.seed);
    chain_caller caller(disk, disk, options_.caller);
    disk.before_change = [&] { crash(disk, caller.told(), options_.at_once, true); };
    if (!caller.run(script)) complain("gave up: " + caller.last_trouble().text());
    disk.before_change = nullptr;
    caller.check("at the end");
    crash(disk, caller.told(), options_.at_once, true);
    if (caller.troubles() != 0) complain("trouble: " + caller.last_trouble().text());
    for (std::string const& p : caller.problems()) complain(p);
    for (std::string const& v : disk.violations()) complain(v);
}

void crash_trial::crash(simulated_disk const& disk, acknowledged_trail const& told,
                        std::size_t at_once, bool recovers) {
    ++count_.moments;
    for (crash_choice const& choice : some_choices(disk.open_choices(), at_once, random_))
        one(disk, choice, told, recovers);
}

void crash_trial::one(simulated_disk const& disk, crash_choice const& choice,
                      acknowledged_trail const& told, bool recovers) {
    ++count_.states;
    auto crashed = disk.after_crash(choice);
    std::size_t const state = crashed->fingerprint() * 31 + told.records.size() * 7 +
                              told.droppable * 3 + (told.journal ? 2 : 0) + (recovers ? 1 : 0);
    if (!seen_.insert(state).second) return;
    ++count_.distinct;
    if (!recovers) ++count_.again;
    bool const looks = options_.looked_at != 0 && count_.distinct % options_.looked_at == 0;
    if (looks) look_at(*crashed, told, false);

    chain_caller second(*crashed, *crashed, options_.caller, told);
    if (!told.records.empty()) second.check("before opening");
    if (recovers && options_.while_recovering != 0)
        crashed->before_change = [&] {
            crash(*crashed, second.told(), options_.while_recovering, false);
        };
    if (!second.run("as")) second.check("after giving up");
    crashed->before_change = nullptr;
    second.check("after going on");
    if (looks) look_at(*crashed, second.told(), true);

    std::string const where = " [crash " + text_of_choice(choice) + "after " +
                              std::to_string(told.records.size()) + " records]";
    if (second.troubles() != 0) complain("trouble: " + second.last_trouble().text() + where);
    for (std::string const& p : second.problems()) complain(p + where);
    for (std::string const& v : crashed->violations()) complain(v + where);
}

// As an administrator sees it. What a crash tore is told of until the journal is opened again.
void crash_trial::look_at(simulated_disk const& disk, acknowledged_trail const& told,
                          bool recovered) {
    if (told.records.empty()) return;
    ++count_.looked_at;
    temporary_directory const here;
    std::string const folder = here.path("journal");
    disk.copy_to(journal_folder, folder);
    journal_report const report = check_journal(folder);
    for (journal_finding const& f : report.findings)
        if (f.verdict == journal_verdict::bad) complain("check_journal: " + f.text);
    journal_reader reader(folder);
    if (!reader) complain("journal_reader: " + reader.problem());
    trail_found found;
    while (journal_record const* record = reader.next()) found.records.push_back(*record);
    if (recovered)
        for (std::string const& wrong : reader.problems()) complain("journal_reader: " + wrong);
    for (std::string const& wrong : compare(found, told)) complain("journal_reader: " + wrong);
}

}  // namespace rolecall::testing
