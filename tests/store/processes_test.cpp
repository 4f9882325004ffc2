// Several processes, and several threads, at work on one file.
#include "concurrency/child.hpp"
#include "concurrency/crowd.hpp"
#include "store/stored_users.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/user_store.hpp>

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

constexpr int customers = 60;

std::string customer(int i) { return "user-" + std::to_string(i); }

// Nobody both makes payments and approves them.
bool separated(std::span<user_role const> roles) {
    return std::count_if(roles.begin(), roles.end(), [](user_role const& role) {
               return role.role == "maker" || role.role == "approver";
           }) <= 1;
}

// Gives everybody a role unless they have the other, and adds users of its own, at the same time
// as another process does. Gives how many got the role; more than 250: something went wrong.
int race(std::string const& path, std::string const& role, unsigned seed) {
    user_store staff(path, quiet());
    staff.add_user("ready-" + role);
    bool const both = in_the_end([&] {
        staff.refresh();
        return roles_of(staff, "ready-maker") == "" && roles_of(staff, "ready-approver") == "";
    });
    if (!both) return 254;
    std::mt19937 random(seed);
    std::vector<int> order(customers);
    for (int i = 0; i < customers; ++i) order[static_cast<std::size_t>(i)] = i;
    std::shuffle(order.begin(), order.end(), random);
    int got = 0;
    for (int const i : order) {
        ::usleep(static_cast<useconds_t>(random() % 8'000));
        auto const check = [](std::string_view, std::span<user_role const> roles) {
            return separated(roles);
        };
        std::array const edit{user_edit::assign(customer(i), role)};
        edit_report const report = staff.apply(edit, edit_options().check(check));
        if (report.accepted != report.committed) return 251;
        got += report.committed ? 1 : 0;
        if (!staff.add_user(role + '-' + std::to_string(i))) return 252;
    }
    return got;
}

pid_t started(std::string const& path, std::string const& role, unsigned seed) {
    pid_t const child = ::fork();
    if (child != 0) return child;
    ::alarm(100);
    int result = 253;
    try {
        result = race(path, role, seed);
    } catch (...) {}
    ::_exit(result);
}

}  // namespace

TEST_CASE("two processes write at once: every change is there, and no check is ever broken") {
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    std::vector<user_edit> edits;
    for (int i = 0; i < customers; ++i) edits.push_back(user_edit::add_user(customer(i)));
    user_store(path, quiet()).apply(edits);

    std::random_device seeds;
    pid_t const makers = started(path, "maker", seeds());
    pid_t const approvers = started(path, "approver", seeds());
    {
        user_store const watching(path, reading());  // meanwhile
        CHECK(watching.size() >= customers);
    }
    child_end const makers_end = end_of(makers);
    child_end const approvers_end = end_of(approvers);
    REQUIRE(makers_end.signal == 0);
    REQUIRE(approvers_end.signal == 0);
    CHECK(makers_end.code + approvers_end.code == customers);

    user_list const all = *everybody(user_store(path, reading()));
    CHECK(all.size() == 3 * customers + 2);
    int made = 0;
    int approved = 0;
    for (int i = 0; i < customers; ++i) {
        std::string const role = all.at(customer(i));
        made += role == "maker" ? 1 : 0;
        approved += role == "approver" ? 1 : 0;
    }
    CHECK(made == makers_end.code);
    CHECK(approved == approvers_end.code);
    MESSAGE(made << " makers, " << approved << " approvers");
}

TEST_CASE("two processes that make a file at once use one and the same") {
    temporary_directory const here;
    for (int i = 0; i < 20; ++i) {
        std::string const path = here.path("staff-" + std::to_string(i) + ".db");
        auto const make = [&](std::string const& id) {
            pid_t const child = ::fork();
            if (child != 0) return child;
            ::alarm(100);
            int result = 1;
            try {
                result = user_store(path, quiet()).add_user(id) ? 0 : 2;
            } catch (...) {}
            ::_exit(result);
        };
        pid_t const one = make("ada");
        pid_t const other = make("bob");
        CHECK(end_of(one).code == 0);
        CHECK(end_of(other).code == 0);
        CHECK(everybody(user_store(path, quiet())) == user_list{{"ada", ""}, {"bob", ""}});
    }
    auto const files = std::filesystem::directory_iterator(here.path());
    CHECK(std::distance(begin(files), end(files)) == 20);
}

TEST_CASE("a change of another process is seen without being asked for") {
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    user_store(path, quiet()).add_user("dana");
    pid_t const other = ::fork();
    if (other == 0) {  // waits until it sees the answer to its own change
        ::alarm(100);
        int result = 1;
        try {
            user_store staff(path);
            staff.assign("dana", "question");
            result =
                in_the_end([&] { return roles_of(staff, "dana") == "answer, question"; }) ? 0 : 2;
        } catch (...) {}
        ::_exit(result);
    }
    user_store staff(path);  // as it is by default
    CHECK(in_the_end([&] { return roles_of(staff, "dana") == "question"; }));
    CHECK(staff.assign("dana", "answer"));
    CHECK(end_of(other).code == 0);
    CHECK(staff.status().problem == "");
}

TEST_CASE("a process that writes for too long is not waited for") {
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    user_store_options options = quiet();
    user_store one(path, options);
    one.add_user("dana");
    options.busy_ms = 20;
    user_store other(path, options);
    std::optional<user_store_error::kind> why;
    std::string seen;
    auto const meanwhile = [&](std::string_view, std::span<user_role const>) {
        why = error_of([&] { other.add_user("ada"); });
        other.refresh();
        seen = roles_of(other, "dana");
        return true;
    };
    std::array const edit{user_edit::assign("dana", "support")};
    CHECK(one.apply(edit, edit_options().check(meanwhile)).committed);
    CHECK(why == user_store_error::kind::busy);
    CHECK(seen == "");  // it was not committed yet
    CHECK(other.add_user("ada"));
    CHECK(roles_of(other, "dana") == "support");
}

TEST_CASE("threads read, look and write at once, and nobody sees half a change") {
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    user_store_options options = quiet();
    options.start_thread = true;
    options.poll_ms = 10;
    user_store staff(path, options);
    user_store other(path, options);
    for (char const* id : {"left", "right"}) {
        staff.add_user(id);
        staff.assign(id, "role-0");
    }
    other.refresh();
    constexpr int rounds = 40;
    crowd readers;
    for (user_store* const from : {&staff, &other}) {
        readers.add([from] {
            auto const all = everybody(*from);
            return all && all->at("left") == all->at("right");
        });
        readers.add([from] { return roles_of(*from, "left").starts_with("role-"); });
        readers.add([from] { return from->status().problem.empty() && from->size() == 2; });
    }
    readers.add([&] {
        other.refresh();
        std::this_thread::yield();
        return true;
    });
    readers.all_started();
    for (int i = 0; i < rounds; ++i) {
        std::vector<user_edit> edits;
        for (char const* id : {"left", "right"}) {
            edits.push_back(user_edit::deassign(id, "role-" + std::to_string(i)));
            edits.push_back(user_edit::assign(id, "role-" + std::to_string(i + 1)));
        }
        CHECK((i % 2 != 0 ? staff : other).apply(edits).count(edit_outcome::done) == 4);
    }
    CHECK(in_the_end([&] { return roles_of(staff, "left") == "role-" + std::to_string(rounds); }));
    CHECK(in_the_end([&] { return roles_of(other, "right") == "role-" + std::to_string(rounds); }));
    readers.stop();
    CHECK(readers.wrong() == 0);
    CHECK(readers.asked() > 0);
}
