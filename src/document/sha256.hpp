// SHA-256, by libcrypto.
#ifndef ROLECALL_SRC_DOCUMENT_SHA256_HPP
#define ROLECALL_SRC_DOCUMENT_SHA256_HPP

#include <rolecall/detail/export.hpp>

#include <string>
#include <string_view>

namespace rolecall::inline v0_1 {

/// SHA-256 (FIPS 180-4) as 64 hexadecimal digits. Throws std::runtime_error where libcrypto
/// refuses, as in a broken FIPS set-up.
ROLECALL_API std::string sha256(std::string_view bytes);

}  // namespace rolecall::inline v0_1

#endif
