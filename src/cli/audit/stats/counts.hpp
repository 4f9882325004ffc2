// Counts of what is in a journal, gathered record by record.
#ifndef ROLECALL_CLI_AUDIT_STATS_COUNTS_HPP
#define ROLECALL_CLI_AUDIT_STATS_COUNTS_HPP

#include <rolecall/date.hpp>
#include <rolecall/journal_record.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {

struct answer_count {
    std::uint64_t allowed = 0;
    std::uint64_t denied = 0;

    void add(decision answer) noexcept { ++(answer == decision::allow ? allowed : denied); }
    [[nodiscard]] std::uint64_t all() const noexcept { return allowed + denied; }
};

/// Decisions by a name. So many names are counted apart; the others together, so that no journal
/// takes all memory.
class counts_by_name {
public:
    struct limits {
        std::size_t names = 1'000'000;
        std::size_t bytes = std::size_t{64} << 20U;  ///< of all names
    };

    counts_by_name() : counts_by_name(limits{}) {}
    explicit counts_by_name(limits const& most) : most_(most) {}

    void add(std::string const& name, decision answer);

    using entry = std::pair<std::string_view, answer_count>;
    /// Those with most decisions first, and of as many by name; at most so many. They live as long
    /// as this.
    [[nodiscard]] std::vector<entry> most(std::size_t count) const;
    [[nodiscard]] std::size_t names() const noexcept { return counts_.size(); }
    /// Of names that came when there was no more room.
    [[nodiscard]] answer_count const& others() const noexcept { return others_; }

private:
    limits most_;
    std::unordered_map<std::string, answer_count> counts_;
    std::size_t bytes_ = 0;
    answer_count others_;
};

/// Times are nanoseconds since 1970-01-01 UTC.
struct trail_counts {
    struct time_span {
        std::uint64_t records = 0;
        std::optional<std::int64_t> first, last;

        void add(std::int64_t time);
    };
    struct writer : time_span {
        std::uint64_t lost = 0;      ///< events that its gaps say it could not record
        std::uint64_t segments = 0;  ///< that are there now
        std::uint64_t bytes = 0;     ///< of their files
    };
    struct day_count {
        std::uint64_t records = 0;
        answer_count decisions;
    };

    time_span all;
    std::map<std::string_view, std::uint64_t> kinds;
    answer_count decisions;
    std::array<std::uint64_t, 10> reasons{};  ///< decisions, by their reason
    std::uint64_t imported = 0;               ///< decisions from logs of other applications
    std::uint64_t without_user = 0;           ///< decisions that roles alone asked for
    counts_by_name users, actions, categories;
    counts_by_name roles;  ///< that granted
    std::uint64_t gaps = 0;
    std::uint64_t lost = 0;     ///< events that could not be recorded
    std::uint64_t allowed = 0;  ///< how many of them were let through
    std::map<std::uint32_t, writer> writers;
    std::map<std::int32_t, day_count> days;  ///< by days since 1970-01-01

    void add(journal_record const& record);

private:
    void add_decision(journal_record const& record);
    void add_gap(journal_record const& record);
};

}  // namespace rolecall::inline v0_1::cli

#endif
