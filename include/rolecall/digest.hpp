// A policy's fingerprint.
#ifndef ROLECALL_DIGEST_HPP
#define ROLECALL_DIGEST_HPP

#include <rolecall/detail/export.hpp>
#include <rolecall/policy.hpp>

#include <string>

namespace rolecall::inline v0_1 {

/// SHA-256 (FIPS 180-4) of the policy's canonical YAML, as 64 hexadecimal digits. Two
/// policies that say the same have the same digest, however they are split into files,
/// ordered or laid out; comments don't count. Computed once for a policy, and kept with it.
/// Throws
/// std::runtime_error where libcrypto refuses, as in a broken FIPS set-up.
[[nodiscard]] ROLECALL_API std::string digest(policy const& of);

}  // namespace rolecall::inline v0_1

#endif
