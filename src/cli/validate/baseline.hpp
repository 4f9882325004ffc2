// What is known to be wrong with policies already, in a file of JSON: who begins to use the gate
// fails by what is new alone.
//
//     {"rolecall-baseline": 1, "policies": [
//     {"policy":"policies/shop","known":[
//     {"code":"roles-alike","file":"roles/a.yaml","about":["a","b"],"count":1,"fingerprint":"…"}
//     ]}
//     ]}
//
// A fingerprint decides, and how often it may occur; file and names are for who reads. What
// refuses a policy is never in it.
#ifndef ROLECALL_CLI_VALIDATE_BASELINE_HPP
#define ROLECALL_CLI_VALIDATE_BASELINE_HPP

#include "cli/validate/validated_policy.hpp"

#include <cstddef>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// A baseline that can't be read: which, and why.
class unusable_baseline : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class baseline {
public:
    /// Reads what `baseline_text` wrote. Throws `unusable_baseline`.
    [[nodiscard]] static baseline read(std::string const& path);

    /// Marks what is known of a policy, counts what is mended, of all that the file says about it.
    /// A file about one policy is about the only one of a run, wherever both lie.
    void mark(validated_policy& policy, bool only_one) const;

private:
    using known_findings = std::map<std::string, std::size_t>;  // fingerprint to its count

    std::string folder_;
    std::map<std::string, known_findings> policies_;
};

/// The file of that path for what was found, and still is not switched off.
[[nodiscard]] std::string baseline_text(std::span<validated_policy const> policies,
                                        std::string const& path);

/// How many findings `baseline_text` writes down.
[[nodiscard]] std::size_t count_for_baseline(std::span<validated_policy const> policies) noexcept;

/// Marks all of these as known.
void mark_for_baseline(std::span<validated_policy> policies) noexcept;

}  // namespace rolecall::inline v0_1::cli

#endif
