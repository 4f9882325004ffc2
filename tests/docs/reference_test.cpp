// The pages that say they have everything do: every key of the format, every command and option
// of the program, every member of the JSON that it prints.
#include "cli/command_specs.hpp"
#include "docs/markdown.hpp"
#include "document/keys.hpp"
#include "support/temporary_directory.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

namespace fs = std::filesystem;
fs::path const root = ROLECALL_SOURCE_DIR;

// What stands below a heading, up to the next of its level or above.
std::string section(std::string const& page, std::string const& heading) {
    std::string const level = heading.substr(0, heading.find(' '));
    std::string text;
    bool inside = false;
    std::istringstream lines(page);
    for (std::string line; std::getline(lines, line);) {
        if (line == heading)
            inside = true;
        else if (inside && line.starts_with('#') && line.find(' ') <= level.size())
            break;
        else if (inside)
            text += line + '\n';
    }
    return text;
}

// Every `word` in a text, of those that begin in a certain way.
std::set<std::string> code_in(std::string_view text, std::string_view beginning) {
    std::set<std::string> found;
    for (std::size_t at = text.find('`'); at != std::string_view::npos;) {
        std::size_t const end = text.find('`', at + 1);
        if (end == std::string_view::npos) break;
        std::string_view const code = text.substr(at + 1, end - at - 1);
        if (code.starts_with(beginning)) found.emplace(code.substr(0, code.find_first_of(" |=")));
        at = text.find('`', end + 1);
    }
    return found;
}

// The code in the first cells of tables.
std::set<std::string> first_cells(std::string const& text) {
    std::set<std::string> found;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("| `")) found.merge(code_in(line.substr(0, line.find('|', 2)), ""));
    return found;
}

std::set<std::string> members_of_output(std::string const& arguments) {
    std::string const command = "cd '" + root.string() + "' && '" ROLECALL_PROGRAM "' " + arguments;
    std::FILE* const pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string text;
    std::array<char, 4096> piece{};
    while (std::size_t const got = std::fread(piece.data(), 1, piece.size(), pipe))
        text.append(piece.data(), got);
    ::pclose(pipe);

    std::set<std::string> found;
    for (std::size_t at = text.find("\":"); at != std::string::npos;
         at = text.find("\":", at + 1)) {
        std::size_t const begin = text.rfind('"', at - 1);
        found.insert(text.substr(begin + 1, at - begin - 1));
    }
    return found;
}

}  // namespace

TEST_CASE("the page on the format has every key, each in the table of its place") {
    std::string const page = section(whole_file(root / "docs/format.md"), "## Every key");
    std::pair<yaml::key_table const*, std::string> const places[] = {
        {&yaml::file_keys, "### A policy file"},
        {&yaml::policy_keys, "### The section `policy`"},
        {&yaml::action_keys, "### An action, a fact"},
        {&yaml::fact_keys, "### An action, a fact"},
        {&yaml::category_keys, "### A category"},
        {&yaml::role_keys, "### A role"},
        {&yaml::assignment_keys, "### An assignment"},
        {&yaml::guardrail_keys, "### A guardrail"},
        {&yaml::separation_keys, "### A separation"},
        {&yaml::condition_keys, "### A condition"},
        {&yaml::guarantee_keys, "### A guarantee"},
        {&yaml::guarantee_act_keys, "### An item of `never-both`"},
        {&yaml::exercise_keys, "### An exercise"},
        {&yaml::exercise_user_keys, "### `as` of an exercise"},
        {&yaml::given_keys, "### `given` of an exercise"},
        {&yaml::audit_keys, "### The section `audit`"},
        {&yaml::audit_wait_keys, "### A mode with a time"}};
    CHECK(std::size(places) == std::size(yaml::all_key_tables));
    for (auto const& place : places) {
        CAPTURE(place.second);
        std::set<std::string> const keys(place.first->keys.begin(), place.first->keys.end());
        CHECK(first_cells(section(page, place.second)) == keys);
    }
}

TEST_CASE("the page on the program has every command and every option, and no other") {
    std::string const page = whole_file(root / "docs/program.md");
    std::set<std::string> const shared = first_cells(section(page, "## Options of every command"));
    CHECK(shared.contains("--format"));
    for (cli::command_spec const& command : cli::command_specs()) {
        CAPTURE(command.name);
        if (command.name == "help") continue;  // stands among what every command has
        // These have a section for all of them.
        bool const in_group = command.group() == "users" || command.group() == "audit";
        std::string const text =
            section(page, (in_group ? "### " : "## ") + std::string(command.name));
        CHECK(!text.empty());
        std::set<std::string> known = shared;
        known.merge(code_in(text, "--"));
        std::set<std::string> options;
        for (cli::option_spec const& option : command.options) {
            options.emplace(option.name);
            CHECK_MESSAGE(known.contains(std::string(option.name)), option.name);
        }
        for (std::string const& name : first_cells(text))
            if (name.starts_with("--")) CHECK_MESSAGE(options.contains(name), name);
    }
}

TEST_CASE("the page on the program has every member of the JSON that it prints") {
    temporary_directory const folder;
    std::string const store = folder.path("staff.db");
    members_of_output("users create " + store);
    members_of_output("users add " + store + " nina");
    members_of_output("users assign " + store + " nina support --policy policies/shop");
    std::string const trail = folder.path("trail");
    std::string const log = folder.write("log.csv", "t,u,a,c\n2024-03-29T08:00:00Z,bo,view,x\n");
    members_of_output("audit import " + trail + ' ' + log +
                      " --map time=t --map user=u --map action=a --map category=c");
    std::string const text = section(whole_file(root / "docs/program.md"), "## JSON");
    std::set<std::string> const described = code_in(text, "");
    for (std::string const& arguments : std::vector<std::string>{
             "validate tests/policies/duplicate-definition policies/shop",
             "check policies/shop support view account",
             "explain policies/shop support delete payment",
             "explain policies/shop support view account", "matrix policies/shop",
             "who-can policies/shop delete payment --fact consent=false --at 2027-01-15",
             "what-can policies/shop support", "what-can policies/shop --user eve --at 2027-01-15",
             "digest policies/shop", "users list " + store + " --policy policies/shop",
             "users export " + store, "users review " + store + " --policy policies/shop",
             "exercise-report policies/shop", "test policies/shop",
             "audit stats " + trail + " --no-record",
             "test policies/shop --filter stolen --coverage --mutate"}) {
        CAPTURE(arguments);
        std::set<std::string> const members = members_of_output(arguments + " --format json");
        CHECK(members.size() > 1);
        std::set<std::string> const names_of_the_policy{"consent", "view",   "modify",
                                                        "store",   "delete", "share"};
        for (std::string const& member : members)
            if (!names_of_the_policy.contains(member))
                CHECK_MESSAGE(described.contains(member), member);
    }
}
