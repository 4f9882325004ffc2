// Entries that are records: decisions, events by names, and notes.
#include "journal/entry_body.hpp"
#include "journal/entry_reader.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::trail {

namespace {

constexpr std::size_t hash_bytes = 16;

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

char const* entry_reader::read_decision(entry_body& from, journal_record& to) const {
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

char const* entry_reader::read_general(entry_body& from, journal_record& to) {
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

char const* entry_reader::read_note(entry_body& from, journal_record& to) {
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
