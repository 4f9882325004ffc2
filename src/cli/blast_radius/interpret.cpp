#include "cli/blast_radius/interpret.hpp"

#include "cli/blast_radius/arguments.hpp"
#include <rolecall/detail/text.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::cli {
namespace {

class blast_radius_interpreter : option_reader {
public:
    explicit blast_radius_interpreter(command_line const& line) : option_reader(line) {}

    [[nodiscard]] blast_radius_arguments arguments() const {
        blast_radius_arguments result;
        result.policy = first_policy();
        refuse_more_words(2);
        question_arguments& who = result.question;
        who.roles = line_.values("--role");
        if (line_.words.size() > 1) who.roles.insert(who.roles.begin(), line_.words[1]);
        if (line_.has("--user")) who.user = line_.value("--user");
        if (line_.has("--category")) result.category = line_.value("--category");
        if (line_.has("--level")) result.level = line_.value("--level");
        refuse_two_questions(result);
        result.below = line_.has("--below");
        if (result.below && !result.category) fail("`--below` goes with `--category`");
        result.all = line_.has("--all");
        if (result.all && (!who.roles.empty() || who.user))
            fail("`--all` goes with lists of everybody: without a role or a user");
        if (line_.has("--users")) who.users = line_.value("--users");
        if (who.users && !who.roles.empty())
            fail("roles are compared with roles: `--users` is one option too many");
        who.facts = facts();
        who.on = day();
        result.format =
            format({text_format, json_format, csv_format, markdown_format, html_format});
        return result;
    }

private:
    void refuse_two_questions(blast_radius_arguments const& of) const {
        std::string_view first;
        for (auto const& [asked, name] :
             {std::pair{!of.question.roles.empty(), line_.has("--role") ? "`--role`" : "a role"},
              std::pair{of.question.user.has_value(), "`--user`"},
              std::pair{of.category.has_value(), "`--category`"},
              std::pair{of.level.has_value(), "`--level`"}}) {
            if (!asked) continue;
            if (!first.empty())
                fail("one question at a time: " + std::string(first) + " and " + name + " are two");
            first = name;
        }
    }
};

}  // namespace

command_run interpret_blast_radius(command_line const& line) {
    return bind(run_blast_radius, blast_radius_interpreter(line).arguments());
}

}  // namespace rolecall::inline v0_1::cli
