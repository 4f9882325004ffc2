// What the command line said, as plain data. Names are kept as written: only a policy
// knows them.
#ifndef ROLECALL_CLI_ARGUMENTS_HPP
#define ROLECALL_CLI_ARGUMENTS_HPP

#include <rolecall/date.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// How a command writes what it was asked for. Each command takes some of them.
enum class output_format : std::uint8_t { text, json, csv, markdown, html };

/// Which policy, and how strictly it is read.
struct policy_arguments {
    std::string path;
    std::optional<std::size_t> max_table_mib;  ///< as `load_options::max_table_bytes`, in MiB
    bool demand_end_marker = false;
};

/// `--fact NAME=VALUE`; nothing stands for `unknown`.
struct stated_fact {
    std::string name;
    std::optional<bool> value;
};

/// `support view account`, or `view account` with `--role` or `--user`.
struct question_arguments {
    std::vector<std::string> words;    ///< role, action, category; or only the last two
    std::vector<std::string> roles;    ///< `--role`, once for each
    bool no_roles = false;             ///< `--no-roles`: a user with none of their roles active
    std::optional<std::string> user;   ///< `--user`
    std::optional<std::string> users;  ///< `--users`: a store of more users than the policy's
    std::vector<stated_fact> facts;    ///< `--fact`, each name once
    std::optional<date> on;            ///< `--at`; none: the UTC day of each decision
};

struct check_arguments {
    policy_arguments policy;
    question_arguments question;
    std::optional<std::string> requests;  ///< a file, or `-` for standard input
    output_format format = output_format::text;
};

struct explain_arguments {
    policy_arguments policy;
    question_arguments question;
    output_format format = output_format::text;
};

struct matrix_arguments {
    policy_arguments policy;
    output_format format = output_format::text;
    std::optional<std::size_t> width;  ///< columns to fit the text into; none: the terminal's
};

struct who_can_arguments {
    policy_arguments policy;
    question_arguments question;  ///< its words: an action and a category. Nobody asks
    output_format format = output_format::text;
};

struct what_can_arguments {
    policy_arguments policy;
    question_arguments question;  ///< who asks; without words
    output_format format = output_format::text;
};

struct digest_arguments {
    policy_arguments policy;
    output_format format = output_format::text;
};

struct bench_arguments {
    policy_arguments policy;
    std::optional<std::string> requests;  ///< a file, or `-`; none: random questions
    std::vector<std::string> roles;       ///< `--role`: whom the checks by session are of
    std::optional<std::string> user;      ///< `--user`
    double seconds = 5;
    std::size_t questions = 16'384;
    std::size_t seed = 1;
    output_format format = output_format::text;
};

/// `import csv FILE`. An empty text is an option that was not given.
struct import_arguments {
    std::string file;                  ///< `-` for standard input
    std::vector<std::string> columns;  ///< each `--columns` as written: `role=Role,view=Read`
    std::string hierarchy;             ///< a CSV file of senior,junior
    std::string names;                 ///< a CSV file of original,name
    std::string output;                ///< the YAML file to write; none or `-`: standard output
};

// ---- `users …`. A store is the path of a `user_store`'s file ------------------------------

struct users_create_arguments {
    std::string store;
};

struct users_list_arguments {
    std::string store;
    std::optional<std::string> role;
    std::optional<std::string> user;
    std::optional<int> ending_within_days;   ///< only assignments that end so soon
    std::optional<policy_arguments> policy;  ///< for roles that are inherited, or not declared
    std::optional<date> on;
    output_format format = output_format::text;
};

/// `add`, `remove`, `assign` and `deassign`. Ids are ids, and roles are names.
struct users_edit_arguments {
    std::string store;
    std::vector<std::string> ids;            ///< one, for `assign` and `deassign`
    std::vector<std::string> roles;          ///< of `assign` and `deassign`
    std::optional<policy_arguments> policy;  ///< of `assign`: always there
    std::optional<date> until;               ///< of `assign`
    bool dry_run = false;
};

struct users_import_arguments {
    std::string store;
    std::string file;  ///< `-` for standard input
    policy_arguments policy;
    bool replace = false;
    bool dry_run = false;
};

struct users_export_arguments {
    std::string store;
    output_format format = output_format::csv;
};

struct users_review_arguments {
    policy_arguments policy;
    std::optional<std::string> store;  ///< none: the policy's own users alone
    std::optional<date> on;
    int ending_within_days = 30;
    output_format format = output_format::text;
};

}  // namespace rolecall::inline v0_1::cli

#endif
