#include "cli/help.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::string_view indent = "  ";

std::string heading(std::string_view text, colours const& colour) {
    return std::string(colour.heading) + std::string(text) + std::string(colour.reset) + '\n';
}

// Each line of a text, indented, with something in front.
std::string lines(std::string_view text, std::string_view lead) {
    std::string result;
    while (!text.empty()) {
        std::size_t const end = std::min(text.find('\n'), text.size());
        result += std::string(lead) + std::string(text.substr(0, end)) + '\n';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return result;
}

// Two columns; further lines of the second one stand under its first.
std::string row(std::string_view left, std::string_view right, std::size_t width) {
    std::string result = std::string(indent) + std::string(left);
    result.append(width > left.size() ? width - left.size() : 0, ' ');
    std::string const under(indent.size() + width, ' ');
    std::string const text = lines(right, under);
    return result + text.substr(std::min(under.size(), text.size()));
}

std::string left_side(option_spec const& option) {
    std::string text(option.name);
    if (!option.value.empty()) text += ' ' + std::string(option.value);
    return text;
}

// A line for each command, with its summary.
std::string list_of(std::vector<command_spec const*> const& commands) {
    std::size_t width = 0;
    for (command_spec const* command : commands) width = std::max(width, command->name.size() + 3);
    std::string text;
    for (command_spec const* command : commands)
        text += row(command->name, command->summary, width);
    return text;
}

}  // namespace

std::string program_help(colours const& colour) {
    std::string text =
        "rolecall decides who in a business may view, modify, store or delete which kind of\n"
        "customer data. A policy is one YAML file, or a directory of them.\n\n";
    text += heading("Usage", colour);
    text +=
        "  rolecall COMMAND POLICY [options]\n"
        "  rolecall users COMMAND STORE [options]\n"
        "  rolecall --version\n\n";
    std::vector<command_spec const*> all;
    for (command_spec const& command : command_specs()) all.push_back(&command);
    text += heading("Commands", colour) + list_of(all);
    text += '\n' + heading("To begin with", colour);
    text +=
        "  rolecall validate shop/\n"
        "  rolecall matrix shop/\n"
        "  rolecall check shop/ support view account\n"
        "  rolecall explain shop/ support delete payment\n\n";
    text += heading("Exit codes", colour);
    text +=
        "  0  yes, or fine\n"
        "  1  no: denied; refused; nobody, or nothing, to list\n"
        "  2  the command line is wrong, or reading or writing failed\n"
        "  3  the policy is invalid\n\n";
    text += "rolecall COMMAND --help tells more about each, with examples.\n";
    return text;
}

std::string command_help(command_spec const& command, colours const& colour) {
    std::size_t width = 0;
    for (option_spec const& option : command.options)
        width = std::max(width, left_side(option).size() + 2);

    std::string text = lines(command.about, "");
    text += '\n' + heading("Usage", colour) + lines(command.usage, "  rolecall ");
    if (!command.options.empty()) {
        text += '\n' + heading("Options", colour);
        for (option_spec const& option : command.options)
            text += row(left_side(option), option.help, width);
    }
    return text + '\n' + heading("Examples", colour) + lines(command.examples, indent);
}

std::string group_help(std::string_view group, colours const& colour) {
    std::vector<command_spec const*> const commands = command_specs_of(group);
    if (commands.size() == 1) return command_help(*commands.front(), colour);
    std::string text = heading("Commands", colour) + list_of(commands);
    return text + "\nrolecall " + std::string(group) +
           " COMMAND --help tells more about each, with examples.\n";
}

std::string usage_text(command_spec const& command) {
    constexpr std::string_view first = "usage: rolecall ";
    constexpr std::string_view further = "       rolecall ";
    return std::string(first) + lines(command.usage, further).substr(further.size());
}

std::string more_help(std::string_view topic) {
    return "`rolecall " + std::string(topic) + (topic.empty() ? "" : " ") + "--help` tells more\n";
}

}  // namespace rolecall::inline v0_1::cli
