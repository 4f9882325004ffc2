// A watcher with its thread: what wakes it, what it disturbs, how it ends.
#include "support/watching.hpp"
#include "watch/wake.hpp"

#include <doctest/doctest.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#if defined(__linux__)
#include <sys/inotify.h>
#endif

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define ROLECALL_TESTS_UNDER_SANITIZER
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ROLECALL_TESTS_UNDER_SANITIZER
#endif

using namespace rolecall;
using namespace rolecall::testing;
namespace fs = std::filesystem;

TEST_CASE("polling alone finds every change") {
    watched_policy const shop;
    policy_watcher const watcher{shop.pdp(), shop.path, often()};
    CHECK(watcher.status().running);
    CHECK(eventually([&] { return watcher.status().looks > 0; }));
    CHECK(shop.pdp().version() == 1);
    shop.publish("shop.yaml", support_may("modify"));
    CHECK(eventually([&] { return shop.may("modify"); }));
    shop.publish("shop.yaml", no_policy);
    CHECK(eventually([&] { return watcher.status().refused; }));
    CHECK(shop.may("modify"));
    shop.publish("shop.yaml", support_may("delete"));
    CHECK(eventually([&] { return shop.may("delete"); }));
    CHECK(eventually([&] { return !watcher.status().refused; }));
    CHECK(watcher.status().activations == 2);
    CHECK(watcher.status().refusals == 1);
}

#if defined(__linux__)
TEST_CASE("a change is found at once where the system tells of it") {
    int const hints = ::inotify_init1(IN_CLOEXEC);
    if (hints < 0) return;  // the limits of this machine are reached
    watch_options options;
    options.settle_ms = 1;
    options.poll_ms = 3'600'000;

    SUBCASE("to a file, in place or by a new name") {
        watched_policy const shop;
        policy_watcher const watcher{shop.pdp(), shop.path, options};
        CHECK(eventually([&] { return watcher.status().looks >= 2; }));
        shop.publish("shop.yaml", support_may("modify"));
        CHECK(eventually([&] { return shop.may("modify"); }));
        shop.here.write("shop.yaml", support_may("delete"));
        CHECK(eventually([&] { return shop.may("delete"); }));
        shop.publish("shop.yaml", support_may("view"));
        CHECK(eventually([&] { return shop.may("view"); }));
    }
    SUBCASE("to files of a directory, below it, and to the directory itself") {
        watched_policy const shop("shop", "a.yaml");
        policy_watcher const watcher{shop.pdp(), shop.path, options};
        CHECK(eventually([&] { return watcher.status().looks >= 2; }));
        shop.here.write("shop/a.yaml", support_may("modify"));
        CHECK(eventually([&] { return shop.may("modify"); }));
        shop.here.write("shop/never/calm.yaml", "rolecall: 1\n");
        CHECK(eventually([&] { return watcher.status().activations == 2; }));
        shop.publish("shop/never/calm.yaml", "rolecall: 1\nnever: {calm: {actions: modify}}\n");
        CHECK(eventually([&] { return !shop.may("modify"); }));
        for (std::string_view const what : {"delete", "colour"}) {
            shop.here.write("next/a.yaml", support_may(what));
            fs::rename(shop.path, shop.here.path("old"));
            fs::rename(shop.here.path("next"), shop.path);
            CHECK(eventually([&] { return shop.may(what); }));
            fs::remove_all(shop.here.path("old"));
        }
        shop.here.write("shop/a.yaml", support_may("view"));
        CHECK(eventually([&] { return shop.may("view"); }));
    }
    SUBCASE("to a path that is not there yet, and to a link") {
        watched_policy shop;
        shop.here.write("releases/1/a.yaml", support_may("view"));
        CHECK(shop.may("view"));
        shop.path = shop.here.path("now");
        policy_watcher const watcher{shop.pdp(), shop.path, options};
        CHECK(eventually([&] { return watcher.status().looks >= 2; }));
        CHECK(watcher.status().refused);
        for (std::string_view const what : {"modify", "delete", "colour"}) {
            shop.here.write("releases/" + std::string(what) + "/a.yaml", support_may(what));
            shop.here.link(".next", "releases/" + std::string(what));
            fs::rename(shop.here.path(".next"), shop.path);
            CHECK(eventually([&] { return shop.may(what); }));
        }
    }
    ::close(hints);
}

TEST_CASE("what is no longer a part of the policy is no longer listened to") {
    temporary_directory const here;
    watch::change_hints hints(true);
    if (hints.source() == nullptr) return;  // the limits of this machine are reached
    auto const count = [&] {
        std::ifstream listing("/proc/self/fdinfo/" + std::to_string(hints.source()->number()));
        int found = 0;
        for (std::string line; std::getline(listing, line);)
            found += line.starts_with("inotify wd:") ? 1 : 0;
        return found;
    };
    std::string const one = here.make_directory("one");
    std::string const two = here.make_directory("two");
    std::string const path = here.path("policy");
    CHECK(hints.follow(path, {one, two}));
    CHECK(count() == 3);  // and the directory in which `policy` has its name
    CHECK_FALSE(hints.follow(path, {one}));
    CHECK(count() == 2);
    here.write("two/a.yaml", "text");
    CHECK_FALSE(hints.take());
    here.write("one/a.yaml", "text");
    CHECK(hints.take());
    CHECK_FALSE(hints.take());
    CHECK(hints.follow(path, {two}));
    CHECK(count() == 2);
}
#endif

TEST_CASE("what happens beside a policy does not wake its watcher") {
    watched_policy const shop;
    watch_options options;
    options.settle_ms = 0;
    options.poll_ms = 3'600'000;
    policy_watcher watcher{shop.pdp(), shop.path, options};
    CHECK(eventually([&] { return watcher.status().looks >= 2; }));
    std::uint64_t const before = watcher.status().looks;
    for (int i = 0; i < 50; ++i) {
        shop.here.write("beside-" + std::to_string(i), "text");
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    CHECK(watcher.status().looks == before);
}

TEST_CASE("an answer always fits the version that gave it, however often the policy changes") {
    // Odd versions let support modify, even ones delete.
    watched_policy const shop;
    authorizer pdp{yaml::load_text(support_may("modify")).value(),
                   [](audit_event const&) noexcept { return recorded::yes; }};
    shop.publish("shop.yaml", support_may("modify"));
    policy_watcher watcher{pdp, shop.path, by_hand()};
    auto const account = pdp.category("account").value();
    std::atomic<bool> stop{false};
    std::atomic<std::uint64_t> asked{0};
    std::atomic<std::uint64_t> wrong{0};
    std::vector<std::thread> readers;
    for (int i = 0; i < 2; ++i)
        readers.emplace_back([&] {
            auto const dana = pdp.session("dana", {"support"}).value();
            std::uint32_t newest = 0;
            while (!stop) {
                auto const modified = pdp.decide(dana, rolecall::modify, account);
                auto const deleted = pdp.decide(dana, rolecall::delete_, account);
                std::uint64_t bad = 0;
                bad += bool(modified) != (modified.policy_version % 2 == 1) ? 1U : 0U;
                bad += bool(deleted) != (deleted.policy_version % 2 == 0) ? 1U : 0U;
                bad += deleted.policy_version < modified.policy_version ? 1U : 0U;
                bad += modified.policy_version < newest ? 1U : 0U;
                newest = deleted.policy_version;
                auto const pinned = pdp.pinned();
                bad += pinned->allows("support", "modify", "account") ==
                               pinned->allows("support", "delete", "account")
                           ? 1U
                           : 0U;
                wrong += bad;
                if (++asked % 256 == 0)  // the writer shall have its turn
                    std::this_thread::sleep_for(std::chrono::microseconds(100));
            }
        });
    constexpr int edits = 2000;
    int activated = 0;
    for (int i = 0; i < edits; ++i) {
        shop.publish("shop.yaml", support_may(i % 2 == 0 ? "delete" : "modify"));
        if (i % 16 == 8) {
            shop.publish("shop.yaml", no_policy);
            CHECK(watcher.check_now() == watch_outcome::refused);
            shop.publish("shop.yaml", support_may(i % 2 == 0 ? "delete" : "modify"));
        }
        activated += watcher.check_now() == watch_outcome::activated ? 1 : 0;
    }
    CHECK(eventually([&] { return asked > 100; }));
    stop = true;
    for (std::thread& reader : readers) reader.join();
    CHECK(activated == edits);
    CHECK(wrong == 0);
    CHECK(pdp.version() > edits / 2);
}

TEST_CASE("a watcher can be destroyed at any time") {
    watched_policy const shop;
    for (int i = 0; i < 200; ++i) {
        shop.publish("shop.yaml", support_may(i % 2 == 0 ? "delete" : "modify"));
        policy_watcher const watcher{shop.pdp(), shop.path, often()};
        if (i % 4 != 0) std::this_thread::sleep_for(std::chrono::microseconds(i * 20));
    }
    CHECK((shop.may("view") || shop.may("modify") || shop.may("delete")));
}

TEST_CASE("who destroys a watcher waits for the look that is going on, and not for the next") {
    temporary_directory const here;
    std::string const path = here.write("a.yaml", support_may("view"));
    std::atomic<bool> inside{false};
    std::atomic<bool> done{false};
    authorizer pdp{yaml::load(path).value(), [&](audit_event const&) noexcept {
                       inside = true;
                       std::this_thread::sleep_for(std::chrono::milliseconds(50));
                       done = true;
                       return recorded::yes;
                   }};
    here.write("a.yaml", support_may("modify"));
    {
        auto options = often();
        options.poll_ms = 3'600'000;
        policy_watcher const watcher{pdp, path, options};
        CHECK(eventually([&] { return inside.load(); }));
    }
    CHECK(done);

    auto options = often();
    options.settle_ms = 3'600'000;
    here.write("a.yaml", support_may("delete"));
    { policy_watcher const watcher{pdp, path, options}; }
    CHECK(pdp.allows("support", "modify", "account"));
}

TEST_CASE("the thread of a watcher has a name and takes no signals") {
    watched_policy const shop;
    std::atomic<int> blocked{-1};
    std::array<char, 16> name{};
    shop.publish("shop.yaml", support_may("modify"));
    {
        policy_watcher const watcher{
            shop.pdp(), shop.path,
            [&](watch_status const&) {
                sigset_t now{};
                ::pthread_sigmask(SIG_SETMASK, nullptr, &now);
                ::pthread_getname_np(::pthread_self(), name.data(), name.size());
                blocked = ::sigismember(&now, SIGTERM) + ::sigismember(&now, SIGALRM) +
                          ::sigismember(&now, SIGUSR1);
            },
            often()};
        CHECK(shop.pdp().version() == 1);
        shop.publish("shop.yaml", support_may("delete"));
        CHECK(eventually([&] { return blocked >= 0; }));
    }
    CHECK(blocked == 3);
    CHECK(std::string(name.data()) == "rolecall-watch");
    sigset_t ours{};
    ::pthread_sigmask(SIG_SETMASK, nullptr, &ours);
    CHECK(::sigismember(&ours, SIGTERM) == 0);
}

namespace {

// The exit code of a child process that does this; or the number of the signal, negative.
template <class Work>
int in_child(Work&& work) {
    pid_t const child = ::fork();
    if (child == 0) ::_exit(work());
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {}
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace

TEST_CASE("a child process does not inherit a watcher, and makes its own") {
    watched_policy const shop;
    auto* const watcher = new policy_watcher{shop.pdp(), shop.path, often()};
    for (int i = 0; i < 20; ++i) {
        shop.publish("shop.yaml", support_may(i % 2 == 0 ? "delete" : "modify"));
        int const code = in_child([&] {
            ::alarm(60);  // should it hang
            if (watcher->check_now() != watch_outcome::unchanged) return 1;
            if (watcher->status().running) return 2;
            delete watcher;
            std::uint32_t const version = shop.pdp().version();
            policy_watcher own{shop.pdp(), shop.path, by_hand()};
            shop.publish("shop.yaml", support_may("colour") + "# " + std::to_string(i) + '\n');
            if (own.check_now() != watch_outcome::activated) return 3;
            if (shop.pdp().version() != version + 1) return 4;
            return shop.may("colour") ? 0 : 5;
        });
        CHECK(code == 0);
    }
    shop.publish("shop.yaml", support_may("modify"));
    CHECK(eventually([&] { return shop.may("modify"); }));
    delete watcher;
}

#if !defined(ROLECALL_TESTS_UNDER_SANITIZER)
namespace {

// A process that gets no more memory, and has no piece left of a megabyte.
class no_memory {
public:
    no_memory() {
        pieces_.reserve(100'000);
        ::getrlimit(RLIMIT_AS, &before_);
        rlimit const none{1, before_.rlim_max};
        ::setrlimit(RLIMIT_AS, &none);
        while (void* const piece = std::malloc(std::size_t{1} << 20U)) pieces_.push_back(piece);
    }
    no_memory(no_memory const&) = delete;
    no_memory& operator=(no_memory const&) = delete;
    ~no_memory() {
        ::setrlimit(RLIMIT_AS, &before_);
        for (void* const piece : pieces_) std::free(piece);
    }

private:
    rlimit before_{};
    std::vector<void*> pieces_;
};

}  // namespace

TEST_CASE("where memory runs out the policy stays, which is told once, and it is tried again") {
    watched_policy const shop;
    CHECK(shop.may("view"));
    std::size_t const many = std::size_t{8} << 20U;
    shop.publish("shop.yaml", support_may("modify") + '#' + std::string(many, 'a') + '\n');
    int const code = in_child([&] {
        policy_watcher watcher{shop.pdp(), shop.path, by_hand()};
        {
            no_memory const meanwhile;
            if (watcher.check_now() != watch_outcome::refused) return 1;
            if (watcher.check_now() != watch_outcome::unchanged) return 2;
            if (watcher.status().problem != "memory ran out while the policy was loaded") return 3;
            if (!shop.may("view") || shop.told.total() != 1) return 4;
        }
        if (watcher.check_now() != watch_outcome::activated) return 5;
        return shop.may("modify") && !watcher.status().refused ? 0 : 6;
    });
    CHECK(code == 0);
}
#endif
