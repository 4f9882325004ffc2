// A journal as an application uses it.
#include "support/small_shop.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/journal.hpp>
#include <rolecall/journal_check.hpp>
#include <rolecall/journal_reader.hpp>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <thread>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("threads");

namespace {

using namespace rolecall;
using rolecall::testing::temporary_directory;

struct place {
    temporary_directory folder;
    std::string path = folder.path("journal");
};

std::vector<journal_record> records_of(std::string const& path) {
    journal_reader reader(path);
    REQUIRE_MESSAGE(reader, reader.problem());
    std::vector<journal_record> all;
    while (journal_record const* record = reader.next()) all.push_back(*record);
    CHECK(reader.problems() == std::vector<std::string>{});
    return all;
}

std::vector<std::string> kinds_of(std::string const& path) {
    std::vector<std::string> kinds;
    for (journal_record const& r : records_of(path)) kinds.emplace_back(r.kind());
    return kinds;
}

std::string detail_of(journal_record const& record, std::string_view name) {
    for (auto const& [key, value] : record.details)
        if (key == name) return value;
    return "(none)";
}

bool is_good(std::string const& path) {
    journal_report const report = check_journal(path);
    for (journal_finding const& f : report.findings)
        if (f.verdict == journal_verdict::bad) MESSAGE(f.text);
    return report.good();
}

TEST_CASE("a decision is read back with everything that was told") {
    place here;
    policy const rules = tests::listed_shop();
    {
        journal trail(here.path, {.origin = "till 3"});
        REQUIRE_MESSAGE(trail, trail.problem());
        authorizer pdp(rules, trail, authorizer_options{.today = *date::parse("2026-11-22")});
        auto const dana = pdp.session("dana").value();
        auto const account = pdp.category("account").value();
        CHECK(pdp.decide(dana, view, account, {.record = "p-17", .origin = "10.0.0.7"}));
        CHECK_FALSE(pdp.decide(dana, delete_, account, {.record = "p-17"}));
        CHECK_FALSE(pdp.decide({subject::user("mallory"), "view", "account"}));
        CHECK(trail.failures() == 0);
    }
    std::vector<journal_record> const all = records_of(here.path);
    REQUIRE(all.size() == 5);
    CHECK(all[0].kind() == "started");
    CHECK(detail_of(all[0], "origin") == "till 3");
    audit_record const& seen = all[1].event;
    CHECK(seen.user == "dana");
    CHECK(seen.active_roles == std::vector<std::string>{"support"});
    CHECK(seen.action == "view");
    CHECK(seen.category == "account");
    CHECK(seen.record == "p-17");
    CHECK(seen.origin == "10.0.0.7");
    CHECK(seen.decision == decision::allow);
    CHECK(seen.reason == reason::granted);
    CHECK(seen.granting_role == "support");
    CHECK(seen.policy_version == 1);
    CHECK(all[2].event.decision == decision::deny);
    CHECK(all[3].event.user == "mallory");
    CHECK(all[3].event.reason != reason::granted);
    CHECK(all[4].kind() == "stopped");
    for (std::size_t i = 0; i < all.size(); ++i) CHECK(all[i].sequence == i + 1);
    CHECK(is_good(here.path));
}

TEST_CASE("files are for the owner only, and no ring is left") {
    place here;
    { journal const trail(here.path); }
    for (auto const& entry : std::filesystem::recursive_directory_iterator(here.path)) {
        CAPTURE(entry.path());
        struct stat is {};
        REQUIRE(::lstat(entry.path().c_str(), &is) == 0);
        CHECK((is.st_mode & 0777U) == (entry.is_directory() ? 0700U : 0600U));
        CHECK(entry.path().filename().string().rfind("ring-", 0) == std::string::npos);
    }
}

TEST_CASE("a journal that others may write to is refused") {
    place here;
    { journal const trail(here.path); }
    SUBCASE("its folder") { REQUIRE(::chmod(here.path.c_str(), 0770) == 0); }
    SUBCASE("its identity") { REQUIRE(::chmod((here.path + "/journal").c_str(), 0666) == 0); }
    SUBCASE("a writer") { REQUIRE(::chmod((here.path + "/writer-1").c_str(), 0777) == 0); }
    journal trail(here.path);
    CHECK_FALSE(trail);
    CHECK(trail.problem() != "");
    authorizer pdp(tests::small_shop(), trail);
    auto const who = pdp.session_of_roles({"support"}).value();
    auto const answer = pdp.decide(who, view, pdp.category("account").value());
    CHECK(answer.reason == reason::unavailable);
}

TEST_CASE("a second process, or a second journal, is a writer of its own") {
    place here;
    journal first(here.path);
    journal second(here.path);
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first.status().writer == 1);
    CHECK(second.status().writer == 2);
}

TEST_CASE("whoever comes next goes on with the chain") {
    place here;
    for (int run = 0; run < 3; ++run) {
        journal const trail(here.path);
        CHECK(trail.status().writer == 1);
    }
    CHECK(kinds_of(here.path) == std::vector<std::string>{"started", "stopped", "started",
                                                          "stopped", "started", "stopped"});
    CHECK(is_good(here.path));
}

TEST_CASE("threads record side by side, each in its order") {
    place here;
    constexpr int threads = 4;
    constexpr int each = 20'000;
    policy const rules = tests::small_shop();
    {
        // One ring takes all of it: a thread that comes late gets that of one that ended.
        journal trail(here.path, {.ring_records = 131'072, .segment_bytes = 1U << 20U});
        REQUIRE_MESSAGE(trail, trail.problem());
        authorizer pdp(rules, trail);
        auto const account = pdp.category("account").value();
        std::vector<std::thread> all;
        for (int t = 0; t < threads; ++t)
            all.emplace_back([&, t] {
                auto const who = pdp.session_of_roles({"support"}).value();
                std::string const name = "till-" + std::to_string(t);
                for (int n = 0; n < each; ++n) {
                    std::string const record = std::to_string(n);
                    if (!pdp.decide(who, view, account, {.record = record, .origin = name})) return;
                }
            });
        for (std::thread& one : all) one.join();
        CHECK(trail.failures() == 0);
    }
    std::vector<int> next(threads, 0);
    std::uint64_t sequence = 0;
    for (journal_record const& r : records_of(here.path)) {
        CHECK(r.sequence == ++sequence);
        if (r.kind() != "decision") continue;
        auto const t = static_cast<std::size_t>(r.event.origin.back() - '0');
        REQUIRE(r.event.record == std::to_string(next[t]++));
    }
    CHECK(next == std::vector<int>(threads, each));
    CHECK(is_good(here.path));
}

TEST_CASE("a policy that replaces another is read with its own names") {
    place here;
    {
        journal trail(here.path);
        authorizer pdp(tests::small_shop(), trail);
        auto who = pdp.session_of_roles({"support"}).value();
        auto const account = pdp.category("account").value();
        static_cast<void>(pdp.decide(who, view, account, {.record = "first"}));
        pdp.replace(tests::listed_shop());
        static_cast<void>(pdp.decide(who, view, account, {.record = "second"}));
    }
    std::vector<journal_record> const all = records_of(here.path);
    REQUIRE(all.size() == 5);
    CHECK(all[1].event.policy_version == 1);
    CHECK(all[2].kind() == "policy-activated");
    CHECK(all[3].event.policy_version == 2);
    CHECK(all[3].event.category == "account");
}

TEST_CASE("what is too long is not recorded, and so not allowed") {
    place here;
    {
        journal trail(here.path);
        authorizer pdp(tests::small_shop(), trail);
        auto who = pdp.session_of_roles({"support"}).value();
        auto const account = pdp.category("account").value();
        std::string const longest(4096, 'x');
        CHECK(pdp.decide(who, view, account, {.record = longest}));
        std::string const longer = longest + 'x';
        CHECK(pdp.decide(who, view, account, {.record = longer}).reason == reason::unavailable);
        CHECK(trail.failures() == 2);  // the decision, and the denial that it became
        CHECK(trail.sync());
    }
    std::vector<journal_record> const all = records_of(here.path);
    REQUIRE(all.size() >= 4);
    std::size_t recorded = 0;
    int lost = 0;  // in one gap record, or in two: the journal may write between them
    for (journal_record const& r : all) {
        if (r.kind() == "decision") recorded += r.event.record.size();
        if (r.note != journal_note::gap) continue;
        lost += std::stoi(detail_of(r, "lost"));
        CHECK(detail_of(r, "allowed") == "0");
    }
    CHECK(lost == 2);
    CHECK(recorded == 4096);
}

TEST_CASE("record ids can be hashed: the same id, the same hash") {
    place here;
    std::string const key = here.folder.write("secret", std::string(32, 'k'));
    REQUIRE(::chmod(key.c_str(), 0600) == 0);
    {
        journal trail(here.path, {.record_key = key});
        REQUIRE_MESSAGE(trail, trail.problem());
        authorizer pdp(tests::small_shop(), trail);
        auto who = pdp.session_of_roles({"support"}).value();
        auto const account = pdp.category("account").value();
        for (char const* const record : {"p-1", "p-2", "p-1"})
            CHECK(pdp.decide(who, view, account, {.record = record}));
        CHECK_FALSE(pdp.decide({.subject = subject::role("support"),
                                .action = "view",
                                .category = "nothing",
                                .record = "p-1"}));
    }
    std::vector<journal_record> const all = records_of(here.path);
    REQUIRE(all.size() == 6);
    CHECK(all[1].record_hashed);
    CHECK(all[1].event.record.size() == 32);
    CHECK(all[1].event.record == all[3].event.record);
    CHECK(all[1].event.record != all[2].event.record);
    CHECK(all[4].event.record == all[1].event.record);
    CHECK(all[4].event.category == "nothing");
}

TEST_CASE("a key for record ids that others may read is refused") {
    place here;
    std::string const key = here.folder.write("secret", std::string(32, 'k'));
    REQUIRE(::chmod(key.c_str(), 0644) == 0);
    journal const trail(here.path, {.record_key = key});
    CHECK(trail.problem().find("chmod 600") != std::string::npos);
}

TEST_CASE("notes of the application are on the disk when they return") {
    place here;
    journal trail(here.path);
    CHECK(trail.note_configured("retention", "12 months"));
    CHECK(trail.note_read("root", "show", "--last 20"));
    CHECK(kinds_of(here.path) == std::vector<std::string>{"started", "configured", "read"});
}

TEST_CASE("rotating begins a new segment, and old ones can be dropped") {
    place here;
    journal trail(here.path);
    std::int64_t const later = std::int64_t{1} << 62U;
    CHECK(trail.rotate());
    CHECK(trail.status().segment == 2);
    CHECK(trail.retain(0) == 0);
    CHECK(trail.retain(later) == 1);
    CHECK(trail.rotate());
    CHECK(is_good(here.path));
    CHECK(kinds_of(here.path) == std::vector<std::string>{"retained"});
}

TEST_CASE("a moved journal goes on, and what it left answers no") {
    place here;
    journal first(here.path);
    journal second(std::move(first));
    CHECK_FALSE(first);  // NOLINT(bugprone-use-after-move): what is promised of it
    REQUIRE(second);
    authorizer pdp(tests::small_shop(), second);
    auto who = pdp.session_of_roles({"support"}).value();
    CHECK(pdp.decide(who, view, pdp.category("account").value()));
}

TEST_CASE("a journal is not opened with options that can't be") {
    place here;
    CHECK_FALSE(journal(here.path, {.ring_records = 100}));
    CHECK_FALSE(journal(here.path, {.segment_bytes = 1}));
    CHECK_FALSE(journal(here.path, {.sync_ms = 0}));
    CHECK_FALSE(journal(here.path, {.create = false}));
    CHECK_FALSE(journal(here.path, {.key = "/nowhere.pem"}));
    CHECK_FALSE(std::filesystem::exists(here.path));
}

}  // namespace

TEST_SUITE_END();
