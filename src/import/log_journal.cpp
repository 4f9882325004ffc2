#include "import/log_journal.hpp"

#include "journal/open_writer.hpp"
#include "journal/run_notes.hpp"
#include "journal/tend.hpp"
#include <rolecall/detail/clock.hpp>
#include <rolecall/journal_reader.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::csv {

namespace {

using trail::trouble;

bool exists(std::string const& path) {
    struct stat is {};
    return ::lstat(path.c_str(), &is) == 0;
}

past_import import_of(journal_record const& note) {
    past_import is;
    is.writer = note.writer;
    for (auto const& [name, text] : note.details) {
        if (name == "from") is.from = text;
        if (name == "sha256") is.sha256 = text;
        if (name == "columns") is.columns = text;
        if (name == "records") std::from_chars(text.data(), text.data() + text.size(), is.records);
    }
    return is;
}

journal_record note_of(journal_note what, trail::note_details details) {
    journal_record note;
    note.note = what;
    note.event.time = detail::unix_nanoseconds();
    note.details = std::move(details);
    return note;
}

// The rows of a table on their way to a chain. Each batch becomes one frame.
class log_appender {
public:
    log_appender(trail::open_writer& to, log_table const& table, log_import const& what,
                 std::optional<trail::signing_key> const& key)
        : to_(to), table_(table), what_(what), key_(key) {}

    trouble run(log_import_report& report, std::function<void(std::uint64_t)> const& progress) {
        std::uint64_t const run_number = trail::new_run();
        begin(run_number);
        std::size_t const done = what_.torn != nullptr ? what_.torn->found : 0;
        report.first = next() + (done < table_.rows.size() ? 0 : 1);
        for (std::size_t i = done; i < table_.rows.size(); ++i) {
            add(table_.rows[i]);
            ++report.written;
            if (batch_.payload().size() < what_.frame_bytes) continue;
            if (trouble why = flush()) return why;
            if (progress) progress(report.written);
        }
        report.last = next() - 1;
        batch_.add(note_of(journal_note::stopped,
                           trail::stopped_details(run_number, notes_ + report.written)));
        if (trouble why = flush()) return why;
        return end();
    }

private:
    // The number that the next record gets.
    [[nodiscard]] std::uint64_t next() const {
        return to_.chain->next_sequence() + batch_.records();
    }

    void begin(std::uint64_t run_number) {
        trail::signing_key const* const key = key_ ? &*key_ : nullptr;
        note(journal_note::started, trail::started_details(run_number, "audit import", key));
        if (key != nullptr && trail::key_changes(to_.found.last_key, key))
            note(journal_note::key_changed,
                 trail::key_changed_details(to_.journal, to_.found.last_key, nullptr, *key));
        if (what_.torn != nullptr) return;
        note(journal_note::imported, {{"from", what_.from},
                                      {"sha256", what_.sha256},
                                      {"records", std::to_string(table_.rows.size())},
                                      {"columns", what_.columns}});
    }

    void note(journal_note what, trail::note_details details) {
        batch_.add(note_of(what, std::move(details)));
        ++notes_;
    }

    void add(log_row const& row) {
        journal_record record;
        record.imported = true;
        audit_record& event = record.event;
        event.time = row.time;
        event.user = table_.text(row.user);
        if (row.role != 0) event.active_roles = {table_.text(row.role)};
        event.action = table_.text(row.action);
        event.category = table_.text(row.category);
        event.record = table_.text(row.record);
        event.origin = table_.text(row.origin);
        event.decision = row.decision;
        event.reason = row.reason;
        batch_.add(record);
    }

    trouble flush() {
        trail::chain_writer& chain = *to_.chain;
        if (!chain.has_room_for(batch_.payload().size()))
            if (trouble why = chain.roll()) return why;
        if (trouble why = chain.append(batch_)) return why;
        batch_.clear();
        trouble why = chain.sync();
        // What the disk may have of it after all does not count then.
        if (why) static_cast<void>(chain.restart());
        return why;
    }

    trouble end() {
        if (key_)
            if (trouble why = to_.chain->checkpoint(*key_)) return why;
        if (trouble why = to_.chain->sync()) return why;
        return to_.chain->finish();
    }

    trail::open_writer& to_;
    log_table const& table_;
    log_import const& what_;
    std::optional<trail::signing_key> const& key_;
    trail::entry_writer batch_;
    std::uint64_t notes_ = 0;
};

}  // namespace

std::string find_imports(std::string const& journal, std::vector<past_import>& imports) {
    imports.clear();
    if (!exists(journal)) return {};
    journal_reader records(journal);
    if (!records) return records.problem();
    std::map<std::uint32_t, std::size_t> last;  // of each writer, in the list
    while (journal_record const* record = records.next()) {
        if (record->note == journal_note::imported) {
            last[record->writer] = imports.size();
            imports.push_back(import_of(*record));
        } else if (record->imported) {
            auto const of = last.find(record->writer);
            if (of != last.end()) ++imports[of->second].found;
        }
    }
    return records.problems().empty() ? std::string() : records.problems().front();
}

log_import_report append_log(std::string const& journal, log_table const& table,
                             log_import const& what,
                             std::function<void(std::uint64_t)> const& progress) {
    log_import_report report;
    std::optional<trail::signing_key> key;
    if (!what.key.empty()) {
        key = trail::signing_key::from_file(what.key, report.problem);
        if (!key) return report;
        report.problem.clear();
    }
    report.made_journal = !exists(journal);
    if (!key && !report.made_journal && trail::was_signed(journal)) {
        report.problem = '`' + journal + "` is signed: name its private key with `--key`";
        return report;
    }
    trail::chain_options options;
    options.now = &detail::unix_nanoseconds;
    trail::open_writer writer;
    std::uint32_t const number = what.torn != nullptr ? what.torn->writer : 0;
    trouble why = trail::open_a_writer(journal, true, {number}, options, writer);
    if (!why) {
        report.writer = writer.taken.number;
        why = log_appender(writer, table, what, key).run(report, progress);
    }
    if (why) report.problem = why.text();
    return report;
}

}  // namespace rolecall::inline v0_1::csv
