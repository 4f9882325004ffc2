// What the command line said to the commands of `audit`. A journal is the path of its folder.
#ifndef ROLECALL_CLI_AUDIT_ARGUMENTS_HPP
#define ROLECALL_CLI_AUDIT_ARGUMENTS_HPP

#include "cli/arguments.hpp"
#include "trail_store/question.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// That somebody reads a trail, which is part of it.
struct audit_reading {
    std::string journal;
    std::string how;     ///< `audit export`
    std::string what;    ///< the line, as it was written
    std::string key{};   ///< PEM file that signs it where no process does; may be empty
    bool record = true;  ///< not `--no-record`
};

struct audit_verify_arguments {
    std::string journal;
    std::vector<std::string> keys, heads;  ///< paths
    bool json = false;
};

struct audit_head_arguments {
    std::string journal;
    std::string key;  ///< PEM file of the key that signs; empty: nobody does
};

/// `query`, and `show`, which is a query for all, or for the last of all.
struct audit_query_arguments {
    std::string journal;
    trail::question asked;
    std::uint32_t writer = 0;         ///< 0: all
    std::optional<std::size_t> last;  ///< only so many
    std::string index;                ///< SQLite file to ask instead; may be empty
    bool follow = false;
    bool count = false;
    output_format format = output_format::text;
    audit_reading reading;
};

enum class export_format : std::uint8_t { jsonl, csv, sqlite };

struct audit_export_arguments {
    std::string journal;
    std::string output;  ///< `-`: standard output
    export_format format = export_format::jsonl;
    trail::question asked;
    audit_reading reading;
};

struct audit_import_arguments {
    std::string journal;
    std::string file;               ///< `-` for standard input
    std::vector<std::string> maps;  ///< `time=When`
    std::vector<std::string> sets;  ///< `category=permits`
    std::string time_format;        ///< empty: iso
    std::string zone;               ///< empty: none
    std::string key;                ///< PEM file; empty: nobody signs
    bool dry_run = false;
};

struct audit_index_arguments {
    std::string journal;
    std::string output;
    audit_reading reading;
};

/// `rotate` and `retain`: what writers are to do.
struct audit_rotate_arguments {
    std::string journal;
    std::uint32_t writer = 0;  ///< 0: all that a process has
    std::string key;           ///< PEM file; for a writer that no process has; may be empty
};

struct audit_retain_arguments {
    std::string journal;
    std::uint32_t writer = 0;  ///< 0: all
    std::string key;           ///< PEM file; for writers that no process has; may be empty
    std::int64_t before = 0;   ///< nanoseconds since 1970-01-01 UTC
    bool dry_run = false;
};

struct audit_stats_arguments {
    std::string journal;
    std::uint32_t writer = 0;  ///< 0: all
    trail::question asked;     ///< times only
    bool json = false;
    audit_reading reading;
};

}  // namespace rolecall::inline v0_1::cli

#endif
