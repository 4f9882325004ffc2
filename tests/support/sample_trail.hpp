// Journals with records that a test chose, written as the program writes them.
#ifndef ROLECALL_TESTS_SUPPORT_SAMPLE_TRAIL_HPP
#define ROLECALL_TESTS_SUPPORT_SAMPLE_TRAIL_HPP

#include "journal/open_writer.hpp"
#include "journal/run_notes.hpp"
#include <rolecall/detail/clock.hpp>
#include <rolecall/journal_reader.hpp>
#include <rolecall/journal_record.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::testing {

inline constexpr std::int64_t one_second = 1'000'000'000;
/// 2021-03-31T00:00:00Z
inline constexpr std::int64_t first_day = 1'617'148'800 * one_second;
inline constexpr std::int64_t one_day = 86'400 * one_second;

inline void must(trail::trouble const& why) {
    if (why) throw std::runtime_error(why.text());
}

/// Whether each record begins a segment of its own.
enum class sample_segments : std::uint8_t { one, each_its_own };

/// Appends records to a journal, which is made where there is none: as a writer that is taken for
/// it, or as that of a number. Between the records of a clean run.
inline void append_records(std::string const& journal, std::vector<journal_record> const& records,
                           std::uint32_t writer = 0,
                           sample_segments segments = sample_segments::one) {
    trail::chain_options options;
    options.now = &rolecall::detail::unix_nanoseconds;
    trail::open_writer to;
    must(trail::open_a_writer(journal, true, {writer}, options, to));
    trail::entry_writer batch;
    for (journal_record const& record : records) {
        batch.add(record);
        if (segments == sample_segments::one) continue;
        must(to.chain->append(batch));
        must(to.chain->roll());
        batch.clear();
    }
    journal_record stopped;
    stopped.note = journal_note::stopped;
    stopped.event.time = records.empty() ? first_day : records.back().event.time;
    stopped.details = trail::stopped_details(1, records.size());
    batch.add(stopped);
    must(to.chain->append(batch));
    must(to.chain->sync());
    must(to.chain->finish());
}

/// A record of a decision.
struct sample_decision {
    std::string user = "dana";
    std::string action = "view";
    std::string category = "contact";
    rolecall::decision decision = rolecall::decision::allow;
    std::int64_t time = first_day;
    std::string record = "c-1";
    std::vector<std::string> active{"support"};
};

inline journal_record record_of(sample_decision const& of) {
    journal_record record;
    audit_record& event = record.event;
    event.time = of.time;
    event.user = of.user;
    event.active_roles = of.active;
    event.held_roles = of.active;
    event.action = of.action;
    event.category = of.category;
    event.record = of.record;
    event.decision = of.decision;
    event.reason = of.decision == decision::allow ? reason::granted : reason::not_granted;
    if (of.decision == decision::allow && !of.active.empty()) event.granting_role = of.active[0];
    event.policy_version = 1;
    event.policy_digest = std::string(64, 'a');
    return record;
}

inline journal_record note_of(journal_note what, std::int64_t time,
                              std::vector<std::pair<std::string, std::string>> details) {
    journal_record record;
    record.note = what;
    record.event.time = time;
    record.details = std::move(details);
    return record;
}

/// All records of a journal, as its reader gives them.
inline std::vector<journal_record> records_in(std::string const& journal) {
    std::vector<journal_record> all;
    journal_reader reader(journal);
    if (!reader) throw std::runtime_error(reader.problem());
    while (journal_record const* record = reader.next()) all.push_back(*record);
    for (std::string const& problem : reader.problems()) throw std::runtime_error(problem);
    return all;
}

}  // namespace rolecall::testing

#endif
