// A small policy in code that many tests ask.
#ifndef ROLECALL_TESTS_SUPPORT_SMALL_SHOP_HPP
#define ROLECALL_TESTS_SUPPORT_SMALL_SHOP_HPP

#include <rolecall/policy.hpp>

namespace rolecall::tests {

policy small_shop();

/// The same shop with two listed users: dana, in support for good; eve, in support until
/// 2026-11-30 and in marketing until 2026-12-31.
policy listed_shop();

}  // namespace rolecall::tests

#endif
