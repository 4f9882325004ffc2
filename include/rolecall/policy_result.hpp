// A policy, or the problems that stood against one.
#ifndef ROLECALL_POLICY_RESULT_HPP
#define ROLECALL_POLICY_RESULT_HPP

#include <rolecall/diagnostic.hpp>
#include <rolecall/policy.hpp>

#include <cassert>
#include <cstdlib>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace rolecall {

/// Thrown by `policy_result::value` when there is no policy. Says the first error.
class invalid_policy : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// What loading or building gives: a policy, or at least one error; and warnings with both.
class policy_result {
public:
    /// A policy, and the warnings that go with it, sorted.
    policy_result(policy const& made, std::vector<diagnostic> warnings)
        : policy_(made), findings_(std::move(warnings)) {}

    /// No policy, and why: sorted problems of which one at least is an error.
    explicit policy_result(std::vector<diagnostic> problems) : findings_(std::move(problems)) {}

    explicit operator bool() const noexcept { return policy_.has_value(); }

    /// Every error and warning, sorted by place.
    [[nodiscard]] std::span<diagnostic const> findings() const& noexcept { return findings_; }
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
    [[noreturn]] void fail() const {
#if defined(__cpp_exceptions)
        for (diagnostic const& d : findings_)
            if (d.level() == severity::error)
                throw invalid_policy(d.where.path + ':' + std::to_string(d.where.line) + ": " +
                                     d.text + " [" + std::string(to_string(d.code)) + ']');
        throw invalid_policy("there is no policy");
#else
        std::abort();
#endif
    }

    std::optional<policy> policy_;
    std::vector<diagnostic> findings_;
};

}  // namespace rolecall

#endif
