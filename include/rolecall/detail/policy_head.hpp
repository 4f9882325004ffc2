// What a check reads of a compiled policy; detail/policy_data.hpp has all of it.
#ifndef ROLECALL_DETAIL_POLICY_HEAD_HPP
#define ROLECALL_DETAIL_POLICY_HEAD_HPP

#include <rolecall/detail/lineage.hpp>
#include <rolecall/detail/name_table.hpp>

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace rolecall::inline v0_1 {
struct document;
}

namespace rolecall::inline v0_1::detail {

struct policy_data;

/// INVARIANT: each is the beginning of a policy_data.
struct policy_head {
    policy_head() = default;
    policy_head(policy_head const&) = delete;
    policy_head& operator=(policy_head const&) = delete;
    ~policy_head() = default;

    // What a check by reference reads comes first.
    stamp lineage = no_policy;
    std::uint32_t width = 0;
    std::vector<std::uint32_t const*> effective_of_role;  // the rows themselves
    std::uint64_t undeclared_facts = ~std::uint64_t{0};   // all bits but those of `facts`
    name_table roles, actions, categories, facts;

    mutable std::atomic<std::uint32_t> uses{1};
    void (*destroy)(policy_data const*) noexcept = nullptr;
    document const* source = nullptr;                         // owned by what `destroy` destroys
    mutable std::atomic<std::string const*> digest{nullptr};  // owned; made when needed
};

}  // namespace rolecall::inline v0_1::detail

#endif
