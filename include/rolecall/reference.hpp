// References to the names of a policy: resolved once, asked about often.
#ifndef ROLECALL_REFERENCE_HPP
#define ROLECALL_REFERENCE_HPP

#include <rolecall/action.hpp>
#include <rolecall/detail/lineage.hpp>

#include <cstdint>

namespace rolecall::inline v0_1 {

namespace detail {

/// A number and the lineage that it belongs to. `Kind` keeps roles, categories and facts apart.
template <class Kind>
class reference {
public:
    /// Refers to nothing: every check with it denies.
    constexpr reference() noexcept = default;

    friend constexpr bool operator==(reference, reference) noexcept = default;

private:
    friend struct access;
    constexpr reference(std::uint32_t number, stamp lineage) noexcept : of_(number, lineage) {}

    stamped_number of_{0, no_policy};
};

struct role_kind;
struct category_kind;
struct fact_kind;

}  // namespace detail

/// A role, category or fact of one policy, from `policy::role`, `policy::category` and
/// `policy::fact`. A reference of another policy is not an error but a denial: it carries
/// its lineage, and every check compares it. Trivially copyable, 8 bytes.
using role_ref = detail::reference<detail::role_kind>;
using category_ref = detail::reference<detail::category_kind>;
using fact_ref = detail::reference<detail::fact_kind>;

}  // namespace rolecall::inline v0_1

#endif
