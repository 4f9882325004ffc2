// A shared library that hides its symbols, as many do: it has inline functions, slots and
// threads of its own, and shares policies and authorizers with the program all the same.
#ifndef ROLECALL_TESTS_CONCURRENCY_HIDDEN_MODULE_HPP
#define ROLECALL_TESTS_CONCURRENCY_HIDDEN_MODULE_HPP

#include <rolecall/authorizer.hpp>

namespace rolecall::testing::hidden_module {

using plain_sink = recorded (*)(audit_event const&);

#pragma GCC visibility push(default)

/// A role `reader` that may view all of `a`, `b` and `c`, in another order than by name.
policy made_policy();

/// An authorizer whose domain is the library's.
authorizer* make_authorizer(policy const& first, plain_sink sink);
void destroy(authorizer* pdp);

response decide(authorizer const& pdp, request const& question);
response decide(authorizer const& pdp, live_session const& who, action what, category_ref on);
bool allows(authorizer const& pdp, role_ref role, action what, category_ref on);

/// Calls `inside` under a pin that this library took.
void under_pin(authorizer const& pdp, void (*inside)(void*), void* argument);

/// Whether the library has pins and threads of its own, as the tests mean it to.
detail::pin_domain const* domain();

#pragma GCC visibility pop

}  // namespace rolecall::testing::hidden_module

#endif
