// A ring in memory, for tests of what reads it.
#ifndef ROLECALL_TESTS_JOURNAL_MEMORY_RING_HPP
#define ROLECALL_TESTS_JOURNAL_MEMORY_RING_HPP

#include "journal/entry_writer.hpp"
#include "journal/ring_layout.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

namespace rolecall::testing {

/// Puts lines into a ring as a recording thread would, one after the other.
class memory_ring {
public:
    explicit memory_ring(std::uint32_t lines, std::uint32_t index = 0, std::uint64_t run = 7)
        : head_(std::make_unique<trail::ring_head>()),
          lines_(std::make_unique<trail::ring_line[]>(lines)) {
        head_->index = index;
        head_->lines = lines;
        head_->run = run;
    }

    [[nodiscard]] trail::ring of() const { return {head_.get(), lines_.get()}; }
    [[nodiscard]] trail::ring_head& head() const { return *head_; }

    void tell_actor(std::uint32_t number, std::string_view user) {
        trail::actor_entry actor;
        actor.number = number | head_->index << 16U;
        actor.has_user = true;
        actor.user = user;
        actor.active = actor.held = {"support"};
        trail::entry_writer entry;
        entry.add(actor);
        put(entry, 0);
    }

    void put(trail::entry_writer const& entry, std::uint32_t records) {
        trail::bytes_view const bytes = entry.payload();
        trail::built_line line{};
        std::size_t const here = std::min(bytes.size(), sizeof line.first);
        line.bytes = static_cast<std::uint32_t>(bytes.size());
        line.records = records;
        std::memcpy(line.first, bytes.data(), here);
        next(&line, trail::line_kind::built);
        more(bytes.subspan(here));
    }

    void decide(std::uint32_t actor, std::string_view record, std::int64_t time = 1) {
        trail::decision_line line{};
        std::size_t const here = std::min(record.size(), trail::record_room);
        line.time = time;
        line.actor = actor;
        line.role = 0xFFFF'FFFF;
        line.record_bytes = static_cast<std::uint16_t>(record.size());
        std::memcpy(line.record, record.data(), here);
        next(&line, trail::line_kind::decision);
        more(std::as_bytes(std::span(record.data(), record.size())).subspan(here));
    }

    /// What was put is there for who reads.
    void publish() { head_->head.store(next_); }

private:
    void next(void const* rest, trail::line_kind kind) {
        trail::ring_line& line = of().line(next_);
        std::memcpy(line.rest, rest, sizeof line.rest);
        trail::ring::stamp(line, next_++, kind);
    }
    void more(trail::bytes_view bytes) {
        while (!bytes.empty()) {
            std::byte rest[trail::more_room] = {};
            std::size_t const piece = std::min(bytes.size(), sizeof rest);
            std::memcpy(rest, bytes.data(), piece);
            next(rest, trail::line_kind::more);
            bytes = bytes.subspan(piece);
        }
    }

    std::unique_ptr<trail::ring_head> head_;
    std::unique_ptr<trail::ring_line[]> lines_;
    std::uint64_t next_ = 0;
};

}  // namespace rolecall::testing

#endif
