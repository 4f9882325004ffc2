// A policy without YAML, and without any library but the standard one: rolecall::core.
#include <rolecall/policy_builder.hpp>
#include <rolecall/session.hpp>

#include <cstdio>

namespace rc = rolecall;

int main() {
    rc::policy_builder shop;
    shop.fact("open-ticket", "The customer has an open ticket with this employee");
    shop.category("account", "Name, address and contact details").level("confidential");
    shop.category("payment", "Card and bank details").level("restricted");
    shop.role("support")
        .may("account", {"view", "modify"})
        .may("payment", {"view"}, rc::if_fact("open-ticket"));
    shop.role("marketing");
    shop.never("marketing-sees-no-money").roles({"marketing"}).categories({"payment"});

    rc::policy_result const made = shop.build();
    for (rc::diagnostic const& finding : made.findings()) std::puts(finding.text.c_str());
    if (!made) return 3;

    rc::policy const& policy = made.value();
    auto const payment = policy.category("payment").value();
    rc::facts const known{{policy.fact("open-ticket").value(), true}};

    rc::session const support = policy.activate({"support"}).value();
    rc::session const both = policy.activate({"support", "marketing"}).value();
    std::printf("support: %s\n", support.allows(rc::view, payment, known) ? "yes" : "no");
    std::printf("support and marketing: %s\n",
                both.allows(rc::view, payment, known) ? "yes" : "no");
}
