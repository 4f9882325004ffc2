#include "journal/entry_reader.hpp"

#include "journal/byte_order.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::trail {
namespace {

// What the names in use in one segment may take of memory. Far more than any segment needs whose
// texts were as short as a journal wants them.
constexpr std::size_t most_memory = std::size_t{256} << 20U;
constexpr std::uint32_t most_in_list = 1'048'576;
constexpr std::uint32_t most_roles_of_actor = 4096;
constexpr std::size_t hash_bytes = 16;
constexpr std::size_t head_bytes = 4;  // type and size of an entry

constexpr char const* cut_off = "an entry is shorter than it should be";

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

// The bytes of an entry, taken from the front. After they did not suffice, all is empty or zero.
class entry_reader::body {
public:
    explicit body(bytes_view bytes) noexcept : bytes_(bytes) {}

    template <class Number>
    Number number() noexcept {
        bytes_view const is = take(sizeof(Number));
        return is.empty() ? Number{} : load<Number>(is.data());
    }

    std::int64_t time() noexcept { return static_cast<std::int64_t>(number<std::uint64_t>()); }
    std::string text() { return string_of(number<std::uint16_t>()); }
    std::string long_text() { return string_of(number<std::uint32_t>()); }
    std::string rest() { return string_of(bytes_.size()); }

    // How many of what takes so many bytes at least. More than there can be: none, and it is cut.
    std::uint32_t count(std::size_t each, std::uint32_t most = most_in_list) noexcept {
        auto const is = number<std::uint32_t>();
        if (is <= bytes_.size() / each && is <= most) return is;
        if (is > most) too_many_ = true;
        short_ = true;
        bytes_ = {};
        return 0;
    }

    std::vector<std::string> list(std::uint32_t most = most_in_list) {
        std::uint32_t const size = count(sizeof(std::uint16_t), most);
        std::vector<std::string> names;
        names.reserve(size);
        for (std::uint32_t i = 0; i < size && !short_; ++i) names.push_back(text());
        return names;
    }

    [[nodiscard]] bool is_short() const noexcept { return short_; }
    [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }

    // Why it does not end here; null where it does.
    [[nodiscard]] char const* end() const noexcept {
        if (too_many_) return "a list is longer than one can be";
        if (short_) return cut_off;
        return bytes_.empty() ? nullptr : "an entry is longer than it should be";
    }

private:
    bytes_view take(std::size_t bytes) noexcept {
        if (bytes > bytes_.size()) {
            short_ = true;
            bytes_ = {};
            return {};
        }
        bytes_view const is = bytes_.first(bytes);
        bytes_ = bytes_.subspan(bytes);
        return is;
    }

    std::string string_of(std::size_t bytes) {
        bytes_view const is = take(bytes);
        return {reinterpret_cast<char const*>(is.data()), is.size()};
    }

    bytes_view bytes_;
    bool short_ = false, too_many_ = false;
};

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
        if (rest.size() < head_bytes) return refuse(cut_off, at_);
        auto const type = std::to_integer<std::uint8_t>(rest[0]);
        std::size_t const size = load<std::uint32_t>(rest.data()) >> 8U;
        if (rest.size() - head_bytes < size) return refuse(cut_off, at_);
        bool const is_record = read_entry(type, rest.subspan(head_bytes, size), to);
        if (!wrong_.empty()) return false;
        at_ += head_bytes + size;
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
    body from(entry);
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

char const* entry_reader::read_policy(body& from) {
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

char const* entry_reader::read_actor(body& from) {
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

char const* entry_reader::read_drained(body& from) {
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

namespace {

// A name by its number; nothing where the policy has no such number.
std::optional<std::string_view> name_of(std::vector<std::string> const& names,
                                        std::uint32_t number) {
    if (number >= names.size()) return std::nullopt;
    return names[number];
}

std::string in_hex(std::string const& bytes) {
    return hex(std::as_bytes(std::span(bytes.data(), bytes.size())));
}

// What docs/journal-format.md says of decisions and reasons by number.
bool read_answer(std::uint8_t decided, std::uint8_t why, audit_record& to) {
    if (decided > 1 || why > static_cast<std::uint8_t>(reason::unmet)) return false;
    to.decision = decided == 1 ? decision::allow : decision::deny;
    to.reason = static_cast<reason>(why);
    return true;
}

bool read_record_id(std::string&& id, bool is_hashed, journal_record& to) {
    if (is_hashed && id.size() != hash_bytes) return false;
    to.record_hashed = is_hashed;
    to.event.record = is_hashed ? in_hex(id) : std::move(id);
    return true;
}

void read_facts(std::array<std::uint64_t, 3> const& masks, std::vector<std::string> const& names,
                audit_record& to) {
    std::size_t const size = std::min<std::size_t>(names.size(), 64);
    for (std::size_t n = 0; n < size; ++n) {
        std::uint64_t const bit = std::uint64_t{1} << n;
        if ((masks[2] & bit) == 0) continue;
        bool const yes = (masks[0] & bit) != 0;
        bool const no = (masks[1] & bit) != 0;
        to.facts.emplace_back(names[n], yes != no ? std::optional<bool>(yes) : std::nullopt);
    }
}

}  // namespace

char const* entry_reader::read_decision(body& from, journal_record& to) const {
    audit_record& e = to.event;
    e.time = from.time();
    auto const actor = from.number<std::uint32_t>();
    auto const category = from.number<std::uint32_t>();
    auto const role = from.number<std::uint32_t>();
    auto const slot = from.number<std::uint16_t>();
    auto const action = from.number<std::uint8_t>();
    auto const decided = from.number<std::uint8_t>();
    auto const why = from.number<std::uint8_t>();
    auto const flags = from.number<std::uint8_t>();
    auto const id_bytes = from.number<std::uint16_t>();
    std::array<std::uint64_t, 3> masks{};
    if ((flags & 1U) != 0)
        for (std::uint64_t& mask : masks) mask = from.number<std::uint64_t>();
    if (from.is_short() || from.size() < id_bytes) return cut_off;
    if (from.size() > id_bytes) return "an entry is longer than it should be";
    if (flags > 3) return "a decision has flags that there are not";
    if (!read_answer(decided, why, e)) return "a decision has an answer that there is not";
    if (!read_record_id(from.rest(), (flags & 2U) != 0, to))
        return "the hash of a record id has another size";

    auto const by = policies_.find(slot);
    if (by == policies_.end()) return "a decision names a policy that its segment does not";
    auto const who = actors_.find(actor);
    if (who == actors_.end()) return "a decision names an actor that its segment does not";
    policy_entry const& p = by->second;
    auto const category_name = name_of(p.categories, category);
    auto const action_name = name_of(p.actions, action);
    auto const role_name =
        role == 0xFFFF'FFFF ? std::optional<std::string_view>("") : name_of(p.roles, role);
    if (!category_name || !action_name || !role_name)
        return "a decision has a number that its policy does not";
    std::size_t const facts = std::min<std::size_t>(p.facts.size(), 64);
    std::uint64_t const known = facts == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << facts) - 1;
    if (((masks[0] | masks[1]) & ~masks[2]) != 0 || (masks[2] & ~known) != 0)
        return "a decision has facts that its policy does not";
    if (names_ == how_much::times) return nullptr;
    e.category = *category_name;
    e.action = *action_name;
    e.granting_role = *role_name;
    e.policy_version = p.version;
    e.policy_digest = p.digest;
    e.user = who->second.user;
    e.origin = who->second.origin;
    e.active_roles = who->second.active;
    e.held_roles = who->second.held;
    read_facts(masks, p.facts, e);
    return nullptr;
}

char const* entry_reader::read_general(body& from, journal_record& to) {
    constexpr std::size_t least_fact = 3;
    audit_record& e = to.event;
    auto const kind = from.number<std::uint8_t>();
    auto const flags = from.number<std::uint8_t>();
    e.time = from.time();
    e.user = from.text();
    e.origin = from.text();
    e.active_roles = from.list();
    e.held_roles = from.list();
    e.action = from.text();
    e.category = from.text();
    std::string id = from.text();
    bool facts_fit = true;
    std::uint32_t const facts = from.count(least_fact);
    e.facts.reserve(facts);
    for (std::uint32_t i = 0; i < facts && !from.is_short(); ++i) {
        std::string name = from.text();
        auto const value = from.number<std::uint8_t>();
        facts_fit = facts_fit && value <= 2;
        e.facts.emplace_back(std::move(name),
                             value == 2 ? std::nullopt : std::optional<bool>(value == 1));
    }
    auto const decided = from.number<std::uint8_t>();
    auto const why = from.number<std::uint8_t>();
    e.granting_role = from.text();
    e.policy_version = from.number<std::uint32_t>();
    e.policy_digest = from.text();
    e.previous_digest = from.text();
    e.problem = from.long_text();
    e.refused_digest = from.text();
    e.unknown_roles = from.list();
    if (char const* const wrong = from.end()) return wrong;
    if (kind > static_cast<std::uint8_t>(audit_kind::roles_unknown))
        return "an event is of a kind that there is not";
    if (flags > 3) return "an event has flags that there are not";
    if (!facts_fit) return "a fact has a value that there is not";
    if (!read_answer(decided, why, e)) return "an event has an answer that there is not";
    if (!read_record_id(std::move(id), (flags & 2U) != 0, to))
        return "the hash of a record id has another size";
    e.kind = static_cast<audit_kind>(kind);
    to.imported = (flags & 1U) != 0;
    return nullptr;
}

char const* entry_reader::read_note(body& from, journal_record& to) {
    constexpr std::size_t least_detail = 4;
    auto const what = from.number<std::uint8_t>();
    to.event.time = from.time();
    std::uint32_t const details = from.count(least_detail);
    to.details.reserve(details);
    for (std::uint32_t i = 0; i < details && !from.is_short(); ++i) {
        std::string name = from.text();
        to.details.emplace_back(std::move(name), from.text());
    }
    if (char const* const why = from.end()) return why;
    to.note = static_cast<journal_note>(what);
    return to.note == journal_note::event ? "a note says nothing" : nullptr;
}

}  // namespace rolecall::inline v0_1::trail
