// The door through which these tests ask the library, or whatever else is to be compared with the
// model. One source file of the test program defines the two static functions.

#pragma once

#include "model.hpp"
#include "policy_text.hpp"

#include <memory>
#include <string>
#include <vector>

namespace model {

class engine {
public:
    engine() = default;
    engine(engine const&) = delete;
    engine& operator=(engine const&) = delete;
    virtual ~engine() = default;

    // Reads policy files. Refused: nullptr, and what was found is in `errors`.
    static std::unique_ptr<engine> load(std::vector<source_file> const& files, std::string& errors);

    // The same policy made in code, without YAML.
    static std::unique_ptr<engine> build(policy const& rules, std::string& errors);

    // The full answer, asked by names.
    virtual answer decide(question const& asked) = 0;

    // Resolves the names first, then asks by references and sessions. Where a name is not
    // declared this may do as decide() does.
    virtual answer decide_by_reference(question const& asked) = 0;

    // The canonical YAML of the policy.
    virtual std::vector<source_file> rewrite() = 0;

    // The digest of the canonical form, in hexadecimal.
    virtual std::string digest() = 0;

    // `role,category,action,effect,if`, then one sorted line for each permission that the role,
    // asked alone, is allowed always (`allow`) or under facts (`conditional`).
    virtual std::string matrix_csv() = 0;
};

// What load() of an engine that has no reader of YAML puts into `errors`; tests that need one
// then do nothing.
inline constexpr char const* no_yaml_reader = "this engine reads no YAML";

}  // namespace model
