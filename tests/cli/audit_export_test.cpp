// `rolecall audit export`: records as JSON lines, CSV and SQLite.
#include "import/csv_reader.hpp"
#include "import/formula_guard.hpp"
#include "support/program.hpp"
#include "support/sample_trail.hpp"
#include "support/temporary_directory.hpp"
#include "trail_store/store.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace {

using namespace rolecall;
using namespace rolecall::testing;

struct trail_folder {
    temporary_directory folder;
    std::string journal = folder.path("trail");

    trail_folder() {
        append_records(
            journal,
            {record_of({}),
             record_of({"=1+2", "view", "contact", decision::allow, first_day, "a \"b\", c"}),
             record_of({"bo", "delete", "payment.card", decision::deny, first_day + 1}),
             note_of(journal_note::gap, first_day + 2, {{"lost", "17"}})});
    }
    [[nodiscard]] outcome write(std::string const& format, std::string const& output,
                                std::vector<std::string> const& more = {}) const {
        std::vector<std::string> line{"audit", "export",   journal, "--format",
                                      format,  "--output", output,  "--no-record"};
        line.insert(line.end(), more.begin(), more.end());
        return run(line);
    }
};

TEST_CASE("an export as JSON lines has a line for each record that was asked for") {
    trail_folder const is;
    std::string const file = is.folder.path("trail.jsonl");
    outcome const all = is.write("jsonl", file);
    CHECK(all.err == "");
    CHECK(all.code == 0);
    CHECK(all.out == file + ": 5 records written\n");
    std::string const text = content_of(file);
    CHECK(std::count(text.begin(), text.end(), '\n') == 5);
    CHECK(has(text, "\"user\":\"=1+2\""));  // JSON needs no guard
    struct stat state {};
    REQUIRE(::stat(file.c_str(), &state) == 0);
    CHECK((state.st_mode & 0777U) == 0600);

    outcome const some = is.write("jsonl", "-", {"--user", "bo"});
    CHECK(some.code == 0);
    CHECK(std::count(some.out.begin(), some.out.end(), '\n') == 1);
    CHECK(has(some.out, "\"user\":\"bo\""));
}

TEST_CASE("an export as CSV is safe for spreadsheets, and reads back") {
    trail_folder const is;
    outcome const done = is.write("csv", "-", {"--kind", "decision"});
    REQUIRE(done.code == 0);
    source_file const file{"trail.csv", done.out};
    csv::problems found;
    csv::csv_reader rows(file, 0, found);
    auto const column = [&](std::string_view title) {
        for (std::size_t i = 0; i < rows.header().size(); ++i)
            if (rows.header()[i].text == title) return i;
        FAIL("no such column");
        return std::size_t{0};
    };
    std::vector<std::string> users, ids;
    csv::csv_row row;
    while (rows.next(row)) {
        users.push_back(row[column("user")].text);
        ids.push_back(row[column("record")].text);
        for (csv::csv_cell const& cell : row) {
            CAPTURE(cell.text);
            CHECK((!csv::begins_as_formula(cell.text) || cell.text[0] == '\''));
        }
    }
    CHECK(found.none());
    CHECK(users == std::vector<std::string>{"dana", "'=1+2", "bo"});
    CHECK(ids == std::vector<std::string>{"c-1", "a \"b\", c", "c-1"});
}

TEST_CASE("an export as an SQLite file answers as the journal does") {
    trail_folder const is;
    std::string const file = is.folder.path("trail.db");
    outcome const done = is.write("sqlite", file, {"--decision", "allow"});
    CHECK(done.err == "");
    CHECK(done.code == 0);
    CHECK(done.out == file + ": 2 records written\n");
    CHECK(trail::count_index(file, {}) == 2);
    trail::question dana;
    dana.users = {"dana"};
    CHECK(trail::count_index(file, dana) == 1);
    CHECK(is.write("sqlite", "-").code == 2);
}

TEST_CASE("an export takes the place of a file in one step, or leaves it as it is") {
    trail_folder const is;
    std::string const file = is.folder.write("trail.jsonl", "old\n");
    REQUIRE(run({"audit", "export", is.folder.path("none"), "--format", "jsonl", "--output", file,
                 "--no-record"})
                .code == 2);
    CHECK(content_of(file) == "old\n");
    CHECK(is.write("sqlite", file).code == 0);
    CHECK(trail::count_index(file, {}) == 5);
    CHECK(is.write("jsonl", is.folder.path("no/where")).code == 2);
    CHECK(is.write("jsonl", "/dev/null").code == 2);  // no regular file
    std::size_t names = 0;
    for (auto const& each : std::filesystem::directory_iterator(is.folder.path())) {
        static_cast<void>(each);
        ++names;
    }
    CHECK(names == 2);  // the journal and the file
}

TEST_CASE("an export that can't be written to standard output says so") {
    trail_folder const is;
    run_options full;
    full.out_path = "/dev/full";
    outcome const done = run(
        {"audit", "export", is.journal, "--format", "jsonl", "--output", "-", "--no-record"}, full);
    CHECK(done.code == 2);
    CHECK(has(done.err, "No space left") + has(done.err, "no space left") == 1);
}

}  // namespace
