#include "cli/writing/interpret_schema.hpp"

#include "cli/commands.hpp"
#include "cli/writing/schema_arguments.hpp"

#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {
namespace {

class schema_interpreter : option_reader {
public:
    explicit schema_interpreter(command_line const& line) : option_reader(line) {}

    [[nodiscard]] schema_arguments arguments() const {
        if (!line_.words.empty())
            fail("whose schema? write " +
                 detail::in_backticks("schema --for " + line_.words.front()));
        schema_arguments result;
        if (line_.has("--for")) result.policy = policy(line_.value("--for"));
        result.settings = line_.has("--settings");
        if (result.policy && result.settings)
            fail("`--for` and `--settings` don't go together: settings use no names of a policy");
        for (std::string_view const option : {"--max-table-mib", "--demand-end-marker"})
            if (line_.has(option) && !result.policy)
                fail(detail::in_backticks(option) + " goes with `--for`");
        if (line_.has("--output") && line_.value("--output") != "-")
            result.output = line_.value("--output");
        if (result.output && result.output->empty()) fail("`--output` needs the name of a file");
        return result;
    }
};

}  // namespace

command_run interpret_schema(command_line const& line) {
    return bind(run_schema, schema_interpreter(line).arguments());
}

}  // namespace rolecall::inline v0_1::cli
