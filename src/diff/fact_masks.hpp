// Facts of two policies together: each has at most 64, so that a mask of both takes 128 bits.
#ifndef ROLECALL_SRC_DIFF_FACT_MASKS_HPP
#define ROLECALL_SRC_DIFF_FACT_MASKS_HPP

#include "diff/joint_names.hpp"
#include "meaning/formula.hpp"
#include "meaning/terms.hpp"
#include <rolecall/document.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <compare>
#include <cstdint>
#include <span>
#include <vector>

namespace rolecall::inline v0_1::diff {

/// A set of facts, by joint number.
struct fact_mask {
    std::array<std::uint64_t, 2> words{};

    void add(std::uint32_t joint) noexcept {
        words[joint / 64] |= std::uint64_t{1} << (joint % 64);
    }
    [[nodiscard]] constexpr bool within(fact_mask const& other) const noexcept {
        return (words[0] & ~other.words[0]) == 0 && (words[1] & ~other.words[1]) == 0;
    }
    template <class Each>
    void for_each(Each const& each) const {
        for (std::uint32_t w = 0; w < 2; ++w)
            for (std::uint64_t left = words[w]; left != 0; left &= left - 1)
                each(w * 64 + static_cast<std::uint32_t>(std::countr_zero(left)));
    }

    friend constexpr bool operator==(fact_mask const&, fact_mask const&) = default;
    friend constexpr auto operator<=>(fact_mask const&, fact_mask const&) = default;
};

/// Alternatives of facts that must hold together: sorted, none superfluous. `always` is one that
/// asks for nothing.
using joint_condition = std::vector<fact_mask>;

/// As `review::term`.
struct joint_term {
    fact_mask is_true, is_false;

    [[nodiscard]] constexpr bool within(joint_term const& other) const noexcept {
        return is_true.within(other.is_true) && is_false.within(other.is_false);
    }
    friend constexpr bool operator==(joint_term const&, joint_term const&) = default;
    friend constexpr auto operator<=>(joint_term const&, joint_term const&) = default;
};

/// Sorted, and none within another: equal terms are equal in meaning.
using joint_terms = std::vector<joint_term>;

/// From the facts of one policy to those of both.
class fact_mapper {
public:
    fact_mapper(joint_names const& facts, side of) : facts_(facts), of_(of) {}

    [[nodiscard]] fact_mask mask(std::uint64_t own) const noexcept {
        fact_mask result;
        for (; own != 0; own &= own - 1)
            result.add(facts_.of(of_, static_cast<std::uint32_t>(std::countr_zero(own))));
        return result;
    }

    [[nodiscard]] joint_condition condition(std::span<std::uint64_t const> any_of) const {
        joint_condition result;
        result.reserve(any_of.size());
        for (std::uint64_t const own : any_of) result.push_back(mask(own));
        return shortest(std::move(result));
    }

    [[nodiscard]] joint_condition condition(written_condition const& when) const {
        if (when.always()) return {fact_mask{}};
        joint_condition result;
        for (auto const& together : when.any_of) {
            fact_mask& added = result.emplace_back();
            for (written_name const& fact : together) added.add(facts_.find(of_, fact.text));
        }
        return shortest(std::move(result));
    }

    [[nodiscard]] joint_terms terms(review::terms const& own) const {
        joint_terms result;
        result.reserve(own.size());
        for (review::term const& t : own) result.push_back({mask(t.is_true), mask(t.is_false)});
        std::sort(result.begin(), result.end());
        return result;
    }

    /// Sorted, without those that another makes superfluous.
    static joint_condition shortest(joint_condition any_of) {
        std::sort(any_of.begin(), any_of.end());
        joint_condition kept;
        for (fact_mask const& mask : any_of) {
            bool const superfluous = std::any_of(
                any_of.begin(), any_of.end(),
                [&](fact_mask const& other) { return other != mask && other.within(mask); });
            if (!superfluous && (kept.empty() || kept.back() != mask)) kept.push_back(mask);
        }
        return kept;
    }

private:
    joint_names const& facts_;
    side of_;
};

}  // namespace rolecall::inline v0_1::diff

#endif
