#include "cli/writing/interpret_init.hpp"

#include "cli/commands.hpp"
#include "cli/writing/init_answers.hpp"
#include "cli/writing/init_arguments.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

class init_interpreter : option_reader {
public:
    explicit init_interpreter(command_line const& line) : option_reader(line) {}

    [[nodiscard]] init_arguments arguments() const {
        init_arguments result;
        refuse_more_words(1);
        if (!line_.words.empty()) result.path = line_.words.front();
        if (result.path && result.path->empty()) fail_with_usage("a path can't be empty");
        result.name = text("--name");
        result.owner = text("--owner");
        result.work = chosen("--roles", starter::kinds_of_work());
        result.data = chosen("--data", starter::kinds_of_data());
        for (std::string const& written : line_.values("--user")) add_people(result, written);
        result.directory = line_.has("--directory");
        for (std::string_view const option :
             {"--name", "--owner", "--roles", "--data", "--user", "--directory", "--yes"})
            if (line_.has(option)) result.asks = false;
        if (auto const problem = starter::problem_with_people(wishes_of(result)))
            fail("`--user`: " + *problem);
        return result;
    }

private:
    [[nodiscard]] std::optional<std::string> text(std::string_view option) const {
        if (!line_.has(option)) return std::nullopt;
        std::string written = line_.value(option);
        if (auto const problem = starter::problem_with_text(written))
            fail(detail::in_backticks(option) + ": " + *problem);
        return written;
    }

    [[nodiscard]] std::vector<std::string> chosen(std::string_view option,
                                                  std::span<starter::choice const> from) const {
        if (!line_.has(option)) return {};
        auto result = read_choices(line_.value(option), from);
        if (!result.problem.empty()) fail(detail::in_backticks(option) + ": " + result.problem);
        return std::move(result.names);
    }

    // support=dana,bo
    void add_people(init_arguments& to, std::string const& written) const {
        std::size_t const equals = written.find('=');
        if (equals == std::string::npos || equals == 0)
            fail("`--user` takes a role and who is in it, as in `support=dana,bo`, not " +
                 detail::in_backticks(written));
        std::string const role = written.substr(0, equals);
        auto const ids = split_list(std::string_view(written).substr(equals + 1));
        if (ids.empty()) fail("`--user`: nobody is in " + detail::in_backticks(role));
        for (std::string const& id : ids) add_person(to.people, id, role);
    }
};

}  // namespace

command_run interpret_init(command_line const& line) {
    return bind(run_init, init_interpreter(line).arguments());
}

}  // namespace rolecall::inline v0_1::cli
