#include "journal/entry_reader.hpp"

#include "journal/entry_body.hpp"

#include <string>
#include <utility>

namespace rolecall::inline v0_1::trail {
namespace {

// What the names in use in one segment may take of memory. Far more than any segment needs whose
// texts were as short as a journal wants them.
constexpr std::size_t most_memory = std::size_t{256} << 20U;
constexpr std::uint32_t most_roles_of_actor = 4096;

std::size_t memory_of(std::vector<std::string> const& names) noexcept {
    std::size_t bytes = names.capacity() * sizeof(std::string);
    for (std::string const& name : names)
        if (name.capacity() > std::string().capacity()) bytes += name.capacity() + 1;
    return bytes;
}

// Empties a record, but keeps its memory for the next.
void clear(journal_record& is) {
    is.writer = 0;
    is.note = journal_note::event;
    is.details.clear();
    is.imported = is.record_hashed = false;
    audit_record& e = is.event;
    e.kind = audit_kind::decision;
    e.policy_version = 0;
    e.decision = decision::deny;
    e.reason = reason::unavailable;
    for (std::string* const text :
         {&e.user, &e.action, &e.category, &e.record, &e.origin, &e.granting_role, &e.policy_digest,
          &e.previous_digest, &e.problem, &e.refused_digest})
        text->clear();
    e.active_roles.clear();
    e.held_roles.clear();
    e.facts.clear();
    e.unknown_roles.clear();
}

std::size_t memory_of(policy_entry const& is) noexcept {
    return sizeof is + is.digest.size() + memory_of(is.roles) + memory_of(is.categories) +
           memory_of(is.facts) + memory_of(is.actions);
}

std::size_t memory_of(actor_entry const& is) noexcept {
    return sizeof is + is.user.size() + is.origin.size() + memory_of(is.active) +
           memory_of(is.held);
}

}  // namespace

std::string entry_reader::read(bytes_view payload, std::uint64_t first, std::uint32_t records,
                               taker const& take) {
    begin(payload, first, records);
    for (journal_record record; next(record);)
        if (!take(std::move(record))) break;
    return wrong_;
}

void entry_reader::begin(bytes_view payload, std::uint64_t first, std::uint32_t records,
                         how_much names) {
    payload_ = payload;
    names_ = names;
    at_ = 0;
    sequence_ = first;
    left_ = records;
    wrong_.clear();
}

bool entry_reader::refuse(char const* why, std::size_t at) {
    wrong_ = std::string(why) + ", at byte " + std::to_string(at) + " of its payload";
    payload_ = {};
    at_ = 0;
    left_ = 0;
    return false;
}

bool entry_reader::next(journal_record& to) {
    while (at_ < payload_.size()) {
        bytes_view const rest = payload_.subspan(at_);
        if (rest.size() < entry_head_bytes) return refuse(cut_off, at_);
        auto const type = std::to_integer<std::uint8_t>(rest[0]);
        std::size_t const size = load<std::uint32_t>(rest.data()) >> 8U;
        if (rest.size() - entry_head_bytes < size) return refuse(cut_off, at_);
        bool const is_record = read_entry(type, rest.subspan(entry_head_bytes, size), to);
        if (!wrong_.empty()) return false;
        at_ += entry_head_bytes + size;
        if (is_record) return true;
    }
    if (left_ != 0) return refuse("it has fewer records than its frame says", payload_.size());
    return false;
}

// Whether it was a record.
bool entry_reader::read_entry(std::uint8_t type, bytes_view entry, journal_record& to) {
    enum : std::uint8_t { of_policy = 1, of_actor, of_decision, of_general, of_note, of_drained };
    bool const is_record = type >= of_decision && type <= of_note;
    if (is_record) {
        if (left_ == 0) return refuse("it has more records than its frame says", at_);
        clear(to);
    }
    entry_body from(entry);
    char const* why = "an entry is of a type that there is not";
    switch (type) {
        case of_policy: why = read_policy(from); break;
        case of_actor: why = read_actor(from); break;
        case of_decision: why = read_decision(from, to); break;
        case of_general: why = read_general(from, to); break;
        case of_note: why = read_note(from, to); break;
        case of_drained: why = read_drained(from); break;
        default: break;
    }
    if (why != nullptr) return refuse(why, at_);
    if (!is_record) return false;
    to.sequence = to.event.sequence = sequence_++;
    --left_;
    return true;
}

char const* entry_reader::read_policy(entry_body& from) {
    policy_entry is;
    is.slot = from.number<std::uint16_t>();
    is.run = from.number<std::uint64_t>();
    is.version = from.number<std::uint32_t>();
    is.digest = from.text();
    is.roles = from.list();
    is.categories = from.list();
    is.facts = from.list();
    is.actions = from.list();
    if (char const* const why = from.end()) return why;
    std::size_t& before = policy_bytes_[is.slot];
    memory_ -= std::exchange(before, memory_of(is));
    memory_ += before;
    policies_[is.slot] = std::move(is);
    return memory_ <= most_memory ? nullptr : "its segment has more names than one can have";
}

char const* entry_reader::read_actor(entry_body& from) {
    actor_entry is;
    is.number = from.number<std::uint32_t>();
    auto const flags = from.number<std::uint8_t>();
    is.has_user = flags == 1;
    is.user = from.text();
    is.origin = from.text();
    is.active = from.list(most_roles_of_actor);
    is.held = from.list(most_roles_of_actor);
    if (char const* const why = from.end()) return why;
    if (flags > 1 || (!is.has_user && !is.user.empty())) return "an actor has flags that don't fit";
    std::size_t& before = actor_bytes_[is.number];
    memory_ -= std::exchange(before, memory_of(is));
    memory_ += before;
    actors_[is.number] = std::move(is);
    return memory_ <= most_memory ? nullptr : "its segment has more names than one can have";
}

char const* entry_reader::read_drained(entry_body& from) {
    drained_entry is;
    is.run = from.number<std::uint64_t>();
    is.ring = from.number<std::uint32_t>();
    is.through = from.number<std::uint64_t>();
    is.lost = from.number<std::uint64_t>();
    is.allowed = from.number<std::uint64_t>();
    if (char const* const why = from.end()) return why;
    auto const [at, is_new] = drained_at_.try_emplace({is.run, is.ring}, drained_.size());
    if (!is_new) {
        drained_[at->second] = is;
        return nullptr;
    }
    drained_.push_back(is);
    memory_ += 2 * sizeof is + sizeof(*at);
    return memory_ <= most_memory ? nullptr : "its segment has more rings than one can have";
}

}  // namespace rolecall::inline v0_1::trail
