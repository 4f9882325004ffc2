// A journal of the shop: decisions, a reload of the process, and what is found afterwards.
//
//     shop_journal policies/shop journal
#include <rolecall/format.hpp>
#include <rolecall/journal.hpp>
#include <rolecall/journal_check.hpp>
#include <rolecall/journal_reader.hpp>
#include <rolecall/rolecall.hpp>

#include <fmt/format.h>

#include <cstdio>
#include <utility>

namespace rc = rolecall;

int main(int count, char** words) {
    if (count != 3) {
        fmt::print(stderr, "usage: shop_journal POLICY JOURNAL\n");
        return 2;
    }
    auto loaded = rc::yaml::load(words[1]);
    if (!loaded) {
        for (auto const& finding : loaded.findings()) fmt::print(stderr, "{}\n", finding);
        return 3;
    }

    {
        rc::journal trail{words[2], {.origin = "the example"}};
        if (!trail) {
            fmt::print(stderr, "{}\n", trail.problem());
            return 2;
        }
        rc::authorizer pdp{std::move(loaded).value(), trail};
        auto const payment = pdp.category("payment").value();
        auto const dana = pdp.session("dana", {"support"}).value();
        pdp.decide(dana, rc::view, payment, {.record = "p-17", .origin = "till 3"});
        pdp.decide(dana, rc::delete_, payment, {.record = "p-17", .origin = "till 3"});
    }  // all of it is on the disk

    rc::journal_reader reader{words[2]};
    while (rc::journal_record const* record = reader.next()) {
        if (record->kind() != "decision") {
            fmt::print("{} {}\n", record->sequence, record->kind());
            continue;
        }
        rc::audit_record const& e = record->event;
        fmt::print("{} {} {} {} of {}: {}, {}\n", record->sequence, e.user, e.action, e.category,
                   e.record, to_string(e.decision), to_string(e.reason));
    }

    rc::journal_report const report = rc::check_journal(words[2]);
    fmt::print("{}\n", report.good() ? "nothing was changed" : "something was changed");
    return report.good() ? 0 : 1;
}
