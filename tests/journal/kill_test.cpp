// Processes that are killed at any moment, with several threads that decide: what a caller was told
// is recorded is in the journal, once, in the order of the thread. Who kills knows what each of
// them was told.
#include "concurrency/sanitizers.hpp"
#include "journal/journal_key.hpp"
#include "journal/killed_life.hpp"
#include "support/skip.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/detail/clock.hpp>
#include <rolecall/journal.hpp>
#include <rolecall/journal_check.hpp>
#include <rolecall/journal_reader.hpp>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

constexpr unsigned most_processes = 2;
constexpr std::size_t lives_kept = 40;  // whose segments nobody drops

struct expected_record {
    std::string id;
    told_word told;
};

// Holds what a journal has against what its callers were told, life by life.
class observer {
public:
    void was_told(unsigned process, std::uint64_t life, told_in_life const& told) {
        for (unsigned s = 0; s < streams_of_a_life; ++s)
            for (unsigned q = 0; q < questions_of_a_life; ++q) {
                told_word const word = told.streams[s].words[q].load();
                if (word == told_word::nothing) continue;
                streams_[{process, s}].push_back({question_id(process, s, life, q), word});
                ++count_[static_cast<std::size_t>(word)];
            }
    }

    // Records come in the order of each stream, with none left out but those that nobody was told
    // of, and none twice.
    void met(journal_record const& r) {
        std::string const id = id_of(r);
        if (id.empty()) return;
        unsigned process = 0, stream = 0;
        if (std::sscanf(id.c_str(), "p%u-t%u-", &process, &stream) != 2)
            return complain("a record of nobody: " + id);
        std::deque<expected_record>& expected = streams_[{process, stream}];
        if (id == last_[{process, stream}]) return met_again(id, r);
        while (!expected.empty() && expected.front().id != id) pass_over(expected);
        if (expected.empty()) return complain(id + " is twice, or out of order");
        told_word const word = expected.front().told;
        expected.pop_front();
        last_[{process, stream}] = id;
        bool const allowed = r.event.decision == decision::allow;
        if (word == told_word::allowed && !allowed && r.note == journal_note::event)
            complain(id + " was allowed, and the record says denied");
        if (word == told_word::denied && allowed)
            complain(id + " was denied, and the record says allowed");
        if (word == told_word::asked) ++unheard_;
    }

    // All that is in the journal was read.
    void all_read() {
        for (auto& [key, expected] : streams_)
            while (!expected.empty()) pass_over(expected);
        last_.clear();
    }

    [[nodiscard]] std::vector<std::string> const& problems() const noexcept { return problems_; }
    [[nodiscard]] std::uint64_t told(told_word word) const noexcept {
        return count_[static_cast<std::size_t>(word)];
    }
    [[nodiscard]] std::uint64_t unheard() const noexcept { return unheard_; }
    void complain(std::string what) {
        if (problems_.size() < 20) problems_.push_back(std::move(what));
    }

private:
    using stream_key = std::pair<unsigned, unsigned>;

    // Of the record's id, what stands before a slash.
    static std::string id_of(journal_record const& r) {
        std::string id = r.event.record;
        if (r.note == journal_note::configured && r.details.size() == 2) id = r.details[1].second;
        return id.substr(0, id.find('/'));
    }

    // What could not be recorded in time is told of twice: as it was decided, and as it ended.
    void met_again(std::string const& id, journal_record const& r) {
        if (r.event.reason != reason::unavailable) complain(id + " is twice");
    }

    void pass_over(std::deque<expected_record>& expected) {
        expected_record const& next = expected.front();
        if (next.told == told_word::allowed || next.told == told_word::denied)
            complain(next.id + " was acknowledged, and is not in the journal");
        expected.pop_front();
    }

    std::map<stream_key, std::deque<expected_record>> streams_;
    std::map<stream_key, std::string> last_;
    std::uint64_t count_[5] = {};
    std::uint64_t unheard_ = 0;
    std::vector<std::string> problems_;
};

class killing {
public:
    explicit killing(std::string folder, std::string key, unsigned seed)
        : folder_(std::move(folder)), key_(std::move(key)), random_(seed) {}

    void one_life(std::uint64_t number) {
        unsigned const processes = random_() % 4 == 0 ? 2 : 1;
        pid_t children[most_processes] = {};
        std::int64_t const now = detail::unix_nanoseconds();
        for (unsigned p = 0; p < processes; ++p) {
            lives_[p].clear();
            life_plan const plan{folder_,
                                 key_,
                                 p,
                                 number,
                                 static_cast<unsigned>(random_()),
                                 begun_.size() < lives_kept ? 0 : begun_.front()};
            children[p] = ::fork();
            if (children[p] == 0) live(plan, *lives_[p]);
        }
        begun_.push_back(now);
        if (begun_.size() > lives_kept) begun_.pop_front();
        // Half of them before or while they open it, half of them while they record.
        if (random_() % 2 != 0)
            for (unsigned p = 0; p < processes; ++p) wait_until_open(children[p], *lives_[p]);
        for (unsigned p = 0; p < processes; ++p) {
            ::usleep(static_cast<useconds_t>(random_() % 20'000));
            ::kill(children[p], SIGKILL);
            int status = 0;
            REQUIRE(::waitpid(children[p], &status, 0) == children[p]);
            if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
                ++killed_;
            else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
                seen_.complain(std::string("ended with ") + std::to_string(status) + ": " +
                               lives_[p]->why.data());
        }
        for (unsigned p = 0; p < processes; ++p) seen_.was_told(p, number, *lives_[p]);
        // Not after each: then several leave something behind for one.
        if (processes == most_processes || random_() % 3 != 0) look();
    }

    void look() {
        save();
        ++looks_;
        journal_reader reader(folder_, {0, {}, {after_.begin(), after_.end()}});
        if (!reader) seen_.complain(reader.problem());
        while (journal_record const* r = reader.next()) {
            std::uint64_t& last = after_[r->writer];
            if (last != 0 && r->sequence != last + 1)
                seen_.complain("record " + std::to_string(r->sequence) + " after " +
                               std::to_string(last));
            last = r->sequence;
            ++records_;
            if (r->note == journal_note::gap) ++gaps_;
            if (r->note == journal_note::recovered) ++recovered_;
            seen_.met(*r);
        }
        for (std::string const& p : reader.problems()) seen_.complain(p);
        seen_.all_read();
    }

    // At the end everything is looked at again, by who has the heads.
    void check() {
        look();
        std::string problem;
        std::ifstream in(key_);
        std::string const pem((std::istreambuf_iterator<char>(in)), {});
        auto const key = journal_public_key::from_pem(pem, problem);
        REQUIRE_MESSAGE(key.has_value(), problem);
        journal_check_options options;
        options.keys.push_back(*key);
        options.heads = heads_;
        journal_report const report = check_journal(folder_, options);
        for (journal_finding const& f : report.findings)
            if (f.verdict != journal_verdict::note)
                seen_.complain("check: writer " + std::to_string(f.writer) + ", segment " +
                               std::to_string(f.segment) + ": " + f.text);
        CHECK(report.heads_checked == heads_.size());
        CHECK(report.signatures_checked > 0);
    }

    void report() const {
        MESSAGE(killed_ << " kills, " << records_ << " records; callers were told of "
                        << seen_.told(told_word::allowed) + seen_.told(told_word::denied) << ", "
                        << seen_.told(told_word::asked) << " had no answer yet (of those "
                        << seen_.unheard() << " are recorded), " << seen_.told(told_word::refused)
                        << " were refused; " << recovered_ << " times something was recovered, "
                        << gaps_ << " gaps");
        for (std::string const& p : seen_.problems()) FAIL_CHECK(p);
    }

    [[nodiscard]] std::uint64_t killed() const noexcept { return killed_; }
    [[nodiscard]] observer const& seen() const noexcept { return seen_; }

private:
    static void wait_until_open(pid_t child, told_in_life const& life) {
        while (!life.open && !life.refused) {
            siginfo_t info{};
            if (::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT) ==
                    0 &&
                info.si_pid == child)
                return;
            ::usleep(100);
        }
    }

    // Opens as many as there are writers at once, so that each of them is recovered.
    void save() {
        std::vector<std::unique_ptr<journal>> open;
        for (unsigned p = 0; p < most_processes; ++p) {
            open.push_back(std::make_unique<journal>(folder_, journal_options{.key = key_}));
            if (!*open.back()) return seen_.complain("can't be opened: " + open.back()->problem());
            journal_head const head = open.back()->head();
            if (head.signature.empty()) seen_.complain("a head without a signature");
            // Segments that are dropped take their heads with them.
            if (looks_ % 5 == 0) {
                heads_.erase(std::remove_if(heads_.begin(), heads_.end(),
                                            [&](auto const& h) { return h.writer == head.writer; }),
                             heads_.end());
                heads_.push_back(head);
            }
        }
    }

    std::string folder_, key_;
    std::mt19937 random_;
    shared_life lives_[most_processes];
    observer seen_;
    std::map<std::uint32_t, std::uint64_t> after_;
    std::vector<journal_head> heads_;
    std::deque<std::int64_t> begun_;  // when the last lives were
    std::uint64_t looks_ = 0;
    std::uint64_t killed_ = 0, records_ = 0, gaps_ = 0, recovered_ = 0;
};

void kill_often(std::uint64_t lives) {
    if (under_tsan) {
        skip("ThreadSanitizer does not start threads in a child of a process that had some");
        return;
    }
    temporary_directory const here;
    journal_key_file const key;
    unsigned const seed = std::random_device()();
    CAPTURE(seed);
    killing all(here.path("journal"), key.path(), seed);
    for (std::uint64_t i = 0; i < lives; ++i) {
        all.one_life(i);
        if (!all.seen().problems().empty()) break;
    }
    all.check();
    all.report();
    CHECK(all.killed() > lives / 2);
    CHECK(all.seen().told(told_word::allowed) > lives);
}

}  // namespace

TEST_CASE("a process that is killed loses no record that its callers were told of") {
    kill_often(60);
}

TEST_SUITE("slow") {
    TEST_CASE("a thousand kills lose no record that callers were told of") { kill_often(1'000); }
}
