#include "journal/ring_drain.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace rolecall::inline v0_1::trail {
namespace {

constexpr std::size_t ring_entry_head_bytes = 4;
constexpr std::uint32_t most_actors = 1U << 16U;
constexpr std::size_t largest_entry = std::size_t{24} << 20U;  // a frame takes it

template <class T>
T copy_of(std::byte const* from) noexcept {
    T value{};
    std::memcpy(&value, from, sizeof value);
    return value;
}

}  // namespace

ring_drain::ring_drain(ring of, std::uint64_t from) : ring_(of), at_(from) {}

void ring_drain::go_back(std::uint64_t to) noexcept {
    at_ = to;
    actors_.clear();
    damaged_ = looked_back_ = false;
}

void ring_drain::distrust(bytes_view policies) {
    policies_.assign(policies.begin(), policies.end());
    judge_.emplace();
    static_cast<void>(fits(policies_, 0));
}

bool ring_drain::fits(bytes_view entries, std::uint32_t records) {
    if (entries.size() > largest_entry) return false;
    journal_record ignored;
    judge_->begin(entries, 1, records, entry_reader::how_much::times);
    while (judge_->next(ignored)) {}
    return judge_->wrong().empty();
}

// Actors may have been redefined after the line that is read next: what counts is what was said
// of them last before it. Where memory lacks, it is done again.
void ring_drain::look_back() {
    if (looked_back_) return;
    actors_.clear();
    std::uint64_t const tail = ring_.head->tail.load(std::memory_order_relaxed);
    for (std::uint64_t n = tail - std::min(tail, ring_.room() - 1); n < at_;) {
        if (!is(n, line_kind::built)) {
            ++n;
            continue;
        }
        auto const line = copy_of<built_line>(ring_.line(n).rest);
        if (line.records != 0 || !gather(n, at_, line.bytes)) {
            ++n;
            continue;
        }
        remember_actor();
        n += 1 + more_lines(line.bytes - std::min<std::size_t>(line.bytes, sizeof line.first));
    }
    looked_back_ = true;
}

bool ring_drain::is(std::uint64_t number, line_kind kind) const noexcept {
    return std::atomic_ref<std::uint64_t>(ring_.line(number).stamp)
               .load(std::memory_order_acquire) ==
           ((number + 1) << 8U | static_cast<std::uint64_t>(kind));
}

bool ring_drain::take(entry_writer& to, std::uint64_t head, std::size_t enough,
                      std::uint64_t epoch) {
    look_back();
    while (at_ < head && !damaged_) {
        if (to.payload().size() >= enough) return true;
        std::uint64_t const line = at_;
        std::size_t const bytes = to.payload().size();
        std::uint32_t const records = to.records();
        damaged_ = !take_line(to, head, epoch);
        if (damaged_ || !judge_) continue;
        if (fits(to.payload().subspan(bytes), to.records() - records)) continue;
        to.cut(bytes, records);
        at_ = line;
        damaged_ = true;
    }
    return false;
}

bool ring_drain::take_line(entry_writer& to, std::uint64_t head, std::uint64_t epoch) {
    return is(at_, line_kind::decision) ? take_decision(to, head, epoch) : take_built(to, head);
}

bool ring_drain::take_decision(entry_writer& to, std::uint64_t head, std::uint64_t epoch) {
    auto const line = copy_of<decision_line>(ring_.line(at_).rest);
    bool const with_facts = (line.bits & bit_facts) != 0;
    std::size_t const room = with_facts ? record_room_with_facts : record_room;
    std::size_t const here = std::min<std::size_t>(line.record_bytes, room);
    std::size_t const there = line.record_bytes - here;
    std::uint64_t const next = at_ + 1 + more_lines(there);
    if (next > head || line.actor >= actors_.size() || actors_[line.actor].entry.empty())
        return false;

    decision_entry entry;
    entry.time = line.time;
    entry.actor = actor_number(ring_.head->index, line.actor);
    entry.category = line.category;
    entry.granting_role = line.role;
    entry.slot = line.slot;
    entry.action = line.action;
    entry.decision = (line.bits & bit_allow) != 0 ? 1 : 0;
    entry.reason = line.bits & 0x0FU;
    entry.record_hashed = (line.bits & bit_hashed) != 0;
    if (with_facts) {
        std::byte const* const masks = line.record + record_room_with_facts;
        entry.stated_true = copy_of<std::uint64_t>(masks);
        entry.stated_false = copy_of<std::uint64_t>(masks + 8);
        entry.stated = copy_of<std::uint64_t>(masks + 16);
    }
    auto const* const inside = reinterpret_cast<char const*>(line.record);
    entry.record = {inside, here};
    if (there > 0) {
        text_.assign(line.record, line.record + here);
        for (std::uint64_t n = at_ + 1; n < next; ++n) {
            if (!is(n, line_kind::more)) return false;
            std::size_t const piece =
                std::min<std::size_t>(more_room, line.record_bytes - text_.size());
            std::byte const* const from = ring_.line(n).rest;
            text_.insert(text_.end(), from, from + piece);
        }
        entry.record = {reinterpret_cast<char const*>(text_.data()), text_.size()};
    }

    actor& who = actors_[line.actor];
    if (who.epoch != epoch) {
        to.add_built(who.entry, 0);
        who.epoch = epoch;
    }
    to.add(entry);
    at_ = next;
    return true;
}

bool ring_drain::take_built(entry_writer& to, std::uint64_t head) {
    if (!is(at_, line_kind::built)) return false;
    auto const line = copy_of<built_line>(ring_.line(at_).rest);
    if (!gather(at_, head, line.bytes)) return false;
    if (line.records == 0)
        remember_actor();
    else
        to.add_built(text_, line.records);
    at_ += 1 + more_lines(line.bytes - std::min<std::size_t>(line.bytes, sizeof line.first));
    return true;
}

// The bytes of a built line, from it and those that follow, into text_.
bool ring_drain::gather(std::uint64_t from, std::uint64_t head, std::size_t bytes) {
    std::size_t const here = std::min(bytes, sizeof(built_line::first));
    std::uint64_t const next = from + 1 + more_lines(bytes - here);
    if (bytes < ring_entry_head_bytes || next > head || next - from > ring_.room()) return false;
    std::byte const* const first = ring_.line(from).rest + offsetof(built_line, first);
    text_.assign(first, first + here);
    for (std::uint64_t n = from + 1; n < next; ++n) {
        if (!is(n, line_kind::more)) return false;
        std::size_t const piece = std::min(more_room, bytes - text_.size());
        std::byte const* const more = ring_.line(n).rest;
        text_.insert(text_.end(), more, more + piece);
    }
    return true;
}

// Its number stands first in the body. One that says the same again stays told.
void ring_drain::remember_actor() {
    if (text_.size() < ring_entry_head_bytes + sizeof(std::uint32_t)) return;
    std::uint32_t const number =
        copy_of<std::uint32_t>(text_.data() + ring_entry_head_bytes) & (most_actors - 1);
    if (number >= actors_.size()) actors_.resize(number + 1);
    actor& it = actors_[number];
    if (it.entry == text_) return;
    it.entry = text_;
    it.epoch = 0;
}

}  // namespace rolecall::inline v0_1::trail
