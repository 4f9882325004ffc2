// Logs of other applications, before a journal takes them.
#include "import/log_table.hpp"
#include "support/importing.hpp"
#include <rolecall/detail/findings.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace rolecall;
using texts = std::vector<std::string>;

struct read_log {
    std::string rows;  // `0 dana view contact c-1 support till allow granted`, a line each
    std::string problems;
};

csv::log_source source_of(texts const& maps, texts const& sets = {}, std::string_view zone = "") {
    csv::log_source from;
    REQUIRE(!csv::read_log_source(maps, sets, from));
    REQUIRE(!csv::log_times::make("iso", zone, from.times));
    return from;
}

read_log log_of(std::string const& text, csv::log_source const& from) {
    source_file const file{"log.csv", text};
    csv::problems found;
    csv::log_table const table = csv::read_log(file, from, found);
    read_log result;
    for (csv::log_row const& row : table.rows) {
        result.rows += std::to_string(row.time / 1'000'000'000);
        for (std::uint32_t const each :
             {row.user, row.action, row.category, row.record, row.role, row.origin})
            result.rows += ' ' + (each == 0 ? "-" : table.text(each));
        result.rows += ' ' + std::string(to_string(row.decision)) + ' ' +
                       std::string(to_string(row.reason)) + '\n';
    }
    result.problems =
        testing::problem_lines(rolecall::detail::to_diagnostics(found.kept(), {&file, 1}));
    return result;
}

texts const plain{"time=time", "user=user", "action=action"};

TEST_CASE("a log is read by the titles of its columns, and sorted by time") {
    auto const from =
        source_of({"time=When", "user=Who", "action=Did", "category=Kind", "record=Of", "role=As",
                   "origin=Where", "decision=Outcome", "reason=Because"});
    read_log const is = log_of(
        "Outcome;When;Who;Did;Kind;Of;As;Where;Because;Other\n"
        "ok;1970-01-01T00:00:09Z;dana;view;contact;c-1;support;till 3;;x\n"
        "\n"
        "Denied;1970-01-01T01:00:08+01:00;bo;delete;payment;\"p;2\";;;not-granted;y\n"
        "0;1970-01-01T00:00:09Z;eve;view;contact;'=c;;;;z\n",
        from);
    CHECK(is.problems.empty());
    CHECK(is.rows ==
          "8 bo delete payment p;2 - - deny not-granted\n"
          "9 dana view contact c-1 support till 3 allow granted\n"
          "9 eve view contact =c - - deny not-granted\n");
}

TEST_CASE("what no column says is the same for all rows, or nowhere") {
    auto const from =
        source_of({"time=time", "user=user"}, {"action=view", "category=permits"}, "+02:00");
    CHECK(log_of("time,user\n1970-01-01 02:00:01,dana\n", from).rows ==
          "1 dana view permits - - - allow granted\n");
}

TEST_CASE("every row that is wrong is told with its line, and why") {
    auto from = source_of({"time=time", "user=user", "action=action", "decision=decision",
                           "reason=reason", "record=record"});
    from.latest = 100'000'000'000;
    read_log const is = log_of(
        "time,user,action,decision,reason,record\n"
        "1970-01-01T00:00:01Z,dana,view,allow,granted,c\n"
        "1970-01-01T00:00:01,dana,view,allow,,\n"
        "noon,dana,view,allow,,\n"
        "1970-01-01T00:02:01Z,dana,view,allow,,\n"
        "1970-01-01T00:00:01Z,,,allow,,\n"
        "1970-01-01T00:00:01Z,dana,view,maybe,,\n"
        "1970-01-01T00:00:01Z,dana,view,,,\n"
        "1970-01-01T00:00:01Z,dana,view,allow,forbidden,\n"
        "1970-01-01T00:00:01Z,dana,view,deny,granted,\n"
        "1970-01-01T00:00:01Z,dana,view,deny,because,\n"
        "1970-01-01T00:00:01Z,da\u200Bna,view,deny,,\n"
        "1970-01-01T00:00:01Z,dana,view,allow\n",
        from);
    CHECK(is.problems ==
          "log.csv:3:1+19 csv-value: `1970-01-01T00:00:01` has no zone; say which one it is in "
          "(--zone UTC, or --zone +02:00)\n"
          "log.csv:4:1+4 csv-value: `noon` is no time such as `2027-03-31T14:05:09+02:00`\n"
          "log.csv:5:1+20 csv-value: `1970-01-01T00:02:01Z` is in the future\n"
          "log.csv:6:22+1 csv-value: this row has no user\n"
          "log.csv:6:23+1 csv-value: this row has no action\n"
          "log.csv:7:32+5 csv-value: `maybe` is no decision; write `allow` or `deny`\n"
          "log.csv:8:32+1 csv-value: this row has no decision\n"
          "log.csv:9:38+9 csv-value: `forbidden` is no reason for an access that was allowed; it "
          "is `granted`\n"
          "log.csv:10:37+7 csv-value: `granted` is no reason for a denial, such as "
          "`not-granted`\n"
          "log.csv:11:37+7 csv-value: `because` is no reason for a denial, such as "
          "`not-granted`\n"
          "log.csv:12:22+5 csv-value: `da<U+200B>na` can't be the user of a record: it is one line "
          "of at most "
          "4096 bytes, without characters that nobody sees\n"
          "log.csv:13:32+5 csv-syntax: this row has 4 cells, and the header has 6\n");
}

TEST_CASE("a text that is longer than a journal takes is refused") {
    auto const from = source_of(plain);
    std::string const head = "time,user,action\n1970-01-01T00:00:01Z,";
    CHECK(log_of(head + std::string(4096, 'x') + ",view\n", from).problems.empty());
    CHECK(!log_of(head + std::string(4097, 'x') + ",view\n", from).problems.empty());
}

TEST_CASE("columns that are not there are told all at once, with what there is") {
    std::string const problem = log_of("time,usr,did\n", source_of(plain)).problems;
    CHECK(problem.find("no column `user` (did you mean `usr`?), `action`") != std::string::npos);
    CHECK(problem.find("the table has `time`, `usr`, `did`") != std::string::npos);
}

TEST_CASE("what does not say where everything stands is refused") {
    auto const wrong = [](texts const& maps, texts const& sets = {}) {
        csv::log_source from;
        return csv::read_log_source(maps, sets, from).value_or("");
    };
    CHECK(wrong(plain).empty());
    CHECK(wrong({"time=t", "user=u"}) ==
          "nothing says where the action stands; write --map action=COLUMN");
    CHECK(wrong({"time=t", "user=u", "action=a", "user=v"}) ==
          "`user` is there twice; each comes from one place");
    CHECK(wrong({"time=t", "user=u"}, {"action=view", "user=v"}) ==
          "`user` is there twice; each comes from one place");
    CHECK(wrong({"user=u", "action=a"}, {"time=2027-03-31T00:00:00Z"}) ==
          "each row has a time of its own; use --map for it");
    CHECK(wrong({"time=", "user=u", "action=a"}) == "`time` needs a column");
    CHECK(wrong({"time=t"}, {"user="}) == "`user` needs a text");
    CHECK(wrong({"when=t"})
              .find("`when=t` is not NAME=COLUMN, where the name is one of time, "
                    "user, action") == 0);
    CHECK(wrong({"time"}).find("is not NAME=COLUMN") != std::string::npos);
}

}  // namespace
