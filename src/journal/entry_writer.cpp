#include "journal/entry_writer.hpp"

#include "journal/byte_order.hpp"
#include "journal/entry_body.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <stdexcept>
#include <string>

namespace rolecall::inline v0_1::trail {
namespace {

enum class entry_type : std::uint8_t {
    policy = 1,
    actor = 2,
    decision = 3,
    general = 4,
    note = 5,
    drained = 6
};

constexpr std::size_t longest_body = (std::size_t{1} << 24U) - 1;
constexpr std::size_t longest_short_text = 65'535;
constexpr std::size_t longest_long_text = std::size_t{1} << 20U;
constexpr std::uint8_t flag_user = 1;
constexpr std::uint8_t flag_facts = 1;
constexpr std::uint8_t flag_hashed = 2;
constexpr std::uint8_t flag_imported = 1;

// An entry at the end of a payload. It is there once `end` says so; else it is gone without a
// trace.
class growing_entry {
public:
    growing_entry(std::vector<std::byte>& to, entry_type type)
        : to_(to), begin_(to.size()), type_(type) {
        to_.resize(begin_ + entry_head_bytes);
    }
    growing_entry(growing_entry const&) = delete;
    growing_entry& operator=(growing_entry const&) = delete;
    ~growing_entry() {
        if (!ended_) to_.resize(begin_);
    }

    // Its size, now that it is known.
    void end() {
        std::size_t const body = to_.size() - begin_ - entry_head_bytes;
        if (body > longest_body) throw std::length_error("an entry has too many names");
        store(to_.data() + begin_,
              static_cast<std::uint32_t>(body << 8U | static_cast<std::size_t>(type_)));
        ended_ = true;
    }

    template <class Number>
    void number(Number value) {
        std::size_t const at = to_.size();
        to_.resize(at + sizeof value);
        store(to_.data() + at, value);
    }

    void bytes(std::string_view text) {
        auto const* const from = reinterpret_cast<std::byte const*>(text.data());
        to_.insert(to_.end(), from, from + text.size());
    }

    void text(std::string_view text) {
        text = text.substr(0, longest_short_text);
        number(static_cast<std::uint16_t>(text.size()));
        bytes(text);
    }

    void long_text(std::string_view text) {
        text = text.substr(0, longest_long_text);
        number(static_cast<std::uint32_t>(text.size()));
        bytes(text);
    }

    void list(std::vector<std::string> const& texts) {
        number(static_cast<std::uint32_t>(texts.size()));
        for (std::string const& one : texts) text(one);
    }

private:
    std::vector<std::byte>& to_;
    std::size_t begin_;
    entry_type type_;
    bool ended_ = false;
};

// The bytes that hexadecimal digits stand for.
std::string bytes_of_hex(std::string_view digits) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        unsigned value = 0;
        std::from_chars(digits.data() + i, digits.data() + i + 2, value, 16);
        bytes += static_cast<char>(value);
    }
    return bytes;
}

void add_general(growing_entry& to, journal_record const& record) {
    audit_record const& e = record.event;
    to.number(static_cast<std::uint8_t>(e.kind));
    to.number(static_cast<std::uint8_t>((record.imported ? flag_imported : 0U) |
                                        (record.record_hashed ? flag_hashed : 0U)));
    to.number(e.time);
    to.text(e.user);
    to.text(e.origin);
    to.list(e.active_roles);
    to.list(e.held_roles);
    to.text(e.action);
    to.text(e.category);
    to.text(record.record_hashed ? bytes_of_hex(e.record) : e.record);
    to.number(static_cast<std::uint32_t>(e.facts.size()));
    for (auto const& [name, value] : e.facts) {
        to.text(name);
        to.number(static_cast<std::uint8_t>(!value ? 2 : *value ? 1 : 0));
    }
    to.number(static_cast<std::uint8_t>(e.decision));
    to.number(static_cast<std::uint8_t>(e.reason));
    to.text(e.granting_role);
    to.number(e.policy_version);
    to.text(e.policy_digest);
    to.text(e.previous_digest);
    to.long_text(e.problem);
    to.text(e.refused_digest);
    to.list(e.unknown_roles);
    to.end();
}

}  // namespace

void entry_writer::add(policy_entry const& policy) {
    growing_entry to(bytes_, entry_type::policy);
    to.number(policy.slot);
    to.number(policy.run);
    to.number(policy.version);
    to.text(policy.digest);
    to.list(policy.roles);
    to.list(policy.categories);
    to.list(policy.facts);
    to.list(policy.actions);
    to.end();
}

void entry_writer::add(actor_entry const& actor) {
    growing_entry to(bytes_, entry_type::actor);
    to.number(actor.number);
    to.number(static_cast<std::uint8_t>(actor.has_user ? flag_user : 0));
    to.text(actor.user);
    to.text(actor.origin);
    to.list(actor.active);
    to.list(actor.held);
    to.end();
}

void entry_writer::add(decision_entry const& decision) {
    bool const with_facts = decision.stated != 0;
    std::string_view const record = decision.record.substr(0, longest_short_text);
    std::byte fixed[entry_head_bytes + 28 + 24];
    std::byte* at = fixed;
    auto const put = [&](auto value) {
        store(at, value);
        at += sizeof value;
    };
    std::size_t const body = 28 + (with_facts ? 24 : 0) + record.size();
    put(static_cast<std::uint32_t>(body << 8U | static_cast<std::size_t>(entry_type::decision)));
    put(decision.time);
    put(decision.actor);
    put(decision.category);
    put(decision.granting_role);
    put(decision.slot);
    put(decision.action);
    put(decision.decision);
    put(decision.reason);
    put(static_cast<std::uint8_t>((with_facts ? flag_facts : 0U) |
                                  (decision.record_hashed ? flag_hashed : 0U)));
    put(static_cast<std::uint16_t>(record.size()));
    if (with_facts) {
        put(decision.stated_true);
        put(decision.stated_false);
        put(decision.stated);
    }
    bytes_.insert(bytes_.end(), fixed, at);
    auto const* const text = reinterpret_cast<std::byte const*>(record.data());
    bytes_.insert(bytes_.end(), text, text + record.size());
    ++records_;
}

void entry_writer::add(journal_record const& record) {
    if (record.note == journal_note::event) {
        growing_entry to(bytes_, entry_type::general);
        add_general(to, record);
    } else {
        growing_entry to(bytes_, entry_type::note);
        to.number(static_cast<std::uint8_t>(record.note));
        to.number(record.event.time);
        to.number(static_cast<std::uint32_t>(record.details.size()));
        for (auto const& [name, value] : record.details) {
            to.text(name);
            to.text(value);
        }
        to.end();
    }
    ++records_;
}

void entry_writer::add(drained_entry const& drained) {
    growing_entry to(bytes_, entry_type::drained);
    to.number(drained.run);
    to.number(drained.ring);
    to.number(drained.through);
    to.number(drained.lost);
    to.number(drained.allowed);
    to.end();
}

void entry_writer::add_built(bytes_view entries, std::uint32_t records) {
    bytes_.insert(bytes_.end(), entries.begin(), entries.end());
    records_ += records;
}

}  // namespace rolecall::inline v0_1::trail
