// Floors that only the benchmarks need, beside those of bench/floors.hpp.
#ifndef ROLECALL_BENCHMARKS_SUPPORT_FLOORS_HPP
#define ROLECALL_BENCHMARKS_SUPPORT_FLOORS_HPP

#include "bench/floors.hpp"
#include "support/policies.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace rolecall::benchmarks {

/// Every right of every role: a word for each role and category, for roles that are united.
class full_table {
public:
    explicit full_table(bench::vocabulary const& words);

    [[nodiscard]] std::size_t width() const noexcept { return width_; }
    [[nodiscard]] std::uint32_t const* row(std::uint32_t role) const noexcept {
        return cells_.data() + role * width_;
    }

    /// The rights of several roles together, in memory of their own.
    [[nodiscard]] std::vector<std::uint32_t> unite(std::vector<std::uint32_t> const& roles) const {
        std::vector<std::uint32_t> result(width_);
        for (std::uint32_t const role : roles) {
            std::uint32_t const* const from = row(role);
            for (std::size_t i = 0; i < width_; ++i) result[i] |= from[i];
        }
        return result;
    }

private:
    std::size_t width_;
    std::vector<std::uint32_t> cells_;
};

/// The roles of each user, by id, in a hash map.
class user_map {
public:
    explicit user_map(policy_size const& size);

    /// As indices into the vocabulary; none for an unknown user.
    [[nodiscard]] std::vector<std::uint32_t> const& roles_of(std::string_view id) const {
        static std::vector<std::uint32_t> const nothing;
        auto const found = roles_.find(id);
        return found == roles_.end() ? nothing : found->second;
    }

    /// Bytes of the ids, of their roles, and of a slot for each.
    [[nodiscard]] std::size_t footprint() const noexcept { return footprint_; }

private:
    boost::unordered_flat_map<std::string_view, std::vector<std::uint32_t>, bench::short_text_hash>
        roles_;
    std::size_t footprint_ = 0;
};

/// Reads at random of memory of a given size, each of a place that the one before tells.
class chained_reads {
public:
    chained_reads(std::size_t bytes, std::size_t count);

    /// Where each question begins.
    [[nodiscard]] std::vector<std::uint32_t> const& places() const noexcept { return places_; }
    [[nodiscard]] bool read(std::uint32_t place, unsigned times) const noexcept {
        for (; times > 0; --times) place = next_[place];
        return (place & 1U) != 0;
    }

private:
    std::vector<std::uint32_t> next_;
    std::vector<std::uint32_t> places_;
};

/// What can be known of a question, as a number of six bits: of by_facts policies which of the
/// six facts are true; of guarded ones which of two are true, and which are false.
[[nodiscard]] std::uint8_t state_of(bench::vocabulary const& words, policy_kind kind,
                                    facts const& known);

/// A question with facts, as numbers.
struct bare_question_with_facts {
    std::uint32_t cell;
    std::uint8_t state;
};

/// The least that answers a question with facts: one word for each right, which holds the
/// answer for each of the 64 states. No policy could be compiled like this with more facts.
class truth_table {
public:
    /// Filled with the answers to these questions, in every state.
    truth_table(bench::vocabulary const& words, policy_kind kind, bench::question_set const& asked,
                session const& who);
    truth_table(bench::vocabulary const& words, policy_kind kind, bench::question_set const& asked);

    [[nodiscard]] std::vector<bare_question_with_facts> const& questions() const noexcept {
        return questions_;
    }
    [[nodiscard]] bool allows(bare_question_with_facts const& q) const noexcept {
        return (words_[q.cell] >> q.state & 1U) != 0;
    }

private:
    template <class Ask>
    void fill(bench::vocabulary const& words, policy_kind kind, bench::question_set const& asked,
              std::size_t roles, Ask const& ask);

    std::vector<std::uint64_t> words_;
    std::vector<bare_question_with_facts> questions_;
};

}  // namespace rolecall::benchmarks

#endif
