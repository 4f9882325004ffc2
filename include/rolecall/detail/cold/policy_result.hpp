// How a result is made, kept, and complained about.
#ifndef ROLECALL_DETAIL_COLD_POLICY_RESULT_HPP
#define ROLECALL_DETAIL_COLD_POLICY_RESULT_HPP

#include <rolecall/policy_result.hpp>

#include <cstdlib>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

ROLECALL_COLD policy_result::policy_result(policy const& made, std::vector<diagnostic> warnings)
    : policy_(made), findings_(std::move(warnings)) {}
ROLECALL_COLD policy_result::policy_result(std::vector<diagnostic> problems)
    : findings_(std::move(problems)) {}

ROLECALL_COLD policy_result::policy_result(policy_result const&) = default;
ROLECALL_COLD policy_result::policy_result(policy_result&&) noexcept = default;
ROLECALL_COLD policy_result& policy_result::operator=(policy_result const&) = default;
ROLECALL_COLD policy_result& policy_result::operator=(policy_result&&) noexcept = default;
ROLECALL_COLD policy_result::~policy_result() = default;

ROLECALL_COLD std::span<diagnostic const> policy_result::findings() const& noexcept {
    return findings_;
}

ROLECALL_COLD void policy_result::fail() const {
#if defined(__cpp_exceptions)
    for (diagnostic const& d : findings_)
        if (d.level() == severity::error)
            throw invalid_policy(d.where.path + ':' + std::to_string(d.where.line) + ": " + d.text +
                                 " [" + std::string(to_string(d.code)) + ']');
    throw invalid_policy("there is no policy");
#else
    std::abort();
#endif
}

}  // namespace rolecall::inline v0_1

#endif
