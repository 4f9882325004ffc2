// The commands of `audit`, as people meet them.
#ifndef ROLECALL_CLI_AUDIT_SPECS_HPP
#define ROLECALL_CLI_AUDIT_SPECS_HPP

#include "cli/shared_options.hpp"

#include <array>

namespace rolecall::inline v0_1::cli {

namespace audit_options {

inline constexpr option_spec user{"--user", "ID", "only what this user did; once for each", true};
inline constexpr option_spec category{"--category", "NAME",
                                      "only this category and those below it; once for each", true};
inline constexpr option_spec action{"--action", "NAME", "only this action; once for each", true};
inline constexpr option_spec decided{"--decision", "WORD", "only allow, or only deny"};
inline constexpr option_spec reason{"--reason", "WORD",
                                    "only for this reason, as not-granted; once for each", true};
inline constexpr option_spec record{"--record", "ID",
                                    "only about this customer or record; once for each", true};
inline constexpr option_spec role{"--role", "NAME",
                                  "only with this role, active or held; once for each", true};
inline constexpr option_spec kind{"--kind", "WORD",
                                  "only this kind: decision, started, gap, …; once for each", true};
inline constexpr option_spec from{"--from", "TIME",
                                  "only from this time on: 2027-03-31, or\n"
                                  "2027-03-31T14:00:00Z"};
inline constexpr option_spec to{"--to", "TIME", "only before this time; of a day, to its end"};
inline constexpr option_spec no_record{"--no-record", "",
                                       "do not record that somebody reads the trail: for a copy\n"
                                       "that can't be written to"};

inline constexpr option_spec sign{
    "--sign", "FILE",
    "private key (PEM, Ed25519) that signs the record of this reading,\n"
    "where no process writes to the journal that would do so"};

inline constexpr option_spec follow{"--follow", "",
                                    "go on with what is written meanwhile, until Ctrl-C"};
inline constexpr option_spec format{"--format", "FORMAT", "text (the default), json or csv"};

inline constexpr std::array of_show{option_spec{"--last", "N", "only the last N records"},
                                    option_spec{"--writer", "N", "only those of this writer"},
                                    follow,
                                    format,
                                    no_record,
                                    sign,
                                    colour_option,
                                    help_option};

inline constexpr std::array of_query{
    user,
    category,
    action,
    decided,
    reason,
    record,
    role,
    kind,
    from,
    to,
    option_spec{"--index", "FILE", "ask this file, which `audit index` made, and not the journal"},
    option_spec{"--count", "", "only say how many"},
    follow,
    format,
    no_record,
    sign,
    colour_option,
    help_option};

inline constexpr std::array of_verify{
    option_spec{"--key", "FILE", "public key (PEM) that is trusted; once for each", true},
    option_spec{"--heads", "FILE", "heads that were kept elsewhere; - for standard input", true},
    option_spec{"--format", "FORMAT", "text (the default) or json"}, colour_option, help_option};

inline constexpr std::array of_head{
    option_spec{"--sign", "FILE", "private key (PEM, Ed25519) that signs the heads"}, colour_option,
    help_option};

inline constexpr std::array of_export{
    option_spec{"--format", "FORMAT", "jsonl (the default), csv or sqlite"},
    option_spec{"--output", "FILE", "the file to write; - for standard output"},
    user,
    category,
    action,
    decided,
    reason,
    record,
    role,
    kind,
    from,
    to,
    no_record,
    sign,
    colour_option,
    help_option};

inline constexpr std::array of_import{
    option_spec{"--map", "NAME=COLUMN",
                "which column says it; once for each. Names: time, user, action\n"
                "(these three are needed), category, record, role, origin,\n"
                "decision, reason",
                true},
    option_spec{"--set", "NAME=TEXT", "the same text in all rows; once for each", true},
    option_spec{"--time-format", "FORMAT",
                "iso (the default), unix (seconds), unix-ms, or a pattern such as\n"
                "\"%d.%m.%Y %H:%M:%S\""},
    option_spec{"--zone", "ZONE", "of times that name none: UTC, or +02:00"},
    option_spec{"--key", "FILE", "private key (PEM, Ed25519) that signs a checkpoint behind it"},
    option_spec{"--dry-run", "", "check everything, and change nothing"},
    colour_option,
    help_option};

inline constexpr std::array of_stats{
    from,
    to,
    option_spec{"--writer", "N", "only what this writer recorded"},
    option_spec{"--format", "FORMAT", "text (the default) or json"},
    no_record,
    sign,
    colour_option,
    help_option};

inline constexpr std::array of_rotate{
    option_spec{"--writer", "N", "only this writer; done here where no process has it"},
    option_spec{"--sign", "FILE", "private key (PEM, Ed25519) of a writer that no process has"},
    colour_option, help_option};

inline constexpr std::array of_retain{
    option_spec{"--older-than", "PERIOD",
                "drop what is older: \"90 days\", \"12 months\", \"6 years\""},
    option_spec{"--before", "TIME",
                "drop what is from before: 2027-03-31, or\n2027-03-31T14:00:00Z"},
    option_spec{"--writer", "N", "only of this writer"},
    option_spec{"--sign", "FILE", "private key (PEM, Ed25519) for writers that no process has"},
    option_spec{"--dry-run", "", "say how much would go, and change nothing"},
    colour_option,
    help_option};

inline constexpr std::array of_index{
    option_spec{"--output", "FILE", "the SQLite file; made where there is none"}, no_record, sign,
    colour_option, help_option};

}  // namespace audit_options

inline constexpr std::array audit_specs{
    command_spec{
        "audit verify", "check that nothing in a journal was changed",
        "audit verify JOURNAL [--key FILE]... [--heads FILE]...",
        "Checks every frame, every chain and, given keys, every signature of a journal. Given "
        "heads\n"
        "that were kept elsewhere, it also finds what was cut off at the end or made anew. Says\n"
        "the first bad place of each writer. Ends with 1 where something was changed.",
        audit_options::of_verify,
        "rolecall audit verify journal/ --key journal-public.pem\n"
        "rolecall audit verify journal/ --key journal-public.pem --heads heads.txt"},
    command_spec{
        "audit head", "print how far a journal goes, to keep elsewhere",
        "audit head JOURNAL [--sign FILE]",
        "Prints a head for each writer: a few lines with the hash of the last frame. Keep them\n"
        "where the owner of this machine can't change them; `audit verify --heads` then finds\n"
        "whatever was changed before.",
        audit_options::of_head,
        "rolecall audit head journal/ >> /mnt/elsewhere/heads.txt\n"
        "rolecall audit head journal/ --sign journal.pem"},
    command_spec{
        "audit show", "show the records of a journal", "audit show JOURNAL [options]",
        "Shows the records of a journal, oldest first, a line each. Ends with 1 where there is\n"
        "none, or a part of the journal could not be read.",
        audit_options::of_show,
        "rolecall audit show journal/ --last 20\n"
        "rolecall audit show journal/ --last 0 --follow"},
    command_spec{
        "audit query", "find records: who did what, when, and why", "audit query JOURNAL [options]",
        "Shows the records that are all that the options say; of an option that is there more\n"
        "than once, one of its values. Ends with 0 where there is a record, and with 1 where\n"
        "there is none, or a part of the journal could not be read.",
        audit_options::of_query,
        "rolecall audit query journal/ --record c-17\n"
        "rolecall audit query journal/ --user dana --category payment --from 2027-03-01\n"
        "rolecall audit query journal/ --decision deny --follow\n"
        "rolecall audit query journal/ --index trail.db --role support --count"},
    command_spec{
        "audit export", "write records as JSON lines, CSV or an SQLite file",
        "audit export JOURNAL --output FILE [options]",
        "Writes the records of a journal, or those that are asked for, to hand them over or to\n"
        "look at them with other tools. CSV is safe for spreadsheets: a text that begins with\n"
        "= + - or @ gets an apostrophe in front. The file gets its name when it is whole. Ends\n"
        "with 1 where a part of the journal could not be read.",
        audit_options::of_export,
        "rolecall audit export journal/ --output trail.jsonl\n"
        "rolecall audit export journal/ --format csv --output dana.csv --user dana\n"
        "rolecall audit export journal/ --format sqlite --output march.db --from 2027-03-01"},
    command_spec{
        "audit import", "take over the log of another application, from CSV",
        "audit import JOURNAL FILE.csv|- --map NAME=COLUMN... [options]",
        "Reads a table with a row for each time that somebody did something, and puts it into\n"
        "the journal: each row as a record that is marked as imported, behind a note with the\n"
        "file's SHA-256 and the number of rows. Makes the journal where there is none. Every\n"
        "row is checked; with one that is wrong nothing is imported, and the same file is not\n"
        "imported twice: that ends with 1.",
        audit_options::of_import,
        "rolecall audit import journal/ old.csv --map time=When --map user=Who --map "
        "action=What\n"
        "zcat old.csv.gz | rolecall audit import journal/ - --map time=t --map user=u \\\n"
        "  --set action=view\n"
        "rolecall audit import journal/ old.csv --map time=Datum --map user=Name \\\n"
        "  --map action=Tat --time-format \"%d.%m.%Y %H:%M\" --zone +01:00 --dry-run"},
    command_spec{
        "audit index", "put a journal into an SQLite file, for questions",
        "audit index JOURNAL --output FILE",
        "Puts the records of a journal into an SQLite file, which `audit query --index` and\n"
        "other tools ask; later adds what is new. The file can be made anew at any time. Ends\n"
        "with 1 where a part of the journal could not be read.",
        audit_options::of_index,
        "rolecall audit index journal/ --output trail.db\n"
        "sqlite3 trail.db \"SELECT * FROM denials_per_day\""},
    command_spec{
        "audit stats", "count what is in a journal", "audit stats JOURNAL [options]",
        "Counts the records of a journal: by kind; decisions by reason, category, action, role,\n"
        "user and day; and for each writer its segments and what it could not record. Ends with\n"
        "1 where there is no record, or a part of the journal could not be read.",
        audit_options::of_stats,
        "rolecall audit stats journal/\n"
        "rolecall audit stats journal/ --from 2027-03-01 --to 2027-03-31 --format json"},
    command_spec{
        "audit rotate", "begin new segments, and have key files read anew",
        "audit rotate JOURNAL [--writer N] [--sign FILE]",
        "Asks the processes that write to a journal to begin a new segment and to read their key\n"
        "file again: after the key in it was changed. The change is recorded, signed by the old\n"
        "key. Ends with 1 where no process writes: the next uses the key that it is given.",
        audit_options::of_rotate,
        "rolecall audit rotate journal/\n"
        "rolecall audit rotate journal/ --writer 2 --sign journal.pem"},
    command_spec{
        "audit retain", "drop what is older than it has to be kept",
        "audit retain JOURNAL --older-than PERIOD|--before TIME [options]",
        "Drops whole segments in which every record is older, of each writer, and records which,\n"
        "so that the chain stays provable. Asks the processes that write; where none does, it is\n"
        "done here. Says how much went.",
        audit_options::of_retain,
        "rolecall audit retain journal/ --older-than \"12 months\" --dry-run\n"
        "rolecall audit retain journal/ --older-than \"6 years\" --sign journal.pem\n"
        "rolecall audit retain journal/ --before 2027-01-01 --writer 2"},
};

}  // namespace rolecall::inline v0_1::cli

#endif
