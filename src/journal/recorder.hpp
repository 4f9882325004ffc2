// What one thread records with: its ring, and what that ring has been told already.
#ifndef ROLECALL_SRC_JOURNAL_RECORDER_HPP
#define ROLECALL_SRC_JOURNAL_RECORDER_HPP

#include "journal/actor_cache.hpp"
#include "journal/entry_writer.hpp"
#include "journal/ring_file.hpp"
#include "journal/ring_layout.hpp"
#include "journal/signing.hpp"
#include <rolecall/audit.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace rolecall::inline v0_1::trail {

/// Texts that are longer are not recorded.
inline constexpr std::size_t longest_text = 4096;
/// Roles in an event, each of active and held.
inline constexpr std::size_t most_roles = 4096;

/// Words that all threads read and the journal's own writes.
struct alignas(64) journal_words {
    /// The time, about; 0 while the journal's thread sleeps or can't write: then look closer.
    std::atomic<std::int64_t> now{0};
};

class recorder {
public:
    recorder(ring_file&& file, std::string_view record_secret);

    /// How recording went.
    enum class outcome : std::uint8_t {
        recorded,
        no_room,         ///< the ring is full
        unknown_policy,  ///< see `use`
        too_long,        ///< a text, or all of it: never
        no_numbers,      ///< no decision, or of names that have none: see `record_by_names`
    };

    /// Records a decision by the numbers of its names.
    [[nodiscard]] outcome record(audit_event const& event, std::int64_t time);

    /// Records any event, by names.
    [[nodiscard]] outcome record_by_names(audit_event const& event, std::int64_t time);

    /// From now on decisions are by this policy, which a segment knows by this number.
    void use(detail::policy_head const* policy, std::uint32_t version,
             std::uint16_t slot) noexcept {
        policy_ = policy;
        version_ = version;
        slot_ = slot;
    }
    [[nodiscard]] bool uses(detail::policy_head const* policy,
                            std::uint32_t version) const noexcept {
        return policy_ == policy && version_ == version;
    }
    [[nodiscard]] bool uses_any() const noexcept { return policy_ != nullptr; }
    [[nodiscard]] std::uint16_t slot() const noexcept { return slot_; }

    /// Counts an event that was not recorded.
    void lose(bool allowed, std::int64_t time) noexcept;

    [[nodiscard]] ring const& of() const noexcept { return ring_; }

    /// Whether the journal's thread should be told that the ring fills.
    [[nodiscard]] bool fills() const noexcept { return (head_ & wake_mask_) == 0; }

private:
    [[nodiscard]] bool has_room(std::uint64_t lines) noexcept;
    [[nodiscard]] outcome tell_actor(actor_view const& who, std::uint32_t number,
                                     detail::told const& event);
    [[nodiscard]] outcome put_built(entry_writer const& entry);
    void put_more(char const* from, std::size_t bytes) noexcept;
    void publish() noexcept { ring_.head->head.store(head_, std::memory_order_release); }

    ring_file file_;
    ring ring_;
    std::uint64_t head_ = 0;        // the next line
    std::uint64_t known_tail_ = 0;  // at least there
    std::uint64_t wake_mask_ = 0;
    detail::policy_head const* policy_ = nullptr;
    std::uint32_t version_ = 0;
    std::uint16_t slot_ = 0;
    actor_cache actors_;
    entry_writer built_;
    std::optional<record_hasher> hash_record_;
};

}  // namespace rolecall::inline v0_1::trail

#endif
