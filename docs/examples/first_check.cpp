// The first check of an application: load the policy, resolve names once, ask often.
#include <rolecall/format.hpp>
#include <rolecall/rolecall.hpp>

#include <fmt/format.h>

#include <cstdio>
#include <utility>

namespace rc = rolecall;

int main(int argc, char** argv) {
    // A file or a directory. Every problem in every file is reported in one go.
    auto loaded = rc::yaml::load(argc > 1 ? argv[1] : "policies/shop");
    for (rc::diagnostic const& finding : loaded.findings()) fmt::print(stderr, "{}\n", finding);
    if (!loaded) return 3;  // one error means no policy
    rc::policy const shop = std::move(loaded).value();

    // Names are resolved once.
    auto const payment = shop.category("payment").value();
    auto const open_ticket = shop.fact("open-ticket").value();

    // The roles that a listed user holds today, put into one row.
    rc::session const dana = shop.activate_user("dana").value();

    // A check is a comparison, a load and a bit test.
    if (!dana.allows(rc::view, payment)) fmt::print("dana may not simply view payment data\n");

    // What the application knows decides the rest. What it does not say is unknown, and an
    // unknown fact never opens anything.
    rc::response const answer = dana.evaluate(rc::view, payment, {{open_ticket, true}});
    fmt::print("with an open ticket: {}\n", answer);

    // Why not? One sentence for the owner of the policy, one for whoever asked.
    rc::explanation const why = rc::explain(dana, rc::delete_, payment);
    fmt::print("{}\n{}\n", why.for_owner, why.for_staff);
}
