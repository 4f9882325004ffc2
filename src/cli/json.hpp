// Our results as JSON. Text that is no UTF-8 (a path, a line of a broken file) gets U+FFFD
// for its broken bytes. Those of a review, of users and of a validation are in review/json.cpp,
// users/json.hpp and validate/report_json.cpp; no header includes Boost.JSON but json_values.hpp.
#ifndef ROLECALL_CLI_JSON_HPP
#define ROLECALL_CLI_JSON_HPP

#include "bench/report.hpp"
#include "cli/lists/list_reports.hpp"
#include "cli/matrix/rights_table.hpp"
#include <rolecall/explain.hpp>

#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {

/// An AuthZEN evaluation response, for `check`.
struct json_answer {
    bool decision = false;
    std::string_view reason{};
    std::string_view granting_role{};  ///< empty: null
    std::string_view message{};        ///< what is wrong with a request; empty: left out
};

[[nodiscard]] std::string to_json(json_answer const& answer);

/// The same answer with everything that `explain` knows in its context.
[[nodiscard]] std::string to_json(explanation const& explained, std::string_view granting_role);

[[nodiscard]] std::string to_json(rights_table const& table);

[[nodiscard]] std::string to_json(who_can_report const& report);
[[nodiscard]] std::string to_json(what_can_report const& report);

/// The outcome of `bench`, of the policy of that path.
[[nodiscard]] std::string to_json(bench::report const& measured, std::string_view path);

/// `{"policy":"shop","sha256":"…"}`
[[nodiscard]] std::string digest_json(std::string_view path, std::string_view digest);

}  // namespace rolecall::inline v0_1::cli

#endif
