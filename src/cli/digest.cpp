// `rolecall digest`: the fingerprint of what a policy says.
#include "cli/commands.hpp"
#include "cli/json.hpp"
#include "cli/load_policy.hpp"
#include <rolecall/digest.hpp>

namespace rolecall::inline v0_1::cli {

int run_digest(digest_arguments const& arguments, streams& to) {
    loaded const policy = load_or_complain(arguments.policy, to);
    if (!policy.policy) return policy.code;
    std::string const fingerprint = digest(*policy.policy);
    to.out.line(arguments.format == output_format::json
                    ? digest_json(arguments.policy.path, fingerprint)
                    : fingerprint);
    return exit_code::fine;
}

}  // namespace rolecall::inline v0_1::cli
