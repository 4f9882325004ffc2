#include "journal/recorder.hpp"

#include <rolecall/detail/policy_head.hpp>
#include <rolecall/facts.hpp>

#include <algorithm>
#include <cstring>
#include <new>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::trail {

using detail::access;

namespace {

// A question in the numbers of the policy that decided it.
struct numbered_question {
    std::uint32_t category = 0;
    std::uint8_t action = 0;
    std::uint64_t stated_true = 0, stated_false = 0, stated = 0;
};

bool number_by_reference(detail::told const& event, detail::policy_head const& p,
                         numbered_question& to) noexcept {
    std::uint32_t const category = access::number(*event.category);
    std::uint32_t const action = access::number(*event.action);
    detail::stamp stamps = access::lineage(*event.category) | access::lineage(*event.action);
    if (event.known != nullptr) {
        stamps |= access::lineage(*event.known);
        to.stated_true = access::known_true(*event.known);
        to.stated_false = access::known_false(*event.known);
        to.stated = access::stated(*event.known);
    }
    if (stamps != p.lineage || !p.categories.declared(category) || !p.actions.declared(action) ||
        (to.stated & p.undeclared_facts) != 0)
        return false;
    to.category = category;
    to.action = static_cast<std::uint8_t>(action);
    return true;
}

bool number_by_names(request const& asked, detail::policy_head const& p,
                     numbered_question& to) noexcept {
    to.category = p.categories.find(asked.category);
    std::uint32_t const action = p.actions.find(asked.action);
    if (to.category == detail::name_table::none || action == detail::name_table::none) return false;
    to.action = static_cast<std::uint8_t>(action);
    for (auto const& [name, value] : asked.facts) {
        std::uint32_t const fact = p.facts.find(name);
        if (fact == detail::name_table::none) return false;
        std::uint64_t const bit = std::uint64_t{1} << fact;
        if ((to.stated & bit) != 0) return false;
        to.stated |= bit;
        if (value.known_true()) to.stated_true |= bit;
        if (value.known_false()) to.stated_false |= bit;
    }
    return true;
}

// False where the policy does not declare one of the names, or a fact is stated twice.
bool number(detail::told const& event, detail::policy_head const& p,
            numbered_question& to) noexcept {
    if (event.kind != audit_kind::decision || event.roles == nullptr || !event.roles->known())
        return false;
    if (event.asked != nullptr) return number_by_names(*event.asked, p, to);
    return event.category != nullptr && event.action != nullptr &&
           number_by_reference(event, p, to);
}

}  // namespace

recorder::recorder(ring_file&& file, std::string_view record_secret)
    : file_(std::move(file)),
      ring_(file_.of()),
      head_(ring_.head->head.load(std::memory_order_relaxed)),
      known_tail_(ring_.head->tail.load(std::memory_order_relaxed)),
      wake_mask_(std::max<std::uint64_t>(ring_.room() / 4, 1) - 1) {
    if (!record_secret.empty()) hash_record_.emplace(record_secret);
}

bool recorder::has_room(std::uint64_t lines) noexcept {
    if (head_ + lines - known_tail_ <= ring_.room()) return true;
    known_tail_ = ring_.head->tail.load(std::memory_order_acquire);
    return head_ + lines - known_tail_ <= ring_.room();
}

recorder::outcome recorder::record(audit_event const& event, std::int64_t time) {
    detail::told const& t = access::told_of(event);
    detail::policy_head const& p = access::head(*t.by);
    numbered_question asked;
    if (!number(t, p, asked)) return outcome::no_numbers;
    if (!uses(&p, t.answer.policy_version)) return outcome::unknown_policy;

    std::string_view record = t.record;
    std::array<std::byte, 16> hashed;  // NOLINT(cppcoreguidelines-pro-type-member-init): below
    if (record.size() > longest_text) return outcome::too_long;
    bool const is_hashed = hash_record_ && !record.empty();
    if (is_hashed) {
        if (!(*hash_record_)(record, hashed)) return outcome::no_room;
        record = {reinterpret_cast<char const*>(hashed.data()), hashed.size()};
    }

    actor_view const who{t.user, t.origin, t.roles->active, t.roles->held, p.lineage};
    std::uint32_t const actor = actor_cache::number_of(who);
    std::uint64_t const told = actors_.told_at(actor, who);
    std::uint64_t const lines_told = told == actor_cache::never ? ring_.room() : head_ - told;
    if (lines_told >= ring_.room() - 2) [[unlikely]] {
        outcome const so = tell_actor(who, actor, t);
        if (so != outcome::recorded) return so;
    }

    bool const with_facts = asked.stated != 0;
    std::size_t const room = with_facts ? record_room_with_facts : record_room;
    std::size_t const here = std::min(record.size(), room);
    std::uint64_t const lines = here == record.size() ? 1 : 1 + more_lines(record.size() - here);
    if (lines > ring_.room()) return outcome::too_long;
    if (!has_room(lines)) return outcome::no_room;

    ring_line& to = ring_.line(head_);
    auto& line = *new (to.rest) decision_line{};  // all of it: nothing of an older line stays
    line.time = time;
    line.actor = actor;
    line.category = asked.category;
    line.role =
        t.answer.granting_role == role_ref{} ? 0xFFFF'FFFF : access::number(t.answer.granting_role);
    line.slot = slot_;
    line.action = asked.action;
    line.bits = static_cast<std::uint8_t>(
        static_cast<unsigned>(t.answer.reason) | (t.answer ? bit_allow : 0U) |
        (with_facts ? bit_facts : 0U) | (is_hashed ? bit_hashed : 0U));
    line.record_bytes = static_cast<std::uint16_t>(record.size());
    if (here > 0) std::memcpy(line.record, record.data(), here);
    if (with_facts) {
        std::uint64_t const masks[3] = {asked.stated_true, asked.stated_false, asked.stated};
        std::memcpy(line.record + record_room_with_facts, masks, sizeof masks);
    }
    ring::stamp(to, head_, line_kind::decision);
    ++head_;
    if (lines > 1) put_more(record.data() + here, record.size() - here);
    publish();
    return outcome::recorded;
}

void recorder::put_more(char const* from, std::size_t bytes) noexcept {
    while (bytes > 0) {
        std::size_t const piece = std::min(bytes, more_room);
        ring_line& to = ring_.line(head_);
        std::memcpy(to.rest, from, piece);
        ring::stamp(to, head_, line_kind::more);
        ++head_;
        from += piece;
        bytes -= piece;
    }
}

// Says in the ring who a number is, so that whoever reads it needs nothing else.
recorder::outcome recorder::tell_actor(actor_view const& who, std::uint32_t number,
                                       detail::told const& event) {
    if (who.user.size() > longest_text || who.origin.size() > longest_text ||
        who.active.size() > most_roles || who.held.size() > most_roles)
        return outcome::too_long;
    detail::name_table const& roles = access::head(*event.by).roles;
    actor_entry entry;
    entry.number = number | ring_.head->index << 16U;
    entry.has_user = !who.user.empty();
    entry.user = who.user;
    entry.origin = who.origin;
    for (std::uint32_t const role : who.active) entry.active.emplace_back(roles.name(role));
    for (std::uint32_t const role : who.held) entry.held.emplace_back(roles.name(role));
    built_.clear();
    built_.add(entry);
    std::uint64_t const line = head_;
    outcome const so = put_built(built_);
    if (so == outcome::recorded) actors_.keep(number, who, line);
    return so;
}

recorder::outcome recorder::put_built(entry_writer const& entry) {
    bytes_view const bytes = entry.payload();
    std::size_t const here = std::min(bytes.size(), sizeof(built_line::first));
    std::uint64_t const lines = 1 + more_lines(bytes.size() - here);
    if (lines > ring_.room() / 2) return outcome::too_long;
    if (!has_room(lines)) return outcome::no_room;
    ring_line& to = ring_.line(head_);
    built_line line{};
    line.bytes = static_cast<std::uint32_t>(bytes.size());
    line.records = entry.records();
    std::memcpy(line.first, bytes.data(), here);
    std::memcpy(to.rest, &line, sizeof line);
    ring::stamp(to, head_, line_kind::built);
    ++head_;
    put_more(reinterpret_cast<char const*>(bytes.data()) + here, bytes.size() - here);
    publish();
    return outcome::recorded;
}

recorder::outcome recorder::record_by_names(audit_event const& event, std::int64_t time) {
    journal_record record;
    record.event = audit_record(event, 0, time);
    auto const too_long = [](std::string const& text) { return text.size() > longest_text; };
    audit_record& e = record.event;
    if (too_long(e.user) || too_long(e.origin) || too_long(e.action) || too_long(e.category) ||
        too_long(e.record) || too_long(e.granting_role) || e.active_roles.size() > most_roles ||
        e.held_roles.size() > most_roles || e.unknown_roles.size() > most_roles ||
        std::any_of(e.active_roles.begin(), e.active_roles.end(), too_long) ||
        std::any_of(e.held_roles.begin(), e.held_roles.end(), too_long) ||
        std::any_of(e.unknown_roles.begin(), e.unknown_roles.end(), too_long) ||
        std::any_of(e.facts.begin(), e.facts.end(),
                    [&](auto const& fact) { return too_long(fact.first); }))
        return outcome::too_long;
    if (e.problem.size() > longest_text) e.problem.resize(longest_text);
    if (hash_record_ && !e.record.empty()) {
        std::array<std::byte, 16> hashed{};
        if (!(*hash_record_)(e.record, hashed)) return outcome::no_room;
        e.record = hex(hashed);
        record.record_hashed = true;
    }
    built_.clear();
    built_.add(record);
    return put_built(built_);
}

void recorder::lose(bool allowed, std::int64_t time) noexcept {
    ring_head& head = *ring_.head;
    std::int64_t none = 0;
    head.lost_first.compare_exchange_strong(none, time, std::memory_order_relaxed);
    head.lost_last.store(time, std::memory_order_relaxed);
    if (allowed) head.lost_allowed.fetch_add(1, std::memory_order_relaxed);
    head.lost.fetch_add(1, std::memory_order_release);
}

}  // namespace rolecall::inline v0_1::trail
