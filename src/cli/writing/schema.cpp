// `rolecall schema`: what editors check and complete policy files with.
#include "cli/commands.hpp"
#include "cli/load_policy.hpp"
#include "cli/validate/rule_texts.hpp"
#include "cli/writing/schema_arguments.hpp"
#include "import/files.hpp"
#include "schema/policy_schema.hpp"
#include "schema/settings_schema.hpp"

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

std::string schema_of_settings() {
    std::vector<schema::settable_code> codes;
    for (diagnostic_code const code : reported_codes())
        if (severity_of(code) != severity::error)
            codes.push_back({to_string(code), rule_summary(code)});
    return schema::of_the_settings(codes);
}

bool says_already(std::string const& path, std::string const& text) {
    std::ifstream file(path, std::ios::binary);
    return file && std::string(std::istreambuf_iterator<char>(file), {}) == text;
}

int write(std::string const& text, schema_arguments const& arguments, streams& to) {
    if (!arguments.output) {
        to.out.write(text);
        return exit_code::fine;
    }
    if (says_already(*arguments.output, text)) return exit_code::fine;
    auto const wrong = csv::write_whole_file(*arguments.output, text);
    if (wrong) to.complain(*wrong);
    return wrong ? exit_code::usage : exit_code::fine;
}

}  // namespace

int run_schema(schema_arguments const& arguments, streams& to) {
    if (arguments.settings) return write(schema_of_settings(), arguments, to);
    if (!arguments.policy) return write(schema::of_the_format(), arguments, to);
    loaded const policy = load_or_complain(*arguments.policy, to);
    if (!policy.policy) return policy.code;
    return write(schema::of_policy(policy.policy->source()), arguments, to);
}

}  // namespace rolecall::inline v0_1::cli
