#include "cli/validate/github.hpp"
#include "cli/validate/reports.hpp"

namespace rolecall::inline v0_1::cli {

std::string github_report(validated_policy const& policy, bool strict, colours const& colour) {
    std::string text;
    for (validated_finding const& finding : policy.findings)
        if (!finding.known) text += github_annotation(finding.what) + '\n';
    text += "rolecall: " + summary(policy, strict, colour) + '\n';
    if (policy.mended > 0) text += "rolecall: " + mended_text(policy.mended) + '\n';
    return text;
}

}  // namespace rolecall::inline v0_1::cli
