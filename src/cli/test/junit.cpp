#include "cli/test/report.hpp"
#include "cli/xml_values.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/diagnostic_text.hpp>

#include <string>

namespace rolecall::inline v0_1::cli {
namespace {

// One element holds all, since few readers take several.
void add_failure(pugi::xml_node test, std::string const& message, std::string_view type,
                 std::string const& text, char const* element = "failure") {
    pugi::xml_node failure = test.append_child(element);
    set_xml(failure, "message", message);
    set_xml(failure, "type", type);
    failure.text().set(xml_text(text).c_str());
}

std::string and_more(std::size_t all) {
    return all > 1 ? ", and " + with_commas(all - 1) + " more" : std::string();
}

void add_refused(pugi::xml_node suites, tested_policy const& policy, test_report const& report,
                 std::size_t number) {
    pugi::xml_node const suite =
        add_junit_suite(suites, policy.path, report.asked->on, {number, 1, 0, 1});
    pugi::xml_node const test = add_junit_test(suite, policy.path, policy.path);
    std::string text;
    std::string message = "the policy is refused";
    std::size_t errors = 0;
    for (diagnostic const& d : policy.findings) {
        text += '\n' + to_text(d) + '\n';
        if (d.level() == severity::error && errors++ == 0)
            message = d.text + " [" + std::string(to_string(d.code)) + ']';
    }
    add_failure(test, message + and_more(errors), "error", text, "error");
    end_junit_suite(suite, {});
}

void add_suite(pugi::xml_node suites, tested_policy const& policy, test_report const& report,
               std::size_t number) {
    if (!policy.valid) {
        add_refused(suites, policy, report, number);
        return;
    }
    pugi::xml_node const suite =
        add_junit_suite(suites, policy.path, report.asked->on,
                        {number, policy.count() + (policy.too_little ? 1 : 0),
                         policy.run.failed + (policy.too_little ? 1 : 0), 0});
    for (exercise_outcome const& one : policy.run.exercises) {
        pugi::xml_node const test = add_junit_test(suite, policy.path, one.name);
        if (one.passed()) continue;
        add_failure(test, sentence_of(one.failures.front()) + and_more(one.failures.size()),
                    "exercise", '\n' + failure_text(one, false, colours_off()));
    }
    // What no exercise is to blame for must fail as well.
    if (policy.too_little)
        add_failure(add_junit_test(suite, policy.path, "--fail-under"),
                    too_little_text(policy, *report.asked), "fail-under", {});
    end_junit_suite(suite, test_text(policy, *report.asked, colours_off()));
}

}  // namespace

std::string test_junit(test_report const& report) {
    pugi::xml_document document;
    pugi::xml_node const suites = begin_junit(document);
    std::size_t number = 0;
    for (tested_policy const& policy : report.policies) add_suite(suites, policy, report, number++);
    return to_xml(document);
}

}  // namespace rolecall::inline v0_1::cli
