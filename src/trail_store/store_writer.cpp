#include "trail_store/store_writer.hpp"

#include "trail_store/record_json.hpp"

#include <charconv>
#include <string_view>

namespace rolecall::inline v0_1::trail {

namespace {

// Names that are seen again and again are looked up here; past so many, in the file.
constexpr std::size_t most_cached = 100'000;

template <class Cache>
void keep_small(Cache& cache) {
    if (cache.size() >= most_cached) cache.clear();
}

void append(std::string& to, std::string_view text) {
    to += std::to_string(text.size());
    to += ':';
    to += text;
}

std::int64_t number_of(std::uint64_t number) noexcept { return static_cast<std::int64_t>(number); }

// The id of a row that is found by its texts, or made.
template <class... Texts>
std::int64_t id_of(sqlite::statement& find, sqlite::statement& add, Texts const&... texts) {
    {
        sqlite::rows found(find.with(texts...));
        if (found.next()) return found.number(0);
    }
    add.with(texts...).run();
    sqlite::rows made(find.with(texts...));
    return made.next() ? made.number(0) : 0;
}

}  // namespace

std::map<std::uint32_t, std::uint64_t> writers_in(sqlite::database& file) {
    std::map<std::uint32_t, std::uint64_t> writers;
    sqlite::statement asks(file, "SELECT writer, sequence FROM writers");
    sqlite::rows each(asks);
    while (each.next())
        writers[static_cast<std::uint32_t>(each.number(0))] =
            static_cast<std::uint64_t>(each.number(1));
    return writers;
}

store_writer::store_writer(sqlite::database& file)
    : file_(file),
      find_actor_(file, "SELECT id FROM actors WHERE user = ? AND active = ? AND held = ?"),
      add_actor_(file, "INSERT INTO actors (user, active, held) VALUES (?, ?, ?)"),
      find_policy_(file, "SELECT id FROM policies WHERE version = ? AND digest = ?"),
      add_policy_(file, "INSERT INTO policies (version, digest) VALUES (?, ?)"),
      add_record_(file,
                  "INSERT INTO records (writer, sequence, time, kind, actor, origin, action, "
                  "category, record, decision, reason, granting_role, policy, facts, details, "
                  "imported, record_hashed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                  "?, ?)"),
      drop_(file, "DELETE FROM records WHERE writer = ? AND sequence <= ?"),
      set_(file, "INSERT OR REPLACE INTO writers (writer, sequence) VALUES (?, ?)"),
      writers_(writers_in(file)) {}

std::string store_writer::about(std::string_view name) {
    sqlite::statement asks(file_, "SELECT value FROM about WHERE name = ?");
    sqlite::rows found(asks.with(name));
    return found.next() ? std::string(found.text(0)) : std::string();
}

void store_writer::set_about(std::string_view name, std::string_view value) {
    begin();
    sqlite::statement sets(file_, "INSERT OR REPLACE INTO about (name, value) VALUES (?, ?)");
    sets.with(name, value).run();
}

// Whoever fills the file at the same time has to wait until this one is through, and then sees
// that another was faster.
void store_writer::begin() {
    if (open_) return;
    open_.emplace(file_, sqlite::transaction::kind::write);
    if (writers_in(file_) == writers_) return;
    throw user_store_error(user_store_error::kind::busy,
                           file_.path() + ": another process is filling it; try again");
}

void store_writer::commit() {
    if (!open_) return;
    for (auto const& [writer, sequence] : writers_)
        set_.with(std::int64_t{writer}, number_of(sequence)).run();
    open_->commit();
    open_.reset();
    added_ = 0;
}

std::string const& store_writer::names_of(std::vector<std::string> const& of) {
    key_.clear();
    for (std::string const& name : of) append(key_, name);
    auto found = names_.find(key_);
    if (found != names_.end()) return found->second;
    keep_small(names_);
    return names_.emplace(key_, names_json(of)).first->second;
}

std::string const& store_writer::facts_of(
    std::vector<std::pair<std::string, std::optional<bool>>> const& facts) {
    key_.clear();
    for (auto const& [name, value] : facts) {
        append(key_, name);
        key_ += value ? (*value ? '1' : '0') : '?';
    }
    auto found = facts_.find(key_);
    if (found != facts_.end()) return found->second;
    keep_small(facts_);
    return facts_.emplace(key_, facts_json(facts)).first->second;
}

std::int64_t store_writer::id_of_actor(audit_record const& event) {
    key_.clear();
    append(key_, event.user);
    for (std::string const& role : event.active_roles) append(key_, role);
    key_ += '/';
    for (std::string const& role : event.held_roles) append(key_, role);
    auto const found = actors_.find(key_);
    if (found != actors_.end()) return found->second;
    keep_small(actors_);
    std::string const key = key_;
    std::string const active = names_of(event.active_roles);
    std::string const held = names_of(event.held_roles);
    std::int64_t const id = id_of(find_actor_, add_actor_, std::string_view(event.user),
                                  std::string_view(active), std::string_view(held));
    actors_.emplace(key, id);
    return id;
}

std::int64_t store_writer::id_of_policy(audit_record const& event) {
    key_ = std::to_string(event.policy_version) + ' ' + event.policy_digest;
    auto const found = policies_.find(key_);
    if (found != policies_.end()) return found->second;
    keep_small(policies_);
    std::int64_t const id = id_of(find_policy_, add_policy_, std::int64_t{event.policy_version},
                                  std::string_view(event.policy_digest));
    policies_.emplace(key_, id);
    return id;
}

// Who only stands in what was dropped is gone too.
void store_writer::drop(journal_record const& retained) {
    for (auto const& [name, text] : retained.details) {
        std::uint64_t through = 0;
        auto const read = std::from_chars(text.data(), text.data() + text.size(), through);
        if (name != "sequence" || read.ec != std::errc() || through >= retained.sequence) continue;
        drop_.with(std::int64_t{retained.writer}, number_of(through)).run();
        if (file_.rows_changed() == 0) continue;
        file_.execute(
            "DELETE FROM actors WHERE id NOT IN (SELECT actor FROM records);"
            "DELETE FROM policies WHERE id NOT IN (SELECT policy FROM records)");
        actors_.clear();
        policies_.clear();
    }
}

void store_writer::add(journal_record const& record) {
    begin();
    audit_record const& event = record.event;
    bool const decided = record.note == journal_note::event && event.kind == audit_kind::decision;
    using text = std::string_view;
    std::string const details = details_json(record);
    std::int64_t const actor = id_of_actor(event);
    std::int64_t const policy = id_of_policy(event);
    add_record_
        .with(std::int64_t{record.writer}, number_of(record.sequence), event.time, record.kind(),
              actor, text(event.origin), text(event.action), text(event.category),
              text(event.record), decided ? to_string(event.decision) : text(""),
              decided ? to_string(event.reason) : text(""), text(event.granting_role), policy,
              text(facts_of(event.facts)), text(details), std::int64_t{record.imported ? 1 : 0},
              std::int64_t{record.record_hashed ? 1 : 0})
        .run();
    writers_[record.writer] = record.sequence;
    if (record.note == journal_note::retained) drop(record);
    if (++added_ == batch) commit();
}

}  // namespace rolecall::inline v0_1::trail
