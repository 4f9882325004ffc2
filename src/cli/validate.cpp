// `rolecall validate`: every problem of every file.
#include "cli/commands.hpp"
#include "cli/github.hpp"
#include "cli/json.hpp"
#include "cli/load_policy.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/document.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

validated_policy validate(policy_arguments const& arguments) {
    policy_result const result = load(arguments);
    validated_policy checked{arguments.path,
                             bool{result},
                             0,
                             0,
                             0,
                             {result.findings().begin(), result.findings().end()}};
    if (!result) return checked;
    document const& source = result->source();
    checked.categories = source.categories.size();
    checked.roles = source.roles.size();
    checked.files = source.files.size();
    return checked;
}

// `shop: fine (8 categories, 5 roles, 5 files)`
std::string summary(validated_policy const& policy, colours const& colour) {
    std::string text = detail::printable(policy.path) + ": ";
    finding_counts const counts = count_findings(policy.findings);
    if (!policy.valid)
        return text + std::string(colour.deny) + counts_text(counts) + std::string(colour.reset);
    text += std::string(colour.allow) + "fine" + std::string(colour.reset);
    if (counts.warnings > 0) text += ", with " + counts_text(counts);
    return text + " (" + count_text(policy.categories, "category", "categories") + ", " +
           count_text(policy.roles, "role") + ", " + count_text(policy.files, "file") + ')';
}

void write_text(validated_policy const& policy, output& out) {
    write_findings(policy.findings, out);
    out.line(summary(policy, out.colour()));
}

// The last line is for whoever reads the log; no path can make it a command of its own.
void write_github(validated_policy const& policy, output& out) {
    for (diagnostic const& d : policy.findings) out.line(github_annotation(d));
    out.line("rolecall: " + summary(policy, out.colour()));
}

}  // namespace

int run_validate(validate_arguments const& arguments, streams& to) {
    std::vector<validated_policy> checked;
    int code = exit_code::fine;
    for (policy_arguments const& policy : arguments.policies) {
        checked.push_back(validate(policy));
        code = std::max(code, exit_code_for(checked.back().findings));
        if (arguments.format == output_format::json) continue;
        if (arguments.format == output_format::github)
            write_github(checked.back(), to.out);
        else
            write_text(checked.back(), to.out);
        checked.clear();
    }
    if (arguments.format == output_format::json) to.out.line(to_json(checked));
    return code;
}

}  // namespace rolecall::inline v0_1::cli
