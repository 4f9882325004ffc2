#include "support/small_shop.hpp"

#include <rolecall/policy_builder.hpp>

namespace rolecall::tests {
namespace {

policy_builder small_shop_rules() {
    policy_builder b;
    b.action("share", "Pass the data on to a partner");
    b.fact("consent", "The customer signed a release");
    b.fact("open-ticket", "The customer has an open ticket with this employee");
    b.fact("encrypted", "The value is encrypted before it is written");
    b.fact("legal-hold", "A court asked to keep the records");
    b.category("account", "Name, address and contact details");
    b.category("payment", "Card and bank details").required("store", if_fact("encrypted"));
    b.category("payment.card", "Card numbers").named_only();
    b.category("payment.history", "What was paid when");
    b.category("testimonial", "Photos and quotes").required("any", if_fact("consent"));
    b.role("employee");
    b.role("marketing").inherits("employee").may("testimonial", {"view", "share"});
    b.role("support")
        .inherits("employee")
        .may("account", {"view", "modify"})
        .may("payment", {"view"}, if_fact("open-ticket"));
    b.role("billing")
        .inherits("employee")
        .may("account", {"view", "delete"})
        .may("payment", {"view", "store"})
        .may("payment.*", {"view"});
    b.role("refunds").inherits("employee").may("payment", {"modify"});
    b.never("marketing-sees-no-money").roles({"marketing"}).categories({"payment"});
    b.never("hold").categories({"account"}).actions({"delete"}).when(if_fact("legal-hold"));
    b.separation("take-and-refund", {"billing", "refunds"}, 1, separation_scope::person);
    return b;
}

}  // namespace

policy small_shop() { return small_shop_rules().build().value(); }

policy listed_shop() {
    policy_builder b = small_shop_rules();
    b.user("dana").assign({"support"});
    b.user("eve")
        .assign({"support"}, date::parse("2026-11-30"))
        .assign({"marketing"}, date::parse("2026-12-31"));
    return b.build().value();
}

}  // namespace rolecall::tests
