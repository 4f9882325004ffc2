// A store in one process: what it keeps, what it refuses, and how it stands.
#include "concurrency/child.hpp"
#include "concurrency/sanitizers.hpp"
#include "store/stored_users.hpp"
#include "support/skip.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/assignments.hpp>
#include <rolecall/authorizer.hpp>
#include <rolecall/policy_builder.hpp>
#include <rolecall/recent_records.hpp>
#include <rolecall/user_store.hpp>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;
namespace fs = std::filesystem;
using kind = user_store_error::kind;

static_assert(editable_directory<user_store>);

namespace {

date day(std::string_view text) { return date::parse(text).value(); }

std::size_t files_in(temporary_directory const& folder) {
    auto const files = fs::directory_iterator(folder.path());
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

}  // namespace

TEST_CASE("what a store was told is there when it is opened again") {
    temporary_directory const here;
    user_list const expected{{"ada", ""},
                             {"dana", "billing, support until 2027-03-31"},
                             {"zo\xC3\xAB@shop.example", "support"}};
    {
        user_store staff(here.path("staff.db"), quiet());
        CHECK(staff.add_user("dana"));
        CHECK(staff.add_user("zo\xC3\xAB@shop.example"));
        CHECK(staff.add_user("ada"));
        CHECK(staff.assign("dana", "support", day("2027-03-31")));
        CHECK(staff.assign("dana", "billing"));
        CHECK(staff.assign("zo\xC3\xAB@shop.example", "support"));
        CHECK(staff.add_user("bob"));
        CHECK(staff.remove_user("bob"));
        CHECK(everybody(staff) == expected);
    }
    user_store const again(here.path("staff.db"), reading());
    CHECK(everybody(again) == expected);
    CHECK(roles_of(again, "dana") == "billing, support until 2027-03-31");
    CHECK(roles_of(again, "ada") == "");
    CHECK(roles_of(again, "bob") == "unknown");
    CHECK(again.size() == 3);
}

TEST_CASE("an end of a role is set, moved both ways, and taken away") {
    temporary_directory const here;
    user_store staff(here.path("staff.db"), quiet());
    staff.add_user("dana");
    for (char const* end : {"2027-03-31", "2027-04-30", "2026-01-01", "0001-01-01", "9999-12-31"}) {
        CHECK(staff.assign("dana", "support", day(end)));
        CHECK(roles_of(staff, "dana") == std::string("support until ") + end);
        CHECK_FALSE(staff.assign("dana", "support", day(end)));
    }
    CHECK(staff.assign("dana", "support"));
    CHECK(roles_of(staff, "dana") == "support");
    CHECK_FALSE(staff.assign("dana", "support"));
    CHECK(staff.deassign("dana", "support"));
    CHECK_FALSE(staff.deassign("dana", "support"));
    CHECK_FALSE(staff.assign("nobody", "support"));
    CHECK_FALSE(staff.assign("dana", "No Role"));
    CHECK_FALSE(staff.add_user(""));
}

TEST_CASE("a file that is not there is made only where that is asked for") {
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    user_store_options options;
    CHECK(error_of_opening(path) == kind::missing);
    CHECK(error_of_opening(path, reading()) == kind::missing);
    CHECK(error_of_opening("", quiet()) == kind::missing);
    CHECK(error_of_opening(here.path("no/such/folder/staff.db")) == kind::missing);
    CHECK(error_of_opening(here.path("no/such/folder/staff.db"), quiet()) == kind::io);
    CHECK(error_of_opening(here.path(), quiet()) == kind::not_ours);
    CHECK(files_in(here) == 0);

    options.create = true;
    CHECK(error_of_opening(path, options) == std::nullopt);
    CHECK(user_store(path, quiet()).add_user("dana"));
    CHECK(user_store(path, options).size() == 1);  // it is not made anew
}

TEST_CASE("a file that is made is its owner's alone, and nothing stays beside it") {
    temporary_directory const here;
    std::string const path = here.path("50% of #staff?.db");
    user_store(path, quiet()).add_user("dana");
    struct stat is {};
    REQUIRE(::stat(path.c_str(), &is) == 0);
    CHECK((is.st_mode & 0777) == 0600);
    CHECK(files_in(here) == 1);
    CHECK(user_store(path).size() == 1);
}

TEST_CASE("a store finds its file wherever the process goes") {
    temporary_directory const here;
    fs::path const before = fs::current_path();
    fs::current_path(here.path());
    {
        user_store staff("file:staff.db?mode=memory", quiet());  // a name like any other
        CHECK(staff.path() == "file:staff.db?mode=memory");
        fs::current_path("/");
        CHECK(staff.add_user("dana"));
        CHECK_FALSE(staff.refresh());
    }
    fs::current_path(before);
    CHECK(user_store(here.path("file:staff.db?mode=memory")).size() == 1);
}

TEST_CASE("a refused or tried change leaves no trace, on the disk and in memory") {
    temporary_directory const here;
    user_store staff(here.path("staff.db"), quiet());
    staff.add_user("dana");
    staff.assign("dana", "billing");
    user_list const before = *everybody(staff);
    std::vector<user_edit> const edits{user_edit::add_user("ada"),
                                       user_edit::assign("ada", "support", day("2027-03-31")),
                                       user_edit::remove_user("dana"), user_edit::add_user("bob")};

    SUBCASE("refused by the check") {
        user_list shown;
        auto const refuse = [&](std::string_view id, std::span<user_role const> roles) {
            shown.emplace(id, text_of(roles));
            return false;
        };
        edit_report const report = staff.apply(edits, edit_options().check(refuse));
        CHECK_FALSE(report.accepted);
        CHECK_FALSE(report.committed);
        CHECK(report.count(edit_outcome::done) == 4);
        CHECK(shown == user_list{{"ada", "support until 2027-03-31"}});
    }
    SUBCASE("tried") {
        edit_options options;
        options.trial = true;
        edit_report const report = staff.apply(edits, options);
        CHECK(report.accepted);
        CHECK_FALSE(report.committed);
        CHECK(report.count(edit_outcome::done) == 4);
    }
    SUBCASE("the check throws") {
        auto const fail = [](std::string_view, std::span<user_role const>) -> bool {
            throw std::domain_error("no");
        };
        CHECK_THROWS_AS(staff.apply(edits, edit_options().check(fail)), std::domain_error);
    }
    SUBCASE("who is told of the progress throws") {
        auto const fail = [](std::size_t, std::size_t) { throw std::domain_error("no"); };
        CHECK_THROWS_AS(staff.apply(edits, edit_options().progress(fail)), std::domain_error);
    }
    CHECK(everybody(staff) == before);
    CHECK(everybody(user_store(here.path("staff.db"))) == before);
    CHECK(staff.status().available);
    CHECK(staff.apply(edits).committed);  // and the store goes on
    CHECK(staff.size() == 2);
}

TEST_CASE("a check is shown everybody who gains, with all that they would hold in the end") {
    temporary_directory const here;
    user_store staff(here.path("staff.db"), quiet());
    for (char const* id : {"ada", "bob", "cleo", "dana", "eve"}) {
        staff.add_user(id);
        staff.assign(id, "support", day("2027-01-01"));
    }
    user_list shown;
    auto const look = [&](std::string_view id, std::span<user_role const> roles) {
        CHECK(shown.emplace(id, text_of(roles)).second);
        return true;
    };
    std::vector<user_edit> const edits{
        user_edit::assign("dana", "billing"),
        user_edit::assign("ada", "support", day("2027-01-01")),  // as it is
        user_edit::deassign("bob", "support"),                   // only loses
        user_edit::assign("cleo", "support", day("2028-01-01")),
        user_edit::assign("eve", "billing"),
        user_edit::remove_user("eve"),
        user_edit::deassign("dana", "support"),
        user_edit::assign("dana", "auditor"),
        user_edit::assign("fay", "billing"),  // nobody
    };
    CHECK(staff.apply(edits, edit_options().check(look)).committed);
    CHECK(shown == user_list{{"cleo", "support until 2028-01-01"}, {"dana", "auditor, billing"}});
}

TEST_CASE("progress is told until the end") {
    temporary_directory const here;
    user_store staff(here.path("staff.db"), quiet());
    std::vector<user_edit> edits;
    for (int i = 0; i < 10'000; ++i)
        edits.push_back(user_edit::add_user("user-" + std::to_string(i * 7919 % 10'000)));
    std::vector<std::size_t> told;
    auto const hear = [&](std::size_t done, std::size_t of) {
        CHECK(of == edits.size());
        told.push_back(done);
    };
    CHECK(staff.apply(edits, edit_options().progress(hear)).count(edit_outcome::done) == 10'000);
    CHECK(told.size() >= 3);
    CHECK(std::is_sorted(told.begin(), told.end()));
    CHECK(told.back() == edits.size());
    CHECK(staff.size() == 10'000);
}

TEST_CASE("a store and assignments say the same of any edits") {
    temporary_directory const here;
    user_store staff(here.path("staff.db"), quiet());
    assignments memory;
    unsigned const seed = std::random_device()();
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::vector<std::string> const ids{"ada", "bob", "cleo", "d\xC3\xA9", "", "a b", "Ada", "\x01"};
    std::vector<std::string> const roles{"support", "billing", "auditor", "a-b", "Bad", ""};
    auto const one_of = [&](auto const& all) { return all[random() % all.size()]; };
    for (int round = 0; round < 300; ++round) {
        std::vector<user_edit> edits(1 + random() % 12);
        for (user_edit& edit : edits) {
            edit = {static_cast<user_edit::kind>(random() % 4), one_of(ids), one_of(roles)};
            if (random() % 2 != 0) edit.until = date::from_days(static_cast<int>(random() % 3));
        }
        bool const accept = random() % 4 != 0;
        user_list by_store;
        user_list by_memory;
        user_list* shown = &by_store;
        auto const check = [&](std::string_view id, std::span<user_role const> held) {
            shown->emplace(id, text_of(held));
            return accept;
        };
        edit_options options;
        options.trial = random() % 5 == 0;
        options.check(check);
        edit_report const a = staff.apply(edits, options);
        shown = &by_memory;
        edit_report const b = memory.apply(edits, options);
        REQUIRE(a.outcomes == b.outcomes);
        REQUIRE(a.accepted == b.accepted);
        REQUIRE(a.committed == b.committed);
        REQUIRE(by_store == by_memory);
        REQUIRE(everybody(staff) == everybody(memory));
    }
    CHECK(everybody(user_store(here.path("staff.db"), reading())) == everybody(memory));
}

TEST_CASE("a store that is only read answers, and refuses every change") {
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    user_store(path, quiet()).add_user("dana");
    std::string const bytes = bytes_of(path);
    {
        user_store staff(path, reading());
        CHECK(roles_of(staff, "dana") == "");
        CHECK(error_of([&] { staff.assign("dana", "support"); }) == kind::read_only);
        edit_options trial;
        trial.trial = true;
        CHECK(error_of([&] { staff.apply({}, trial); }) == kind::read_only);
        CHECK_FALSE(staff.refresh());
        CHECK(staff.status().available);
    }
    CHECK(bytes_of(path) == bytes);
}

TEST_CASE("two stores of one file see each other's changes, and one may go") {
    temporary_directory const here;
    user_store one(here.path("staff.db"), quiet());
    {
        user_store other(here.path("staff.db"), quiet());
        CHECK(other.add_user("dana"));
        CHECK(roles_of(one, "dana") == "unknown");
        CHECK(one.refresh());
        CHECK_FALSE(one.refresh());
        CHECK(roles_of(one, "dana") == "");
        CHECK(one.assign("dana", "support"));
        CHECK(other.add_user("ada"));  // sees what was there before its own change
        CHECK(roles_of(other, "dana") == "support");
        CHECK(one.status().changes_seen == 2);
    }
    CHECK(one.remove_user("dana"));
    CHECK(everybody(one) == user_list{{"ada", ""}});
    CHECK(everybody(user_store(here.path("staff.db"), reading())) == everybody(one));
}

TEST_CASE("an authorizer hears of changes, its own process's and others'") {
    temporary_directory const here;
    policy_builder shop;
    shop.category("account", "Name and address");
    shop.role("support").may("account", {"view"});
    recent_records told(16);
    user_store staff(here.path("staff.db"), quiet());
    user_store elsewhere(here.path("staff.db"), quiet());
    staff.add_user("dana");
    staff.assign("dana", "support");
    authorizer pdp{shop.build().value(), told, staff};
    category_ref const account = pdp.category("account").value();
    live_session dana = pdp.session("dana").value();
    CHECK(dana.allows(view, account));
    staff.add_user("ada");
    CHECK_FALSE(dana.allows(view, account));  // until it is refreshed
    CHECK(dana.refresh() == reason::granted);
    CHECK(dana.allows(view, account));
    elsewhere.remove_user("dana");
    staff.refresh();
    CHECK_FALSE(dana.allows(view, account));
    CHECK_FALSE(pdp.decide(dana, view, account));
}

TEST_CASE("without a look for too long, roles are unavailable until the next one") {
    temporary_directory const here;
    user_store_options options = quiet();
    options.poll_ms = 10;
    options.unavailable_after_ms = 10;
    user_store staff(here.path("staff.db"), options);
    staff.add_user("dana");
    CHECK(in_the_end([&] { return roles_of(staff, "dana") == "unavailable"; }));
    CHECK(everybody(staff) == std::nullopt);
    CHECK_FALSE(staff.status().available);
    CHECK(staff.status().ms_since_look >= 10);
    CHECK(in_the_end([&] {  // one of these is not interrupted for as long
        staff.refresh();
        return roles_of(staff, "dana") == "";
    }));
}

TEST_CASE("a thread keeps roles available, and takes no signal") {
    temporary_directory const here;
    user_store_options options = quiet();
    options.start_thread = true;
    options.poll_ms = 10;
    options.unavailable_after_ms = 60'000;
    user_store staff(here.path("staff.db"), options);
    user_store_status const first = staff.status();
    CHECK(first.available);
    CHECK(first.problem == "");
#if defined(__linux__)
    std::string blocked;
    CHECK(in_the_end([&] {
        for (auto const& task : fs::directory_iterator("/proc/self/task")) {
            std::string const status = bytes_of(task.path().string() + "/status");
            if (status.find("Name:\trolecall-users\n") == std::string::npos) continue;
            blocked = status.substr(status.find("SigBlk:\t") + 8, 16);
        }
        return !blocked.empty();
    }));
    CHECK((std::stoull(blocked, nullptr, 16) & 0x4007U) == 0x4007U);  // HUP, INT, QUIT, TERM
#endif
}

TEST_CASE("a file that is taken away makes everybody unavailable, and is not written to") {
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    user_store staff(path, quiet());
    staff.add_user("dana");
    fs::rename(path, here.path("away.db"));
    SUBCASE("found by a look") {
        CHECK(error_of([&] { staff.refresh(); }) == kind::gone);
    }
    SUBCASE("found by a change") {
        CHECK(error_of([&] { staff.add_user("ada"); }) == kind::gone);
    }
    SUBCASE("another lies there now") {
        std::string const next = here.path("next.db");
        user_store(next, quiet()).add_user("eve");
        fs::rename(next, path);
        std::string const bytes = bytes_of(path);
        CHECK(error_of([&] { staff.refresh(); }) == kind::gone);
        CHECK(error_of([&] { staff.add_user("ada"); }) == kind::gone);
        CHECK(bytes_of(path) == bytes);
    }
    CHECK(roles_of(staff, "dana") == "unavailable");
    CHECK(staff.status().problem.find(path) != std::string::npos);
    fs::rename(here.path("away.db"), path);
    CHECK_FALSE(staff.refresh());
    CHECK(roles_of(staff, "dana") == "");
    CHECK(roles_of(staff, "ada") == "unknown");
    CHECK(staff.status().problem == "");
}

TEST_CASE("a child process can do nothing with a store that its parent has open") {
    if (under_asan) {
        skip("AddressSanitizer of clang 14 does not keep its allocator whole for a child");
        return;
    }
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    user_store_options options = quiet();
    options.start_thread = true;
    options.poll_ms = 10;
    user_store staff(path, options);
    staff.add_user("dana");
    child_end const end = in_child(60, [&] {
        if (roles_of(staff, "dana") != "unavailable" || everybody(staff)) return 1;
        if (error_of([&] { staff.add_user("ada"); }) != kind::forked) return 2;
        if (error_of([&] { staff.refresh(); }) != kind::forked) return 3;
        if (staff.status().available || staff.status().problem.empty()) return 4;
        staff.~user_store();  // as an end of main() would
        // Locks would be missing, and the log deleted under it when the parent closes the file.
        if (error_of_opening(path, options) != kind::forked) return 5;
        return error_of_opening(path, reading()) == kind::forked ? 0 : 6;
    });
    CHECK(end.signal == 0);
    CHECK(end.code == 0);
    CHECK(staff.add_user("ada"));
    CHECK(user_store(path, reading()).size() == 2);
}

TEST_CASE("a child process may open what its parent does not have open") {
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    user_store(path, quiet()).add_user("dana");  // closed again
    user_store other(here.path("other.db"), quiet());
    child_end const end = in_child(60, [&] {
        user_store mine(path, quiet());
        if (roles_of(mine, "dana") != "" || !mine.assign("dana", "support")) return 1;
        child_end const inner = in_child(60, [&] {
            if (roles_of(mine, "dana") != "unavailable") return 1;
            if (error_of_opening(here.path("other.db")) != kind::forked) return 2;
            return error_of_opening(path) == kind::forked ? 0 : 3;
        });
        return inner.code == 0 ? 0 : 10 + inner.code;
    });
    CHECK(end.signal == 0);
    CHECK(end.code == 0);
    CHECK(roles_of(user_store(path, reading()), "dana") == "support");
    CHECK(other.add_user("ada"));
}
