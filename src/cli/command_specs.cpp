#include "cli/command_specs.hpp"

#include "cli/audit/specs.hpp"
#include "cli/blast_radius/specs.hpp"
#include "cli/diff/specs.hpp"
#include "cli/exercise_report/specs.hpp"
#include "cli/shared_options.hpp"
#include "cli/test/specs.hpp"
#include "cli/users/specs.hpp"
#include "cli/validate/specs.hpp"
#include "cli/writing/init_specs.hpp"
#include "cli/writing/schema_specs.hpp"

#include <algorithm>
#include <array>

namespace rolecall::inline v0_1::cli {
namespace {

// ---- Options of questions ----------------------------------------------------------------

constexpr option_spec role_option{"--role", "ROLE",
                                  "ask as this role; several are active together. With --user:\n"
                                  "the roles that the user has chosen to be active",
                                  true};
constexpr option_spec user_option{"--user", "ID", "ask as this user, with all roles assigned"};
constexpr option_spec no_roles_option{"--no-roles", "",
                                      "with --user: none of their roles is active"};
constexpr option_spec store_option{"--users", "STORE",
                                   "with --user: also the users of this store (`users create`),\n"
                                   "beside those of the policy"};
constexpr option_spec fact_option{"--fact", "NAME=VALUE",
                                  "what is known: true, false or unknown. A fact that is not\n"
                                  "given is unknown, and opens nothing",
                                  true};
constexpr option_spec at_option{"--at", "DATE",
                                "the day of the decision, as 2027-03-31 (default: today, UTC)"};

// ---- Each command's own ------------------------------------------------------------------

constexpr std::array check_options{
    role_option,
    user_option,
    no_roles_option,
    store_option,
    fact_option,
    at_option,
    option_spec{"--requests", "FILE",
                "answer many questions, one JSON object a line, as above;\n"
                "`-` reads standard input"},
    text_or_json,
    table_limit,
    end_marker,
    colour_option,
    help_option};

constexpr std::array explain_options{role_option, user_option,   no_roles_option, store_option,
                                     fact_option, at_option,     text_or_json,    table_limit,
                                     end_marker,  colour_option, help_option};

constexpr std::array matrix_options{
    option_spec{"--format", "FORMAT", "text (the default), csv, json or markdown"},
    option_spec{"--width", "COLUMNS",
                "fit the text into so many (default: the terminal's, or 100)"},
    table_limit,
    end_marker,
    colour_option,
    help_option};

constexpr option_spec list_fact{"--fact", "NAME=VALUE",
                                "what is known: true, false or unknown. The list then says what\n"
                                "is certain, and apart from it what more facts could open",
                                true};
constexpr option_spec list_day{"--at", "DATE",
                               "the day that assignments to users must not have passed, as\n"
                               "2027-03-31 (default: today, UTC)"};

constexpr std::array who_can_options{
    option_spec{"--users", "STORE",
                "also the users of this store (`users create`), beside those of\n"
                "the policy"},
    list_fact,
    list_day,
    list_format,
    table_limit,
    end_marker,
    colour_option,
    help_option};

constexpr std::array what_can_options{
    option_spec{"--role", "ROLE",
                "what this role can do; several together. With --user: the roles\n"
                "that the user has chosen to be active",
                true},
    option_spec{"--user", "ID", "what this user can do, as each of the roles assigned"},
    store_option,
    list_fact,
    list_day,
    list_format,
    table_limit,
    end_marker,
    colour_option,
    help_option};

constexpr std::array digest_options{text_or_json, table_limit, end_marker, colour_option,
                                    help_option};

constexpr std::array bench_options{
    option_spec{"--requests", "FILE",
                "measure with recorded requests, one JSON object a line, as\n"
                "`check --requests` reads them; `-` reads standard input"},
    option_spec{"--role", "ROLE",
                "whom the questions by session are asked as; several are active\n"
                "together (default: the role with the most rights). With --user:\n"
                "the roles that the user has chosen to be active",
                true},
    option_spec{"--user", "ID", "ask by session as this user, with all roles assigned"},
    option_spec{"--seconds", "N", "how long to measure, preparations aside (default: 5)"},
    option_spec{"--questions", "N", "random questions of each kind (default: 16384)"},
    option_spec{"--seed", "N", "makes other random questions (default: 1)"},
    text_or_json,
    table_limit,
    end_marker,
    colour_option,
    help_option};

constexpr std::array import_options{
    option_spec{"--columns", "WHAT=HEADING,...",
                "which column is what: role, category, view, modify, store,\n"
                "delete; any other WHAT becomes an action of the policy",
                true},
    option_spec{"--hierarchy", "FILE", "a CSV file with the columns senior,junior"},
    option_spec{"--names", "FILE", "a CSV file with the columns original,name"},
    option_spec{"--output", "PATH", "write the policy there (default: standard output)"},
    colour_option,
    help_option};

constexpr std::array help_options{help_option};

constexpr std::array policy_specs{
    command_spec{
        "check", "ask a question, or a file of them: allow or deny, and why",
        "check POLICY ROLE ACTION CATEGORY [options]\n"
        "check POLICY --role ROLE... ACTION CATEGORY [options]\n"
        "check POLICY --user ID ACTION CATEGORY [options]\n"
        "check POLICY --requests FILE|- [--at DATE]",
        "Asks whether somebody may do something with a category of customer data. Ends with\n"
        "0 for allow and 1 for deny.\n"
        "\n"
        "With --requests, reads one AuthZEN evaluation request a line, and answers each with\n"
        "a line, in order:\n"
        "\n"
        R"(  {"subject": {"type": "user", "id": "dana", "properties": {"roles": ["support"]}},)"
        "\n"
        R"(   "action": {"name": "view"}, "resource": {"type": "payment", "id": "p-17"},)"
        "\n"
        R"(   "context": {"facts": {"open-ticket": true}}})"
        "\n"
        R"(  {"decision": true, "context": {"reason": "granted", "granting_role": "support"}})"
        "\n"
        "\n"
        "(Each stands on one line.) A subject of type `role` has the role as its id; of a\n"
        "`user`, the roles are the chosen active ones, and may be left out. Ends with 0\n"
        "whatever the answers, and with 2 when a line was no such request.",
        check_options,
        "rolecall check shop/ support view account\n"
        "rolecall check shop/ support view payment --fact open-ticket=true\n"
        "rolecall check shop/ --role support --role billing delete payment\n"
        "rolecall check shop/ --user dana --at 2027-01-01 view account\n"
        "rolecall check shop/ --requests questions.jsonl > answers.jsonl"},
    command_spec{
        "explain", "ask a question, and see which lines decide and what is missing",
        "explain POLICY ROLE ACTION CATEGORY [options]\n"
        "explain POLICY --role ROLE... ACTION CATEGORY [options]\n"
        "explain POLICY --user ID ACTION CATEGORY [options]",
        "Answers like `check`, and shows the lines of the policy that decided; for a denial\n"
        "also the grant that comes closest, and exactly what is missing. Ends with 0 for\n"
        "allow and 1 for deny.",
        explain_options,
        "rolecall explain shop/ support delete payment\n"
        "rolecall explain shop/ --user bo view payment.card --format json"},
    command_spec{"matrix", "show everything that every role may do", "matrix POLICY [options]",
                 "Shows the effective rights of each role: what it inherits, the category tree,\n"
                 "guardrails and requirements put together. CSV has the columns\n"
                 "role,category,action,effect,if, and a line for every right: `allow`, or\n"
                 "`conditional` with the condition.",
                 matrix_options,
                 "rolecall matrix shop/\n"
                 "rolecall matrix shop/ --format csv > rights.csv\n"
                 "rolecall matrix shop/ --format markdown >> README.md"},
    command_spec{
        "who-can", "list every role and every user that can do something",
        "who-can POLICY ACTION CATEGORY [options]",
        "Lists who can do something with a category of customer data: each role, and each\n"
        "user of the policy, with the roles that give it, its condition, and until when the\n"
        "role is assigned. Whoever is not listed is denied whatever the facts. Ends with 0\n"
        "when somebody can, and with 1 when nobody can. CSV has the columns\n"
        "kind,name,through,effect,if,facts,until, and a line for each role that gives it.",
        who_can_options,
        "rolecall who-can shop/ view payment\n"
        "rolecall who-can shop/ view payment --fact open-ticket=false\n"
        "rolecall who-can shop/ delete account --at 2027-01-01 --format csv > who.csv"},
    command_spec{
        "what-can", "list everything that roles, or a user, can do",
        "what-can POLICY ROLE [options]\n"
        "what-can POLICY --role ROLE... [options]\n"
        "what-can POLICY --user ID [options]",
        "Lists what roles that are active together can do, or a user with each of the roles\n"
        "assigned; guardrails of all roles held are subtracted. What is not listed is denied\n"
        "whatever the facts. Ends with 0 when something is listed, else with 1. CSV has the\n"
        "columns category,level,action,through,effect,if,facts,until.",
        what_can_options,
        "rolecall what-can shop/ support\n"
        "rolecall what-can shop/ --role support --role billing\n"
        "rolecall what-can shop/ --user eve --at 2028-01-01\n"
        "rolecall what-can shop/ support --fact open-ticket=true --fact consent=false"},
    command_spec{
        "digest", "print the fingerprint of what a policy says", "digest POLICY [options]",
        "Prints the SHA-256 of the policy's canonical form: the same for two policies that\n"
        "say the same, however they are split into files, ordered or commented.",
        digest_options, "rolecall digest shop/"},
    command_spec{
        "bench", "measure how long checks take, beside what can't be faster",
        "bench POLICY [options]\n"
        "bench POLICY --requests FILE|- [options]",
        "Measures what this policy costs on this machine: a check by session, by reference,\n"
        "by name and with facts, decisions with each audit sink, making a session, loading\n"
        "and replacing the policy. Each stands beside its floor, the least that could give\n"
        "the same answers, such as one bit test in a table; both take turns in one run, and\n"
        "must agree before the clock starts. Random questions are half denied; with\n"
        "--requests, those of the file are asked. Times are of one operation: the median of\n"
        "many batches, and between which two eight of ten lie.",
        bench_options,
        "rolecall bench shop/\n"
        "rolecall bench shop/ --user dana --seconds 20\n"
        "rolecall bench shop/ --requests questions.jsonl --format json > times.json"},
    command_spec{
        "import csv", "make a policy from a spreadsheet", "import csv FILE [options]",
        "Turns a table with a row for each role and category into a policy. The file may use\n"
        "commas or semicolons, and 0/1, yes/no, or x and empty for the rights. Without\n"
        "--columns, the headings themselves say what they are. Ends with 3 when the table\n"
        "can't become a policy; every problem is reported in one run.",
        import_options,
        "rolecall import csv rights.csv --output policy.yaml\n"
        "rolecall import csv erp.csv --columns role=Role,category=Object,view=Read,store=,delete="},
};

constexpr std::array help_specs{
    command_spec{"help", "show help for a command", "help [COMMAND]",
                 "Shows what a command does, its options, and examples.", help_options,
                 "rolecall help check"},
};

// In the order of the list.
constexpr auto specs = [] {
    std::array<command_spec, validate_specs.size() + policy_specs.size() + diff_specs.size() +
                                 blast_radius_specs.size() + test_specs.size() +
                                 exercise_report_specs.size() + init_specs.size() +
                                 schema_specs.size() + users_specs.size() + audit_specs.size() +
                                 help_specs.size()>
        all{};
    std::size_t count = 0;
    for (command_spec const& spec : validate_specs) all[count++] = spec;
    for (command_spec const& spec : policy_specs) all[count++] = spec;
    for (command_spec const& spec : diff_specs) all[count++] = spec;
    for (command_spec const& spec : blast_radius_specs) all[count++] = spec;
    for (command_spec const& spec : test_specs) all[count++] = spec;
    for (command_spec const& spec : exercise_report_specs) all[count++] = spec;
    for (command_spec const& spec : init_specs) all[count++] = spec;
    for (command_spec const& spec : schema_specs) all[count++] = spec;
    for (command_spec const& spec : users_specs) all[count++] = spec;
    for (command_spec const& spec : audit_specs) all[count++] = spec;
    for (command_spec const& spec : help_specs) all[count++] = spec;
    return all;
}();

}  // namespace

std::span<command_spec const> command_specs() noexcept { return specs; }

command_spec const* find_command(std::string_view name) noexcept {
    auto const* const found = std::find_if(
        specs.begin(), specs.end(), [&](command_spec const& spec) { return spec.name == name; });
    return found == specs.end() ? nullptr : &*found;
}

std::vector<command_spec const*> command_specs_of(std::string_view group) {
    std::vector<command_spec const*> found;
    for (command_spec const& spec : specs)
        if (!group.empty() && spec.group() == group) found.push_back(&spec);
    return found;
}

std::vector<std::string_view> command_names() {
    std::vector<std::string_view> names;
    for (command_spec const& spec : specs) {
        bool const told = std::find(names.begin(), names.end(), spec.group()) != names.end();
        if (!spec.group().empty() && !told) names.push_back(spec.group());
        names.push_back(spec.name);
    }
    return names;
}

}  // namespace rolecall::inline v0_1::cli
