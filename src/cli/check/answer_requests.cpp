#include "cli/check/answer_requests.hpp"

#include "cli/check/request_line.hpp"
#include "cli/commands.hpp"
#include "cli/input.hpp"
#include "cli/json.hpp"
#include "cli/line_reader.hpp"
#include "cli/progress.hpp"
#include <rolecall/request.hpp>

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

class request_stream {
public:
    request_stream(policy const& by, std::optional<date> on, streams& to)
        : by_(by), on_(on), to_(to) {}

    int answer(std::string const& path) {
        input from(path);
        line_reader lines(
            [&](std::span<char> room) {
                return to_.out.flush() ? from.read(room) : std::size_t{0};
            },
            longest_request);
        {
            progress shown(to_, "requests answered");
            while (auto const line = lines.next()) {
                // The piece before a failure may be the beginning of a line.
                if (to_.out.failed() || from.error() != 0) break;
                answer(*line, lines.count());
                shown.at(lines.count());
            }
        }
        if (from.error() != 0) {
            to_.complain("can't read " + input::name(path) + ": " +
                         system_error_text(from.error()));
            return exit_code::usage;
        }
        if (malformed_ == 0) return exit_code::fine;
        to_.complain(count_text(malformed_, "line was no request", "lines were no requests") +
                     "; the first is line " + std::to_string(first_malformed_));
        return exit_code::usage;
    }

private:
    void answer(line_reader::line const& line, std::uint64_t number) {
        if (line.too_long) return refuse(number, "it is longer than 1 MiB");
        if (line.text.find_first_not_of(" \t\r") == std::string_view::npos) return;
        std::string const problem = reader_.read(line.text, request_);
        if (!problem.empty()) return refuse(number, problem);
        response const answer = decide();
        to_.out.line(to_json(json_answer{.decision = bool{answer},
                                         .reason = to_string(answer.reason),
                                         .granting_role = by_.name(answer.granting_role)}));
    }

    void refuse(std::uint64_t number, std::string const& problem) {
        if (malformed_++ == 0) first_malformed_ = number;
        std::string const message = "line " + std::to_string(number) + ": " + problem;
        to_.out.line(to_json(json_answer{.reason = "malformed-request", .message = message}));
    }

    [[nodiscard]] response decide() const {
        request question{subject_of(request_), request_.action, request_.category};
        for (stated_fact const& fact : request_.facts)
            question.facts.emplace_back(fact.name, fact.value);
        if (on_) question.on = *on_;
        return by_.evaluate(question);
    }

    static subject subject_of(evaluation_request const& asked) {
        if (!asked.is_user) return subject::role(asked.id);
        if (!asked.roles) return subject::user(asked.id);
        return subject::user(asked.id, {asked.roles->begin(), asked.roles->end()});
    }

    policy const& by_;
    std::optional<date> on_;
    streams& to_;
    request_reader reader_;
    evaluation_request request_;
    std::uint64_t malformed_ = 0;
    std::uint64_t first_malformed_ = 0;
};

}  // namespace

int answer_requests(policy const& by, std::string const& path, std::optional<date> on,
                    streams& to) {
    return request_stream(by, on, to).answer(path);
}

}  // namespace rolecall::inline v0_1::cli
