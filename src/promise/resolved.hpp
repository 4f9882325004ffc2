// Guarantees with numbers in place of names.
#ifndef ROLECALL_SRC_PROMISE_RESOLVED_HPP
#define ROLECALL_SRC_PROMISE_RESOLVED_HPP

#include "meaning/formula.hpp"
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/document.hpp>

#include <cstdint>
#include <vector>

namespace rolecall::inline v0_1::promising {

/// Actions on categories.
struct resolved_scope {
    std::uint32_t actions = 0;              ///< a mask
    std::vector<std::uint32_t> categories;  ///< sorted

    [[nodiscard]] bool has(std::uint32_t action, std::uint32_t category) const noexcept;
};

/// A right that roles keep.
struct kept_right {
    written_right const* written = nullptr;
    resolved_scope on;
    review::alternatives when;  ///< empty: always
};

struct resolved_guarantee {
    written_guarantee const* written = nullptr;
    std::vector<std::uint32_t> roles;    ///< as written; empty: everyone
    std::vector<std::uint32_t> holders;  ///< the roles that hold one of them; of `alone`: `roles`
    std::vector<bool> holds_only;        ///< by role: whether it holds one of `only`
    resolved_scope first, second;
    review::alternatives only_if;  ///< empty: nothing is asked
    std::uint64_t unless = 0;      ///< facts that must be known false
    std::vector<kept_right> kept;
};

/// The guarantees of a document, by the names of a policy. Throws std::invalid_argument for a name
/// that the policy does not declare. Keeps pointers into the document.
[[nodiscard]] std::vector<resolved_guarantee> resolve(detail::policy_data const& p,
                                                      document const& promised);

/// The numbers of all roles that the policy declares.
[[nodiscard]] std::vector<std::uint32_t> declared_roles(detail::policy_data const& p);

}  // namespace rolecall::inline v0_1::promising

#endif
