// What several descriptions of JUnit's XML agree on, those of Ant and of Jenkins: docs/program.md
// says what is where.
#include "cli/validate/reports.hpp"
#include "cli/xml_values.hpp"
#include <rolecall/diagnostic_text.hpp>

#include <pugixml.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

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
    set_xml(failure, "message",
            first.text + " [" + std::string(to_string(first.code)) + ']' +
                (more > 0 ? ", and " + with_commas(more) + " more" : std::string()));
    set_xml(failure, "type", to_string(first.level()));
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

    pugi::xml_node const suite =
        add_junit_suite(suites, policy.path, of.on, {number, files.size(), failures, errors});
    for (tested_file const& file : files) {
        pugi::xml_node const test = add_junit_test(suite, policy.path, file.path);
        if (!file.failures.empty()) add_failure(test, file);
    }

    // What is only told.
    std::string told;
    for (validated_finding const& finding : policy.findings)
        if (!finding.known && !fails(finding, of.strict)) told += to_text(finding.what) + "\n\n";
    told += summary(policy, of.strict, colours_off()) + '\n';
    end_junit_suite(suite, told);
}

}  // namespace

std::string junit_report(validation const& of) {
    pugi::xml_document document;
    pugi::xml_node const suites = begin_junit(document);
    std::size_t number = 0;
    for (validated_policy const& policy : of.policies) add_suite(suites, policy, of, number++);
    return to_xml(document);
}

}  // namespace rolecall::inline v0_1::cli
