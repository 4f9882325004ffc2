// The commands of the program. Each does its work, writes to the streams, and returns the
// exit code; none ends the program, and none needs to flush.
#ifndef ROLECALL_CLI_COMMANDS_HPP
#define ROLECALL_CLI_COMMANDS_HPP

#include "cli/arguments.hpp"
#include "cli/streams.hpp"

namespace rolecall::inline v0_1::cli {

/// What the program ends with. A result that could not be written is `usage`, whatever it was.
namespace exit_code {
inline constexpr int fine = 0;            ///< yes, or fine
inline constexpr int no = 1;              ///< denied; refused; nobody, or nothing, to list
inline constexpr int usage = 2;           ///< wrong usage, or reading or writing failed
inline constexpr int invalid_policy = 3;  ///< there is no policy to answer with
}  // namespace exit_code

struct init_arguments;      // in init_arguments.hpp
struct schema_arguments;    // in schema_arguments.hpp
struct validate_arguments;  // in validate_arguments.hpp

int run_validate(validate_arguments const& arguments, streams& to);
int run_check(check_arguments const& arguments, streams& to);
int run_explain(explain_arguments const& arguments, streams& to);
int run_matrix(matrix_arguments const& arguments, streams& to);
int run_who_can(who_can_arguments const& arguments, streams& to);
int run_what_can(what_can_arguments const& arguments, streams& to);
int run_digest(digest_arguments const& arguments, streams& to);
int run_bench(bench_arguments const& arguments, streams& to);
int run_import(import_arguments const& arguments, streams& to);
int run_init(init_arguments const& arguments, streams& to);
int run_schema(schema_arguments const& arguments, streams& to);

int run_users_create(users_create_arguments const& arguments, streams& to);
int run_users_list(users_list_arguments const& arguments, streams& to);
int run_users_add(users_edit_arguments const& arguments, streams& to);
int run_users_assign(users_edit_arguments const& arguments, streams& to);
int run_users_deassign(users_edit_arguments const& arguments, streams& to);
int run_users_remove(users_edit_arguments const& arguments, streams& to);
int run_users_import(users_import_arguments const& arguments, streams& to);
int run_users_export(users_export_arguments const& arguments, streams& to);
int run_users_review(users_review_arguments const& arguments, streams& to);

}  // namespace rolecall::inline v0_1::cli

#endif
