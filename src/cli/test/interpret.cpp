#include "cli/test/interpret.hpp"

#include "cli/test/arguments.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::cli {
namespace {

class test_interpreter : option_reader {
public:
    explicit test_interpreter(command_line const& line) : option_reader(line) {}

    [[nodiscard]] test_arguments arguments() const {
        if (line_.words.empty())
            fail_with_usage("which policy? `test` needs a file or a directory");
        test_arguments result;
        for (std::string const& path : line_.words) result.policies.push_back(policy(path));
        result.format = choose<test_format>("--format", {{"text", test_format::text},
                                                         {"json", test_format::json},
                                                         {"junit", test_format::junit}});
        result.output = new_file();
        result.only = filters();
        result.on = day();
        result.coverage = line_.has("--coverage");
        result.mutate = line_.has("--mutate");
        result.suggest = line_.has("--suggest");
        result.fail_under = number("--fail-under", 100);
        result.all = line_.has("--all");
        if (result.suggest) check_suggest();
        if (result.fail_under && !result.coverage && !result.mutate)
            fail("`--fail-under` goes with `--coverage`, `--mutate` or both");
        return result;
    }

private:
    // What is suggested is a policy file: nothing else stands beside it.
    void check_suggest() const {
        for (std::string_view const other : {"--format", "--coverage", "--fail-under", "--output"})
            if (line_.has(other))
                fail("`--suggest` and " + detail::in_backticks(other) + " don't go together");
        if (line_.words.size() > 1)
            fail("`--suggest` is of one policy, not of " + with_commas(line_.words.size()));
    }

    [[nodiscard]] std::vector<std::string> filters() const {
        std::vector<std::string> result;
        for (std::string& text : line_.values("--filter")) {
            if (text.empty()) fail("`--filter` needs a text: what the exercises have in common");
            if (std::find(result.begin(), result.end(), text) == result.end())
                result.push_back(std::move(text));
        }
        return result;
    }

    // A slip of the hand must not put a report in the place of a policy.
    [[nodiscard]] std::optional<std::string> new_file() const {
        if (!line_.has("--output") || line_.value("--output") == "-") return std::nullopt;
        std::string path = line_.value("--output");
        if (path.empty()) fail("`--output` needs the name of a file");
        for (std::string_view const ending : {".yaml", ".yml"})
            if (std::string_view(path).ends_with(ending))
                fail("`--output` writes no policy: " + detail::in_backticks(path) +
                     " would be taken for one");
        return path;
    }
};

}  // namespace

command_run interpret_test(command_line const& line) {
    return bind(run_test, test_interpreter(line).arguments());
}

}  // namespace rolecall::inline v0_1::cli
