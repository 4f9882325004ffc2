#include "cli/writing/init_interview.hpp"

#include "cli/input.hpp"
#include "cli/line_reader.hpp"
#include "cli/writing/init_answers.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::size_t longest_answer = 4096;

// Thrown where there is nobody to answer any more.
struct gone {};

class questions {
public:
    explicit questions(streams& to)
        : to_(to),
          in_("-"),
          lines_([this](std::span<char> room) { return in_.read(room); }, longest_answer) {}

    void tell(std::string_view text) { to_.out.line(text); }

    // A question, with the answer that an empty line stands for in brackets. `take` gives what is
    // wrong with an answer, or nothing: then it is taken.
    void ask(std::string const& question, std::string const& usual,
             std::function<std::string(std::string const&)> const& take) {
        for (;;) {
            colours const& colour = to_.out.colour();
            to_.out.write(std::string(colour.heading) + question + std::string(colour.reset));
            if (!usual.empty())
                to_.out.write(" " + std::string(colour.faint) + '[' + usual + ']' +
                              std::string(colour.reset));
            to_.out.write(" ");
            to_.out.flush();
            auto const line = lines_.next();
            if (!line) {
                to_.out.line("");
                throw gone{};
            }
            std::string const answer = line->text.find_first_not_of(" \t") == std::string_view::npos
                                           ? usual
                                           : std::string(line->text);
            std::string const problem = line->too_long ? "this is too long" : take(answer);
            if (problem.empty()) return;
            tell("  " + std::string(colour.condition) + problem + std::string(colour.reset));
        }
    }

    std::string text(std::string const& question, std::string_view usual) {
        std::string result;
        ask(question, std::string(usual), [&](std::string const& answer) {
            result = answer;
            return starter::problem_with_text(answer).value_or("");
        });
        return result;
    }

    std::vector<std::string> some_of(std::string const& question,
                                     std::span<starter::choice const> from) {
        tell("");
        tell(question);
        std::size_t widest = 0;
        for (starter::choice const& one : from) widest = std::max(widest, one.name.size());
        for (std::size_t i = 0; i < from.size(); ++i) {
            std::string name(from[i].name);
            name.resize(widest, ' ');
            tell("  " + std::to_string(i + 1) + "  " + name + "  " + std::string(from[i].about));
        }
        std::vector<std::string> result;
        ask("Names or numbers, with commas; or all:", listed(usual(from)),
            [&](std::string const& answer) {
                auto read = read_choices(answer, from);
                result = std::move(read.names);
                return read.problem;
            });
        return result;
    }

    bool yes_or_no(std::string const& question, bool usual) {
        bool result = usual;
        ask(question, usual ? "yes" : "no", [&](std::string const& answer) -> std::string {
            bool const yes = answer == "yes" || answer == "y";
            if (!yes && answer != "no" && answer != "n") return "answer yes or no";
            result = yes;
            return {};
        });
        return result;
    }

private:
    streams& to_;
    input in_;
    line_reader lines_;
};

// Who is in each role; asked until the policy could list them.
std::vector<starter::person> people_of(questions& on, starter::wishes const& so_far) {
    for (;;) {
        starter::wishes tried = so_far;
        on.tell("Ids as your software knows people, with commas; they can be changed later.");
        for (std::string const& role : starter::roles_of(so_far))
            on.ask("Who is in " + role + "?", "", [&](std::string const& answer) -> std::string {
                auto const ids = split_list(answer);
                if (ids.empty()) return "somebody has to be; else leave the role out";
                for (std::string const& id : ids)
                    if (starter::problem_with_text(id)) return "these are no ids";
                for (std::string const& id : ids) add_person(tried.people, id, role);
                return {};
            });
        auto const problem = starter::problem_with_people(tried);
        if (!problem) return tried.people;
        on.tell("  " + *problem);
    }
}

void ask_all(init_arguments& said, questions& on) {
    on.tell(
        "A policy to begin with. Enter takes what stands in brackets; Ctrl-C ends, and writes "
        "nothing.");
    on.tell("");
    said.name = on.text("What is your business called?", usual_business);
    said.owner = on.text("Who answers for its customer data: a person, an address?", usual_owner);
    said.work =
        on.some_of("Which kinds of work touch customer data? There will be an `office`, too.",
                   starter::kinds_of_work());
    said.data = on.some_of("Which data about customers do you keep?", starter::kinds_of_data());
    on.tell("");
    if (on.yes_or_no("List in the policy who has which role? Larger businesses do that elsewhere.",
                     false))
        said.people = people_of(on, wishes_of(said));
    said.directory =
        on.yes_or_no("Several files in a directory, for several people to look after?", false);
    if (said.path) return;
    on.ask("Where?", usual_path(said.directory), [&](std::string const& answer) -> std::string {
        std::error_code ignored;
        if (std::filesystem::exists(std::filesystem::symlink_status(answer, ignored)))
            return detail::in_backticks(answer) + " exists, and is not overwritten";
        said.path = answer;
        return {};
    });
}

}  // namespace

std::string usual_path(bool directory) { return directory ? "policy" : "policy.yaml"; }

std::optional<init_arguments> interview(init_arguments said, streams& to) {
    questions on(to);
    try {
        ask_all(said, on);
    } catch (gone const&) {
        return std::nullopt;
    }
    return said;
}

}  // namespace rolecall::inline v0_1::cli
