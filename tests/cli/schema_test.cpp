// `rolecall schema`: no key of the format is missing, each says what docs/format.md says, and the
// schemas that lie in policies/ are those that the program prints. What they take and refuse is
// asked of a validator, in tests/schemas.
#include "document/keys.hpp"
#include "schema/key_words.hpp"
#include "support/program.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/diagnostic_code.hpp>
#include <rolecall/lint.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;
namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

fs::path const root = ROLECALL_SOURCE_DIR;

std::string contents(fs::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string text(json::value const& of) {
    auto const& written = of.as_string();
    return {written.data(), written.size()};
}

std::string printed_schema(std::vector<std::string> words = {}) {
    words.insert(words.begin(), "schema");
    auto const printed = run(words);
    CHECK(printed.err.empty());
    REQUIRE(printed.code == 0);
    return printed.out;
}

// ---- Keys of the format --------------------------------------------------------------------

// A mapping whose keys are known: their descriptions, and which must be there.
struct known_mapping {
    std::map<std::string, std::string> keys;
    std::set<std::string> required;
    bool closed = false;  ///< to any other key
};

known_mapping mapping_of(json::value const& schema) {
    known_mapping result;
    for (auto const& [key, value] : schema.at("properties").as_object())
        result.keys[std::string(key)] = text(value.at("description"));
    if (auto const* const required = schema.as_object().if_contains("required"))
        for (json::value const& key : required->as_array()) result.required.insert(text(key));
    result.closed = !schema.at("additionalProperties").as_bool();
    return result;
}

// Where each table of keys stands in the schema.
std::map<yaml::key_table const*, known_mapping> mappings_of(json::value const& schema) {
    json::value const& sections = schema.at("properties");
    auto const entry = [&](char const* section) -> json::value const& {
        json::value const& one = sections.at(section).at("additionalProperties");
        return one.as_object().contains("properties") ? one : one.at("anyOf").at(1);
    };
    json::value const& definitions = schema.at("definitions");
    return {
        {&yaml::file_keys, mapping_of(schema)},
        {&yaml::policy_keys, mapping_of(sections.at("policy"))},
        {&yaml::action_keys, mapping_of(entry("actions"))},
        {&yaml::fact_keys, mapping_of(entry("facts"))},
        {&yaml::category_keys, mapping_of(entry("categories"))},
        {&yaml::role_keys, mapping_of(entry("roles"))},
        {&yaml::guardrail_keys, mapping_of(entry("never"))},
        {&yaml::separation_keys, mapping_of(entry("separation"))},
        {&yaml::assignment_keys, mapping_of(definitions.at("assignment"))},
        {&yaml::condition_keys, mapping_of(definitions.at("condition"))},
        {&yaml::guarantee_keys, mapping_of(entry("guarantees"))},
        {&yaml::guarantee_act_keys, mapping_of(definitions.at("guarantee-act"))},
        {&yaml::exercise_keys, mapping_of(entry("exercises"))},
        {&yaml::exercise_user_keys, mapping_of(definitions.at("exercise-user"))},
        {&yaml::given_keys, mapping_of(definitions.at("given"))},
        {&yaml::audit_keys, mapping_of(sections.at("audit"))},
        {&yaml::audit_wait_keys, mapping_of(definitions.at("audit-mode-with-time"))},
    };
}

// ---- The page of the format ------------------------------------------------------------------

struct documented_key {
    std::string words;
    bool required = false;
};

std::string trimmed(std::string const& of) {
    std::size_t const begin = of.find_first_not_of(' ');
    if (begin == std::string::npos) return {};
    return of.substr(begin, of.find_last_not_of(' ') - begin + 1);
}

// The tables of "Every key", by their heading: `### A role` to its keys. Links are left out.
std::map<std::string, std::map<std::string, documented_key>> documented_keys() {
    std::map<std::string, std::map<std::string, documented_key>> result;
    std::istringstream page(contents(root / "docs/format.md"));
    std::string heading;
    for (std::string line; std::getline(page, line);) {
        if (line.starts_with("## ")) heading.clear();
        if (line.starts_with("### ")) heading = line.substr(4);
        if (heading.empty() || !line.starts_with("| `")) continue;
        line = std::regex_replace(line, std::regex(R"(\[([^\]]*)\]\([^)]*\))"), "$1");
        std::istringstream cells(line.substr(1));
        std::string key;
        std::string value;
        std::string words;
        std::getline(cells, key, '|');
        std::getline(cells, value, '|');
        std::getline(cells, words, '|');
        key = trimmed(key);
        std::string const name = key.substr(1, key.find('`', 1) - 1);
        result[heading][name] = {trimmed(words), key.ends_with(" *")};
    }
    return result;
}

std::map<yaml::key_table const*, std::string> const headings{
    {&yaml::file_keys, "A policy file"},
    {&yaml::policy_keys, "The section `policy`"},
    {&yaml::action_keys, "An action, a fact"},
    {&yaml::fact_keys, "An action, a fact"},
    {&yaml::category_keys, "A category"},
    {&yaml::role_keys, "A role"},
    {&yaml::condition_keys, "A condition"},
    {&yaml::assignment_keys, "An assignment"},
    {&yaml::guardrail_keys, "A guardrail"},
    {&yaml::separation_keys, "A separation"},
    {&yaml::guarantee_keys, "A guarantee"},
    {&yaml::guarantee_act_keys, "An item of `never-both`"},
    {&yaml::exercise_keys, "An exercise"},
    {&yaml::exercise_user_keys, "`as` of an exercise"},
    {&yaml::given_keys, "`given` of an exercise"},
    {&yaml::audit_keys, "The section `audit`"},
    {&yaml::audit_wait_keys, "A mode with a time"},
};

// The rows of a page's tables of keys, without what a link leads to.
std::set<std::string> rows_of(fs::path const& page, std::string const& heading) {
    std::set<std::string> result;
    std::istringstream lines(contents(page));
    bool inside = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("## ")) inside = line == "## " + heading;
        if (inside && line.starts_with("| `"))
            result.insert(std::regex_replace(line, std::regex(R"(\]\([^)]*\))"), "]"));
    }
    return result;
}

std::vector<std::string> names_of(json::value const& definition) {
    std::vector<std::string> result;
    for (json::value const& one : definition.at("anyOf").as_array())
        result.push_back(text(one.at("const")));
    return result;
}

}  // namespace

TEST_CASE("the schema knows exactly the keys that the reader knows, everywhere") {
    temporary_directory const folder;
    for (std::string const& printed :
         {printed_schema(), printed_schema({"--for", (root / "policies/shop").string()})}) {
        auto const mappings = mappings_of(json::parse(printed));
        for (yaml::key_table const* const table : yaml::all_key_tables) {
            CAPTURE(table->owner);
            REQUIRE(mappings.contains(table));
            std::set<std::string> known(table->keys.begin(), table->keys.end());
            std::set<std::string> told;
            for (auto const& [key, words] : mappings.at(table).keys) told.insert(key);
            CHECK(told == known);
            CHECK(mappings.at(table).closed);
        }
    }
}

TEST_CASE(
    "each key is described as docs/format.md describes it, and must be there where it says so") {
    auto const documented = documented_keys();
    auto const mappings = mappings_of(json::parse(printed_schema()));
    std::size_t compared = 0;
    for (auto const& one : headings) {
        yaml::key_table const* const table = one.first;
        std::string const heading = one.second;
        CAPTURE(heading);
        REQUIRE(documented.contains(heading));
        auto const& keys = documented.at(heading);
        known_mapping const& mapping = mappings.at(table);
        CHECK(keys.size() == mapping.keys.size());
        for (auto const& described : mapping.keys) {
            std::string const key = described.first;
            CAPTURE(key);
            REQUIRE(keys.contains(key));
            CHECK(described.second == keys.at(key).words);
            CHECK(mapping.required.contains(key) == keys.at(key).required);
            ++compared;
        }
    }
    CHECK(compared == schema::all_key_words().size());
}

TEST_CASE("the pages of guarantees and exercises have the keys of docs/format.md, in its words") {
    auto const format = rows_of(root / "docs/format.md", "Every key");
    std::set<std::string> told;
    for (char const* const page : {"docs/guarantees.md", "docs/exercises.md"})
        for (std::string const& row : rows_of(root / page, "Keys")) {
            CAPTURE(row);
            CHECK(format.contains(row));
            told.insert(row);
        }
    CHECK(told.size() > 25);
}

TEST_CASE("the schemas in policies/ are those that the program prints") {
    CHECK(contents(root / "policies/rolecall.schema.json") == printed_schema());
    CHECK(contents(root / "policies/rolecall-settings.schema.json") ==
          printed_schema({"--settings"}));
}

TEST_CASE("the schema for a policy has its own names, with what they mean") {
    json::value const printed =
        json::parse(printed_schema({"--for", (root / "policies/shop").string()}));
    json::value const& definitions = printed.at("definitions");
    CHECK(text(printed.at("title")) == "A file of the policy: Corner Shop customer data");
    auto roles = names_of(definitions.at("role"));
    std::sort(roles.begin(), roles.end());
    CHECK(roles ==
          std::vector<std::string>{"billing", "employee", "marketing", "refunds", "support"});
    CHECK(names_of(definitions.at("level")) ==
          std::vector<std::string>{"public", "internal", "confidential", "restricted"});
    CHECK(names_of(definitions.at("action")) ==
          std::vector<std::string>{"view", "modify", "store", "delete", "share"});
    CHECK(names_of(definitions.at("right")).front() == "all");
    auto const& lines = definitions.at("lines-of-may").at("properties").as_object();
    CHECK(lines.contains("payment"));
    CHECK(lines.contains("payment.*"));
    CHECK(lines.contains("payment.card"));
    CHECK_FALSE(lines.contains("payment.card.*"));
    CHECK(text(lines.at("payment").at("description")) ==
          "Bank and card details kept for recurring orders");
    CHECK(definitions.at("requirements").at("properties").as_object().contains("any"));

    // Where names are declared, new ones may stand.
    CHECK(printed.at("properties").at("roles").as_object().contains("propertyNames"));
}

TEST_CASE("the schema for a policy has its names where guarantees and exercises use them") {
    temporary_directory const folder;
    std::string const start =
        "rolecall: 1\n"
        "actions: {share: Pass it on}\n"
        "facts: {consent: They agreed}\n"
        "categories: {payment: Bank details, payment.card: {about: Card numbers, named-only: "
        "yes}}\n"
        "roles: {support: A}\n";
    std::string const with_users = start + "users: {dana@shop.example: support, '7': support}\n";
    json::value const printed =
        json::parse(printed_schema({"--for", folder.write("shop.yaml", with_users)}));
    json::value const& definitions = printed.at("definitions");
    CHECK(names_of(definitions.at("guaranteed-action")) ==
          std::vector<std::string>{"any", "view", "modify", "store", "delete", "share"});
    CHECK(names_of(definitions.at("expected-action")) ==
          std::vector<std::string>{"any", "all", "view", "modify", "store", "delete", "share"});
    auto const& can = definitions.at("lines-of-can").at("properties").as_object();
    CHECK(can.contains("payment.*"));
    CHECK(text(can.at("payment.*").at("description")) ==
          "everything below payment, what is named-only as well");
    auto const& known = definitions.at("fact-values").at("properties").as_object();
    CHECK(text(known.at("consent").at("description")) == "They agreed");
    CHECK(known.at("consent").at("enum") == json::value(json::array{"yes", "no", "unknown"}));
    // Other readers take the id 7 for a number.
    CHECK(definitions.at("user").at("anyOf").as_array().size() == 3);

    auto const user_of = [&](std::string const& policy) {
        return json::parse(printed_schema({"--for", folder.write("other.yaml", policy)}))
            .at("definitions")
            .at("user");
    };
    CHECK(user_of(start).as_object().contains("not"));
    // Not for every reader of YAML the text that it is for rolecall: then anybody may stand there.
    CHECK(user_of(start + "users: {dana: support, '1e3': support}\n") ==
          json::parse(printed_schema()).at("definitions").at("user"));
}

TEST_CASE("names that YAML takes for numbers or truths are still names") {
    temporary_directory const folder;
    std::string const file = folder.write("policy.yaml",
                                          "rolecall: 1\n"
                                          "levels: [1, 2]\n"
                                          "roles: {true: A, 007: B, 1: C}\n");
    json::value const printed = json::parse(printed_schema({"--for", file}));
    json::array const& levels = printed.at("definitions").at("level").at("anyOf").as_array();
    CHECK(levels.at(0).at("const") == json::value("1"));
    CHECK(levels.at(1).at("const") == json::value(1));
    std::set<std::string> roles;
    for (json::value const& one : printed.at("definitions").at("role").at("anyOf").as_array())
        roles.insert(json::serialize(one.at("const")));
    CHECK(roles == std::set<std::string>{"\"true\"", "true", "\"007\"", "7", "\"1\"", "1"});
}

TEST_CASE("where a policy declares nothing of a kind, no name of it may stand") {
    temporary_directory const folder;
    std::string const file = folder.write("policy.yaml", "rolecall: 1\nroles: {support: A}\n");
    json::value const printed = json::parse(printed_schema({"--for", file}));
    for (char const* const kind : {"category", "fact"})
        CHECK(printed.at("definitions").at(kind).as_object().contains("not"));
}

TEST_CASE("the schema of the settings has every code that settings can change, and no other") {
    json::value const printed = json::parse(printed_schema({"--settings"}));
    json::value const& rules = printed.at("properties").at("lint").at("properties");
    std::set<std::string> told;
    for (auto const& [code, rule] : rules.as_object()) {
        told.insert(std::string(code));
        CHECK(text(rule.at("description")).size() > 10);
    }
    std::set<std::string> changeable;
    for (std::size_t i = 0; i < diagnostic_code_count; ++i) {
        auto const code = static_cast<diagnostic_code>(i);
        if (severity_of(code) != severity::error) changeable.insert(std::string(to_string(code)));
    }
    CHECK(told == changeable);
    known_mapping const settings = mapping_of(printed);
    std::set<std::string> keys;
    for (auto const& [key, words] : settings.keys) keys.insert(key);
    CHECK(keys ==
          std::set<std::string>(std::begin(yaml::keys::settings), std::end(yaml::keys::settings)));
    CHECK(settings.closed);
    keys.clear();
    json::array const& ways = printed.at("definitions").at("setting").at("anyOf").as_array();
    known_mapping const setting = mapping_of(ways.at(ways.size() - 2));
    for (auto const& [key, words] : setting.keys) keys.insert(key);
    CHECK(keys == std::set<std::string>(std::begin(yaml::keys::lint_setting),
                                        std::end(yaml::keys::lint_setting)));
    CHECK(setting.closed);

    for (lint_rule const& rule : lint_rules())
        CHECK(text(rules.at(std::string(to_string(rule.code))).at("description")) == rule.summary);
}

TEST_CASE("schema --output leaves a file alone that says the same") {
    temporary_directory const folder;
    std::string const file = folder.path("names.schema.json");
    auto const policy = (root / "policies/shop").string();
    REQUIRE(run({"schema", "--for", policy, "--output", file}).code == 0);
    CHECK(contents(file) == printed_schema({"--for", policy}));
    auto const long_ago = fs::last_write_time(file) - std::chrono::hours(1);
    fs::last_write_time(file, long_ago);
    REQUIRE(run({"schema", "--for", policy, "--output", file}).code == 0);
    CHECK(fs::last_write_time(file) == long_ago);
    REQUIRE(run({"schema", "--output", file}).code == 0);
    CHECK(contents(file) == printed_schema());
}

TEST_CASE("schema says what is wrong with its options, and with a policy") {
    temporary_directory const folder;
    std::string const broken = folder.write("policy.yaml", "rolecall: 1\nroles: {support: }\n");
    auto const refused = run({"schema", "--for", broken});
    CHECK(refused.code == 3);
    CHECK(refused.out.empty());
    CHECK(has(refused.err, "is refused: "));
    CHECK(run({"schema", "--for", folder.path("nothing")}).code == 2);
    CHECK(has(run({"schema", "shop"}).err, "write `schema --for shop`"));
    CHECK(run({"schema", "shop"}).code == 2);
    CHECK(run({"schema", "--settings", "--for", broken}).code == 2);
    CHECK(run({"schema", "--demand-end-marker"}).code == 2);
    CHECK(run({"schema", "--output", folder.path("no/such/folder.json")}).code == 2);
}
