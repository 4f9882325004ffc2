// A policy, or the problems that stood against one.
#ifndef ROLECALL_POLICY_RESULT_HPP
#define ROLECALL_POLICY_RESULT_HPP

#include <rolecall/detail/export.hpp>
#include <rolecall/diagnostic.hpp>
#include <rolecall/policy.hpp>

#include <cassert>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace rolecall::inline v0_1 {

/// Thrown by `policy_result::value` when there is no policy. Says the first error.
class invalid_policy : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// What loading or building gives: a policy, or at least one error; and warnings with both.
class policy_result {
public:
    /// A policy, and the warnings that go with it, sorted.
    ROLECALL_COLD policy_result(policy const& made, std::vector<diagnostic> warnings);

    /// No policy, and why: sorted problems of which one at least is an error.
    ROLECALL_COLD explicit policy_result(std::vector<diagnostic> problems);

    ROLECALL_COLD policy_result(policy_result const&);
    ROLECALL_COLD policy_result(policy_result&&) noexcept;
    ROLECALL_COLD policy_result& operator=(policy_result const&);
    ROLECALL_COLD policy_result& operator=(policy_result&&) noexcept;
    ROLECALL_COLD ~policy_result();

    explicit operator bool() const noexcept { return policy_.has_value(); }

    /// Every error and warning, sorted by place.
    [[nodiscard]] ROLECALL_COLD std::span<diagnostic const> findings() const& noexcept;
    std::span<diagnostic const> findings() const&& = delete;

    /// The policy. Without one: throws `invalid_policy`, or ends the program where
    /// exceptions are off.
    [[nodiscard]] policy const& value() const& {
        if (!policy_) fail();
        return *policy_;
    }
    [[nodiscard]] policy value() && {
        if (!policy_) fail();
        return *policy_;
    }

    policy const* operator->() const noexcept {
        assert(policy_);
        return &*policy_;
    }
    policy const& operator*() const& noexcept {
        assert(policy_);
        return *policy_;
    }

private:
    [[noreturn]] ROLECALL_COLD void fail() const;

    std::optional<policy> policy_;
    std::vector<diagnostic> findings_;
};

}  // namespace rolecall::inline v0_1

#if !defined(ROLECALL_COMPILED)
#include <rolecall/detail/cold/policy_result.hpp>
#endif

#endif
