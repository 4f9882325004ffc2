// What the reports in JUnit's XML share. Only what writes XML includes it.
#ifndef ROLECALL_CLI_XML_VALUES_HPP
#define ROLECALL_CLI_XML_VALUES_HPP

#include <rolecall/date.hpp>
#include <rolecall/detail/text.hpp>

#include <pugixml.hpp>

#include <array>
#include <cstddef>
#include <ctime>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {

/// The text, with U+FFFD for what XML 1.0 has no place for, not even for its number (§2.2).
inline std::string xml_text(std::string_view text) {
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

/// A path as a name, which is never empty.
inline std::string xml_name(std::string_view path) {
    return path.empty() ? std::string("policy") : detail::printable(path);
}

inline void set_xml(pugi::xml_node node, char const* name, std::string_view value) {
    node.append_attribute(name).set_value(xml_text(value).c_str());
}

inline void set_xml(pugi::xml_node node, char const* name, std::size_t value) {
    node.append_attribute(name).set_value(static_cast<unsigned long long>(value));
}

/// Now, or the beginning of the day that was given: then the report is the same each time.
inline std::string xml_timestamp(std::optional<date> const& day) {
    if (day) return day->to_string() + "T00:00:00";
    std::time_t const now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    std::size_t const length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    return {text.data(), length};
}

/// The beginning of a document; gives its `testsuites`.
inline pugi::xml_node begin_junit(pugi::xml_document& document) {
    pugi::xml_node declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "UTF-8";
    return document.append_child("testsuites");
}

/// What a suite of tests says about a policy, before its tests.
struct junit_counts {
    std::size_t number = 0;  ///< of the suite
    std::size_t tests = 0, failures = 0, errors = 0;
};

inline pugi::xml_node add_junit_suite(pugi::xml_node suites, std::string_view policy,
                                      std::optional<date> const& on, junit_counts const& counts) {
    pugi::xml_node suite = suites.append_child("testsuite");
    set_xml(suite, "name", xml_name(policy));
    set_xml(suite, "package", "rolecall");
    set_xml(suite, "id", counts.number);
    set_xml(suite, "hostname", "localhost");
    set_xml(suite, "timestamp", xml_timestamp(on));
    set_xml(suite, "tests", counts.tests);
    set_xml(suite, "failures", counts.failures);
    set_xml(suite, "errors", counts.errors);
    set_xml(suite, "time", "0");
    pugi::xml_node property = suite.append_child("properties").append_child("property");
    set_xml(property, "name", "policy");
    set_xml(property, "value", detail::printable(policy));
    return suite;
}

inline pugi::xml_node add_junit_test(pugi::xml_node suite, std::string_view policy,
                                     std::string_view name) {
    pugi::xml_node test = suite.append_child("testcase");
    set_xml(test, "name", xml_name(name));
    set_xml(test, "classname", xml_name(policy));
    set_xml(test, "time", "0");
    return test;
}

inline void end_junit_suite(pugi::xml_node suite, std::string_view told) {
    suite.append_child("system-out").text().set(xml_text(told).c_str());
    suite.append_child("system-err");
}

inline std::string to_xml(pugi::xml_document const& document) {
    std::ostringstream text;
    document.save(text, "  ", pugi::format_default, pugi::encoding_utf8);
    return text.str();
}

}  // namespace rolecall::inline v0_1::cli

#endif
