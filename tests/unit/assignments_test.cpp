#include "support/trial_size.hpp"
#include <rolecall/assignments.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using namespace rolecall;
using rolecall::testing::scaled;

namespace {

using roles_by_name = std::map<std::string, std::optional<date>>;
using everybody = std::map<std::string, roles_by_name>;

date on_day(std::string_view text) { return date::parse(text).value(); }

std::optional<roles_by_name> roles_of(assignments const& from, std::string_view id) {
    roles_by_name found;
    auto take_one = [&](user_role const& r) { CHECK(found.emplace(r.role, r.until).second); };
    role_taker take(take_one);
    if (from.roles_of(id, take) != user_lookup::known) return std::nullopt;
    return found;
}

everybody all_of(assignments const& from) {
    everybody found;
    auto visit_one = [&](std::string_view id, std::span<user_role const> roles) {
        roles_by_name& mine = found[std::string(id)];
        for (user_role const& r : roles) mine.emplace(r.role, r.until);
    };
    user_visitor visit(visit_one);
    CHECK(from.each_user(visit));
    return found;
}

}  // namespace

TEST_CASE("a user has the roles that were assigned, until the days that were given") {
    assignments staff;
    CHECK_FALSE(roles_of(staff, "dana"));
    CHECK(staff.add_user("dana"));
    CHECK_FALSE(staff.add_user("dana"));
    CHECK(roles_of(staff, "dana") == roles_by_name{});

    CHECK(staff.assign("dana", "support"));
    CHECK(staff.assign("dana", "billing", on_day("2026-12-31")));
    CHECK_FALSE(staff.assign("dana", "support"));
    CHECK(roles_of(staff, "dana") ==
          roles_by_name{{"billing", on_day("2026-12-31")}, {"support", {}}});

    CHECK(staff.assign("dana", "billing"));  // another end
    CHECK(staff.deassign("dana", "support"));
    CHECK_FALSE(staff.deassign("dana", "support"));
    CHECK(roles_of(staff, "dana") == roles_by_name{{"billing", {}}});

    CHECK(staff.remove_user("dana"));
    CHECK_FALSE(staff.remove_user("dana"));
    CHECK_FALSE(staff.contains("dana"));
    CHECK(staff.size() == 0);
    CHECK(staff.rows() == 0);
}

TEST_CASE("roles are given in the order of their names") {
    assignments staff;
    staff.add_user("dana");
    for (std::string_view const role : {"support", "billing", "zoo", "marketing"})
        staff.assign("dana", role);
    std::vector<std::string> order;
    auto take_one = [&](user_role const& r) { order.emplace_back(r.role); };
    role_taker take(take_one);
    CHECK(staff.roles_of("dana", take) == user_lookup::known);
    CHECK(order == std::vector<std::string>{"billing", "marketing", "support", "zoo"});
}

TEST_CASE("nobody is assigned a role without being added, and no text that is no name is taken") {
    assignments staff;
    CHECK_FALSE(staff.assign("dana", "support"));
    CHECK_FALSE(staff.add_user(""));
    CHECK_FALSE(staff.add_user(std::string(257, 'x')));
    CHECK_FALSE(staff.add_user("da\nna"));
    CHECK_FALSE(staff.add_user("da\xE2\x80\xAEna"));
    CHECK(staff.add_user(std::string(256, 'x')));
    CHECK(staff.add_user("-- Frau Müller, “Büro” <&>"));
    CHECK_FALSE(staff.assign(std::string(256, 'x'), "Support"));
    CHECK_FALSE(staff.assign(std::string(256, 'x'), "all"));
    CHECK_FALSE(staff.assign(std::string(256, 'x'), ""));
    CHECK(staff.size() == 2);

    std::vector<user_edit> const edits{
        user_edit::add_user("eve"), user_edit::assign("eve", "Support"),
        user_edit::assign("nobody", "support"), user_edit::add_user("eve")};
    auto const report = staff.apply(edits);
    CHECK(report.outcomes == std::vector{edit_outcome::done, edit_outcome::invalid,
                                         edit_outcome::unknown_user, edit_outcome::unchanged});
    CHECK(report.committed);
}

TEST_CASE("users with the same roles until the same days share one row") {
    assignments staff;
    for (int i = 0; i < 100; ++i) {
        std::string const id = "user-" + std::to_string(i);
        staff.add_user(id);
        staff.assign(id, i % 2 == 0 ? "support" : "billing");
        staff.assign(id, "employee");
    }
    CHECK(staff.rows() == 2);
    staff.assign("user-3", "billing", on_day("2027-01-31"));
    CHECK(staff.rows() == 3);
    staff.assign("user-3", "billing");
    CHECK(staff.rows() == 2);
}

TEST_CASE("edits that a check refuses change nothing, and everyone who gains is shown to it") {
    assignments staff;
    staff.add_user("dana");
    staff.assign("dana", "support");
    std::vector<std::string> shown;
    auto no_two_roles = [&](std::string_view id, std::span<user_role const> roles) {
        shown.emplace_back(id);
        return roles.size() < 2;
    };
    edit_options checked;
    checked.check(no_two_roles);
    std::vector<user_edit> const edits{
        user_edit::assign("dana", "billing"), user_edit::add_user("eve"),
        user_edit::assign("eve", "support"), user_edit::add_user("zoe")};
    auto const report = staff.apply(edits, checked);
    CHECK_FALSE(report.accepted);
    CHECK_FALSE(report.committed);
    CHECK(shown == std::vector<std::string>{"dana", "eve"});
    CHECK(all_of(staff) == everybody{{"dana", {{"support", {}}}}});

    // What counts is what is held in the end.
    std::vector<user_edit> const swap{user_edit::assign("dana", "billing"),
                                      user_edit::deassign("dana", "support")};
    CHECK(staff.apply(swap, checked).committed);
    CHECK(all_of(staff) == everybody{{"dana", {{"billing", {}}}}});
}

TEST_CASE("a check that throws leaves everything as it was") {
    assignments staff;
    staff.add_user("dana");
    auto throws = [](std::string_view, std::span<user_role const>) -> bool {
        throw std::runtime_error("no");
    };
    edit_options checked;
    checked.check(throws);
    user_edit const edit = user_edit::assign("dana", "support");
    CHECK_THROWS_AS(staff.apply({&edit, 1}, checked), std::runtime_error);
    CHECK(all_of(staff) == everybody{{"dana", {}}});
    CHECK(staff.assign("dana", "support"));
}

TEST_CASE("a trial reports what edits would do, and does none of it") {
    assignments staff;
    staff.add_user("dana");
    edit_options trial;
    trial.trial = true;
    std::vector<user_edit> const edits{user_edit::remove_user("dana"), user_edit::add_user("eve")};
    auto const report = staff.apply(edits, trial);
    CHECK(report.count(edit_outcome::done) == 2);
    CHECK(report.accepted);
    CHECK_FALSE(report.committed);
    CHECK(all_of(staff) == everybody{{"dana", {}}});
}

TEST_CASE("progress is told up to the end") {
    assignments staff;
    std::vector<user_edit> edits;
    for (int i = 0; i < 10'000; ++i) edits.push_back(user_edit::add_user("u" + std::to_string(i)));
    std::vector<std::size_t> told;
    auto tell = [&](std::size_t done, std::size_t of) {
        CHECK(of == edits.size());
        told.push_back(done);
    };
    edit_options options;
    options.progress(tell);
    CHECK(staff.apply(edits, options).committed);
    CHECK(told.size() >= 3);
    CHECK(std::is_sorted(told.begin(), told.end()));
    CHECK(told.back() == edits.size());
}

TEST_CASE("after any edits in any order, a directory says what a plain map says") {
    std::size_t const steps = std::max<std::size_t>(scaled(4'000), 400);
    for (unsigned seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        std::mt19937 random(seed);
        auto const below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
        assignments staff;
        everybody expected;
        unsigned const people = seed % 3 == 0 ? 12 : 3'000;
        auto const id_of = [&](unsigned n) {
            return std::string(1 + n % 200, static_cast<char>('a' + n % 26)) + std::to_string(n);
        };
        auto const role_of = [](unsigned n) { return "role-" + std::to_string(n); };
        for (std::size_t step = 0; step < steps; ++step) {
            std::vector<user_edit> edits;
            everybody after = expected;
            bool const trial = below(10) == 0;
            for (unsigned n = 1 + below(4); n-- > 0;) {
                std::string const id = id_of(below(people));
                std::string const role = role_of(below(6));
                unsigned const what = below(8);
                if (what < 3) {
                    edits.push_back(user_edit::add_user(id));
                    after.try_emplace(id);
                } else if (what == 3) {
                    edits.push_back(user_edit::remove_user(id));
                    after.erase(id);
                } else if (what < 7) {
                    std::optional<date> const until =
                        below(2) == 0 ? std::nullopt
                                      : std::optional(date::from_days(
                                            static_cast<std::int32_t>(20'000 + below(3))));
                    edits.push_back(user_edit::assign(id, role, until));
                    if (auto const at = after.find(id); at != after.end()) at->second[role] = until;
                } else {
                    edits.push_back(user_edit::deassign(id, role));
                    if (auto const at = after.find(id); at != after.end()) at->second.erase(role);
                }
            }
            edit_options options;
            options.trial = trial;
            CHECK(staff.apply(edits, options).committed != trial);
            if (!trial) expected = std::move(after);
            std::string const asked = id_of(below(people));
            auto const known = expected.find(asked);
            CHECK(roles_of(staff, asked) ==
                  (known == expected.end() ? std::nullopt : std::optional(known->second)));
        }
        CHECK(all_of(staff) == expected);
        CHECK(staff.size() == expected.size());
        std::size_t bytes = 0;
        for (auto const& [id, roles] : expected) bytes += id.size();
        CHECK(staff.id_bytes() == bytes);
    }
}

TEST_CASE("memory for those who left is used again") {
    assignments staff;
    std::size_t most = 0;
    for (int round = 0; round < 40; ++round) {
        for (int i = 0; i < 2'000; ++i)
            staff.add_user("someone-with-a-long-name-" + std::to_string(round * 2'000 + i));
        if (round == 4) most = staff.memory_bytes();
        for (int i = 0; i < 2'000; ++i)
            staff.remove_user("someone-with-a-long-name-" + std::to_string(round * 2'000 + i));
    }
    CHECK(staff.size() == 0);
    CHECK(staff.memory_bytes() <= most);
}

TEST_CASE("a hundred thousand users take at most 24 bytes each beyond their ids") {
    assignments staff;
    constexpr std::size_t users = 100'000;
    auto const by_one = [&] {
        for (std::size_t i = 0; i < users; ++i) {
            std::string const id = "employee-" + std::to_string(i) + "@example.org";
            staff.add_user(id);
            staff.assign(id, "role-" + std::to_string(i % 50));
        }
    };
    by_one();
    CHECK(staff.size() == users);
    CHECK(staff.rows() == 50);
    CHECK(staff.memory_bytes() - staff.id_bytes() <= 24 * users);
}
