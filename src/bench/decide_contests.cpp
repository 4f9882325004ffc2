// Decisions that are recorded: what each sink adds.
#include "bench/stage.hpp"
#include "bench/temporary_folder.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/json_lines.hpp>
#include <rolecall/recent_records.hpp>
#include <rolecall/sinks.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>

namespace rolecall::inline v0_1::bench {
namespace {

constexpr std::size_t records_kept = 1024;
constexpr std::string_view record = "customer-4711";

// The files for records grow to so much together; then the contest is over.
constexpr std::size_t most_file_bytes = 32'000'000;
constexpr std::size_t decisions_of_pass = 64;
constexpr std::size_t synced_decisions_of_pass = 4;

live_activation open(authorizer const& pdp, asker const& who) {
    if (!who.user) return pdp.session_of_roles(who.roles);
    if (who.roles.empty()) return pdp.session(*who.user);
    return pdp.session(*who.user, who.roles);
}

// Questions in turn, pass after pass.
template <class Questions, class Decide>
auto in_turn(Questions const& questions, std::size_t of_pass, Decide decide) {
    return [&questions, of_pass, decide, next = std::size_t{0}]() mutable {
        std::uint64_t allowed = 0;
        for (std::size_t i = 0; i < of_pass; ++i) {
            allowed += decide(questions[next]) ? 1U : 0U;
            next = next + 1 < questions.size() ? next + 1 : 0;
        }
        return allowed;
    };
}

// Makes, for each sink, what decides a question; `Make` gives a function for an authorizer.
template <class Questions, class Make, class Alone>
void decide_with_sinks(stage& on, Questions const& questions, Make const& make, Alone const& alone,
                       char const* floor) {
    contest c("decide");
    std::size_t const n = std::min(questions.size(), std::size_t{1024});
    recent_records recent(records_kept);
    recent_records recent_of_several(records_kept);
    authorizer const quiet(on.of, no_records{});
    authorizer const remembering(on.of, recent);
    authorizer const both(on.of, several(no_records{}, recent_of_several));
    contest::id const f = c.floor(floor, n, in_turn(questions, n, alone));
    contest::id const none = c.measure("no_records", n, in_turn(questions, n, make(quiet)), {f});
    c.measure("recent_records", n, in_turn(questions, n, make(remembering)), {none});
    c.measure("several, of both", n, in_turn(questions, n, make(both)), {none});
    c.run(on.options, on.to);
}

// Writes the same line again and again: the least that a trail in a file can cost.
class line_writer {
public:
    line_writer(std::string const& path, std::string line, bool sync)
        : file_(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600)),
          line_(std::move(line)),
          sync_(sync) {}
    line_writer(line_writer const&) = delete;
    line_writer& operator=(line_writer const&) = delete;
    ~line_writer() {
        if (file_ >= 0) ::close(file_);
    }

    bool write() noexcept {
        bool const whole =
            ::write(file_, line_.data(), line_.size()) == static_cast<ssize_t>(line_.size());
        failed_ |= !whole || (sync_ && ::fdatasync(file_) != 0);
        return whole;
    }
    [[nodiscard]] bool failed() const noexcept { return failed_; }

private:
    int file_;
    std::string line_;
    bool sync_;
    bool failed_ = false;
};

std::string last_line(std::string const& path) {
    std::ifstream in(path, std::ios::binary);
    std::string last;
    for (std::string line; std::getline(in, line);) last = std::move(line);
    return last + '\n';
}

// One kind of trail: its sink, and the file that is written without it.
template <class Questions, class Make>
void decide_into(stage& on, temporary_folder const& folder, std::string const& name, bool sync,
                 Questions const& questions, Make const& make, race_options options) {
    contest c("decide");
    std::string const path = folder.path(sync ? "synced.jsonl" : "trail.jsonl");
    json_lines_sink trail(path, {.sync_each = sync});
    authorizer const pdp(on.of, trail);
    auto decide = make(pdp);
    decide(questions[0]);
    if (!trail || trail.failures() > 0) return on.leave_out(c.group(), name, trail.problem());
    std::string const line = last_line(path);
    line_writer bare(folder.path(sync ? "synced.txt" : "trail.txt"), line, sync);

    std::size_t const n = sync ? synced_decisions_of_pass : decisions_of_pass;
    options.batch = std::chrono::microseconds(1);  // one pass is enough
    // Two files, and in each round a pass to warm up and one that counts.
    options.most_rounds = most_file_bytes / ((line.size() + 16) * n * 4);
    contest::id const f =
        c.floor(sync ? "write, fdatasync of the line" : "write of the line", n, [&bare, n] {
            std::uint64_t written = 0;
            for (std::size_t i = 0; i < n; ++i) written += bare.write() ? 1U : 0U;
            return written;
        });
    c.measure(name, n, in_turn(questions, n, decide), {f});
    report measured;
    c.run(options, measured);
    if (trail.failures() > 0) return on.leave_out(c.group(), name, trail.problem());
    if (bare.failed()) return on.leave_out(c.group(), name, "a file can't be written");
    for (measure& one : measured.measures) on.to.measures.push_back(std::move(one));
}

template <class Questions, class Make>
void decide_into_files(stage& on, Questions const& questions, Make const& make) {
    temporary_folder const folder;
    if (!folder) return on.leave_out("decide", "json_lines_sink", folder.problem());
    std::string const name = "json_lines_sink, in " + folder.parent();
    race_options options = on.options;
    options.time /= 2;
    decide_into(on, folder, name, false, questions, make, options);
    decide_into(on, folder, "json_lines_sink, sync_each", true, questions, make, options);
}

// How a question to a session is decided; the session lives as long as what decides.
auto by_session(stage const& on, asker const& who) {
    facts const known = on.words.every_fact(true);
    return [&who, known](authorizer const& pdp) {
        auto session = std::make_shared<live_session>(open(pdp, who).value());
        return [&pdp, session, known](question const& q) {
            return bool{pdp.decide(*session, q.what, q.on, {.record = record, .facts = known})};
        };
    };
}

auto by_request() {
    return [](authorizer const& pdp) {
        return [&pdp](request const& q) { return bool{pdp.decide(q)}; };
    };
}

}  // namespace

void decide_by_session(stage& on, asker const& who, question_set const& asked) {
    session const alone = who.activate(on.of, on.with.on).value();
    facts const known = on.words.every_fact(true);
    decide_with_sinks(
        on, asked.by_reference, by_session(on, who),
        [&alone, known](question const& q) { return bool{alone.evaluate(q.what, q.on, known)}; },
        "session::evaluate");
}

void decide_requests(stage& on, named_requests const& asked) {
    decide_with_sinks(
        on, asked.questions, by_request(),
        [&on](request const& q) { return bool{on.of.evaluate(q)}; }, "policy::evaluate");
}

void decide_into_file(stage& on, asker const& who, question_set const& asked) {
    decide_into_files(on, asked.by_reference, by_session(on, who));
}

void decide_requests_into_file(stage& on, named_requests const& asked) {
    decide_into_files(on, asked.questions, by_request());
}

}  // namespace rolecall::inline v0_1::bench
