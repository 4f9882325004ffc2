// Statements by joint numbers, so that two that mean the same are equal however they are written.
#ifndef ROLECALL_SRC_DIFF_CANONICAL_HPP
#define ROLECALL_SRC_DIFF_CANONICAL_HPP

#include "diff/fact_masks.hpp"
#include "diff/joint_names.hpp"
#include <rolecall/document.hpp>

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::diff {

/// What `all` stands for, in the order in which people name them.
inline constexpr std::array<std::string_view, 4> four_actions{"view", "modify", "store", "delete"};

/// Joint numbers of names, sorted.
[[nodiscard]] std::vector<std::uint32_t> numbers_of(std::vector<written_name> const& names,
                                                    joint_names const& in, side of);

struct canonical_guardrail {
    written_guardrail const* written = nullptr;
    std::vector<std::uint32_t> roles, categories, actions;  ///< none: all
    joint_condition when;

    [[nodiscard]] bool same(canonical_guardrail const& other) const {
        return roles == other.roles && categories == other.categories && actions == other.actions &&
               when == other.when;
    }
};

[[nodiscard]] std::vector<canonical_guardrail> canonical_guardrails(document const& of,
                                                                    vocabulary const& names,
                                                                    side in);

}  // namespace rolecall::inline v0_1::diff

#endif
