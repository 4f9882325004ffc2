// Conditions while a policy is compiled: each different one gets one number.
#ifndef ROLECALL_DETAIL_COMPILE_CONDITIONS_HPP
#define ROLECALL_DETAIL_COMPILE_CONDITIONS_HPP

#include <rolecall/detail/conditions.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::detail {

/// The condition that is always met; it has no number of its own.
inline constexpr std::uint32_t no_condition = 0xFFFFFFFF;

/// Alternatives in their shortest form: sorted, and none that another one makes superfluous.
/// `a or a and b` is `a`.
inline std::vector<std::uint64_t> shortest(std::vector<std::uint64_t> alternatives) {
    std::sort(alternatives.begin(), alternatives.end(), [](std::uint64_t a, std::uint64_t b) {
        return std::pair(std::popcount(a), a) < std::pair(std::popcount(b), b);
    });
    std::vector<std::uint64_t> kept;
    for (std::uint64_t const mask : alternatives)
        if (std::none_of(kept.begin(), kept.end(),
                         [&](std::uint64_t k) { return (k & ~mask) == 0; }))
            kept.push_back(mask);
    std::sort(kept.begin(), kept.end());
    return kept;
}

class condition_pool {
public:
    explicit condition_pool(condition_table& table) : table_(table) {}

    /// The number of a condition; `no_condition` where one alternative asks for nothing.
    std::uint32_t intern(std::vector<std::uint64_t> alternatives) {
        alternatives = shortest(std::move(alternatives));
        if (alternatives.empty() || alternatives.front() == 0) return no_condition;
        auto const next = static_cast<std::uint32_t>(table_.conditions.size());
        auto const [known, is_new] = numbers_.try_emplace(std::move(alternatives), next);
        if (is_new) {
            table_.conditions.push_back({static_cast<std::uint32_t>(table_.masks.size()),
                                         static_cast<std::uint32_t>(known->first.size())});
            table_.masks.insert(table_.masks.end(), known->first.begin(), known->first.end());
        }
        return known->second;
    }

private:
    condition_table& table_;
    std::map<std::vector<std::uint64_t>, std::uint32_t> numbers_;
};

}  // namespace rolecall::inline v0_1::detail

#endif
