// `rolecall explain`: the lines that decide, the nearest grant, and what is missing.
#include "cli/check/question.hpp"
#include "cli/commands.hpp"
#include "cli/json.hpp"
#include "cli/load_policy.hpp"
#include "cli/users/store.hpp"
#include <rolecall/diagnostic_text.hpp>
#include <rolecall/explain.hpp>

#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {
namespace {

class explanation_writer {
public:
    explicit explanation_writer(output& out) : out_(out), colour_(out.colour()) {}

    void write(explanation const& explained) {
        out_.line(verdict(bool{explained.answer}, colour_) + explained.for_owner + ' ' +
                  verdict_code(explained.answer.reason, colour_));
        heading("Decided by", !explained.decided_by.empty());
        for (policy_line const& line : explained.decided_by) write(line);
        bool const nearest = explained.nearest && !contains(explained, *explained.nearest);
        heading("Nearest grant", nearest);
        if (nearest) write(*explained.nearest);
        heading("What is missing", !explained.missing.empty());
        for (std::string const& sentence : explained.missing) out_.line("  " + sentence);
        heading("To tell staff", true);
        out_.line("  " + explained.for_staff);
    }

private:
    // The nearest grant may be among the lines that decided, and is then not shown twice.
    static bool contains(explanation const& explained, policy_line const& wanted) {
        for (policy_line const& line : explained.decided_by)
            if (line.where == wanted.where && line.sentence == wanted.sentence) return true;
        return false;
    }

    void heading(std::string_view text, bool shown) {
        if (!shown) return;
        out_.write("\n" + std::string(colour_.heading) + std::string(text) +
                   std::string(colour_.reset) + "\n");
    }

    void write(policy_line const& line) {
        text_style const& style = colour_.diagnostics;
        std::string const place =
            std::string(style.place) + detail::place_text(line.where) + std::string(style.reset);
        std::string text = "  " + line.sentence + "  " + place;
        if (line.where.line > 0) text += detail::marked_line(line.where, style);
        out_.line(text);
    }

    output& out_;
    colours const& colour_;
};

}  // namespace

int run_explain(explain_arguments const& arguments, streams& to) {
    loaded const policy = load_or_complain(arguments.policy, to);
    if (!policy.policy) return policy.code;
    return with_users(arguments.question.users, to, [&](users_view directory) {
        explanation const explained =
            explain(*policy.policy, directory, to_request(arguments.question));
        if (arguments.format == output_format::json)
            to.out.line(to_json(explained, policy.policy->name(explained.answer.granting_role)));
        else
            explanation_writer(to.out).write(explained);
        return explained.answer ? exit_code::fine : exit_code::no;
    });
}

}  // namespace rolecall::inline v0_1::cli
