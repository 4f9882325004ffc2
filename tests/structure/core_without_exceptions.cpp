// The core in a program compiled with -fno-exceptions -fno-rtti: a policy is made, refused,
// and asked. Ends with the number of answers that were wrong.
#include "every_core_header.hpp"

#if defined(__cpp_exceptions) || defined(__cpp_rtti)
#error "this file is there to be compiled without them"
#endif

#include <utility>

namespace rc = rolecall;

namespace {

rc::policy_builder shop() {
    rc::policy_builder shop;
    shop.fact("open-ticket", "The customer has an open ticket with this employee");
    shop.category("account", "Name, address and contact details");
    shop.category("payment", "Card and bank details");
    shop.role("marketing").may("account", {"view"});
    shop.role("support")
        .may("account", {"view", "modify"})
        .may("payment", {"view"}, rc::if_fact("open-ticket"));
    shop.never("marketing-sees-no-money").roles({"marketing"}).categories({"payment"});
    return shop;
}

int wrong_answers(rc::policy const& policy) {
    int wrong = 0;
    auto const expect = [&wrong](bool answer) { wrong += answer ? 0 : 1; };

    expect(policy.allows("support", "modify", "account"));
    expect(!policy.allows("support", "delete", "account"));
    expect(!policy.allows("nobody", "view", "account"));

    auto const payment = policy.category("payment").value();
    auto const ticket = policy.fact("open-ticket").value();
    rc::activation dana = policy.activate({"support"});
    rc::session const session = std::move(dana).value();
    expect(!session.allows(rc::view, payment));
    expect(session.allows(rc::view, payment, {{ticket, true}}));

    rc::activation both = policy.activate({"support", "marketing"});
    expect(!std::move(both).value().allows(rc::view, payment, {{ticket, true}}));
    return wrong;
}

}  // namespace

int main() {
    rc::policy_builder broken = shop();
    broken.role("billing").may("paymnet", {"view"});
    rc::policy_result const refused = broken.build();
    if (refused || refused.findings().empty()) return 100;

    rc::policy_result const made = shop().build();
    return made ? wrong_answers(*made) : 101;
}
