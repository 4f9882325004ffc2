// The commands of `users`, as people meet them.
#ifndef ROLECALL_CLI_USERS_SPECS_HPP
#define ROLECALL_CLI_USERS_SPECS_HPP

#include "cli/shared_options.hpp"

#include <array>

namespace rolecall::inline v0_1::cli {

namespace users_options {

inline constexpr option_spec dry_run{
    "--dry-run", "", "check everything, show what would change, and change nothing"};
inline constexpr option_spec rules{"--policy", "POLICY",
                                   "where the roles are declared, and which of them one person\n"
                                   "may not hold together"};
inline constexpr option_spec day{"--at", "DATE",
                                 "the day to look at, as 2027-03-31 (default: today, UTC)"};

inline constexpr std::array of_create{colour_option, help_option};

inline constexpr std::array of_list{
    option_spec{"--role", "ROLE",
                "only users who have this role that day; with --policy also those\n"
                "who have it by inheritance"},
    option_spec{"--user", "ID", "only this user"},
    option_spec{"--ending-within", "DAYS", "only assignments that end so soon; 0: that day"},
    option_spec{"--policy", "POLICY",
                "shows what each role inherits, and which roles the policy does\n"
                "not declare"},
    day,
    list_format,
    table_limit,
    end_marker,
    colour_option,
    help_option};

inline constexpr std::array of_users{dry_run, colour_option, help_option};

inline constexpr std::array of_assign{
    rules,
    option_spec{"--until", "DATE", "the last day, as 2027-03-31 (UTC; default: no end)"},
    dry_run,
    table_limit,
    end_marker,
    colour_option,
    help_option};

inline constexpr std::array of_import{
    rules,
    option_spec{"--replace", "", "remove users, and take roles away, that the file does not have"},
    dry_run,
    table_limit,
    end_marker,
    colour_option,
    help_option};

inline constexpr std::array of_export{
    option_spec{"--format", "FORMAT", "csv (the default), which `users import` reads, or json"},
    colour_option, help_option};

inline constexpr std::array of_review{
    option_spec{"--policy", "POLICY", "what the roles may do, and users of its own"},
    option_spec{"--ending-within", "DAYS", "which assignments end soon (default: 30)"},
    day,
    option_spec{"--format", "FORMAT", "text (the default), csv, json or html"},
    table_limit,
    end_marker,
    colour_option,
    help_option};

}  // namespace users_options

inline constexpr std::array users_specs{
    command_spec{
        "users create", "make an empty store of users", "users create STORE",
        "Makes a store of users: one file, in which who has which role is kept outside the\n"
        "policy. Ends with 1 where the path exists already, whatever it is.",
        users_options::of_create, "rolecall users create staff.db"},
    command_spec{
        "users list", "list users, their roles, and what ends soon", "users list STORE [options]",
        "Lists the users of a store by id, each with the roles assigned and their last day.\n"
        "What ends within 30 days (or --ending-within) is marked. Ends with 0 when somebody is\n"
        "listed, and with 1 when nobody is. CSV has the columns user,role,until,state,inherits:\n"
        "the state is held, ends-soon, passed, undeclared (by the policy) or none (no role).",
        users_options::of_list,
        "rolecall users list staff.db\n"
        "rolecall users list staff.db --role billing --policy shop/\n"
        "rolecall users list staff.db --ending-within 14 --format csv"},
    command_spec{
        "users add", "add users, without roles", "users add STORE ID... [--dry-run]",
        "Adds users who have no role yet. Of one who is there already, nothing changes. An\n"
        "id may begin with a dash behind `--`.",
        users_options::of_users,
        "rolecall users add staff.db dana bo\n"
        "rolecall users add staff.db -- -47"},
    command_spec{
        "users assign", "give a user roles, for good or until a day",
        "users assign STORE ID ROLE... --policy POLICY [--until DATE] [--dry-run]",
        "Assigns roles to a user. Of a role that is assigned already, sets the last day. Ends\n"
        "with 1, and changes nothing, where the store has no such user, the policy no such\n"
        "role, or where one person may not hold these roles together.",
        users_options::of_assign,
        "rolecall users assign staff.db dana support --policy shop/\n"
        "rolecall users assign staff.db eve refunds --until 2027-12-31 --policy shop/"},
    command_spec{
        "users deassign", "take roles away from a user",
        "users deassign STORE ID ROLE... [--dry-run]",
        "Takes roles away (the RBAC standard calls it to deassign). Ends with 1, and changes\n"
        "nothing, where the user is not there, or does not have one of the roles.",
        users_options::of_users,
        "rolecall users deassign staff.db eve refunds\n"
        "rolecall users deassign staff.db eve refunds support --dry-run"},
    command_spec{
        "users remove", "remove users, with all their roles",
        "users remove STORE ID... [--dry-run]",
        "Removes users, and takes all their roles away. Ends with 1, and changes nothing,\n"
        "where one of them is not there.",
        users_options::of_users,
        "rolecall users remove staff.db eve\n"
        "rolecall users remove staff.db eve bo --dry-run"},
    command_spec{
        "users import", "add and change users from a spreadsheet, all or none",
        "users import STORE FILE.csv|- --policy POLICY [--replace] [--dry-run]",
        "Reads a table with the columns user, role and until (which may be missing): a row for\n"
        "each role of a user, or several roles in one cell, parted by spaces, commas or\n"
        "semicolons. A user without a role has an empty cell. Days are written as 2027-03-31.\n"
        "Users and roles are added; what the table does not have stays, but with --replace.\n"
        "Every problem of the table is reported in one run. Ends with 1, and changes nothing,\n"
        "where there is one.",
        users_options::of_import,
        "rolecall users import staff.db staff.csv --policy shop/ --dry-run\n"
        "rolecall users import staff.db staff.csv --policy shop/ --replace\n"
        "rolecall users export old.db | rolecall users import new.db - --policy shop/"},
    command_spec{
        "users export", "write all users and roles as CSV or JSON",
        "users export STORE [--format csv|json]",
        "Writes everything that the store has, by id. CSV has the columns user,role,until, and\n"
        "`users import` makes the same store of it. So that a spreadsheet takes no id for a\n"
        "formula, one that begins with = + - or @ gets an apostrophe in front, which the\n"
        "import removes. JSON has ids as they are.",
        users_options::of_export,
        "rolecall users export staff.db > staff.csv\n"
        "rolecall users export staff.db --format json"},
    command_spec{
        "users review", "a report of who has access, to be read and signed",
        "users review [STORE] --policy POLICY [options]",
        "Reports who has which role and why, who has access to which category of customer data\n"
        "and through what, users without roles, roles without users, assignments that end\n"
        "soon, and separations that are broken; with a place to sign. Without a store, of the\n"
        "policy's own users. Ends with 1 where something has to be looked into.",
        users_options::of_review,
        "rolecall users review staff.db --policy shop/\n"
        "rolecall users review staff.db --policy shop/ --format html > review.html\n"
        "rolecall users review --policy shop/"},
};

}  // namespace rolecall::inline v0_1::cli

#endif
