// What is a request, and what is wrong with a line that is none.
#include "cli/check/request_line.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using rolecall::cli::deepest_request;
using rolecall::cli::evaluation_request;
using rolecall::cli::request_reader;

std::string problem_of(std::string_view line) {
    evaluation_request ignored;
    return request_reader().read(line, ignored);
}

// A request with one of its parts replaced.
struct parts {
    std::string subject = R"({"type":"role","id":"support"})";
    std::string action = R"({"name":"view"})";
    std::string resource = R"({"type":"account","id":"1"})";
    std::string context = R"({"facts":{"consent":true}})";
    std::string more = {};
};

std::string line_of(parts const& of) {
    return R"({"subject":)" + of.subject + R"(,"action":)" + of.action + R"(,"resource":)" +
           of.resource + R"(,"context":)" + of.context + of.more + '}';
}

TEST_CASE("a request is read whole") {
    evaluation_request read;
    request_reader reader;
    CHECK(reader
              .read(line_of({.subject = R"({"type":"user","id":"dana",)"
                                        R"("properties":{"roles":["a","b"]}})",
                             .context = R"({"facts":{"x":true,"y":false,"z":null}})"}),
                    read)
              .empty());
    CHECK(read.is_user);
    CHECK(read.id == "dana");
    CHECK(read.roles == std::vector<std::string>{"a", "b"});
    CHECK(read.action == "view");
    CHECK(read.category == "account");
    REQUIRE(read.facts.size() == 3);
    CHECK(read.facts[0].name == "x");
    CHECK(read.facts[0].value == std::optional(true));
    CHECK(read.facts[1].value == std::optional(false));
    CHECK(read.facts[2].value == std::nullopt);

    // Nothing of one request is left in the next.
    CHECK(reader.read(line_of({.context = "{}"}), read).empty());
    CHECK(!read.is_user);
    CHECK(!read.roles);
    CHECK(read.facts.empty());
}

TEST_CASE("escapes are read, in names of members too") {
    evaluation_request read;
    CHECK(request_reader()
              .read(line_of(
                        {.subject = R"({"t\u0079pe":"user","id":"d\u00e4na\u0000\ud83d\ude00"})"}),
                    read)
              .empty());
    CHECK(read.id == std::string("d\xC3\xA4na\0\xF0\x9F\x98\x80", 10));
}

TEST_CASE("what is optional may be left out, and what is unknown is ignored") {
    CHECK(problem_of(R"({"subject":{"type":"role","id":"a"},"action":{"name":"b"},)"
                     R"("resource":{"type":"c","id":""}})")
              .empty());
    CHECK(problem_of(line_of({.context = "{}"})).empty());
    CHECK(problem_of(line_of({.more = R"(,"more":[1,2.5,-3,1e10,18446744073709551615,"x",null,)"
                                      R"({"deep":{"deeper":[]}}])"}))
              .empty());
    CHECK(problem_of(line_of({.subject = R"({"type":"user","id":"a","properties":{"age":7}})"}))
              .empty());
    CHECK(problem_of("  " + line_of({}) + "\t ").empty());
}

TEST_CASE("a missing member is named") {
    CHECK(problem_of("{}") == "`subject` is missing");
    CHECK(problem_of(line_of({.subject = "{}"})) == "`subject.type` is missing");
    CHECK(problem_of(line_of({.subject = R"({"type":"role"})"})) == "`subject.id` is missing");
    CHECK(problem_of(line_of({.action = "{}"})) == "`action.name` is missing");
    CHECK(problem_of(line_of({.resource = R"({"id":"1"})"})) == "`resource.type` is missing");
    CHECK(problem_of(line_of({.resource = R"({"type":"a"})"})) == "`resource.id` is missing");
}

TEST_CASE("a mistyped member is named, with what it must be") {
    for (std::string const value : {"null", "7", "true", "[]", R"("text")"}) {
        CAPTURE(value);
        CHECK(problem_of(line_of({.subject = value})) == "`subject` must be an object");
        CHECK(problem_of(line_of({.action = value})) == "`action` must be an object");
        CHECK(problem_of(line_of({.resource = value})) == "`resource` must be an object");
        CHECK(problem_of(line_of({.context = value})) == "`context` must be an object");
        CHECK(problem_of(line_of({.context = R"({"facts":)" + value + '}'})) ==
              "`context.facts` must be an object");
        CHECK(problem_of(line_of({.subject = R"({"type":"user","id":"a","properties":)" + value +
                                             '}'})) == "`subject.properties` must be an object");
    }
    for (std::string const value : {"null", "7", "true", "[]", "{}"}) {
        CAPTURE(value);
        CHECK(problem_of(line_of({.subject = R"({"id":"a","type":)" + value + '}'})) ==
              "`subject.type` must be a text");
        CHECK(problem_of(line_of({.subject = R"({"type":"role","id":)" + value + '}'})) ==
              "`subject.id` must be a text");
        CHECK(problem_of(line_of({.action = R"({"name":)" + value + '}'})) ==
              "`action.name` must be a text");
        CHECK(problem_of(line_of({.resource = R"({"id":"1","type":)" + value + '}'})) ==
              "`resource.type` must be a text");
        CHECK(problem_of(line_of({.resource = R"({"type":"a","id":)" + value + '}'})) ==
              "`resource.id` must be a text");
    }
    for (std::string const value : {"null", "7", R"("a")", "{}", "[7]", R"(["a",null])"}) {
        CAPTURE(value);
        CHECK(problem_of(line_of({.subject = R"({"type":"user","id":"a","properties":{"roles":)" +
                                             value + "}}"})) ==
              "`subject.properties.roles` must be a list of texts");
    }
    for (std::string const value : {"0", "1", R"("true")", R"("")", "[]", "{}", "[true]"}) {
        CAPTURE(value);
        CHECK(problem_of(line_of({.context = R"({"facts":{"consent":)" + value + "}}"})) ==
              "`context.facts.consent` must be true, false or null");
    }
}

TEST_CASE("a subject is a role or a user") {
    for (std::string const type : {"robot", "", "Role", "USER", "roles"}) {
        CHECK(problem_of(line_of({.subject = R"({"type":")" + type + R"(","id":"a"})"})) ==
              "`subject.type` must be `role` or `user`, not `" + type + '`');
    }
}

TEST_CASE("a member twice in one object is malformed, wherever it is") {
    auto const twice = [](std::string const& name) {
        return "the member `" + name + "` stands twice in one object";
    };
    CHECK(problem_of(line_of({.more = R"(,"subject":{"type":"role","id":"billing"})"})) ==
          twice("subject"));
    CHECK(problem_of(line_of({.subject = R"({"type":"role","id":"a","id":"b"})"})) == twice("id"));
    CHECK(problem_of(line_of({.subject = R"({"type":"role","id":"a","id":"a"})"})) == twice("id"));
    CHECK(problem_of(line_of({.context = R"({"facts":{"consent":true,"consent":true}})"})) ==
          twice("consent"));
    CHECK(problem_of(line_of({.more = R"(,"x":1,"x":1)"})) == twice("x"));
    CHECK(problem_of(line_of({.more = R"(,"x":[[{"a":{"b":1,"c":2,"b":3}}]])"})) == twice("b"));
    CHECK(problem_of(line_of({.more = R"(,"x":{"a":1,"\u0061":2})"})) == twice("a"));
    CHECK(problem_of(line_of({.more = R"(,"x":{"":1,"":2})"})) == twice(""));

    // The same name in different objects is nothing of the kind.
    CHECK(problem_of(line_of({.more = R"(,"x":{"id":{"id":1,"x":{}}},"y":[{"id":1},{"id":2}])"}))
              .empty());
}

TEST_CASE("an object with very many members is compared in reasonable time") {
    std::string many;
    for (int i = 0; i < 100'000; ++i) many += ",\"" + std::to_string(i) + "\":0";
    CHECK(problem_of(line_of({.more = many})).empty());
    CHECK(problem_of(line_of({.more = many + R"(,"500":1)"})) ==
          "the member `500` stands twice in one object");
}

TEST_CASE("what is not JSON is not taken for it") {
    for (std::string const line :
         {"nonsense", "'a'", "{'a':1}", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "{\"a\":01}",
          "{\"a\":+1}", "{\"a\":NaN}", "{\"a\":Infinity}", "{\"a\":.5}", "{\"a\":1.}",
          "{\"a\":\"\t\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\\ud800\"}", "{\"a\":tru}", "{]}",
          "// comment", "\xEF\xBB\xBF{}"}) {
        CAPTURE(line);
        CHECK(problem_of(line).rfind("it is not JSON at column ", 0) == 0);
    }
    CHECK(problem_of(std::string("{\"a\":\"x\0\"}", 10)).rfind("it is not JSON", 0) == 0);
    for (std::string const line :
         {"", " ", "{", "{\"a\"", "{\"a\":", "{\"a\":{}", "[1,2", "\"abc", "tr"}) {
        CAPTURE(line);
        CHECK(problem_of(line) == "the JSON ends too early");
    }
    for (std::string const line : {"[]", "1", "\"text\"", "true", "null", "[{}]"}) {
        CAPTURE(line);
        CHECK(problem_of(line) == "it is not a JSON object");
    }
    CHECK(problem_of("{} {}") == "something follows the object at column 4");
    CHECK(problem_of("{},") == "something follows the object at column 3");
    CHECK(problem_of(line_of({}) + '}').rfind("something follows the object", 0) == 0);
    CHECK(problem_of("{\"a\":\"\xFF\"}") == "it is not in UTF-8");
    CHECK(problem_of("{\"a\":\"\xC0\x80\"}") == "it is not in UTF-8");
    CHECK(problem_of("{\"a\":\"\xED\xA0\x80\"}") == "it is not in UTF-8");
    CHECK(problem_of("\xFF") == "it is not in UTF-8");
}

TEST_CASE("nesting has a limit") {
    auto const nested = [](std::size_t depth) {
        return line_of({.more = ",\"x\":" + std::string(depth, '[') + std::string(depth, ']')});
    };
    std::string const too_deep = "it is more than 32 objects and lists deep";
    CHECK(problem_of(nested(deepest_request - 1)).empty());
    CHECK(problem_of(nested(deepest_request)) == too_deep);
    CHECK(problem_of(nested(500'000)) == too_deep);
    CHECK(problem_of(std::string(1'000'000, '{')).size() < 100);
}

TEST_CASE("a problem quotes what the line says without repeating what a terminal could mistake") {
    CHECK(problem_of(R"({"\u001b[31m":1,"\u001b[31m":1})") ==
          "the member `<U+001B>[31m` stands twice in one object");
    std::string const name(1000, 'x');
    CHECK(problem_of(line_of({.context = R"({"facts":{")" + name + R"(":1}})"})).size() < 200);
}

}  // namespace
