#include "concurrency/hidden_module.hpp"

#include <rolecall/policy_builder.hpp>

namespace rolecall::testing::hidden_module {

policy made_policy() {
    policy_builder b;
    for (char const* name : {"c", "b", "a"}) b.category(name, "Data");
    b.role("reader").may("a", {"view"}).may("b", {"view"}).may("c", {"view"});
    return b.build().value();
}

authorizer* make_authorizer(policy const& first, plain_sink sink) {
    return new authorizer(first, plain_sink(sink));  // an rvalue, to be kept
}

void destroy(authorizer* pdp) { delete pdp; }

response decide(authorizer const& pdp, request const& question) { return pdp.decide(question); }

response decide(authorizer const& pdp, live_session const& who, action what, category_ref on) {
    return pdp.decide(who, what, on);
}

bool allows(authorizer const& pdp, role_ref role, action what, category_ref on) {
    return pdp.allows(role, what, on);
}

void under_pin(authorizer const& pdp, void (*inside)(void*), void* argument) {
    pinned_policy const held = pdp.pinned();
    inside(argument);
}

detail::pin_domain const* domain() { return &detail::this_domain(); }

}  // namespace rolecall::testing::hidden_module
