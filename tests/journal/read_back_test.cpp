// What the writer writes, read by what was written from the description of the files alone.
#include "journal/sample_chain.hpp"
#include <rolecall/journal_check.hpp>
#include <rolecall/journal_reader.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace rolecall::testing {

TEST_CASE("records that were written are read back as they were") {
    sample_chain const journal{2};
    for (std::uint32_t writer = 1; writer <= 2; ++writer) {
        journal_reader reader(journal.path(), {writer, {}, {}});
        REQUIRE_MESSAGE(reader, reader.problem());
        std::size_t n = 0;
        std::vector<journal_record> const expected = journal.records(writer);
        while (journal_record const* const record = reader.next()) {
            REQUIRE(n < expected.size());
            CHECK(*record == expected[n++]);
        }
        CHECK(n == expected.size());
        CHECK(reader.problems().empty());
    }
}

TEST_CASE("a journal that was written is good to who has its key and its heads") {
    sample_chain const journal{2};
    std::ifstream file(journal.public_key_path());
    std::string const pem{std::istreambuf_iterator<char>(file), {}};
    std::string problem;
    auto key = journal_public_key::from_pem(pem, problem);
    REQUIRE_MESSAGE(key, problem);
    journal_check_options options;
    options.keys.push_back(*key);
    options.heads = journal.heads();
    journal_report const report = check_journal(journal.path(), options);
    for (journal_finding const& f : report.findings) {
        INFO(f.writer << '/' << f.segment << ' ' << f.offset << ": " << f.text);
        CHECK(f.verdict == journal_verdict::note);
    }
    CHECK(report.good());
    CHECK(report.heads_checked == journal.heads().size());
    CHECK(report.signatures_checked > 0);
    REQUIRE(report.writers.size() == 2);
    for (journal_writer_report const& w : report.writers)
        CHECK(w.last == journal.records(w.writer).size());
}

}  // namespace rolecall::testing
