// The commands of `audit`.
#ifndef ROLECALL_CLI_AUDIT_COMMANDS_HPP
#define ROLECALL_CLI_AUDIT_COMMANDS_HPP

#include "cli/audit/arguments.hpp"
#include "cli/streams.hpp"

namespace rolecall::inline v0_1::cli {

int run_audit_verify(audit_verify_arguments const& arguments, streams& to);
int run_audit_head(audit_head_arguments const& arguments, streams& to);
int run_audit_export(audit_export_arguments const& arguments, streams& to);
int run_audit_import(audit_import_arguments const& arguments, streams& to);
int run_audit_query(audit_query_arguments const& arguments, streams& to);
int run_audit_index(audit_index_arguments const& arguments, streams& to);
int run_audit_stats(audit_stats_arguments const& arguments, streams& to);
int run_audit_rotate(audit_rotate_arguments const& arguments, streams& to);
int run_audit_retain(audit_retain_arguments const& arguments, streams& to);

}  // namespace rolecall::inline v0_1::cli

#endif
