// From the spreadsheet that a business has to the policy that it could have.
//
//     table ──────┐
//     hierarchy ──┼──▶ rights_table ──names──▶ document ──compile──▶ policy, as YAML
//     names ──────┘
//
// Nothing is guessed: a cell, a name or a row that could mean two things is a problem, and
// one problem means no policy.
#ifndef ROLECALL_IMPORT_IMPORT_TABLES_HPP
#define ROLECALL_IMPORT_IMPORT_TABLES_HPP

#include "import/columns.hpp"
#include <rolecall/diagnostic.hpp>
#include <rolecall/document.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::csv {

struct import_sources {
    source_file table;
    std::optional<source_file> hierarchy;  ///< columns senior, junior
    std::optional<source_file> names;      ///< columns original, name
    column_choice columns;
    std::string policy_name;  ///< left out where it can't be a text of a policy
};

struct import_result {
    std::string policy;  ///< as YAML, and valid; empty where there are problems
    std::size_t roles = 0, categories = 0;
    std::size_t rights = 0;  ///< that the table gives, before inheritance

    std::vector<std::string> notes;  ///< what was decided for the user, a sentence each

    std::vector<diagnostic> problems;  ///< sorted, at most about a hundred
    std::size_t more_problems = 0;     ///< that were not kept
    std::string names_to_give;         ///< a beginning for `names`, if that is what it takes

    explicit operator bool() const noexcept { return problems.empty(); }
};

/// Makes a policy of the tables, or says everything that is in its way. Throws nothing but
/// for lack of memory. May be called from any number of threads at once.
import_result import_tables(import_sources sources);

}  // namespace rolecall::inline v0_1::csv

#endif
