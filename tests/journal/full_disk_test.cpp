// A disk without room, under a journal that is in use: what the policy says happens, nothing that
// was recorded is lost, and what was not recorded is counted to the last event.
#include "concurrency/child.hpp"
#include "concurrency/sanitizers.hpp"
#include "journal/told_sink.hpp"
#include "support/file_size_limit.hpp"
#include "support/skip.hpp"
#include "support/temporary_directory.hpp"
#include "support/watching.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/journal.hpp>
#include <rolecall/policy_builder.hpp>

#include <doctest/doctest.h>

#if defined(__linux__)
#include <sched.h>
#include <sys/mount.h>
#endif

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

TEST_SUITE_BEGIN("threads");

using namespace rolecall;
using namespace rolecall::testing;
namespace fs = std::filesystem;

namespace {

policy shop_of_modes() {
    policy_builder b;
    b.category("account", "Name, address and contact details");
    b.category("payment", "Card and bank details");
    b.category("newsletter", "Who gets it");
    b.role("support")
        .may("account", {"view", "delete"})
        .may("payment", {"view"})
        .may("newsletter", {"view"});
    b.audit()
        .otherwise({audit_demand::block, 5})
        .category("payment", {audit_demand::required, 0})
        .category("newsletter", {audit_demand::best_effort, 0})
        .action("delete", {audit_demand::durable, 5'000});
    return b.build().value();
}

/// What went wrong, in words; the same on a disk that is really full and where files may not grow.
class use_of_full_disk {
public:
    use_of_full_disk(std::string folder, std::function<void()> fill,
                     std::function<void()> make_room)
        : folder_(std::move(folder)), fill_(std::move(fill)), make_room_(std::move(make_room)) {}

    std::vector<std::string> run() {
        {
            journal trail(folder_, {.ring_records = 64, .segment_bytes = 64U << 10U, .sync_ms = 1});
            if (!trail) return {trail.problem()};
            told_sink told(trail);
            authorizer pdp(shop_of_modes(), told);
            for (int i = 0; i < 10; ++i) {
                expect(ask_many(pdp, "payment", view, 20) == 20, "a disk with room refused");
                expect(trail.sync(), "a disk with room did not sync");
            }
            expect(trail.status().writing, "it does not write");
            fill_();
            refuse(pdp, trail, told);
            make_room_();
            expect(eventually([&] { return static_cast<bool>(ask(pdp, "payment", view)); }),
                   "with room again, it goes on refusing");
            expect(trail.problem().empty(), "a problem stays");
            expect(ask_many(pdp, "account", delete_, 3) == 3, "nothing is durable any more");
            expect(trail.failures() == told.refused(), "failures are counted wrongly");
            told_ = told.told();
        }
        for (std::string const& p : told_.compare(folder_)) wrong_.push_back(p);
        expect(told_.refused > 100, "hardly anything was refused");
        expect(told_.let_through > 100, "hardly anything was let through");
        return wrong_;
    }

private:
    void refuse(authorizer const& pdp, journal const& trail, told_sink const& told) {
        expect(eventually([&] {
                   ask_many(pdp, "newsletter", view, 20);
                   return !trail.status().writing;
               }),
               "a full disk is not noticed");
        expect(!trail.problem().empty(), "no problem");
        // For a while: the rings fill as well.
        expect(ask_many(pdp, "payment", view, 150) == 0, "required, and it let through");
        expect(ask_many(pdp, "newsletter", view, 150) == 150, "best effort, and it refused");
        expect(ask_many(pdp, "account", view, 10) == 0, "blocked in vain, and it let through");
        expect(ask_many(pdp, "account", delete_, 1) == 0, "not on the disk, and it let through");
        std::uint64_t const before = told.refused();
        std::vector<std::thread> threads;
        for (int t = 0; t < 3; ++t)
            threads.emplace_back([&] { ask_many(pdp, "newsletter", view, 150); });
        for (std::thread& t : threads) t.join();
        expect(told.refused() > before, "other threads recorded on a full disk");
    }

    response ask(authorizer const& pdp, char const* category, action what) {
        std::string const id = std::to_string(++asked_);
        request question{subject::role("support"), what == view ? "view" : "delete", category};
        question.record = id;
        return pdp.decide(question);
    }

    int ask_many(authorizer const& pdp, char const* category, action what, int count) {
        int allowed = 0;
        for (int i = 0; i < count; ++i) allowed += ask(pdp, category, what) ? 1 : 0;
        return allowed;
    }

    void expect(bool is_so, char const* otherwise) {
        if (!is_so) wrong_.emplace_back(otherwise);
    }

    std::string folder_;
    std::function<void()> fill_, make_room_;
    std::atomic<std::uint64_t> asked_{0};
    told_in_all told_;
    std::vector<std::string> wrong_;
};

#if defined(__linux__)

constexpr int no_mounts = 77;

int use_small_disk(std::string const& folder) {
    if (::unshare(CLONE_NEWNS) != 0 ||
        ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=300k") != 0)
        return no_mounts;
    std::string const ballast = folder + "/ballast";
    use_of_full_disk use(
        folder + "/journal",
        [&] {
            std::ofstream fill(ballast, std::ios::binary);
            std::string const page(4'096, 'x');
            while (fill.write(page.data(), 4'096).flush()) {}
        },
        [&] { fs::remove(ballast); });
    auto const wrong = use.run();
    for (std::string const& w : wrong) std::fprintf(stderr, "on a small disk: %s\n", w.c_str());
    return wrong.empty() ? 0 : 1;
}

#endif

}  // namespace

TEST_CASE(
    "where files may not grow, the policy says what happens, and every event is accounted for") {
    temporary_directory const here;
    std::optional<file_size_limit> full;
    use_of_full_disk use(
        here.path("journal"), [&] { full.emplace(4'096); }, [&] { full.reset(); });
    for (std::string const& wrong : use.run()) FAIL_CHECK(wrong);
}

TEST_CASE("on a disk that is really full the same happens") {
#if defined(__linux__)
    if (under_tsan) {
        skip("ThreadSanitizer does not start threads in a child of a process that had some");
        return;
    }
    temporary_directory const here;
    child_end const end = in_child(120, [&] { return use_small_disk(here.path()); });
    if (end.code == no_mounts) {
        skip("only root can make a small disk");
        return;
    }
    CHECK(end.signal == 0);
    CHECK(end.code == 0);
#endif
}

TEST_SUITE_END();
