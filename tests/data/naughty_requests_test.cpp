// Strings that break software, in every member of a request.
#include "support/program.hpp"
#include "support/shop.hpp"
#include "support/skip.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace json = boost::json;
using rolecall::testing::outcome;
using rolecall::testing::run;
using rolecall::testing::shop_folder;

json::object request_with(std::string const& member, json::string const& text) {
    json::object subject{{"type", "role"}, {"id", "support"}};
    json::object action{{"name", "view"}};
    json::object resource{{"type", "account"}, {"id", "1"}};
    json::object facts;
    json::object more;
    if (member == "subject.type") subject["type"] = text;
    if (member == "subject.id") subject["id"] = text;
    if (member == "user") subject = {{"type", "user"}, {"id", text}};
    if (member == "roles")
        subject = {{"type", "user"},
                   {"id", "dana"},
                   {"properties", json::object{{"roles", json::array{text}}}}};
    if (member == "action") action["name"] = text;
    if (member == "category") resource["type"] = text;
    if (member == "resource.id") resource["id"] = text;
    if (member == "fact") facts[text] = true;
    json::object request{{"subject", subject},
                         {"action", action},
                         {"resource", resource},
                         {"context", json::object{{"facts", facts}}}};
    if (member == "ignored name" && !request.contains(text)) request[text] = text;
    if (member == "ignored value") request["more"] = text;
    return request;
}

// Members where any text is fine, and those where a text that names nothing is a denial.
bool is_free(std::string const& member) {
    return member == "resource.id" || member == "ignored name" || member == "ignored value";
}

TEST_CASE(
    "real data: naughty strings in every member of a request are answered, and open nothing") {
    std::string const path = std::string(ROLECALL_DATA_DIR) + "/naughty-strings/blns.json";
    if (!std::filesystem::exists(path)) {
        rolecall::testing::skip("no " + path);
        return;
    }
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    json::array const strings = json::parse(text.str()).as_array();
    CHECK(strings.size() > 500);

    shop_folder const shop;
    for (std::string const member :
         {"subject.type", "subject.id", "user", "roles", "action", "category", "resource.id",
          "fact", "ignored name", "ignored value"}) {
        CAPTURE(member);
        std::string input;
        for (json::value const& string : strings)
            input += json::serialize(request_with(member, string.as_string())) + '\n';
        outcome const done = run({"check", shop.policy(), "--requests", "-"}, {.input = input});
        CHECK(done.code == (member == "subject.type" ? 2 : 0));

        std::istringstream lines(done.out);
        std::size_t answers = 0;
        std::size_t surprises = 0;
        for (std::string line; std::getline(lines, line); ++answers) {
            json::object const answer = json::parse(line).as_object();
            std::string_view const reason{answer.at("context").at("reason").as_string()};
            std::string_view const expected = is_free(member)            ? "granted"
                                              : member == "subject.type" ? "malformed-request"
                                                                         : "unknown-name";
            bool const as_expected =
                reason == expected && answer.at("decision").as_bool() == is_free(member);
            if (!as_expected) ++surprises;
        }
        CHECK(answers == strings.size());
        CHECK(surprises == 0);
    }
}

TEST_CASE("real data: naughty lines that are no JSON at all are each answered with a denial") {
    std::string const path = std::string(ROLECALL_DATA_DIR) + "/naughty-strings/blns.txt";
    if (!std::filesystem::exists(path)) {
        rolecall::testing::skip("no " + path);
        return;
    }
    shop_folder const shop;
    outcome const done = run({"check", shop.policy(), "--requests", path});
    CHECK(done.code == 2);
    std::istringstream lines(done.out);
    std::size_t answers = 0;
    for (std::string line; std::getline(lines, line); ++answers) {
        json::object const answer = json::parse(line).as_object();
        CHECK(!answer.at("decision").as_bool());
        CHECK(answer.at("context").at("reason").as_string() == "malformed-request");
    }
    CHECK(answers > 500);
}

}  // namespace
