#include "cli/validate/reports.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/diagnostic_text.hpp>

#include <algorithm>
#include <array>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

std::size_t count_fixable(validated_policy const& policy) {
    return static_cast<std::size_t>(
        std::count_if(policy.findings.begin(), policy.findings.end(),
                      [](validated_finding const& f) { return f.fixable && !f.known; }));
}

}  // namespace

std::string text_report(validated_policy const& policy, text_choices const& choices,
                        colours const& colour) {
    std::string text;
    std::array<std::size_t, diagnostic_code_count> seen{};
    std::vector<diagnostic_code> shortened;
    for (validated_finding const& finding : policy.findings) {
        if (finding.known) continue;
        std::size_t const number = ++seen[static_cast<std::size_t>(finding.what.code)];
        if (choices.all || number <= most_of_one_kind)
            text += to_text(finding.what, colour.diagnostics) + "\n\n";
        else if (number == most_of_one_kind + 1)
            shortened.push_back(finding.what.code);
    }
    for (diagnostic_code const code : shortened)
        text += "… and " + with_commas(seen[static_cast<std::size_t>(code)] - most_of_one_kind) +
                " more [" + std::string(to_string(code)) + "]; --all shows them\n";
    if (!shortened.empty()) text += '\n';
    text += summary(policy, choices.strict, colour) + '\n';
    std::size_t const fixable = choices.tell_fix ? count_fixable(policy) : 0;
    if (fixable > 0)
        text += detail::printable(policy.path) + ": --fix mends " + with_commas(fixable) + '\n';
    if (policy.mended > 0)
        text += detail::printable(policy.path) + ": " + mended_text(policy.mended) + '\n';
    return text;
}

}  // namespace rolecall::inline v0_1::cli
