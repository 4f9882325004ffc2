// Which changes of files a watcher sees, however they are made.
#include "support/watching.hpp"
#include "watch/files_read.hpp"
#include "watch/fingerprint.hpp"
#include "watch/watcher_state.hpp"
#include <rolecall/document.hpp>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;
namespace fs = std::filesystem;

namespace {

// What the thread of a watcher does each time, without the thread.
class looks {
public:
    explicit looks(watched_policy const& shop)
        : state_(shop.pdp(), shop.path, by_hand(), detail::listener_handle()) {}
    watch_outcome operator()() { return state_.look(false); }
    watch_outcome whatever_the_dates_say() { return state_.look(true); }

private:
    detail::watcher_state state_;
};

void date_back(std::string const& path) {
    std::array<timespec, 2> const times{{{1'000'000, 0}, {1'000'000, 0}}};
    REQUIRE(::utimensat(AT_FDCWD, path.c_str(), times.data(), 0) == 0);
}

}  // namespace

TEST_CASE("an edit of the same size within the same tick of the clock is noticed") {
    watched_policy const shop;
    looks look(shop);
    CHECK(look() == watch_outcome::unchanged);
    for (int i = 0; i < 100; ++i) {
        std::string_view const what = i % 2 == 0 ? "modify" : "delete";
        std::string const text = support_may(what);
        int const file = ::open(shop.path.c_str(), O_WRONLY | O_CLOEXEC);
        REQUIRE(file >= 0);
        CHECK(::pwrite(file, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()));
        CHECK(::ftruncate(file, static_cast<off_t>(text.size())) == 0);
        ::close(file);
        date_back(shop.path);
        CHECK(look() == watch_outcome::activated);
        CHECK(shop.may(what));
    }
}

namespace {

// A file whose contents can be changed, as on most file systems, without any date that tells.
class mapped_file {
public:
    mapped_file(std::string const& path, std::size_t size) : size_(size) {
        int const file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
        REQUIRE(file >= 0);
        bytes_ = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        ::close(file);
        REQUIRE(bytes_ != MAP_FAILED);
    }
    mapped_file(mapped_file const&) = delete;
    mapped_file& operator=(mapped_file const&) = delete;
    ~mapped_file() { ::munmap(bytes_, size_); }

    void say(std::string const& text) {
        REQUIRE(text.size() == size_);
        std::memcpy(bytes_, text.data(), size_);
    }

private:
    std::size_t size_;
    void* bytes_;
};

}  // namespace

TEST_CASE("what changed lately is read again, even where no date tells of a change") {
    watched_policy const shop;
    looks look(shop);
    shop.publish("shop.yaml", support_may("modify"));
    mapped_file file(shop.path, support_may("modify").size());
    file.say(support_may("modify"));
    CHECK(look() == watch_outcome::activated);
    for (std::string_view const what : {"delete", "colour", "modify"}) {
        file.say(support_may(what));
        CHECK(look() == watch_outcome::activated);
        CHECK(shop.may(what));
    }
}

TEST_CASE("who asks for a look gets one at the bytes, even where no date tells of a change") {
    watched_policy const shop;
    shop.publish("shop.yaml", support_may("modify"));
    mapped_file file(shop.path, support_may("modify").size());
    file.say(support_may("modify"));
    std::this_thread::sleep_for(std::chrono::nanoseconds(watch::fingerprint::grain + 100'000'000));
    looks look(shop);
    CHECK(look() == watch_outcome::unchanged);
    file.say(support_may("delete"));
    watch_outcome const by_dates = look();  // a file system may be better than most
    watch_outcome const by_bytes = look.whatever_the_dates_say();
    CHECK((by_dates == watch_outcome::activated || by_bytes == watch_outcome::activated));
    CHECK(shop.may("delete"));
}

TEST_CASE("a fingerprint is trusted once it is older than the grain of dates") {
    constexpr std::int64_t now = 1'790'000'000'000'000'000;
    auto const taken_at = [](std::int64_t newest) {
        watch::fingerprint f;
        f.newest = newest;
        f.taken = now;
        return f.trusted();
    };
    CHECK(taken_at(now - 2'000'000'001));
    CHECK_FALSE(taken_at(now - 2'000'000'000));
    CHECK_FALSE(taken_at(now));
    CHECK_FALSE(taken_at(now + 3'600'000'000'000));  // a clock that was set back

    watched_policy const shop;
    date_back(shop.path);  // dates of contents can be set; those of changes can't
    CHECK_FALSE(watch::fingerprint_of(shop.path).trusted());
}

TEST_CASE("a fingerprint tells what may be a part of the policy from what is none") {
    temporary_directory const here;
    here.write("shop/a.yaml", "a");
    std::string const path = here.path("shop");
    auto const signs = [&] { return watch::fingerprint_of(path).signs; };
    std::string before = signs();
    auto const changes = [&] {
        std::string const now = signs();
        return std::exchange(before, now) != now;
    };
    CHECK_FALSE(changes());
    here.write("shop/README.md", "text");
    here.write("shop/.a.yaml.swp", "text");
    here.write("shop/.git/b.yaml", "text");
    CHECK_FALSE(changes());
    for (char const* name : {"a.yaml", "b.yaml", "never.yml", "x.yaml.bak", "roles/c.yaml"}) {
        INFO(name);
        here.write(std::string("shop/") + name, "a longer text");
        CHECK(changes());
        CHECK_FALSE(changes());
    }
    here.make_directory("shop/old.yaml");
    CHECK(changes());
    here.link("shop/notes", "..");
    CHECK(changes());
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // a tick of the clock
    here.write("shop/a.yaml", "A LONGER TEXT");
    CHECK(changes());
    here.write("shop/.1/d.yaml", "text");
    here.write("shop/.2/d.yaml", "text");
    here.link("shop/.data", ".1");
    here.link("shop/d.yaml", ".data/d.yaml");
    CHECK(changes());
    fs::remove(here.path("shop/.data"));
    here.link("shop/.data", ".2");
    CHECK(changes());
    fs::permissions(here.path("shop/a.yaml"), fs::perms::owner_read);
    CHECK(changes());
    CHECK(watch::fingerprint_of(path).directories ==
          std::vector{path, path + "/old.yaml", path + "/roles"});
    fs::rename(path, here.path("other"));
    CHECK(changes());
    CHECK_FALSE(changes());
}

TEST_CASE("a file that is renamed over the policy is the policy") {
    watched_policy const shop;
    looks look(shop);
    CHECK(look() == watch_outcome::unchanged);
    for (std::string_view const what : {"modify", "delete", "colour", "view"}) {
        shop.publish("shop.yaml", support_may(what));
        CHECK(look() == watch_outcome::activated);
        CHECK(shop.may(what));
    }
}

TEST_CASE("a file that comes into a directory, or leaves it, is seen") {
    watched_policy const shop("shop", "roles/support.yaml");
    looks look(shop);
    CHECK(look() == watch_outcome::unchanged);
    std::string const guard = "rolecall: 1\nnever: {calm: {actions: view}}\n";
    shop.here.write("shop/never/calm.yaml", guard);
    CHECK(look() == watch_outcome::activated);
    CHECK_FALSE(shop.may("view"));
    fs::remove(shop.here.path("shop/never/calm.yaml"));
    CHECK(look() == watch_outcome::activated);
    CHECK(shop.may("view"));

    shop.here.write("shop/never.yml", guard);
    CHECK(look() == watch_outcome::refused);
    CHECK(shop.last().refused_digest.empty());
    fs::remove(shop.here.path("shop/never.yml"));
    CHECK(look() == watch_outcome::unchanged);

    fs::remove_all(shop.here.path("shop/roles"));
    CHECK(look() == watch_outcome::refused);
    CHECK(shop.last().problem.find("[no-policy-file]") != std::string::npos);
    CHECK(shop.may("view"));
}

TEST_CASE("files that have nothing to do with the policy are no change") {
    watched_policy const shop("shop", "a.yaml");
    looks look(shop);
    CHECK(look() == watch_outcome::unchanged);
    shop.here.write("shop/README.md", "text");
    shop.here.write("shop/.b.yaml", "nonsense");
    shop.here.write("beside.yaml", "nonsense");
    fs::last_write_time(shop.here.path("shop/a.yaml"), fs::file_time_type::clock::now());
    CHECK(look() == watch_outcome::unchanged);
    CHECK(shop.told.total() == 0);
}

TEST_CASE("a directory that is replaced as a whole is the policy") {
    watched_policy const shop("shop", "a.yaml");
    looks look(shop);
    CHECK(look() == watch_outcome::unchanged);
    shop.here.write("next/a.yaml", support_may("modify"));
    fs::rename(shop.here.path("shop"), shop.here.path("before"));
    CHECK(look() == watch_outcome::refused);
    CHECK(shop.last().problem ==
          shop.path + ": error: can't be read (No such file or directory) [unreadable-file]");
    CHECK(shop.last().refused_digest.empty());
    CHECK(look() == watch_outcome::unchanged);
    fs::rename(shop.here.path("next"), shop.here.path("shop"));
    CHECK(look() == watch_outcome::activated);
    CHECK(shop.may("modify"));
}

TEST_CASE("a link that is pointed to another release makes that the policy") {
    watched_policy shop;
    shop.here.write("releases/1/a.yaml", support_may("view"));
    shop.here.write("releases/2/a.yaml", support_may("modify"));
    shop.here.link("now", "releases/1");
    shop.path = shop.here.path("now");
    looks look(shop);
    CHECK(look() == watch_outcome::unchanged);
    shop.here.link("next", "releases/2");
    fs::rename(shop.here.path("next"), shop.here.path("now"));
    CHECK(look() == watch_outcome::activated);
    CHECK(shop.may("modify"));
}

TEST_CASE("a link within the directory is followed, and what it leads to is watched") {
    watched_policy shop;
    shop.here.write("shop/..1/a.yaml", support_may("modify"));
    shop.here.write("shop/..2/a.yaml", support_may("delete"));
    shop.here.link("shop/..data", "..1");
    shop.here.link("shop/a.yaml", "..data/a.yaml");
    shop.path = shop.here.path("shop");
    looks look(shop);
    CHECK(look() == watch_outcome::unchanged);
    CHECK(shop.may("modify"));
    shop.here.link("shop/..new", "..2");
    fs::rename(shop.here.path("shop/..new"), shop.here.path("shop/..data"));
    CHECK(look() == watch_outcome::activated);
    CHECK(shop.may("delete"));

    shop.here.write("outside.yaml", support_may("all"));
    shop.here.link("shop/b.yaml", "../outside.yaml");
    CHECK(look() == watch_outcome::refused);
    CHECK(shop.last().problem.find("[symbolic-link]") != std::string::npos);
    CHECK_FALSE(shop.may("view"));
}

TEST_CASE("a path that names nothing is refused once, whatever it is") {
    watched_policy const shop;
    for (std::string const& path :
         {std::string(), shop.here.path("nowhere"), shop.here.path("nowhere/"),
          shop.path + std::string(1, '\0'), std::string("/dev/null"), shop.path + "/a"}) {
        INFO(path);
        policy_watcher watcher{shop.pdp(), path, by_hand()};
        CHECK(watcher.check_now() == watch_outcome::refused);
        CHECK(watcher.check_now() == watch_outcome::unchanged);
        CHECK(watcher.status().refused);
        CHECK(watcher.status().problem.find("[unreadable-file]") != std::string::npos);
    }
    CHECK(shop.told.total() == 6);
    CHECK(shop.may("view"));
}

namespace {

// Somebody without privileges, for a while.
class nobody {
public:
    nobody() {
        if (root_) CHECK(::seteuid(65'534) == 0);
    }
    nobody(nobody const&) = delete;
    nobody& operator=(nobody const&) = delete;
    ~nobody() {
        if (root_) CHECK(::seteuid(0) == 0);
    }

private:
    bool root_ = ::geteuid() == 0;
};

}  // namespace

TEST_CASE("a file that may not be read leaves the policy as it is") {
    watched_policy const shop("shop", "a.yaml");
    shop.here.write("shop/b.yaml", "rolecall: 1\nroles: {boss: The boss}\n");
    fs::permissions(shop.here.path(), fs::perms{0755});
    fs::permissions(shop.here.path("shop"), fs::perms{0755});
    looks look(shop);
    CHECK(look() == watch_outcome::unchanged);
    fs::permissions(shop.here.path("shop/b.yaml"), fs::perms::none);
    {
        nobody const from_here;
        CHECK(look() == watch_outcome::refused);
        CHECK(look() == watch_outcome::unchanged);
    }
    CHECK(shop.last().problem == shop.here.path("shop/b.yaml") +
                                     ": error: can't be read (Permission denied) "
                                     "[unreadable-file]");
    CHECK(shop.last().refused_digest.empty());
    fs::permissions(shop.here.path("shop/b.yaml"), fs::perms{0644});
    CHECK(look() == watch_outcome::unchanged);
    CHECK(shop.told.total() == 1);
}

TEST_CASE("a file that is too large is refused, and has no digest") {
    watched_policy const shop;
    auto options = by_hand();
    options.load.max_file_bytes = 1000;
    policy_watcher watcher{shop.pdp(), shop.path, options};
    shop.publish("shop.yaml", support_may("modify") + std::string(1000, '#'));
    CHECK(watcher.check_now() == watch_outcome::refused);
    CHECK(shop.last().problem.find("[file-too-large]") != std::string::npos);
    CHECK(shop.last().refused_digest.empty());
}

TEST_CASE("files that go on changing are refused, and taken when they rest") {
    watched_policy const shop;
    auto options = by_hand();
    options.settle_ms = 5;
    policy_watcher watcher{shop.pdp(), shop.path, options};
    std::atomic<bool> stop{false};
    std::thread writer([&] {
        for (int i = 0; !stop; ++i)
            shop.publish("shop.yaml", support_may("modify") + "# " + std::to_string(i) + '\n');
    });
    CHECK(eventually([&] {
        return watcher.check_now() == watch_outcome::refused &&
               watcher.status().problem.find("kept changing") != std::string::npos;
    }));
    std::uint64_t const told = shop.told.total();
    stop = true;
    writer.join();
    CHECK(shop.last().refused_digest.empty());
    CHECK(watcher.check_now() == watch_outcome::activated);
    CHECK(shop.told.total() == told + 1);
    CHECK(shop.may("modify"));
}

namespace {

// The number behind the first `# ` of a file.
int number_in(source_file const& file) {
    return std::stoi(file.text.substr(file.text.find("# ") + 2));
}

std::string numbered(std::string const& text, unsigned n) {
    return text + "# " + std::to_string(n) + '\n' + std::string(n % 40U, '#') + '\n';
}

}  // namespace

TEST_CASE("files that change while they are read are never mixed") {
    // First a.yaml gets the next number and then z.yaml, which so never has a greater one. Many
    // files lie between them, so that reading takes longer than writing.
    std::string const z = "rolecall: 1\nroles: {boss: The boss}\n";
    watched_policy const shop("shop", "a.yaml");
    for (int i = 100; i < 200; ++i)
        shop.here.write("shop/m" + std::to_string(i) + ".yaml", "rolecall: 1\n");
    shop.publish("shop/a.yaml", numbered(support_may("view"), 0));
    shop.publish("shop/z.yaml", numbered(z, 0));
    policy_watcher watcher{shop.pdp(), shop.path, by_hand()};
    std::atomic<bool> stop{false};
    std::thread writer([&] {
        for (unsigned n = 1; !stop; ++n) {
            shop.publish("shop/a.yaml", numbered(support_may("view"), n));
            shop.publish("shop/z.yaml", numbered(z, n));
            std::this_thread::sleep_for(std::chrono::microseconds(n * 1237 % 20'000));
        }
    });
    int taken = 0;
    int mixed = 0;
    CHECK(eventually([&] {
        if (watcher.check_now() == watch_outcome::activated) {
            policy const now = shop.pdp().current();
            auto const& files = now.source().files;
            ++taken;
            mixed += number_in(files.back()) > number_in(files.front()) ? 1 : 0;
        }
        return taken >= 50;
    }));
    stop = true;
    writer.join();
    CHECK(mixed == 0);
}

TEST_CASE("a relative path stays what it was when the process goes elsewhere") {
    watched_policy const shop("shop", "a.yaml");
    fs::path const before = fs::current_path();
    fs::current_path(shop.here.path());
    authorizer pdp{yaml::load("shop").value(), shop.told};
    policy_watcher watcher{pdp, "shop", by_hand()};
    fs::current_path(before);
    CHECK(watcher.check_now() == watch_outcome::unchanged);
    shop.publish("shop/a.yaml", no_policy);
    CHECK(watcher.check_now() == watch_outcome::refused);
    CHECK(watcher.status().problem.substr(0, 15) == "shop/a.yaml:3:2");
}

TEST_CASE("the digest of refused files is what sha256sum makes of them") {
    watched_policy const shop("shop", "a.yaml");
    policy_watcher watcher{shop.pdp(), shop.path, by_hand()};
    shop.here.write("shop/roles/b c.yaml", no_policy);
    shop.here.write("shop/roles/back\\slash.yaml", "rolecall: 1\n");
    shop.here.write("shop/roles/line\nbreak.yaml", "rolecall: 1\n");
    CHECK(watcher.check_now() == watch_outcome::refused);

    std::string const command = "cd '" + shop.path +
                                "' && find * -name '*.yaml' -print0 | LC_ALL=C sort -z |"
                                " xargs -0 sha256sum | sha256sum";
    std::FILE* const pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 65> sum{};
    CHECK(std::fread(sum.data(), 1, 64, pipe) == 64);
    ::pclose(pipe);
    CHECK(watcher.status().refused_digest == sum.data());
    CHECK(shop.last().refused_digest == sum.data());
}
