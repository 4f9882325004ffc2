// Questions to a store.
#include "cli/json_values.hpp"
#include "trail_store/record_json.hpp"
#include "trail_store/schema.hpp"
#include "trail_store/store.hpp"

#include <algorithm>
#include <array>

namespace rolecall::inline v0_1::trail {

namespace {

using sqlite::database;

// A question in SQL: conditions, and the texts and times that are bound to their `?`.
struct condition {
    std::string text = "1";
    std::vector<std::string> texts{};
    std::vector<std::int64_t> times{};

    void add(std::string const& one) { text += " AND " + one; }
    void add_text(std::string const& one, std::string text_of) {
        add(one);
        texts.push_back(std::move(text_of));
    }

    /// One of some names, which go there as one text: a JSON array.
    void add_names(std::string const& column, names const& of) {
        if (of.empty()) return;
        add_text(column + " IN (SELECT value FROM json_each(?))", names_json(of));
    }
};

void add_categories(condition& to, names const& of) {
    if (of.empty()) return;
    std::string any;
    for (std::string const& category : of) {
        any += any.empty() ? "" : " OR ";
        any += "r.category = ? OR (r.category >= ? AND r.category < ?)";
        to.texts.push_back(category);
        to.texts.push_back(category + '.');
        to.texts.push_back(category + '/');  // what follows the dot
    }
    to.add('(' + any + ')');
}

// Times are bound behind all texts.
condition condition_of(question const& asked) {
    condition is;
    if (!asked.users.empty())
        is.add_text(
            "r.actor IN (SELECT id FROM actors WHERE user IN (SELECT value FROM "
            "json_each(?)))",
            names_json(asked.users));
    if (!asked.roles.empty()) {
        is.add(
            "r.actor IN (SELECT id FROM actors WHERE EXISTS (SELECT 1 FROM json_each(active) "
            "WHERE value IN (SELECT value FROM json_each(?))) OR EXISTS (SELECT 1 FROM "
            "json_each(held) WHERE value IN (SELECT value FROM json_each(?))))");
        is.texts.insert(is.texts.end(), 2, names_json(asked.roles));
    }
    if (asked.asks_for_decisions()) is.add("r.kind = 'decision'");
    add_categories(is, asked.categories);
    is.add_names("r.action", asked.actions);
    is.add_names("r.reason", asked.reasons);
    is.add_names("r.record", asked.records);
    is.add_names("r.kind", asked.kinds);
    if (asked.decision)
        is.add(std::string("r.decision = '") + std::string(to_string(*asked.decision)) + '\'');
    if (asked.from) {
        is.add("r.time >= ?");
        is.times.push_back(*asked.from);
    }
    if (asked.to) {
        is.add("r.time < ?");
        is.times.push_back(*asked.to);
    }
    return is;
}

void bind(sqlite::statement& to, condition const& of) {
    int at = 0;
    for (std::string const& text : of.texts) to.set(++at, std::string_view(text));
    for (std::int64_t const time : of.times) to.set(++at, time);
}

constexpr char const* columns =
    "SELECT r.writer, r.sequence, r.time, r.kind, a.user, a.active, a.held, r.origin, r.action, "
    "r.category, r.record, r.decision, r.reason, r.granting_role, p.version, p.digest, r.facts, "
    "r.details, r.imported, r.record_hashed FROM records r JOIN actors a ON a.id = r.actor JOIN "
    "policies p ON p.id = r.policy WHERE ";

template <class Enum, std::size_t Count>
bool read_word(std::string_view word, Enum& to) noexcept {
    for (std::size_t i = 0; i < Count; ++i) {
        to = static_cast<Enum>(i);
        if (to_string(to) == word) return true;
    }
    return false;
}

bool read_kind(std::string_view word, journal_record& to) noexcept {
    to.note = journal_note::event;
    if (read_word<audit_kind, 5>(word, to.event.kind)) return true;
    to.event.kind = audit_kind::decision;
    return read_word<journal_note, 12>(word, to.note) && to.note != journal_note::event;
}

bool read_answer(sqlite::rows const& row, audit_record& to) {
    to.decision = decision::deny;
    to.reason = reason::unavailable;
    std::string_view const decided = row.text(11);
    if (decided.empty()) return true;
    to.decision = decided == to_string(decision::allow) ? decision::allow : decision::deny;
    return decided == to_string(to.decision) && read_word<reason, 10>(row.text(12), to.reason);
}

bool read_row(sqlite::rows const& row, journal_record& to) {
    audit_record& event = to.event;
    to.writer = static_cast<std::uint32_t>(row.number(0));
    to.sequence = event.sequence = static_cast<std::uint64_t>(row.number(1));
    event.time = row.number(2);
    event.user = row.text(4);
    event.origin = row.text(7);
    event.action = row.text(8);
    event.category = row.text(9);
    event.record = row.text(10);
    event.granting_role = row.text(13);
    event.policy_version = static_cast<std::uint32_t>(row.number(14));
    event.policy_digest = row.text(15);
    to.imported = row.number(18) != 0;
    to.record_hashed = row.number(19) != 0;
    return read_kind(row.text(3), to) && read_answer(row, event) &&
           read_names(row.text(5), event.active_roles) &&
           read_names(row.text(6), event.held_roles) && read_facts(row.text(16), event.facts) &&
           read_details(row.text(17), to);
}

// SQLite would make a file that is not there; a database that reads does not.
struct opened_store {
    explicit opened_store(std::string const& path) : file(path, database::access::read) {
        open_store(file, store_use::ask);
    }
    database file;
};

}  // namespace

void query_index(std::string const& path, question const& asked,
                 std::function<bool(journal_record const&)> const& take) {
    opened_store store(path);
    condition const is = condition_of(asked);
    sqlite::statement asks(store.file,
                           columns + is.text + " ORDER BY r.time, r.writer, r.sequence");
    bind(asks, is);
    sqlite::rows row(asks);
    while (row.next()) {
        journal_record record;
        if (!read_row(row, record)) store.file.fail_as_corrupt("a record is none");
        if (!take(record)) return;
    }
}

std::uint64_t count_index(std::string const& path, question const& asked) {
    opened_store store(path);
    condition const is = condition_of(asked);
    sqlite::statement asks(store.file, "SELECT count(*) FROM records r WHERE " + is.text);
    bind(asks, is);
    sqlite::rows row(asks);
    return row.next() ? static_cast<std::uint64_t>(row.number(0)) : 0;
}

}  // namespace rolecall::inline v0_1::trail
