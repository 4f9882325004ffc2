// `rolecall bench`: what this policy costs here, beside what can't be faster.
#include "bench/agreement.hpp"
#include "bench/suite.hpp"
#include "cli/bench/bench_text.hpp"
#include "cli/check/request_line.hpp"
#include "cli/commands.hpp"
#include "cli/input.hpp"
#include "cli/json.hpp"
#include "cli/line_reader.hpp"
#include "cli/load_policy.hpp"
#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::size_t most_requests = 65'536;

// One line on a terminal's standard error, rewritten while it runs and gone at the end.
class share_done {
public:
    explicit share_done(output& to) : to_(to), shown_(to.is_terminal()) {}
    share_done(share_done const&) = delete;
    share_done& operator=(share_done const&) = delete;
    ~share_done() { clear(); }

    void at(std::string_view what, double share) {
        auto const now = clock::now();
        if (!shown_ || (now < next_ && what == last_)) return;
        next_ = now + std::chrono::milliseconds(200);
        last_ = what;
        visible_ = true;
        to_.write("\r\x1b[K" + std::to_string(static_cast<int>(share * 100)) +
                  " % measured: " + last_ + " …");
        to_.flush();
    }

    void clear() {
        if (!visible_) return;
        visible_ = false;
        to_.write("\r\x1b[K");
        to_.flush();
    }

private:
    using clock = std::chrono::steady_clock;

    output& to_;
    bool shown_;
    bool visible_ = false;
    std::string last_;
    clock::time_point next_{};
};

bench::recorded_request recorded(evaluation_request const& read, std::uint64_t line) {
    bench::recorded_request result{line,        read.is_user,  read.id, read.roles,
                                   read.action, read.category, {}};
    for (stated_fact const& fact : read.facts) result.facts.emplace_back(fact.name, fact.value);
    return result;
}

struct read_requests {
    std::vector<bench::recorded_request> requests;
    std::size_t left_aside = 0;
};

// All requests of a file, or nothing after a complaint.
std::optional<read_requests> read_or_complain(std::string const& path, streams& to) {
    input from(path);
    line_reader lines([&](std::span<char> room) { return from.read(room); }, longest_request);
    request_reader reader;
    evaluation_request read;
    read_requests result;
    std::uint64_t malformed = 0;
    std::string first;
    while (auto const line = lines.next()) {
        if (from.error() != 0) break;  // the piece before a failure may begin a line
        if (!line->too_long && line->text.find_first_not_of(" \t\r") == std::string_view::npos)
            continue;
        std::string const problem =
            line->too_long ? std::string("it is longer than 1 MiB") : reader.read(line->text, read);
        if (!problem.empty()) {
            if (malformed++ == 0) first = "line " + std::to_string(lines.count()) + ": " + problem;
        } else if (result.requests.size() == most_requests) {
            ++result.left_aside;
        } else {
            result.requests.push_back(recorded(read, lines.count()));
        }
    }
    if (from.error() != 0) {
        to.complain("can't read " + input::name(path) + ": " + system_error_text(from.error()));
        return std::nullopt;
    }
    if (malformed > 0) {
        to.complain(input::name(path) + ", " + first);
        to.complain(count_text(malformed, "line was no request", "lines were no requests") +
                    "; nothing was measured");
        return std::nullopt;
    }
    if (result.requests.empty()) {
        to.complain(input::name(path) + " holds no request");
        return std::nullopt;
    }
    return result;
}

// Whom the questions by session are asked as, or nothing after a complaint.
std::optional<bench::asker> asker_or_complain(policy const& by, bench_arguments const& arguments,
                                              date on, streams& to) {
    bench::asker who{"", arguments.roles, arguments.user};
    for (std::string const& role : who.roles) who.label += (who.label.empty() ? "" : ", ") + role;
    if (who.user) who.label = *who.user + (who.roles.empty() ? "" : " as " + who.label);
    std::vector<std::string_view> roles;
    for (written_role const& role : by.source().roles) roles.push_back(role.name.text);
    for (std::string const& role : who.roles) {
        if (by.role(role)) continue;
        to.complain("there is no role " + detail::in_backticks(role) +
                    detail::did_you_mean(detail::closest(role, roles)));
        return std::nullopt;
    }
    activation const made = who.activate(by, on);
    if (made) return who;
    to.complain(detail::in_backticks(who.label) +
                " can't be active: " + std::string(to_string(made.why())));
    return std::nullopt;
}

int measure(policy const& by, bench_arguments const& arguments, bench::suite_options& with,
            streams& to) {
    bench::report measured;
    try {
        share_done shown(to.err);
        with.progress = [&](std::string_view what, double share) { shown.at(what, share); };
        measured = bench::run_suite(by, with);
    } catch (bench::disagreement const& error) {
        to.complain(error.what());
        return exit_code::usage;
    }
    bench::question_summary const& asked = measured.asked;
    if (asked.unknown_names > 0)
        to.complain(count_text(asked.unknown_names, "request names", "requests name") +
                    " what the policy does not declare, and " +
                    (asked.unknown_names == 1 ? "is" : "are") + " denied; the first is " +
                    asked.first_unknown_name);
    if (asked.not_active > 0)
        to.complain(count_text(asked.not_active, "request is", "requests are") +
                    " of an asker who may not be active, and denied");
    for (std::string const& doubt : measured.doubts) to.complain(doubt);
    if (arguments.format == output_format::json) {
        to.out.line(to_json(measured, arguments.policy.path));
    } else {
        write_bench_text(measured, arguments.policy.path, to.out);
    }
    return exit_code::fine;
}

}  // namespace

int run_bench(bench_arguments const& arguments, streams& to) {
    loaded const policy = load_or_complain(arguments.policy, to);
    if (!policy.policy) return policy.code;
    bench::suite_options with;
    with.path = arguments.policy.path;
    with.load = options_of(arguments.policy);
    with.seconds = arguments.seconds;
    with.questions = {.count = arguments.questions, .seed = arguments.seed};
    if (arguments.requests) {
        auto read = read_or_complain(*arguments.requests, to);
        if (!read) return exit_code::usage;
        with.requests = std::move(read->requests);
        with.requests_left_aside = read->left_aside;
    } else if (arguments.user || !arguments.roles.empty()) {
        with.who = asker_or_complain(*policy.policy, arguments, with.on, to);
        if (!with.who) return exit_code::usage;
    } else {
        with.who = bench::broadest_role(bench::vocabulary(*policy.policy));
    }
    return measure(*policy.policy, arguments, with, to);
}

}  // namespace rolecall::inline v0_1::cli
