// Decide and record, change the policy while the application runs, and explain afterwards.
#include <rolecall/format.hpp>
#include <rolecall/recent_records.hpp>
#include <rolecall/rolecall.hpp>
#include <rolecall/sinks.hpp>

#include <string>

namespace rc = rolecall;

namespace {

// Any callable can be a sink. This one prints each decision.
rc::recorded print(rc::audit_event const& event) {
    if (event.kind() == rc::audit_kind::decision)
        fmt::print("{} {} {} of {}: {}, by version {}\n", event.user(), event.action(),
                   event.category(), event.record(), event.answer(), event.policy_version());
    else
        fmt::print("{}: version {}\n", rc::to_string(event.kind()), event.policy_version());
    return rc::recorded::yes;
}

// The shop's policy as text, with one thing changed.
std::string with(std::string text, std::string const& instead_of, std::string const& write) {
    return text.replace(text.find(instead_of), instead_of.size(), write);
}

}  // namespace

int main() {
    rc::policy const shop = rc::yaml::load("policies/shop").value();

    rc::recent_records last{100};  // an lvalue is referred to: it must outlive the authorizer
    rc::authorizer pdp{shop, rc::several(print, last)};

    // Names are resolved once. References outlive every change of the policy.
    auto const account = pdp.category("account").value();
    auto const payment = pdp.category("payment").value();
    auto const open_ticket = pdp.fact("open-ticket").value();

    auto dana = pdp.session("dana").value();
    pdp.decide(dana, rc::modify, account, {.record = "c-17"});
    rc::response const denied = pdp.decide(dana, rc::view, payment, {.record = "c-17"});
    pdp.decide(dana, rc::view, payment, {.record = "c-17", .facts = {{open_ticket, true}}});
    if (dana.allows(rc::modify, account)) fmt::print("the button is shown\n");  // not recorded

    // Support may look at accounts, and no longer change them.
    std::string const text =
        with(rc::yaml::write(shop), "account: [view, modify]", "account: view");
    rc::replacement const done =
        pdp.replace(rc::yaml::load_text(text).value(), {.wait_for_readers = true});
    if (!done.complete) return 1;  // else: nobody decides by the old policy any more

    // The session noticed. decide asks the new policy; allows says no until it is refreshed.
    pdp.decide(dana, rc::modify, account, {.record = "c-17", .at_least_version = done.version});
    fmt::print("stale: {}, may view: {}\n", dana.stale(), dana.allows(rc::view, account));
    if (dana.refresh() != rc::reason::granted) return 1;  // the roles may not be active any more
    fmt::print("stale: {}, may view: {}\n", dana.stale(), dana.allows(rc::view, account));

    // An answer is explained by the policy that gave it.
    fmt::print("{}\n", pdp.explain(dana, rc::view, payment, denied));
    fmt::print("{} records\n", last.total());
}
