// A sink before a journal, which knows what the journal answered of each event: the witness for
// what has to be in the trail.
#ifndef ROLECALL_TESTS_JOURNAL_TOLD_SINK_HPP
#define ROLECALL_TESTS_JOURNAL_TOLD_SINK_HPP

#include <rolecall/audit.hpp>
#include <rolecall/journal.hpp>
#include <rolecall/journal_check.hpp>
#include <rolecall/journal_reader.hpp>

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace rolecall::testing {

/// What a journal answered.
struct told_in_all {
    std::vector<std::string> yes;   ///< record id and decision, of each event that it recorded
    std::vector<std::string> late;  ///< recorded, but not on the disk in time: no, and there
    std::uint64_t refused = 0;      ///< events
    std::uint64_t let_through = 0;  ///< of those, allowed as best effort

    /// Holds the trail against it: every yes once, every no in a gap. `late` may be there.
    [[nodiscard]] std::vector<std::string> compare(std::string const& folder) const {
        std::vector<std::string> wrong, found;
        std::uint64_t lost = 0, allowed = 0;
        journal_reader reader(folder);
        if (!reader) wrong.push_back(reader.problem());
        while (journal_record const* r = reader.next()) {
            if (r->kind() == "decision")
                found.push_back(r->event.record + ' ' + std::string(to_string(r->event.decision)));
            if (r->note != journal_note::gap) continue;
            for (auto const& [name, value] : r->details) {
                if (name == "lost") lost += std::stoull(value);
                if (name == "allowed") allowed += std::stoull(value);
            }
        }
        for (std::string const& p : reader.problems()) wrong.push_back(p);
        std::vector<std::string> expected = yes;
        for (std::string const& l : late)
            if (std::count(found.begin(), found.end(), l) >
                std::count(expected.begin(), expected.end(), l))
                expected.push_back(l);
        std::sort(found.begin(), found.end());
        std::sort(expected.begin(), expected.end());
        if (found != expected)
            wrong.push_back(std::to_string(found.size()) + " decisions are in the trail, and " +
                            std::to_string(expected.size()) + " should be");
        if (lost != refused)
            wrong.push_back("gaps of " + std::to_string(lost) + " events, and " +
                            std::to_string(refused) + " were refused");
        if (allowed != let_through)
            wrong.push_back("gaps with " + std::to_string(allowed) + " let through, and it were " +
                            std::to_string(let_through));
        journal_report const report = check_journal(folder);
        for (journal_finding const& f : report.findings)
            if (f.verdict == journal_verdict::bad) wrong.push_back("check: " + f.text);
        return wrong;
    }
};

/// Any number of threads.
class told_sink {
public:
    explicit told_sink(journal& trail) : trail_(trail) {}

    recorded operator()(audit_event const& event) {
        recorded const answer = trail_(event);
        std::lock_guard const hold(guard_);
        decision const decided = event.answer().decision;
        std::string what = std::string(event.record()) + ' ' + std::string(to_string(decided));
        if (answer == recorded::yes) {
            told_.yes.push_back(std::move(what));
            return answer;
        }
        if (event.mode().demand == audit_demand::durable && trail_.failures() == told_.refused) {
            told_.late.push_back(std::move(what));
            return answer;
        }
        ++told_.refused;
        if (event.mode().demand == audit_demand::best_effort && decided == decision::allow)
            ++told_.let_through;
        return answer;
    }

    [[nodiscard]] std::uint64_t refused() const {
        std::lock_guard const hold(guard_);
        return told_.refused;
    }
    [[nodiscard]] told_in_all told() const {
        std::lock_guard const hold(guard_);
        return told_;
    }

private:
    journal& trail_;
    mutable std::mutex guard_;
    told_in_all told_;
};

}  // namespace rolecall::testing

#endif
