#include "cli/load_policy.hpp"

#include "cli/commands.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/diagnostic_text.hpp>

#include <algorithm>
#include <string>

namespace rolecall::inline v0_1::cli {

finding_counts count_findings(std::span<diagnostic const> findings) noexcept {
    finding_counts counts;
    for (diagnostic const& d : findings)
        if (d.level() == severity::error)
            ++counts.errors;
        else if (d.level() == severity::warning)
            ++counts.warnings;
    return counts;
}

std::string counts_text(finding_counts const& counts) {
    std::string text;
    if (counts.errors > 0) text = count_text(counts.errors, "error");
    if (counts.warnings > 0)
        text += (text.empty() ? "" : ", ") + count_text(counts.warnings, "warning");
    return text;
}

int exit_code_for(std::span<diagnostic const> findings) noexcept {
    int code = exit_code::fine;
    for (diagnostic const& d : findings) {
        if (d.level() != severity::error) continue;
        if (d.code != diagnostic_code::unreadable_file) return exit_code::invalid_policy;
        code = exit_code::usage;
    }
    return code;
}

yaml::load_options options_of(policy_arguments const& arguments) {
    yaml::load_options options;
    if (arguments.max_table_mib) options.max_table_bytes = *arguments.max_table_mib << 20U;
    options.demand_end_marker = arguments.demand_end_marker;
    return options;
}

policy_result load(policy_arguments const& arguments) {
    return yaml::load(arguments.path, options_of(arguments));
}

void write_findings(std::span<diagnostic const> findings, output& to) {
    for (diagnostic const& d : findings) {
        to.line(to_text(d, to.colour().diagnostics));
        to.write("\n");
    }
}

int complain_of(policy_result const& refused, std::string const& path, streams& to) {
    write_findings(refused.findings(), to.err);
    int const code = exit_code_for(refused.findings());
    to.complain(detail::printable(path) +
                (code == exit_code::usage ? " can't be read: " : " is refused: ") +
                counts_text(count_findings(refused.findings())));
    return code;
}

loaded load_or_complain(policy_arguments const& arguments, streams& to) {
    policy_result const result = load(arguments);
    if (result) return {*result, exit_code::fine};
    return {std::nullopt, complain_of(result, arguments.path, to)};
}

}  // namespace rolecall::inline v0_1::cli
