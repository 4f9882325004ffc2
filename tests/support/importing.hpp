// Tables that are imported, and what comes of it, in a form that tests can compare.
#ifndef ROLECALL_TESTS_SUPPORT_IMPORTING_HPP
#define ROLECALL_TESTS_SUPPORT_IMPORTING_HPP

#include "import/import_tables.hpp"
#include <rolecall/diagnostic_text.hpp>
#include <rolecall/matrix.hpp>
#include <rolecall/yaml.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::testing {

/// The first line of a table of rights.
inline std::string const rights_header = "role,category,view,modify,store,delete\n";

struct import_case {
    std::string table;
    std::optional<std::string> hierarchy{};
    std::optional<std::string> names{};
    std::vector<std::string> columns{};
};

/// Imports the texts as `table.csv`, `roles.csv` and `names.csv`.
inline csv::import_result imported(import_case const& given) {
    csv::import_sources sources;
    sources.table = {"table.csv", given.table};
    if (given.hierarchy) sources.hierarchy = source_file{"roles.csv", *given.hierarchy};
    if (given.names) sources.names = source_file{"names.csv", *given.names};
    if (auto const wrong = csv::read_choice(given.columns, sources.columns))
        throw std::invalid_argument(*wrong);
    return csv::import_tables(std::move(sources));
}

/// A line for each problem, with its related places: `table.csv:2:3+4 csv-value: text`.
inline std::string problem_lines(std::vector<diagnostic> const& problems) {
    std::string lines;
    for (diagnostic const& d : problems) {
        lines += rolecall::detail::place_text(d.where) + '+' + std::to_string(d.where.length) +
                 ' ' + std::string(to_string(d.code)) + ": " + d.text + '\n';
        for (related_location const& r : d.related)
            lines += "  " + rolecall::detail::place_text(r.where) + '+' +
                     std::to_string(r.where.length) + ' ' + r.text + '\n';
    }
    return lines;
}

inline std::string problems_of(import_case const& given) {
    return problem_lines(imported(given).problems);
}

/// The rights that take effect, a line each, `role action category`; or the problems.
inline std::string rights_of(import_case const& given) {
    csv::import_result const made = imported(given);
    if (!made) return problem_lines(made.problems);
    policy_result const loaded = yaml::load_text(made.policy);
    if (!loaded) return problem_lines({loaded.findings().begin(), loaded.findings().end()});
    std::string lines;
    for (effective_right const& right : effective_rights(*loaded))
        lines += right.role + ' ' + right.action + ' ' + right.category + '\n';
    return lines;
}

}  // namespace rolecall::testing

#endif
