// What the owner of a journal has done to a writer, beside a process that has it and without one.
#include "journal/tend.hpp"

#include "journal/files.hpp"
#include "journal/folder.hpp"
#include "journal/journal_key.hpp"
#include "journal/request_file.hpp"
#include "journal/ring_file.hpp"
#include "journal/signing.hpp"
#include "support/sample_trail.hpp"
#include "support/small_shop.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/journal.hpp>
#include <rolecall/journal_check.hpp>
#include <rolecall/journal_reader.hpp>

#include <doctest/doctest.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("threads");

namespace {

using namespace rolecall;
using namespace rolecall::testing;
using trail::wish;
using words = std::vector<std::string>;

constexpr std::int64_t far_away = 4'000'000'000'000'000'000;

struct place {
    temporary_directory folder;
    journal_key_file key;
    std::string path = folder.path("journal");
    std::string writer = path + "/writer-1";
    std::string ring = writer + '/' + trail::ring_name(99);

    [[nodiscard]] journal opened(bool signs = true) const {
        return journal(path, {.key = signs ? key.path() : "", .ring_records = 64});
    }
    [[nodiscard]] bool is_good() const {
        std::string problem;
        auto const signs = trail::signing_key::from_file(key.path(), problem);
        journal_check_options options;
        options.keys = {journal_public_key::from_pem(signs->public_pem(), problem).value()};
        journal_report const report = check_journal(path, options);
        for (journal_finding const& f : report.findings)
            if (f.verdict == journal_verdict::bad) MESSAGE(f.text);
        return report.good();
    }
    [[nodiscard]] std::string kinds() const {
        std::string all;
        journal_reader records(path);
        while (journal_record const* const record = records.next())
            all += (all.empty() ? "" : " ") + std::string(record->kind());
        return all;
    }
    [[nodiscard]] std::vector<std::string> writers() const {
        std::vector<trail::writer_state> found;
        trail::trouble const why = trail::look_at_writers(path, found);
        if (why) return {why.text()};
        std::vector<std::string> text;
        for (trail::writer_state const& w : found)
            text.push_back(std::to_string(w.number) + (w.runs ? " runs" : ""));
        return text;
    }
    // What a process leaves that was killed.
    void leave_a_ring() const { std::ofstream(ring) << "left"; }
};

wish reading() {
    wish wanted;
    wanted.what = wish::kind::read;
    wanted.by = "ines \"the\" auditor\n";
    wanted.how = "audit show";
    wanted.about = "--last 3";
    return wanted;
}

wish asked_for(wish::kind what, std::int64_t before = 0) {
    wish wanted;
    wanted.what = what;
    wanted.before = before;
    return wanted;
}

}  // namespace

TEST_CASE("a process that has a writer records who reads, and its key signs for it") {
    place const here;
    {
        journal trail = here.opened();
        REQUIRE_MESSAGE(trail, trail.problem());
        CHECK(here.writers() == words{"1 runs"});
        trail::tended done;
        CHECK(trail::record_reading(here.path, "", reading(), done).text() == "");
        CHECK(done.by_process);
        CHECK(done.writer == 1);
        CHECK(here.kinds() == "started read");
        CHECK(here.is_good());
    }
    CHECK(here.writers() == words{"1"});
    journal_reader records(here.path);
    static_cast<void>(records.next());
    journal_record const* const read = records.next();
    REQUIRE(read != nullptr);
    CHECK(read->details ==
          std::vector<std::pair<std::string, std::string>>{
              {"by", "ines \"the\" auditor\n"}, {"how", "audit show"}, {"what", "--last 3"}});
}

TEST_CASE("a journal that was signed is not read by anybody without the key") {
    place const here;
    { journal const trail = here.opened(); }
    std::string const before = here.kinds();
    trail::tended done;
    CHECK(trail::record_reading(here.path, "", reading(), done).error == ENOKEY);
    CHECK(here.kinds() == before);
    CHECK(trail::record_reading(here.path, here.key.path(), reading(), done).text() == "");
    CHECK_FALSE(done.by_process);
    CHECK(here.kinds() == "started stopped started read stopped");
    CHECK(here.is_good());
}

TEST_CASE("an unsigned journal takes a reading without a key") {
    place const here;
    { journal const trail = here.opened(false); }
    trail::tended done;
    CHECK(trail::record_reading(here.path, "", reading(), done).text() == "");
    CHECK(done.writer == 1);
    CHECK(here.writers() == words{"1"});
}

TEST_CASE("a reading leaves alone what a killed process left") {
    place const here;
    { journal const trail = here.opened(); }
    here.leave_a_ring();
    trail::tended done;
    CHECK(trail::record_reading(here.path, "", reading(), done).error == ENOKEY);
    CHECK(here.writers() == words{"1"});  // nothing was made
    CHECK(trail::record_reading(here.path, here.key.path(), reading(), done).text() == "");
    CHECK(done.writer == 2);
    CHECK(std::filesystem::exists(here.ring));
    CHECK(here.is_good());
}

TEST_CASE("a process rotates and retains when it is asked") {
    place const here;
    journal trail = here.opened();
    trail::tended done;
    CHECK(trail::tend_writer(here.path, 1, "", asked_for(wish::kind::rotate), done).text() == "");
    CHECK(done.by_process);
    CHECK(trail.status().segment == 2);
    CHECK(trail::tend_writer(here.path, 1, "", asked_for(wish::kind::retain, 1), done).text() ==
          "");
    CHECK(done.segments == 0);
    wish const all = asked_for(wish::kind::retain, far_away);
    CHECK(trail::tend_writer(here.path, 1, "", all, done).text() == "");
    CHECK(done.segments == 1);
    CHECK(here.kinds() == "retained");
    CHECK(here.is_good());
}

TEST_CASE("what a process can't do, it says, and goes on") {
    place const here;
    journal trail = here.opened();
    std::filesystem::rename(here.key.path(), here.key.path() + ".away");
    trail::tended done;
    auto const why = trail::tend_writer(here.path, 1, "", asked_for(wish::kind::rotate), done);
    CHECK(why.text().find("key.pem") != std::string::npos);
    CHECK(trail.problem() == "");
    CHECK(trail.status().segment == 1);
    std::filesystem::rename(here.key.path() + ".away", here.key.path());
    CHECK(trail::tend_writer(here.path, 1, "", asked_for(wish::kind::rotate), done).text() == "");
}

TEST_CASE("where no process has a writer, rotating and retaining need its key") {
    place const here;
    { journal const trail = here.opened(); }
    trail::tended done;
    wish const rotate = asked_for(wish::kind::rotate);
    CHECK(trail::tend_writer(here.path, 1, "", rotate, done).error == ENOKEY);
    CHECK(trail::tend_writer(here.path, 1, here.key.path(), rotate, done).text() == "");
    CHECK_FALSE(done.by_process);
    wish const all = asked_for(wish::kind::retain, far_away);
    CHECK(trail::tend_writer(here.path, 1, here.key.path(), all, done).text() == "");
    CHECK(done.segments > 0);
    CHECK(here.kinds() == "stopped started retained stopped");
    CHECK(here.is_good());
    CHECK(trail::tend_writer(here.path, 7, "", rotate, done));  // there is none
    CHECK(trail::tend_writer(here.folder.path("none"), 1, "", rotate, done));
}

TEST_CASE("a process that ends while it is asked leaves the work to who asked") {
    place const here;
    { journal const trail = here.opened(false); }
    trail::taken_writer taken;
    REQUIRE(!trail::take_writer(trail::real_files(), here.path, 1, taken));
    std::thread ends([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        taken.lock.reset();
    });
    trail::tended done;
    CHECK(trail::tend_writer(here.path, 1, "", asked_for(wish::kind::rotate), done).text() == "");
    ends.join();
    CHECK_FALSE(done.by_process);
    CHECK_FALSE(std::filesystem::exists(here.writer + "/request"));
}

TEST_CASE("what is no request stands in nobody's way") {
    place const here;
    journal const trail = here.opened(false);
    std::ofstream(here.writer + "/request") << "nonsense";
    trail::tended done;
    CHECK(trail::record_reading(here.path, "", reading(), done).text() == "");
    CHECK(done.by_process);
}

TEST_CASE("who gets no answer is told so, and takes the request back") {
    place const here;
    { journal const trail = here.opened(false); }
    // Somebody has the writer, and listens to nobody.
    trail::taken_writer taken;
    REQUIRE(!trail::take_writer(trail::real_files(), here.path, 1, taken));
    wish rotate = asked_for(wish::kind::rotate);
    rotate.patience = std::chrono::milliseconds(30);
    trail::tended done;
    CHECK(trail::tend_writer(here.path, 1, "", rotate, done).error == ETIMEDOUT);
    CHECK_FALSE(std::filesystem::exists(here.writer + "/request"));
    // Another's request stands in the way, and stays.
    std::string const theirs = to_text(trail::written_request{"0123456789abcdef", rotate});
    {
        std::ofstream out(here.writer + "/request");
        out << theirs;
    }
    CHECK(trail::tend_writer(here.path, 1, "", rotate, done).error == ETIMEDOUT);
    CHECK(std::filesystem::exists(here.writer + "/request"));
}

TEST_CASE("a request is read back as it was written, and nothing else is one") {
    for (wish const& wanted :
         {reading(), asked_for(wish::kind::rotate), asked_for(wish::kind::retain, -1)}) {
        std::string const text = to_text(trail::written_request{"0123456789abcdef", wanted});
        auto const read = trail::parse_request(text);
        REQUIRE(read);
        CHECK(read->id == "0123456789abcdef");
        CHECK(to_text(*read) == text);
        CHECK_FALSE(trail::parse_request(text.substr(0, text.size() - 1)));
    }
    for (std::string_view const wrong :
         {"", "\n", "{}\n", "[]\n", "rotate\n",
          R"({"id":"0123456789abcdef"})"
          "\n",
          R"({"id":"../../etc/passwd","do":"rotate"})"
          "\n",
          R"({"id":"0123456789abcdef","do":"drop"})"
          "\n",
          R"({"id":"0123456789abcdef","do":"retain","before":"1","through":1})"
          "\n",
          R"({"id":"0123456789abcdef","do":"retain","before":1,"through":-1})"
          "\n",
          R"({"id":"0123456789abcdef","do":"read","by":"a","how":"b"})"
          "\n"}) {
        CAPTURE(wrong);
        CHECK_FALSE(trail::parse_request(wrong));
    }
}

TEST_SUITE_END();
