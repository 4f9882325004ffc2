// Records as lines: the schema, and that nothing is lost or mistaken on the way.
#include "docs/markdown.hpp"
#include "support/recorded_lines.hpp"
#include "support/skip.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/json_lines.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

audit_record full_record() {
    audit_record r;
    r.sequence = 17;
    r.time = 1'795'330'800'123'456'789;
    r.user = "dana";
    r.active_roles = {"support"};
    r.held_roles = {"marketing", "support"};
    r.action = "view";
    r.category = "payment";
    r.record = "p-17";
    r.facts = {{"open-ticket", true}, {"consent", false}, {"legal-hold", std::nullopt}};
    r.decision = decision::allow;
    r.reason = reason::granted;
    r.granting_role = "support";
    r.policy_version = 3;
    r.policy_digest = "d1";
    return r;
}

audit_record of_kind(audit_kind kind) {
    audit_record r;
    r.kind = kind;
    return r;
}

// What a line may keep of bytes: everything but what is no UTF-8.
std::string kept(std::string_view bytes) {
    std::string result;
    while (!bytes.empty()) {
        rolecall::detail::code_point const c = rolecall::detail::first_code_point(bytes);
        result += c.valid ? bytes.substr(0, c.size) : std::string_view("\xEF\xBF\xBD");
        bytes.remove_prefix(c.size);
    }
    return result;
}

// A name of these bytes, everywhere in a record.
audit_record named(std::string const& name) {
    audit_record r = full_record();
    r.user = r.action = r.category = r.record = r.granting_role = r.policy_digest = name;
    r.active_roles = r.held_roles = r.unknown_roles = {name, name};
    r.facts = {{name, true}};
    r.previous_digest = r.problem = r.refused_digest = name;
    return r;
}

// Whether a text is one line of JSON that nothing but a reader of JSON has to understand.
bool is_clean_line(std::string_view line) {
    boost::json::error_code error;
    boost::json::parse(boost::json::string_view(line.data(), line.size()), error);
    if (error) return false;
    while (!line.empty()) {
        rolecall::detail::code_point const c = rolecall::detail::first_code_point(line);
        if (!c.valid || rolecall::detail::is_control(c.value) ||
            rolecall::detail::is_hidden(c.value))
            return false;
        line.remove_prefix(c.size);
    }
    return true;
}

bool survives(std::string const& name) {
    std::string const line = to_json_line(named(name));
    json_line const back = parse_json_line(line);
    return is_clean_line(line) && back.what == json_line::kind::good && back.record &&
           *back.record == named(kept(name));
}

class random_records {
public:
    explicit random_records(unsigned seed) : bits_(seed) {}

    std::size_t below(std::size_t limit) { return bits_() % limit; }

    std::string bytes() {
        std::string text(below(12), '\0');
        for (char& c : text) c = static_cast<char>(below(256));
        return text;
    }

    audit_record next() {
        audit_record r;
        r.sequence = bits_() >> below(64);
        r.time = static_cast<std::int64_t>(bits_());
        r.kind = static_cast<audit_kind>(below(5));
        for (std::string* text :
             {&r.user, &r.action, &r.category, &r.record, &r.granting_role, &r.policy_digest,
              &r.previous_digest, &r.problem, &r.refused_digest})
            *text = name();
        for (auto* list : {&r.active_roles, &r.held_roles, &r.unknown_roles})
            for (std::size_t i = below(4); i > 0; --i) list->push_back(name());
        for (std::size_t i = 0, n = below(5); i < n; ++i)
            r.facts.emplace_back(name() + std::to_string(i),
                                 std::array<std::optional<bool>, 3>{true, false, {}}[below(3)]);
        r.decision = static_cast<decision>(below(2));
        r.reason = static_cast<reason>(below(10));
        r.policy_version = static_cast<std::uint32_t>(bits_() >> below(64));
        return r;
    }

private:
    // Often nothing; else characters of any kind.
    std::string name() {
        std::string text;
        for (std::size_t i = below(8); i > 3; --i) {
            auto c = static_cast<char32_t>(bits_() % 0x110000U >> below(21));
            if (c >= 0xD800 && c <= 0xDFFF) c = '"';
            append(text, c);
        }
        return text;
    }

    static void append(std::string& to, char32_t c) {
        auto const byte = [&](char32_t bits) { to += static_cast<char>(bits); };
        if (c < 0x80) return byte(c);
        if (c < 0x800) {
            byte(0xC0 | c >> 6U);
        } else if (c < 0x10000) {
            byte(0xE0 | c >> 12U);
            byte(0x80 | (c >> 6U & 0x3FU));
        } else {
            byte(0xF0 | c >> 18U);
            byte(0x80 | (c >> 12U & 0x3FU));
            byte(0x80 | (c >> 6U & 0x3FU));
        }
        byte(0x80 | (c & 0x3FU));
    }

    std::mt19937_64 bits_;
};

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    std::size_t const at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

std::string problem_of(std::string_view line) {
    json_line const read = parse_json_line(line);
    CHECK_FALSE(read.record.has_value());
    CHECK(read.what != json_line::kind::good);
    return read.problem;
}

}  // namespace

TEST_CASE("the line of a decision has these members in this order") {
    CHECK(to_json_line(full_record()) ==
          R"({"rolecall":1,"sequence":17,"time":"2026-11-22T07:00:00.123456789Z",)"
          R"("kind":"decision","user":"dana","active_roles":["support"],)"
          R"("held_roles":["marketing","support"],"action":"view","category":"payment",)"
          R"("record":"p-17","facts":{"open-ticket":true,"consent":false,"legal-hold":null},)"
          R"("decision":"allow","reason":"granted","granting_role":"support",)"
          R"("policy_version":3,"policy_digest":"d1"})");
}

TEST_CASE("the members of a decision are there when they are empty") {
    CHECK(to_json_line(audit_record()) ==
          R"({"rolecall":1,"sequence":0,"time":"1970-01-01T00:00:00.000000000Z",)"
          R"("kind":"decision","user":null,"active_roles":[],"held_roles":[],"action":null,)"
          R"("category":null,"record":null,"facts":{},"decision":"deny",)"
          R"("reason":"unavailable","granting_role":null,"policy_version":0,)"
          R"("policy_digest":null})");
}

TEST_CASE("other kinds of records have the members that concern them") {
    auto const members = [](audit_kind kind) {
        std::string const line = to_json_line(of_kind(kind));
        return line.substr(line.find(R"("kind")"));
    };
    CHECK(members(audit_kind::policy_activated) ==
          R"("kind":"policy-activated","policy_version":0,"policy_digest":null,)"
          R"("previous_digest":null})");
    CHECK(members(audit_kind::lineage_begun) ==
          R"("kind":"lineage-begun","policy_version":0,"policy_digest":null,)"
          R"("previous_digest":null})");
    CHECK(members(audit_kind::policy_refused) ==
          R"("kind":"policy-refused","policy_version":0,"policy_digest":null,)"
          R"("problem":null,"refused_digest":null})");
    CHECK(members(audit_kind::roles_unknown) ==
          R"("kind":"roles-unknown","user":null,"active_roles":[],"policy_version":0,)"
          R"("policy_digest":null,"unknown_roles":[]})");
}

TEST_CASE("each member of a record comes back from its line") {
    audit_record record = full_record();
    record.previous_digest = "d0";
    record.problem = "shop.yaml:7:20: unknown action `veiw` [unknown-action]";
    record.refused_digest = "d2";
    record.unknown_roles = {"nobody", "somebody"};
    for (unsigned kind = 0; kind < 5; ++kind) {
        record.kind = static_cast<audit_kind>(kind);
        json_line const back = parse_json_line(to_json_line(record));
        CHECK(back.problem == "");
        REQUIRE(back.record.has_value());
        CHECK(*back.record == record);
    }
}

TEST_CASE("random records come back from their lines") {
    random_records random(7);
    for (int i = 0; i < 5'000; ++i) {
        audit_record const record = random.next();
        std::string const line = to_json_line(record);
        CAPTURE(line);
        json_line const back = parse_json_line(line);
        REQUIRE(back.problem == "");
        REQUIRE(back.record.has_value());
        REQUIRE(*back.record == record);
    }
}

TEST_CASE("a time of a record is written in UTC to the nanosecond, and comes back") {
    using limits = std::numeric_limits<std::int64_t>;
    std::pair<std::int64_t, std::string_view> const times[] = {
        {0, "1970-01-01T00:00:00.000000000Z"},
        {-1, "1969-12-31T23:59:59.999999999Z"},
        {951'782'399'000'000'001, "2000-02-28T23:59:59.000000001Z"},
        {951'782'400'000'000'000, "2000-02-29T00:00:00.000000000Z"},
        {limits::max(), "2262-04-11T23:47:16.854775807Z"},
        {limits::min(), "1677-09-21T00:12:43.145224192Z"}};
    for (auto const& [time, text] : times) {
        audit_record record;
        record.time = time;
        std::string const line = to_json_line(record);
        CHECK(line.find(text) != std::string::npos);
        json_line const back = parse_json_line(line);
        REQUIRE(back.record.has_value());
        CHECK(back.record->time == time);
    }
}

TEST_CASE("a time of a record that is written otherwise is refused") {
    std::string const good = to_json_line(full_record());
    for (std::string_view const wrong :
         {"2026-11-22T07:00:00Z", "2026-11-22 07:00:00.123456789Z",
          "2026-02-29T07:00:00.123456789Z", "2026-11-22T24:00:00.123456789Z",
          "2026-11-22T07:60:00.123456789Z", "2026-11-22T07:00:60.123456789Z",
          "2026-11-22T07:00:00.12345678xZ", "2026-11-22T07:00:00.123456789z",
          "2026-11-22T07:00:00.123456789+01:00", "2262-04-11T23:47:16.854775808Z",
          "1677-09-21T00:12:43.145224191Z", "9999-12-31T00:00:00.000000000Z", ""}) {
        CAPTURE(wrong);
        CHECK(problem_of(replaced(good, "2026-11-22T07:00:00.123456789Z", wrong)) ==
              "`time` must be written as `2026-11-22T07:00:00.123456789Z`");
    }
}

TEST_CASE("whatever bytes a name has, its line is one line of JSON and gives the name back") {
    for (int a = 0; a < 256; ++a) {
        std::string const one(1, static_cast<char>(a));
        CAPTURE(a);
        CHECK(survives(one));
        for (std::string_view const with : {"\"", "\\", "\n", "\x80", "\xC3", "\xE2\x80",
                                            "\xED\xA0", "\xF4\x90", "u0000", "</script>"}) {
            CHECK(survives(one + std::string(with)));
            CHECK(survives(std::string(with) + one));
        }
    }
    random_records random(11);
    for (int i = 0; i < 5'000; ++i) {
        std::string const bytes = random.bytes();
        CAPTURE(bytes);
        REQUIRE(survives(bytes));
    }
}

TEST_CASE("each of the naughty strings survives as a name in a record") {
    std::filesystem::path const list =
        std::filesystem::path(ROLECALL_DATA_DIR) / "naughty-strings" / "blns.txt";
    if (!std::filesystem::exists(list)) return skip("no folder naughty-strings");
    std::ifstream in(list);
    std::size_t count = 0;
    for (std::string line; std::getline(in, line); ++count) {
        CAPTURE(line);
        CHECK(survives(line));
    }
    CHECK(count > 500);
}

TEST_CASE("characters of a record that are not seen, or mislead the eye, are escaped") {
    audit_record record;
    record.user = "\x1B[2J\x7F\xC2\x9B\xE2\x80\xA8\xE2\x80\xAE\xEF\xBB\xBF\xF0\x9F\xBF\xBE\xC3\xA9";
    CHECK(to_json_line(record).find(
              R"("user":"\u001b[2J\u007f\u009b\u2028\u202e\ufeff\ud83f\udffeé")") !=
          std::string::npos);
}

TEST_CASE("a fact that is told twice stands once in a line, unknown where the values differ") {
    audit_record record;
    record.facts = {{"a", true}, {"b", true}, {"a", false},    {"b", true},     {"a", true},
                    {"c", {}},   {"c", true}, {"x\xFE", true}, {"x\xFF", false}};
    std::string const line = to_json_line(record);
    CHECK(line.find(R"("facts":{"a":null,"b":true,"c":null,"x�":null})") != std::string::npos);
    CHECK(parse_json_line(line).record.has_value());
}

TEST_CASE("a line that is no record says what is wrong") {
    std::string const good = to_json_line(full_record());
    REQUIRE(parse_json_line(good).what == json_line::kind::good);
    auto const changed = [&](std::string_view what, std::string_view by) {
        return problem_of(replaced(good, what, by));
    };
    CHECK(problem_of("") == "the line is empty");
    CHECK(problem_of(" \r") == "the line is empty");
    CHECK(problem_of("null") == "it is not a JSON object");
    CHECK(problem_of("[]") == "it is not a JSON object");
    CHECK(problem_of("{}") == "`rolecall` is missing");
    CHECK(problem_of("\xFF") == "it is not in UTF-8");
    CHECK(problem_of(good + " x") ==
          "something follows the record at column " + std::to_string(good.size() + 2));
    CHECK(problem_of(good + good).starts_with("something follows the record"));
    CHECK(problem_of("{time}") == "it is not JSON at column 2: syntax error");
    CHECK(problem_of(std::string(17, '[') + std::string(17, ']')) ==
          "it is more than 16 objects and lists deep");
    CHECK(changed(R"("rolecall":1)", R"("rolecall":2)") ==
          "`rolecall` is 2, and this reader knows version 1 only");
    CHECK(changed(R"("rolecall":1)", R"("rolecall":"1")") == "`rolecall` must be a whole number");
    CHECK(changed(R"("sequence":17,)", "") == "`sequence` is missing");
    CHECK(changed(R"("sequence":17)", R"("sequence":17.5)") == "`sequence` must be a whole number");
    CHECK(changed(R"("sequence":17)", R"("sequence":-1)") == "`sequence` must be a whole number");
    CHECK(changed(R"("sequence":17)", R"("sequence":18446744073709551616)") ==
          "`sequence` must be a whole number");
    CHECK(changed(R"("kind":"decision")", R"("kind":"policy")") == "`kind` can't be `policy`");
    CHECK(changed(R"("kind":"decision")", R"("kind":1)") == "`kind` must be a text");
    CHECK(changed(R"("user":"dana",)", "") == "`user` is missing");
    CHECK(changed(R"("user":"dana")", R"("user":7)") == "`user` must be a text or null");
    CHECK(changed(R"(["support"])", R"(["support",7])") ==
          "`active_roles` must be a list of texts");
    CHECK(changed(R"(["support"])", "null") == "`active_roles` must be a list of texts");
    CHECK(changed(R"("consent":false)", R"("consent":"false")") ==
          "the fact `consent` must be true, false or null");
    CHECK(changed(R"({"open-ticket":true,"consent":false,"legal-hold":null})", "[]") ==
          "`facts` must be an object");
    CHECK(changed(R"("allow")", R"("Allow")") == "`decision` can't be `Allow`");
    CHECK(changed(R"("allow")", "true") == "`decision` must be a text");
    CHECK(changed(R"("granted")", R"("because")") == "`reason` can't be `because`");
    CHECK(changed(R"("policy_version":3)", R"("policy_version":4294967296)") ==
          "`policy_version` is too large");
    CHECK(changed(R"("decision":"allow",)", R"("decision":"deny","decision":"allow",)") ==
          "a member stands twice in one object");
    CHECK(changed(R"("consent":false)", R"("consent":false,"consent":true)") ==
          "a member stands twice in one object");
}

TEST_CASE("members that a reader of lines does not know are skipped") {
    std::string const line =
        replaced(to_json_line(full_record()), R"("user")", R"("host":{"name":["a",1.5]},"user")");
    json_line const read = parse_json_line(line);
    CHECK(read.problem == "");
    REQUIRE(read.record.has_value());
    CHECK(*read.record == full_record());
}

TEST_CASE("every beginning of a line is torn, and none is taken for a record") {
    std::string const line = to_json_line(named("\"p-\xF0\x9F\x98\x80\x01"));
    for (std::size_t size = 1; size < line.size(); ++size) {
        json_line const read = parse_json_line(line.substr(0, size));
        CAPTURE(size);
        CHECK_FALSE(read.record.has_value());
        bool const within_character =
            rolecall::detail::first_code_point(&line[size]).valid == false;
        CHECK((read.what == json_line::kind::torn || within_character));
    }
}

TEST_CASE("a line with a changed byte is a record, or says why it is none") {
    std::string const good = to_json_line(full_record());
    std::mt19937 random(3);
    for (int i = 0; i < 20'000; ++i) {
        std::string line = good;
        for (auto n = 1 + random() % 3; n > 0; --n) {
            std::size_t const at = random() % line.size();
            if (random() % 3 == 0) {
                line.erase(at, 1);
            } else {
                line[at] = static_cast<char>(random());
            }
        }
        json_line const read = parse_json_line(line);
        REQUIRE(read.record.has_value() == read.problem.empty());
        REQUIRE(read.record.has_value() == (read.what == json_line::kind::good));
    }
}

TEST_CASE("a line of more than 1 MiB is not looked at") {
    CHECK(parse_json_line(std::string(longest_json_line, '#')).what == json_line::kind::malformed);
    json_line const read = parse_json_line(std::string(longest_json_line + 1, '#'));
    CHECK(read.what == json_line::kind::too_long);
    CHECK(read.problem == "the line has more than 1048576 bytes");
}

TEST_CASE("the lines that the documentation shows are records, and it describes every member") {
    std::filesystem::path const page =
        std::filesystem::path(ROLECALL_SOURCE_DIR) / "docs" / "audit.md";
    std::size_t count = 0;
    for (fenced_block const& block : fenced_blocks(page)) {
        if (block.info != "json") continue;
        INFO(block.text);
        CHECK(parse_json_line(block.text).problem == "");
        ++count;
    }
    CHECK(count == 3);

    std::string const text = whole_file(page);
    std::string const line = to_json_line(named("x"));
    boost::json::object const members = boost::json::parse(line).as_object();
    CHECK(members.size() == 20);
    for (auto const& member : members) {
        std::string const name = member.key();
        CAPTURE(name);
        CHECK(text.find('`' + name + '`') != std::string::npos);
    }
}
