// What several descriptions of JUnit's XML agree on, those of Ant and of Jenkins: docs/program.md
// says what is where.
#include "cli/validate/reports.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/diagnostic_text.hpp>

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <ctime>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

// XML 1.0 has no place for some characters, not even for their numbers (§2.2).
std::string xml_text(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        detail::code_point const c = detail::first_code_point(text);
        bool const control = c.value < 0x20 && c.value != '\n' && c.value != '\t';
        bool const none = c.value == 0xFFFE || c.value == 0xFFFF;
        if (c.valid && !control && !none)
            result += text.substr(0, c.size);
        else
            result += "\xEF\xBF\xBD";
        text.remove_prefix(c.size);
    }
    return result;
}

// A name is never empty.
std::string xml_name(std::string_view path) {
    return path.empty() ? std::string("policy") : detail::printable(path);
}

void set(pugi::xml_node node, char const* name, std::string_view value) {
    node.append_attribute(name).set_value(xml_text(value).c_str());
}

void set(pugi::xml_node node, char const* name, std::size_t value) {
    node.append_attribute(name).set_value(static_cast<unsigned long long>(value));
}

// Now, or the beginning of the day that was given: then the report is the same each time.
std::string timestamp(std::optional<date> const& day) {
    if (day) return day->to_string() + "T00:00:00";
    std::time_t const now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    std::size_t const length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    return {text.data(), length};
}

// A file of a policy, or another path that something failing was found at.
struct tested_file {
    std::string path;
    std::vector<diagnostic const*> failures{};
};

std::vector<tested_file> files_of(validated_policy const& policy, bool strict) {
    std::vector<tested_file> files;
    std::map<std::string_view, std::size_t> numbers;
    auto const file_of = [&](std::string const& path) -> tested_file& {
        auto const [at, added] = numbers.emplace(path, files.size());
        if (added) files.push_back({path, {}});
        return files[at->second];
    };
    for (std::string const& path : policy.files) file_of(path);
    for (validated_finding const& finding : policy.findings) {
        if (!fails(finding, strict)) continue;
        std::string const& path = finding.what.where.path;
        file_of(path.empty() ? policy.path : path).failures.push_back(&finding.what);
    }
    if (files.empty()) file_of(policy.path);
    return files;
}

bool unreadable(tested_file const& file) {
    return std::any_of(file.failures.begin(), file.failures.end(), [](diagnostic const* d) {
        return d->code == diagnostic_code::unreadable_file;
    });
}

// One element holds all, since few readers take several: the first as its message, each in full
// as its text.
void add_failure(pugi::xml_node test, tested_file const& file) {
    diagnostic const& first = *file.failures.front();
    pugi::xml_node failure = test.append_child(unreadable(file) ? "error" : "failure");
    std::size_t const more = file.failures.size() - 1;
    set(failure, "message",
        first.text + " [" + std::string(to_string(first.code)) + ']' +
            (more > 0 ? ", and " + with_commas(more) + " more" : std::string()));
    set(failure, "type", to_string(first.level()));
    std::string text;
    for (diagnostic const* d : file.failures) text += '\n' + to_text(*d) + '\n';
    failure.text().set(xml_text(text).c_str());
}

void add_suite(pugi::xml_node suites, validated_policy const& policy, validation const& of,
               std::size_t number) {
    std::vector<tested_file> const files = files_of(policy, of.strict);
    std::size_t errors = 0;
    std::size_t failures = 0;
    for (tested_file const& file : files)
        if (!file.failures.empty()) ++(unreadable(file) ? errors : failures);

    pugi::xml_node suite = suites.append_child("testsuite");
    set(suite, "name", xml_name(policy.path));
    set(suite, "package", "rolecall");
    set(suite, "id", number);
    set(suite, "hostname", "localhost");
    set(suite, "timestamp", timestamp(of.on));
    set(suite, "tests", files.size());
    set(suite, "failures", failures);
    set(suite, "errors", errors);
    set(suite, "time", "0");
    pugi::xml_node property = suite.append_child("properties").append_child("property");
    set(property, "name", "policy");
    set(property, "value", detail::printable(policy.path));

    for (tested_file const& file : files) {
        pugi::xml_node test = suite.append_child("testcase");
        set(test, "name", xml_name(file.path));
        set(test, "classname", xml_name(policy.path));
        set(test, "time", "0");
        if (!file.failures.empty()) add_failure(test, file);
    }

    // What is only told.
    std::string told;
    for (validated_finding const& finding : policy.findings)
        if (!finding.known && !fails(finding, of.strict)) told += to_text(finding.what) + "\n\n";
    told += summary(policy, of.strict, colours_off()) + '\n';
    suite.append_child("system-out").text().set(xml_text(told).c_str());
    suite.append_child("system-err");
}

}  // namespace

std::string junit_report(validation const& of) {
    pugi::xml_document document;
    pugi::xml_node declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "UTF-8";
    pugi::xml_node suites = document.append_child("testsuites");
    std::size_t number = 0;
    for (validated_policy const& policy : of.policies) add_suite(suites, policy, of, number++);
    std::ostringstream text;
    document.save(text, "  ", pugi::format_default, pugi::encoding_utf8);
    return text.str();
}

}  // namespace rolecall::inline v0_1::cli
