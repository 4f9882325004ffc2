// Processes that are killed at any point: what they were told is committed is there, and of
// what they were doing either all or nothing.
#include "store/plain_sql.hpp"
#include "store/stored_users.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/user_store.hpp>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t hired_lately = 10;

std::string step_role(std::uint64_t step) { return "step-" + std::to_string(step); }
std::string hired(std::uint64_t step) { return "hired-" + std::to_string(step); }

// After so many changes: two users who always have the same role, and ten who come and go.
user_list expected_after(std::uint64_t steps) {
    if (steps == 0) return {};
    user_list all{{"left", step_role(steps)}, {"right", step_role(steps)}};
    for (std::uint64_t s = steps; s > 0 && s + hired_lately > steps; --s)
        all.emplace(hired(s), step_role(s));
    return all;
}

// One change of several users.
std::vector<user_edit> change(std::uint64_t step) {
    std::vector<user_edit> edits;
    for (char const* id : {"left", "right"}) {
        edits.push_back(user_edit::add_user(id));
        edits.push_back(user_edit::deassign(id, step_role(step - 1)));
        edits.push_back(user_edit::assign(id, step_role(step)));
    }
    edits.push_back(user_edit::add_user(hired(step)));
    edits.push_back(user_edit::assign(hired(step), step_role(step)));
    if (step > hired_lately) edits.push_back(user_edit::remove_user(hired(step - hired_lately)));
    return edits;
}

std::uint64_t steps_in(user_list const& all) {
    auto const left = all.find("left");
    return left == all.end() ? 0 : std::stoull(left->second.substr(5));
}

useconds_t up_to(std::mt19937& random, useconds_t most) {
    return static_cast<useconds_t>(random() % most);
}

enum class counted_from { its_start, its_first_word };

// Lets a process work until it is killed after a while, and gives all that it has said.
template <class Work>
std::vector<std::uint64_t> killed_after(useconds_t pause, counted_from when, Work&& work) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    pid_t const child = ::fork();
    if (child == 0) {
        try {
            work([&](std::uint64_t step) {
                if (::write(ends[1], &step, sizeof step) != sizeof step) ::_exit(1);
            });
        } catch (...) {}
        ::_exit(2);
    }
    ::close(ends[1]);
    std::vector<std::uint64_t> said;
    std::uint64_t step = 0;
    auto const hear = [&] {
        if (::read(ends[0], &step, sizeof step) != sizeof step) return false;
        said.push_back(step);
        return true;
    };
    if (when == counted_from::its_first_word) hear();
    ::usleep(pause);
    ::kill(child, SIGKILL);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    bool const killed = WIFSIGNALED(status) || WEXITSTATUS(status) == 0;
    CHECK_MESSAGE(killed, "the process ended by itself, with ", status);
    while (hear()) {}
    ::close(ends[0]);
    return said;
}

void kill_writers(int kills) {
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    CHECK(user_store(path, quiet()).size() == 0);
    unsigned const seed = std::random_device()();
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::uint64_t steps = 0;
    std::uint64_t unreported = 0;
    std::uint64_t heard = 0;
    for (int i = 0; i < kills; ++i) {
        auto const when =
            random() % 2 != 0 ? counted_from::its_start : counted_from::its_first_word;
        heard += when == counted_from::its_first_word ? 1 : 0;
        auto const said = killed_after(up_to(random, 15'000), when, [&](auto const& say) {
            user_store staff(path, quiet());
            for (std::uint64_t step = steps_in(*everybody(staff)) + 1;; ++step) {
                if (!staff.apply(change(step)).committed) return;
                say(step);
            }
        });
        std::uint64_t const committed = said.empty() ? steps : said.back();
        user_store const staff(path, random() % 2 != 0 ? reading() : quiet());
        user_list const all = *everybody(staff);
        std::uint64_t const found = steps_in(all);
        REQUIRE(found >= committed);
        REQUIRE(found <= committed + 1);  // committed, and killed before it could say so
        REQUIRE(all == expected_after(found));
        unreported += found - committed;
        steps = found;
    }
    MESSAGE(kills << " kills, " << steps << " changes, " << unreported
                  << " of them committed and not reported");
    CHECK(steps >= heard);
    CHECK(plain_sql(path, "PRAGMA integrity_check") == "ok\n");
}

}  // namespace

TEST_CASE(
    "a process that is killed loses no change that was committed, and leaves no half of one") {
    kill_writers(120);
}

TEST_CASE("a process that is killed while it makes a file leaves a whole one or none") {
    temporary_directory const here;
    std::mt19937 random(std::random_device{}());
    int made = 0;
    for (int i = 0; i < 40; ++i) {
        std::string const path = here.path("staff-" + std::to_string(i) + ".db");
        killed_after(up_to(random, 60'000), counted_from::its_start, [&](auto const& say) {
            user_store const staff(path, quiet());
            say(1);
            ::pause();
        });
        if (!fs::exists(path)) continue;
        ++made;
        CHECK(user_store(path, quiet()).size() == 0);
    }
    MESSAGE(made << " of 40 files were made");
}

TEST_CASE("a process that is killed while it moves an older file leaves the old or the new one") {
    temporary_directory const here;
    std::mt19937 random(std::random_device{}());
    std::string const old = here.path("old.db");
    user_store(old, quiet()).apply(change(1));
    plain_sql(old, "DROP TABLE changes; DROP TABLE change_state; PRAGMA user_version = 1");
    int moved = 0;
    for (int i = 0; i < 40; ++i) {
        std::string const path = here.path("staff-" + std::to_string(i) + ".db");
        fs::copy(old, path);
        killed_after(up_to(random, 12'000), counted_from::its_start, [&](auto const&) {
            user_store const staff(path, quiet());
            ::pause();
        });
        std::string const schema = plain_sql(path, "PRAGMA user_version");
        CHECK((schema == "1\n" || schema == "2\n"));
        moved += schema == "2\n" ? 1 : 0;
        CHECK(everybody(user_store(path, quiet())) == expected_after(1));
    }
    MESSAGE(moved << " of 40 files were moved");
}

TEST_SUITE("slow") {
    TEST_CASE("a thousand kills lose no change that was committed, and leave no half of one") {
        kill_writers(1'000);
    }
}
