// What reports say of each kind of problem is what the documentation says.
#include "cli/validate/rule_texts.hpp"
#include <rolecall/lint.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace {

using rolecall::diagnostic_code;
using rolecall::lint_rule;
using rolecall::lint_rules;
using rolecall::to_string;
using rolecall::cli::page_of;
using rolecall::cli::reported_codes;
using rolecall::cli::rule_summary;

bool is_of_lint(diagnostic_code code) {
    auto const rules = lint_rules();
    return std::any_of(rules.begin(), rules.end(),
                       [&](lint_rule const& rule) { return rule.code == code; });
}

TEST_CASE("every kind of problem has a summary, that of the list of pages, and a page") {
    std::filesystem::path const root = ROLECALL_SOURCE_DIR;
    std::ifstream file(root / "docs/diagnostics/README.md");
    std::string const list{std::istreambuf_iterator<char>(file), {}};
    for (diagnostic_code const code : reported_codes()) {
        std::string const name(to_string(code));
        CAPTURE(name);
        CHECK(rule_summary(code) != to_string(code));
        CHECK(std::filesystem::exists(root / page_of(code)));
        if (is_of_lint(code)) continue;
        std::string const row =
            "| [" + name + "](" + name + ".md) | " + std::string(rule_summary(code));
        CHECK(list.find(row) != std::string::npos);
    }
}

TEST_CASE("tables that are imported are not what validate reports on") {
    for (diagnostic_code const code : reported_codes())
        CHECK(to_string(code).rfind("csv-", 0) != 0);
    CHECK(reported_codes().size() == rolecall::diagnostic_code_count - 4);
}

}  // namespace
