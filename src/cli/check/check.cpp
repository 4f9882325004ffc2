// `rolecall check`: one question, allow or deny.
#include "cli/check/answer_requests.hpp"
#include "cli/check/question.hpp"
#include "cli/commands.hpp"
#include "cli/json.hpp"
#include "cli/load_policy.hpp"
#include "cli/users/store.hpp"
#include <rolecall/decision.hpp>
#include <rolecall/explain.hpp>

#include <algorithm>
#include <cstddef>
#include <string>

namespace rolecall::inline v0_1::cli {
namespace {

void write_allow(policy const& by, question_arguments const& question, response const& answer,
                 output& out) {
    out.write(verdict(true, out.colour()));
    out.line(sentence(question, true) + " (granted by " +
             std::string(by.name(answer.granting_role)) + ')');
}

// The reason stands at the end in brackets, like the code of a finding. Where names are
// unknown, all of them are said.
void write_deny(explanation const& explained, output& out) {
    reason const why = explained.answer.reason;
    out.line(verdict(false, out.colour()) + explained.for_owner + ' ' +
             verdict_code(why, out.colour()));
    if (why != reason::unknown_name) return;
    for (std::string const& missing : explained.missing)
        if (missing != explained.for_owner) out.line("       " + missing);
}

int answer_question(policy const& by, users_view directory, check_arguments const& arguments,
                    output& out) {
    request const question = to_request(arguments.question);
    response const answer =
        directory ? explain(by, directory, question).answer : by.evaluate(question);
    if (arguments.format == output_format::json) {
        out.line(to_json(json_answer{.decision = bool{answer},
                                     .reason = to_string(answer.reason),
                                     .granting_role = by.name(answer.granting_role)}));
    } else if (answer) {
        write_allow(by, arguments.question, answer, out);
    } else {
        write_deny(explain(by, directory, question), out);
    }
    return answer ? exit_code::fine : exit_code::no;
}

}  // namespace

int run_check(check_arguments const& arguments, streams& to) {
    loaded const policy = load_or_complain(arguments.policy, to);
    if (!policy.policy) return policy.code;
    if (arguments.requests)
        return answer_requests(*policy.policy, *arguments.requests, arguments.question.on, to);
    return with_users(arguments.question.users, to, [&](users_view directory) {
        return answer_question(*policy.policy, directory, arguments, to.out);
    });
}

}  // namespace rolecall::inline v0_1::cli
