// The core in a program compiled with -fno-exceptions -fno-rtti: a policy is made, refused,
// asked, and decides. Ends with the number of answers that were wrong.
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

// The same rules decided about, recorded, and replaced.
int wrong_decisions(rc::policy const& first, rc::policy const& second) {
    int wrong = 0;
    auto const expect = [&wrong](bool answer) { wrong += answer ? 0 : 1; };

    rc::recent_records last(8);
    auto refuses = [](rc::audit_event const& event) noexcept {
        return event.record() == "full" ? rc::recorded::no : rc::recorded::yes;
    };
    rc::authorizer pdp{first, rc::several(last, rc::filtered(
                                                    [](rc::audit_event const& event) noexcept {
                                                        return !event.record().empty();
                                                    },
                                                    refuses))};
    auto const account = pdp.category("account").value();
    rc::live_session dana = pdp.session("dana", {"support"}).value();
    expect(bool{pdp.decide(dana, rc::modify, account, {.record = "p-17"})});
    expect(pdp.decide(dana, rc::modify, account, {.record = "full"}).reason ==
           rc::reason::unavailable);
    expect(!pdp.decide({rc::subject::role("nobody"), "view", "account"}));
    expect(pdp.allows("support", "modify", "account"));
    expect(last.total() == 4 && last.records().back().reason == rc::reason::unknown_name);
    expect(!pdp.session_from_claims("dana", {"root"}));

    rc::replacement const done = pdp.replace(second, {.wait_for_readers = true});
    expect(done.complete && done.version == 2 && done.told == rc::recorded::yes);
    expect(dana.stale() && !dana.allows(rc::modify, account));
    expect(dana.refresh() == rc::reason::granted && dana.allows(rc::modify, account));
    expect(pdp.pinned()->allows("support", "modify", "account"));
    return wrong;
}

}  // namespace

int main() {
    rc::policy_builder broken = shop();
    broken.role("billing").may("paymnet", {"view"});
    rc::policy_result const refused = broken.build();
    if (refused || refused.findings().empty()) return 100;

    rc::policy_result const made = shop().build();
    rc::policy_result const again = shop().build();
    if (!made || !again) return 101;
    return wrong_answers(*made) + wrong_decisions(*made, *again);
}
