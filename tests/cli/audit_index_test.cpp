// `rolecall audit index`, and questions through it.
#include "support/program.hpp"
#include "support/sample_trail.hpp"
#include "support/temporary_directory.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace {

using namespace rolecall;
using namespace rolecall::testing;

struct indexed_trail {
    temporary_directory folder;
    std::string journal = folder.path("trail");
    std::string index = folder.path("trail.db");

    indexed_trail() {
        append_records(journal, {record_of({}), record_of({"bo", "delete", "payment.card",
                                                           decision::deny, first_day + 1})});
    }
    [[nodiscard]] outcome fill(std::vector<std::string> const& more = {"--no-record"}) const {
        std::vector<std::string> line{"audit", "index", journal, "--output", index};
        line.insert(line.end(), more.begin(), more.end());
        return run(line);
    }
};

TEST_CASE("an index is made, and then filled with what is new") {
    indexed_trail const is;
    outcome const first = is.fill();
    CHECK(first.err == "");
    CHECK(first.code == 0);
    CHECK(first.out == is.index + ": 3 records added, 3 in all\n");
    CHECK(is.fill().out == is.index + ": 0 records added, 3 in all\n");
    append_records(is.journal, {record_of({"eve"})});
    CHECK(is.fill().out == is.index + ": 2 records added, 5 in all\n");
}

TEST_CASE("whoever indexes a journal is in it, unless it can't be written to") {
    indexed_trail const is;
    REQUIRE(is.fill({}).code == 0);
    std::size_t readings = 0;
    for (journal_record const& record : records_in(is.journal))
        readings += record.note == journal_note::read ? 1U : 0U;
    CHECK(readings == 1);
    CHECK(is.fill().code == 0);
    std::size_t after = 0;
    for (journal_record const& record : records_in(is.journal))
        after += record.note == journal_note::read ? 1U : 0U;
    CHECK(after == 1);
}

TEST_CASE("a question through an index is answered as one without") {
    indexed_trail const is;
    REQUIRE(is.fill().code == 0);
    for (std::vector<std::string> const& asked :
         std::vector<std::vector<std::string>>{{},
                                               {"--user", "bo"},
                                               {"--category", "payment"},
                                               {"--decision", "deny"},
                                               {"--kind", "stopped"},
                                               {"--role", "support"},
                                               {"--from", "2021-03-31", "--to", "2021-04-01"}}) {
        std::vector<std::string> line{"audit",       "query",    is.journal,
                                      "--no-record", "--format", "json"};
        line.insert(line.end(), asked.begin(), asked.end());
        outcome const scanned = run(line);
        line.insert(line.end(), {"--index", is.index});
        outcome const found = run(line);
        CHECK(found.err == "");
        CHECK(found.code == scanned.code);
        CHECK(found.out == scanned.out);
        CHECK(!found.out.empty());
    }
}

TEST_CASE("a journal or an index that is none ends with 2, and nothing is made") {
    indexed_trail const is;
    CHECK(
        run({"audit", "index", is.folder.path("none"), "--output", is.index, "--no-record"}).code ==
        2);
    CHECK(!std::filesystem::exists(is.index));
    std::string const text = is.folder.write("notes.txt", "what is to be done\n");
    outcome const refused = run({"audit", "index", is.journal, "--output", text, "--no-record"});
    CHECK(refused.code == 2);
    CHECK(has(refused.err, "no SQLite file"));
    CHECK(std::filesystem::file_size(text) == 19);
    outcome const nowhere = run(
        {"audit", "index", is.journal, "--output", is.folder.path("no/where.db"), "--no-record"});
    CHECK(nowhere.code == 2);
    CHECK(has(nowhere.err, "can't be made or written"));
}

}  // namespace
