// What a policy demands of the audit trail, as it is written down, and what that comes to for one
// question: rule 12 of the policy format, spelled out with strings and maps.

#pragma once

#include "model.hpp"
#include "random_source.hpp"

#include <map>
#include <optional>
#include <string>

namespace model {

// From mild to strict; `ms` of block and durable.
struct demand {
    enum class mode { best_effort, block, required, durable };
    mode what = mode::required;
    int ms = 0;
    friend bool operator==(demand const&, demand const&) = default;
};

// The section `audit`. A line of `categories` without actions has a mode of its own.
struct audit_line {
    std::optional<demand> plain;
    std::map<std::string, demand> actions;  // action or `any`
};

struct audit_section {
    std::optional<demand> otherwise, denials;
    std::map<std::string, demand> actions, levels;
    std::map<std::string, audit_line> categories;
};

demand demand_of_denial(audit_section const& section);
demand demand_of_allow(policy const& rules, audit_section const& section, std::string const& action,
                       std::string const& category);

audit_section random_audit(policy const& rules, random_source& random);

// With each mode in one of its spellings; empty where the section says nothing.
std::string to_yaml(audit_section const& section, random_source& random);
std::string text(demand const& of);

}  // namespace model
