// Once a role has been taken away, nobody is allowed anything by it; and sessions that are made
// while assignments change are right at the latest when they are asked again.
#include <rolecall/assignments.hpp>
#include <rolecall/authorizer.hpp>
#include <rolecall/policy_builder.hpp>
#include <rolecall/sinks.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using namespace rolecall;

namespace {

policy one_right() {
    policy_builder b;
    b.category("account", "Name and address");
    b.role("support").may("account", {"view"});
    b.role("other");
    return b.build().value();
}

}  // namespace

TEST_CASE("whoever sees that a role was taken away is allowed nothing by it any more") {
    assignments staff;
    staff.add_user("dana");
    authorizer const pdp{one_right(), no_records{}, staff};
    auto const account = pdp.category("account").value();
    std::atomic<std::uint64_t> assigned{0};  // odd: it may be allowed; even: it must not be
    std::atomic<bool> done{false};
    std::atomic<std::uint64_t> wrong{0};
    std::atomic<std::uint64_t> allowed{0};

    std::vector<std::thread> readers;
    for (int r = 0; r < 3; ++r)
        readers.emplace_back([&] {
            auto session = pdp.session("dana").value();
            while (!done.load()) {
                std::uint64_t const before = assigned.load();
                bool const yes = session.allows(view, account) ||
                                 pdp.decide(session, view, account) ||
                                 pdp.decide({subject::user("dana"), "view", "account"});
                bool const same = assigned.load() == before;
                if (yes) ++allowed;
                if (yes && same && before % 2 == 0) ++wrong;
                static_cast<void>(session.refresh());
            }
        });
    for (int round = 0; round < 2'000 || (allowed.load() == 0 && round < 2'000'000); ++round) {
        assigned.fetch_add(1);
        staff.assign("dana", "support");
        staff.deassign("dana", "support");
        assigned.fetch_add(1);
    }
    done.store(true);
    for (std::thread& reader : readers) reader.join();
    CHECK(wrong.load() == 0);
    CHECK(allowed.load() > 0);
}

TEST_CASE("edits that are made together are seen together") {
    assignments staff;
    for (std::string const id : {"a", "b"}) staff.add_user(id);
    std::atomic<bool> done{false};
    std::atomic<std::uint64_t> torn{0};
    std::thread reader([&] {
        while (!done.load()) {
            std::size_t roles = 0;
            auto count = [&](std::string_view, std::span<user_role const> r) { roles += r.size(); };
            user_visitor visit(count);
            staff.each_user(visit);
            if (roles % 2 != 0) ++torn;
        }
    });
    for (int round = 0; round < 5'000; ++round) {
        bool const give = round % 2 == 0;
        std::vector<user_edit> edits;
        for (std::string const id : {"a", "b"})
            edits.push_back(give ? user_edit::assign(id, "support")
                                 : user_edit::deassign(id, "support"));
        staff.apply(edits);
    }
    done.store(true);
    reader.join();
    CHECK(torn.load() == 0);
}

TEST_CASE("sessions may be refreshed while their authorizer, and then the directory, go away") {
    for (int round = 0; round < 50; ++round) {
        std::optional<assignments> staff;
        staff.emplace();
        staff->add_user("dana");
        staff->assign("dana", "support");
        std::optional<authorizer> pdp;
        pdp.emplace(one_right(), no_records{}, *staff);
        auto session = pdp->session("dana").value();
        std::atomic<bool> started{false};
        std::thread reader([&] {
            while (session.refresh() == reason::granted) started.store(true);
        });
        while (!started.load()) std::this_thread::yield();
        pdp.reset();
        staff.reset();
        reader.join();
        CHECK(session.refresh() == reason::unavailable);
    }
}
