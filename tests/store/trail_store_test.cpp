// The store for questions to a journal: it has what the journal has, once, and answers as a
// reading of the whole journal does.
#include "store/database.hpp"
#include "support/sample_trail.hpp"
#include "support/temporary_directory.hpp"
#include "trail_store/store.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <string>
#include <tuple>
#include <vector>

namespace {

using namespace rolecall;
using namespace rolecall::testing;
using rolecall::sqlite::database;
using trail::question;
using records = std::vector<journal_record>;

std::vector<std::string> some_of(std::mt19937& random, std::vector<std::string> const& names) {
    std::vector<std::string> some;
    for (std::string const& name : names)
        if (random() % 3 == 0) some.push_back(name);
    return some;
}

std::string one_of(std::mt19937& random, std::vector<std::string> const& names) {
    return names[random() % names.size()];
}

std::vector<std::string> const users{"dana", "bo", "eve", "", "o'hara; --", "\xC3\x85sa"};
std::vector<std::string> const roles{"support", "billing", "night shift"};
std::vector<std::string> const categories{"payment", "payment.card", "payment-old", "paymentx",
                                          "contact"};
std::vector<std::string> const actions{"view", "modify", "delete"};
std::vector<std::string> const ids{"c-1", "c-2", "", "=1+1"};

journal_record random_decision(std::mt19937& random) {
    journal_record record =
        record_of({one_of(random, users), one_of(random, actions), one_of(random, categories),
                   random() % 2 == 0 ? decision::allow : decision::deny,
                   first_day + static_cast<std::int64_t>(random() % 7) * one_day / 2,
                   one_of(random, ids), some_of(random, roles)});
    record.event.held_roles = some_of(random, roles);
    record.event.origin = one_of(random, {"", "till 3"});
    if (record.event.decision == decision::deny)
        record.event.reason = static_cast<reason>(2 + random() % 8);
    for (std::string const& fact : some_of(random, {"open-ticket", "own-customer"}))
        record.event.facts.emplace_back(
            fact, random() % 3 == 0 ? std::nullopt : std::optional<bool>(random() % 2 == 0));
    record.event.policy_version = static_cast<std::uint32_t>(1 + random() % 3);
    record.imported = random() % 4 == 0;
    return record;
}

journal_record random_record(std::mt19937& random) {
    std::int64_t const time = first_day + static_cast<std::int64_t>(random() % 7) * one_day / 2;
    switch (random() % 8) {
        case 0: return note_of(journal_note::read, time, {{"by", "root"}, {"how", "audit show"}});
        case 1: return note_of(journal_note::configured, time, {{"name", "x"}, {"name", "y"}});
        case 2: {
            journal_record record;
            record.event.kind = audit_kind::roles_unknown;
            record.event.time = time;
            record.event.user = one_of(random, users);
            record.event.unknown_roles = {"guest", "visitor"};
            return record;
        }
        case 3: {
            journal_record record;
            record.event.kind = audit_kind::policy_refused;
            record.event.time = time;
            record.event.problem = "shop.yaml:7: unknown action `veiw`\n";
            record.event.refused_digest = std::string(64, 'b');
            return record;
        }
        default: return random_decision(random);
    }
}

question random_question(std::mt19937& random) {
    question asked;
    if (random() % 3 == 0) asked.users = some_of(random, users);
    if (random() % 3 == 0) asked.categories = some_of(random, categories);
    if (random() % 4 == 0) asked.actions = some_of(random, actions);
    if (random() % 4 == 0) asked.reasons = some_of(random, {"granted", "not-granted", "expired"});
    if (random() % 4 == 0) asked.records = some_of(random, ids);
    if (random() % 4 == 0) asked.roles = some_of(random, roles);
    if (random() % 4 == 0) asked.kinds = some_of(random, {"decision", "read", "roles-unknown"});
    if (random() % 4 == 0) asked.decision = random() % 2 == 0 ? decision::allow : decision::deny;
    if (random() % 4 == 0) asked.from = first_day + one_day;
    if (random() % 4 == 0) asked.to = first_day + 2 * one_day;
    return asked;
}

records sorted_by_time(records all) {
    std::sort(all.begin(), all.end(), [](journal_record const& a, journal_record const& b) {
        return std::tuple(a.event.time, a.writer, a.sequence) <
               std::tuple(b.event.time, b.writer, b.sequence);
    });
    return all;
}

records answers(records const& all, question const& asked) {
    records some;
    for (journal_record const& record : all)
        if (matches(asked, record)) some.push_back(record);
    return sorted_by_time(std::move(some));
}

records answers(std::string const& index, question const& asked) {
    records some;
    trail::query_index(index, asked, [&](journal_record const& record) {
        some.push_back(record);
        return true;
    });
    return some;
}

trail::fill_report fill(std::string const& journal, std::string const& index) {
    trail::fill_report report = trail::fill_index(journal, index);
    CHECK(report.gaps.empty());
    return report;
}

std::string value_of(std::string const& index, std::string const& sql) {
    database file(index, database::access::read);
    return file.text_of(sql);
}

TEST_CASE("a store answers random questions as a reading of the whole journal does") {
    temporary_directory const folder;
    std::string const journal = folder.path("journal");
    std::string const index = folder.path("trail.db");
    std::mt19937 random(20270331);
    for (int round = 0; round < 4; ++round) {
        records some;
        for (int i = 0; i < 300; ++i) some.push_back(random_record(random));
        append_records(journal, some);
        std::size_t const before = static_cast<std::size_t>(round) * 301;
        CHECK(fill(journal, index).added == 301);
        records const all = records_in(journal);
        REQUIRE(all.size() == before + 301);
        CHECK(answers(index, {}) == sorted_by_time(all));
        std::size_t answered = 0;
        for (int i = 0; i < 250; ++i) {
            question const asked = random_question(random);
            records const expected = answers(all, asked);
            answered += expected.size();
            REQUIRE(answers(index, asked) == expected);
            REQUIRE(trail::count_index(index, asked) == expected.size());
        }
        CHECK(answered > 1'000);
    }
}

TEST_CASE("filling again adds only what is new, and nothing counts twice") {
    temporary_directory const folder;
    std::string const journal = folder.path("journal");
    std::string const index = folder.path("trail.db");
    append_records(journal, {record_of({}), record_of({"bo"})});
    CHECK(fill(journal, index).added == 3);
    CHECK(fill(journal, index).added == 0);
    append_records(journal, {record_of({"eve"})});
    trail::fill_report const more = fill(journal, index);
    CHECK(more.added == 2);
    CHECK(more.records == 5);
    CHECK(fill(journal, index).records == 5);
    struct stat is {};
    REQUIRE(::stat(index.c_str(), &is) == 0);
    CHECK((is.st_mode & 0777U) == 0600);
}

TEST_CASE("several writers stand side by side in a store") {
    temporary_directory const folder;
    std::string const journal = folder.path("journal");
    std::string const index = folder.path("trail.db");
    append_records(journal, {record_of({"dana", "view", "contact", decision::allow, first_day})});
    {
        trail::identity is{};
        trail::taken_writer taken;  // so that the next one gets another
        must(trail::open_folder(trail::real_files(), journal, false, {}, is));
        must(trail::take_writer(trail::real_files(), journal, 1, taken));
        append_records(journal, {record_of({"bo"}), record_of({"eve"})});
    }
    CHECK(fill(journal, index).records == 5);
    CHECK(answers(index, {}) == sorted_by_time(records_in(journal)));
    append_records(journal, {record_of({"ivo"})}, 2);
    CHECK(fill(journal, index).added == 2);
    CHECK(answers(index, {}) == sorted_by_time(records_in(journal)));
}

TEST_CASE("what the owner of a journal dropped goes from the store too") {
    temporary_directory const folder;
    std::string const journal = folder.path("journal");
    std::string const index = folder.path("trail.db");
    append_records(journal, {record_of({"gone"}), record_of({"bo"})});
    CHECK(fill(journal, index).records == 3);
    append_records(journal, {note_of(journal_note::retained, first_day,
                                     {{"through", "1"}, {"sequence", "1"}, {"hash", "x"}})});
    CHECK(fill(journal, index).records == 4);
    CHECK(value_of(index, "SELECT group_concat(sequence) FROM records") == "2,3,4,5");
    CHECK(value_of(index, "SELECT count(*) FROM actors WHERE user = 'gone'") == "0");
    CHECK(value_of(index, "SELECT count(*) FROM actors WHERE user = 'bo'") == "1");
    append_records(journal, {record_of({"gone"})});
    CHECK(fill(journal, index).records == 6);
    CHECK(value_of(index, "SELECT count(*) FROM trail WHERE user = 'gone'") == "1");
}

TEST_CASE("a store of another journal, or of a later state of it, is refused") {
    temporary_directory const folder;
    std::string const journal = folder.path("journal");
    std::string const other = folder.path("other");
    std::string const index = folder.path("trail.db");
    append_records(journal, {record_of({})});
    append_records(other, {record_of({})});
    std::filesystem::copy(journal, folder.path("backup"), std::filesystem::copy_options::recursive);
    for (auto const& each : std::filesystem::recursive_directory_iterator(folder.path("backup")))
        if (each.is_directory()) std::filesystem::permissions(each, std::filesystem::perms(0700));
    std::filesystem::permissions(folder.path("backup"), std::filesystem::perms(0700));
    append_records(journal, {record_of({"bo"}), record_of({"eve"})});
    CHECK(fill(journal, index).records == 5);

    CHECK(fill(other, index).problem.find("is of another journal") != std::string::npos);
    CHECK(fill(folder.path("backup"), index).problem.find("that are not in the journal") !=
          std::string::npos);
    append_records(folder.path("backup"),
                   {record_of({"ivo"}), record_of({"ada"}), record_of({"mo"})});
    CHECK(fill(folder.path("backup"), index).problem.find("other records than the journal") !=
          std::string::npos);
    CHECK(fill(journal, index).records == 5);
    CHECK(fill(folder.path("none"), index).problem.find("none") != std::string::npos);
}

TEST_CASE("a file that is no store is neither filled nor asked") {
    temporary_directory const folder;
    std::string const journal = folder.path("journal");
    append_records(journal, {record_of({})});
    std::string const text = folder.write("notes.txt", std::string(5000, 'x'));
    CHECK_THROWS_AS(static_cast<void>(trail::fill_index(journal, text)), user_store_error);
    CHECK(std::filesystem::file_size(text) == 5000);
    CHECK_THROWS_AS(static_cast<void>(trail::count_index(text, {})), user_store_error);
    CHECK_THROWS_AS(static_cast<void>(trail::count_index(folder.path("none.db"), {})),
                    user_store_error);
    CHECK(!std::filesystem::exists(folder.path("none.db")));

    std::string const users_file = folder.write("staff.db", "");
    {
        database file(users_file, database::access::write);
        file.execute("CREATE TABLE users (id TEXT)");
    }
    CHECK_THROWS_AS(static_cast<void>(trail::fill_index(journal, users_file)), user_store_error);
    CHECK(value_of(users_file, "SELECT group_concat(name) FROM sqlite_schema") == "users");
}

TEST_CASE("a store of another version is refused with what to do") {
    temporary_directory const folder;
    std::string const journal = folder.path("journal");
    std::string const index = folder.path("trail.db");
    append_records(journal, {record_of({})});
    fill(journal, index);
    {
        database file(index, database::access::write);
        file.execute("PRAGMA user_version = 2");
    }
    try {
        static_cast<void>(trail::count_index(index, {}));
        FAIL("it was asked");
    } catch (user_store_error const& problem) {
        CHECK(std::string(problem.what()).find("remove it, and make it anew from the journal") !=
              std::string::npos);
    }
}

TEST_CASE("an export has what matches, and is not filled any further") {
    temporary_directory const folder;
    std::string const journal = folder.path("journal");
    append_records(journal, {record_of({}), record_of({"bo"}), record_of({"dana", "delete"})});
    std::string const file = folder.write("dana.db", "");
    question asked;
    asked.users = {"dana"};
    CHECK(trail::export_store(journal, file, asked).records == 2);
    CHECK(answers(file, {}) == answers(records_in(journal), asked));
    CHECK(fill(journal, file).problem.find("is an export") != std::string::npos);
}

TEST_CASE("the views of a store answer in a line of SQL") {
    temporary_directory const folder;
    std::string const journal = folder.path("journal");
    std::string const index = folder.path("trail.db");
    using enum decision;
    append_records(journal,
                   {record_of({"dana", "view", "payment", allow, first_day, "c-1"}),
                    record_of({"dana", "view", "payment", allow, first_day + 1, "c-1"}),
                    record_of({"dana", "view", "payment", deny, first_day + one_day, "c-2"}),
                    record_of({"bo", "view", "payment", deny, first_day + one_day, "c-2"}),
                    note_of(journal_note::gap, first_day + one_day, {{"lost", "17"}})});
    fill(journal, index);
    CHECK(value_of(index,
                   "SELECT user || ' ' || times || ' ' || first FROM accesses WHERE "
                   "record = 'c-1'") == "dana 2 2021-03-31T00:00:00.000Z");
    CHECK(value_of(index, "SELECT sum(denials) FROM denials_per_day WHERE day = '2021-04-01'") ==
          "2");
    CHECK(value_of(index,
                   "SELECT decisions || ' ' || users || ' ' || allowed || ' ' || denied "
                   "FROM daily WHERE day = '2021-03-31'") == "2 1 2 0");
    CHECK(value_of(index, "SELECT sum(details ->> 'lost') FROM notes WHERE kind = 'gap'") == "17");
    CHECK(value_of(index,
                   "SELECT count(*) FROM decisions, json_each(active) WHERE value = "
                   "'support'") == "4");
}

}  // namespace
