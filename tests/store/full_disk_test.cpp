// A disk without room: a clear error, nothing changed, and all is well once there is room again.
#include "concurrency/child.hpp"
#include "store/stored_users.hpp"
#include "support/file_size_limit.hpp"
#include "support/skip.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/user_store.hpp>

#include <doctest/doctest.h>

#if defined(__linux__)
#include <sched.h>
#include <sys/mount.h>
#endif

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;
namespace fs = std::filesystem;
using kind = user_store_error::kind;

namespace {

std::vector<user_edit> crowd_of(int users, std::string const& name) {
    std::vector<user_edit> edits;
    for (int i = 0; i < users; ++i) {
        std::string const id = name + '-' + std::to_string(i);
        edits.push_back(user_edit::add_user(id));
        edits.push_back(user_edit::assign(id, "support"));
    }
    return edits;
}

#if defined(__linux__)

constexpr int no_mounts = 77;

// On a disk of one megabyte, in a process of its own. Gives the step that went wrong.
int use_small_disk(std::string const& folder) {
    if (::unshare(CLONE_NEWNS) != 0 ||
        ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=1m") != 0)
        return no_mounts;
    std::string const path = folder + "/staff.db";
    std::string const ballast = folder + "/ballast";
    user_store staff(path, quiet());
    staff.apply(crowd_of(100, "early"));
    auto const before = everybody(staff);
    {
        std::ofstream fill(ballast, std::ios::binary);
        std::string const page(4'096, 'x');
        while (fill.write(page.data(), 4'096).flush()) {}
    }
    if (error_of([&] { staff.apply(crowd_of(5'000, "late")); }) != kind::no_space) return 1;
    if (everybody(staff) != before) return 2;
    if (error_of_opening(folder + "/other.db", quiet()) != kind::no_space) return 3;
    if (fs::exists(folder + "/other.db")) return 4;
    if (everybody(user_store(path, reading())) != before) return 5;
    fs::remove(ballast);
    if (!staff.apply(crowd_of(500, "late")).committed) return 6;
    if (staff.size() != 600) return 7;
    return everybody(user_store(path, reading())) == everybody(staff) ? 0 : 8;
}

#endif

}  // namespace

TEST_CASE("what does not fit on the disk is refused, and the store goes on when there is room") {
    temporary_directory const here;
    std::string const path = here.path("staff.db");
    user_store staff(path, quiet());
    staff.apply(crowd_of(100, "early"));
    user_list const before = *everybody(staff);
    std::optional<kind> many;
    std::optional<kind> one_by_one;
    {
        file_size_limit const full(fs::file_size(path + "-wal") + 20'000);
        many = error_of([&] { staff.apply(crowd_of(5'000, "late")); });
        one_by_one = error_of([&] {
            for (;;) staff.assign("early-1", "billing") || staff.deassign("early-1", "billing");
        });
    }
    CHECK(many == kind::no_space);
    CHECK(one_by_one == kind::no_space);
    user_list const after = *everybody(staff);
    CHECK(everybody(user_store(path, reading())) == after);
    CHECK(staff.status().available);
    staff.deassign("early-1", "billing");
    CHECK(everybody(staff) == before);
    CHECK(staff.apply(crowd_of(5'000, "late")).committed);
    CHECK(everybody(user_store(path, reading())) == everybody(staff));
}

TEST_CASE("a file that does not fit on the disk is not made") {
    temporary_directory const here;
    std::optional<kind> why;
    {
        file_size_limit const full(5'000);
        why = error_of_opening(here.path("staff.db"), quiet());
    }
    CHECK(why == kind::no_space);
    CHECK(fs::is_empty(here.path()));
}

TEST_CASE("on a disk that is really full nothing is lost either") {
#if defined(__linux__)
    temporary_directory const here;
    child_end const end = in_child(60, [&] { return use_small_disk(here.path()); });
    if (end.code == no_mounts) {
        skip("only root can make a small disk");
        return;
    }
    CHECK(end.signal == 0);
    CHECK(end.code == 0);
#endif
}
