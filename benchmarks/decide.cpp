// Deciding: with a reason, and told to a sink. A sink stands beside deciding without one, and
// JSON lines beside bare writes of as many bytes to a file in the same folder.
#include "bench/floors.hpp"
#include "bench/measure.hpp"
#include "benchmarks.hpp"
#include "support/policies.hpp"
#include "support/temporary_file.hpp"
#include <rolecall/json_lines.hpp>
#include <rolecall/recent_records.hpp>
#include <rolecall/sinks.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

namespace rolecall::benchmarks {

namespace {

constexpr policy_kind plain = policy_kind::plain;

// After so many passes a file begins anew, so that no disk fills.
constexpr unsigned passes_of_a_file = 16;

bench::question_set const& asked(policy_size const& size) {
    return asked_of_session(size, plain, bench::answers::half_denied);
}

std::uint64_t decide_all(authorizer const& pdp, live_session const& who,
                         bench::question_set const& set) {
    context const with{.record = "customer-4711"};
    return bench::count(set.by_reference,
                        [&](auto const& q) { return bool{pdp.decide(who, q.what, q.on, with)}; });
}

prepared ask_row(policy_size const& size) {
    auto const& set = asked(size);
    bench::bit_row const row(made(size, plain), session_of(size, plain));
    return {[&set, row] {
                return bench::count(set.bare, [&](auto const& q) { return row.allows(q); });
            },
            set.size()};
}

prepared evaluate(policy_size const& size) {
    auto const& set = asked(size);
    session const& who = session_of(size, plain);
    return {[&] {
                return bench::count(set.by_reference, [&](auto const& q) {
                    return bool{who.evaluate(q.what, q.on)};
                });
            },
            set.size()};
}

live_session open_session(authorizer const& pdp, policy_size const& size) {
    auto const roles = session_of(size, plain).active_roles();
    return pdp.session_of_roles(roles).value();
}

// An authorizer with a sink of its own, and a session of it.
template <class Sink>
struct decision_point {
    Sink sink;
    authorizer pdp;
    live_session who;

    template <class... Given>
    explicit decision_point(policy_size const& size, Given&&... given)
        : sink(std::forward<Given>(given)...),
          pdp(policy_of(size, plain), sink),
          who(open_session(pdp, size)) {}
};

prepared decide_unrecorded(policy_size const& size) {
    auto const& set = asked(size);
    authorizer const& pdp = authorizer_of(size, plain);
    live_session const& who = live_session_of(size, plain);
    return {[&] { return decide_all(pdp, who, set); }, set.size()};
}

prepared decide_recent(policy_size const& size) {
    auto const& set = asked(size);
    auto const here = std::make_shared<decision_point<recent_records>>(size, std::size_t{1000});
    return {[here, &set] { return decide_all(here->pdp, here->who, set); }, set.size()};
}

// Two sinks that keep the last records: what several_sinks adds is the second.
struct two_of_recent {
    recent_records first{1000};
    recent_records second{1000};
    several_sinks<recent_records&, recent_records&> both = several(first, second);

    recorded operator()(audit_event const& event) noexcept { return both(event); }
};

prepared decide_several(policy_size const& size) {
    auto const& set = asked(size);
    auto const here = std::make_shared<decision_point<two_of_recent>>(size);
    return {[here, &set] { return decide_all(here->pdp, here->who, set); }, set.size()};
}

// A trail that begins anew now and then.
struct trail {
    temporary_file file;
    json_lines_sink lines{file.path()};
    unsigned passes = 0;

    recorded operator()(audit_event const& event) noexcept { return lines(event); }

    void next_pass() {
        if (++passes % passes_of_a_file != 0) return;
        std::filesystem::remove(file.path());
        if (!lines.reopen()) throw std::runtime_error(lines.problem());
    }
};

prepared decide_json_lines(policy_size const& size) {
    auto const& set = asked(size);
    auto const here = std::make_shared<decision_point<trail>>(size);
    if (!here->sink.lines) throw std::runtime_error(here->sink.lines.problem());
    return {[here, &set] {
                here->sink.next_pass();
                std::uint64_t const allowed = decide_all(here->pdp, here->who, set);
                if (here->sink.lines.failures() > 0)
                    throw std::runtime_error(here->sink.lines.problem());
                return allowed;
            },
            set.size()};
}

// Bytes of an average line.
std::size_t bytes_of_a_line(policy_size const& size) {
    decision_point<trail> here(size);
    decide_all(here.pdp, here.who, asked(size));
    return static_cast<std::size_t>(std::filesystem::file_size(here.sink.file.path())) /
           asked(size).size();
}

// A file that is only written to.
class bare_file {
public:
    bare_file() { open(); }
    bare_file(bare_file const&) = delete;
    bare_file& operator=(bare_file const&) = delete;
    ~bare_file() { ::close(descriptor_); }

    void next_pass() {
        if (++passes_ % passes_of_a_file != 0) return;
        std::filesystem::remove(file_.path());
        ::close(descriptor_);
        open();
    }
    bool write(std::string const& line) const noexcept {
        return ::write(descriptor_, line.data(), line.size()) ==
               static_cast<::ssize_t>(line.size());
    }

private:
    void open() {
        descriptor_ = ::open(file_.path().c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (descriptor_ < 0) throw std::runtime_error("can't write " + file_.path());
    }

    temporary_file file_;
    int descriptor_ = -1;
    unsigned passes_ = 0;
};

prepared write_lines(policy_size const& size) {
    auto const& set = asked(size);
    auto const file = std::make_shared<bare_file>();
    bench::bit_row const row(made(size, plain), session_of(size, plain));
    return {[file, row, &set, line = std::string(bytes_of_a_line(size), 'x')] {
                file->next_pass();
                return bench::count(
                    set.bare, [&](auto const& q) { return file->write(line) && row.allows(q); });
            },
            set.size()};
}

}  // namespace

void decide(suite& to) {
    to.begin("Decide",
             "With a reason, and told to an audit sink: `pdp.decide(who, view, payment, {.record = "
             "…})`, half denied at random.");
    for (policy_size const* const size : {&middle, &large}) {
        auto const add = [&](char const* variant, auto make, bool counted = true) {
            return to.add({.name = contestant_name("decide", *size, variant),
                           .prepare = [size, make] { return make(*size); },
                           .counted = counted && size == &middle});
        };
        auto const label = std::string(size->label);
        auto const row = add("bit-test", ask_row);
        auto const unrecorded = add("no-records", decide_unrecorded);
        to.compare({.text = label + ", session.evaluate: not recorded",
                    .measured = add("evaluate", evaluate),
                    .floor = row,
                    .floor_text = "bare bit test"});
        to.compare({.text = label + ", no_records",
                    .measured = unrecorded,
                    .floor = row,
                    .floor_text = "bare bit test"});
        if (size == &large) continue;
        auto const recent = add("recent-records", decide_recent);
        auto const lines = add("json-lines", decide_json_lines, false);
        to.compare({.text = label + ", recent_records",
                    .measured = recent,
                    .floor = unrecorded,
                    .floor_text = "no_records"});
        to.compare({.text = label + ", several of two recent_records",
                    .measured = add("several", decide_several),
                    .floor = recent,
                    .floor_text = "one recent_records"});
        to.compare({.text = label + ", json_lines_sink",
                    .measured = lines,
                    .floor = unrecorded,
                    .floor_text = "no_records"});
        to.compare({.text = label + ", json_lines_sink",
                    .measured = lines,
                    .floor = add("bare-write", write_lines, false),
                    .floor_text = "write(2) of as many bytes"});
    }
}

}  // namespace rolecall::benchmarks
