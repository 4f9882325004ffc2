// From a journal into a store.
#include "journal/folder.hpp"
#include "trail_store/schema.hpp"
#include "trail_store/store.hpp"
#include "trail_store/store_writer.hpp"
#include <rolecall/journal_reader.hpp>

#include <map>
#include <optional>
#include <set>
#include <utility>

namespace rolecall::inline v0_1::trail {

namespace {

using sqlite::database;

constexpr std::uint64_t tell_every = 1'024;

constexpr char const* make_anew = "; remove it, and make it anew from the journal";

// Whose journal it is; nothing, and why in the report.
std::optional<std::string> identity_of(std::string const& journal, fill_report& report) {
    identity is{};
    if (trouble const why = open_folder(real_files(), journal, false, {}, is)) {
        report.problem = why.text();
        return std::nullopt;
    }
    return hex(is);
}

std::uint64_t count_all(database& file) {
    return static_cast<std::uint64_t>(file.number_of("SELECT count(*) FROM records"));
}

// Goes on where a store ends: the last record of each writer that it has is read once more, and
// must be what is there.
class continuation {
public:
    continuation(database& file, std::map<std::uint32_t, std::uint64_t> const& writers)
        : last_(writers) {
        sqlite::statement asks(file,
                               "SELECT time, kind, record FROM records WHERE writer = ? AND "
                               "sequence = ?");
        for (auto const& [writer, sequence] : writers) {
            sqlite::rows found(
                asks.with(std::int64_t{writer}, static_cast<std::int64_t>(sequence)));
            if (found.next())
                known_[writer] = {found.number(0), std::string(found.text(1)),
                                  std::string(found.text(2))};
        }
    }

    [[nodiscard]] journal_reader_options reader_options() const {
        journal_reader_options options;
        for (auto const& [writer, sequence] : last_)
            if (sequence > 1) options.after.emplace_back(writer, sequence - 1);
        return options;
    }

    /// Whether a record is new; one that is there already has to be the same.
    [[nodiscard]] bool is_new(journal_record const& record) {
        auto const last = last_.find(record.writer);
        if (last == last_.end()) return true;
        if (record.sequence == last->second) {
            auto const known = known_.find(record.writer);
            differs_ =
                differs_ || (known != known_.end() && !(known->second == fingerprint(record)));
        }
        if (record.sequence >= last->second) seen_.insert(record.writer);
        return record.sequence > last->second;
    }

    /// Why the store does not belong to what the journal has; empty where it does.
    [[nodiscard]] std::string problem() const {
        if (differs_) return "it has other records than the journal";
        for (auto const& [writer, sequence] : last_)
            if (!seen_.contains(writer))
                return "it has records of writer " + std::to_string(writer) +
                       " that are not in the journal";
        return {};
    }

    [[nodiscard]] bool differs() const noexcept { return differs_; }

private:
    struct fingerprint {
        std::int64_t time = 0;
        std::string kind, record;

        fingerprint() = default;
        fingerprint(std::int64_t when, std::string what, std::string of)
            : time(when), kind(std::move(what)), record(std::move(of)) {}
        explicit fingerprint(journal_record const& from)
            : time(from.event.time), kind(from.kind()), record(from.event.record) {}

        friend bool operator==(fingerprint const&, fingerprint const&) = default;
    };

    std::map<std::uint32_t, std::uint64_t> last_;
    std::map<std::uint32_t, fingerprint> known_;
    std::set<std::uint32_t> seen_;
    bool differs_ = false;
};

}  // namespace

fill_report fill_index(std::string const& journal, std::string const& path,
                       fill_progress const& progress) {
    fill_report report;
    auto const is = identity_of(journal, report);
    if (!is) return report;
    make_store_file(path);
    database file(path, database::access::write);
    open_store(file, store_use::fill);
    store_writer writer(file);
    if (writer.about("complete") == "no")
        report.problem = path + ": it is an export, and not all of the journal" + make_anew;
    else if (std::string const of = writer.about("journal"); !of.empty() && of != *is)
        report.problem = path + ": it is of another journal" + make_anew;
    if (!report.problem.empty()) return report;

    continuation known(file, writer.writers());
    journal_reader records(journal, known.reader_options());
    if (!records) {
        report.problem = records.problem();
        return report;
    }
    writer.set_about("journal", *is);
    writer.set_about("complete", "yes");
    while (journal_record const* record = records.next()) {
        if (!known.is_new(*record)) {
            if (known.differs()) break;
            continue;
        }
        writer.add(*record);
        if (++report.added % tell_every == 0 && progress) progress(report.added);
    }
    if (std::string const wrong = known.problem(); !wrong.empty()) {
        report.problem = path + ": " + wrong + make_anew;
        return report;
    }
    writer.commit();
    make_indexes(file);
    report.records = count_all(file);
    report.gaps = records.problems();
    return report;
}

fill_report export_store(std::string const& journal, std::string const& path, question const& asked,
                         fill_progress const& progress) {
    fill_report report;
    auto const is = identity_of(journal, report);
    if (!is) return report;
    database file(path, database::access::write);
    open_store(file, store_use::fill);
    store_writer writer(file);
    journal_reader_options options;
    options.from = asked.from;
    journal_reader records(journal, options);
    if (!records) {
        report.problem = records.problem();
        return report;
    }
    writer.set_about("journal", *is);
    writer.set_about("complete", "no");
    while (journal_record const* record = records.next()) {
        if (!matches(asked, *record)) continue;
        writer.add(*record);
        if (++report.added % tell_every == 0 && progress) progress(report.added);
    }
    writer.commit();
    make_indexes(file);
    report.records = count_all(file);
    report.gaps = records.problems();
    return report;
}

}  // namespace rolecall::inline v0_1::trail
