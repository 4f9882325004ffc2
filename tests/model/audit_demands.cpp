#include "audit_demands.hpp"

#include "random_policy.hpp"

#include <algorithm>
#include <vector>

namespace model {

namespace {

bool stricter(demand const& a, demand const& b) {
    return a.what != b.what ? a.what > b.what : a.ms < b.ms;
}

// Its own level, or that of the nearest category above which has one, or else the strictest.
std::string level_of(policy const& rules, std::string category) {
    while (true) {
        auto const found = rules.categories.find(category);
        if (found != rules.categories.end() && !found->second.level.empty()) {
            return found->second.level;
        }
        auto const dot = category.rfind('.');
        if (dot == std::string::npos) {
            return rules.levels.empty() ? "restricted" : rules.levels.back();
        }
        category.resize(dot);
    }
}

std::optional<demand> said(std::map<std::string, demand> const& lines, std::string const& name) {
    auto const found = lines.find(name);
    return found == lines.end() ? std::nullopt : std::optional(found->second);
}

std::optional<demand> said_by_line(audit_line const& line, std::string const& action) {
    if (auto const of_action = said(line.actions, action)) {
        return of_action;
    }
    if (auto const of_any = said(line.actions, "any")) {
        return of_any;
    }
    return line.plain;
}

}  // namespace

demand demand_of_denial(audit_section const& section) {
    return section.denials.value_or(demand{demand::mode::required, 0});
}

demand demand_of_allow(policy const& rules, audit_section const& section, std::string const& action,
                       std::string const& category) {
    // (a) the nearest line that says something of the action
    for (auto name = category; true; name.resize(name.rfind('.'))) {
        auto const line = section.categories.find(name);
        if (line != section.categories.end()) {
            if (auto const found = said_by_line(line->second, action)) {
                return *found;
            }
        }
        if (name.find('.') == std::string::npos) {
            break;
        }
    }
    // (b) the stricter of action and level
    demand const required{demand::mode::required, 0};
    auto const otherwise = section.otherwise.value_or(demand{demand::mode::block, 100});
    auto const built_in = stricter(otherwise, required) ? otherwise : required;
    auto const strictest = rules.levels.empty() ? "restricted" : rules.levels.back();
    auto const level = level_of(rules, category);
    auto by_action = said(section.actions, action);
    if (!by_action && action == "delete") {
        by_action = built_in;
    }
    auto by_level = said(section.levels, level);
    if (!by_level && level == strictest) {
        by_level = built_in;
    }
    if (by_action && by_level) {
        return stricter(*by_action, *by_level) ? *by_action : *by_level;
    }
    if (by_action || by_level) {
        return by_action ? *by_action : *by_level;
    }
    // (c) what nothing else says
    return otherwise;
}

namespace {

demand random_demand(random_source& random) {
    auto const what = static_cast<demand::mode>(random.below(4));
    int ms = 0;
    if (what == demand::mode::block || what == demand::mode::durable) {
        ms = random.pick(std::vector<int>{1, 20, 100, 999, 1000, 5000, 15999, 16000});
    }
    return {what, ms};
}

std::map<std::string, demand> random_lines(names const& from, std::size_t most,
                                           random_source& random) {
    std::map<std::string, demand> lines;
    for (auto const& name : random.some(from, 0, most)) {
        lines.emplace(name, random_demand(random));
    }
    return lines;
}

std::string spelled(demand const& of, random_source& random) {
    if (of == demand{demand::mode::block, 100} && random.chance(50)) {
        return "block";
    }
    if (of == demand{demand::mode::durable, 5000} && random.chance(50)) {
        return "durable";
    }
    if (of.what == demand::mode::required) {
        return "required";
    }
    if (of.what == demand::mode::best_effort) {
        return "best-effort";
    }
    auto const seconds = of.ms % 1000 == 0 && random.chance(50);
    return std::string(of.what == demand::mode::block ? "{block: " : "{durable: ") +
           std::to_string(seconds ? of.ms / 1000 : of.ms) + (seconds ? " s}" : " ms}");
}

std::string spelled(std::map<std::string, demand> const& lines, random_source& random) {
    std::string text;
    for (auto const& [name, of] : lines) {
        text += (text.empty() ? "\"" : ", \"") + name + "\": " + spelled(of, random);
    }
    return '{' + text + '}';
}

}  // namespace

audit_section random_audit(policy const& rules, random_source& random) {
    audit_section section;
    if (random.chance(60)) {
        section.otherwise = random_demand(random);
    }
    if (random.chance(50)) {
        section.denials = random_demand(random);
    }
    auto actions = all_actions(rules);
    section.actions = random_lines(actions, 3, random);
    section.levels = random_lines(rules.levels.empty()
                                      ? names{"public", "internal", "confidential", "restricted"}
                                      : rules.levels,
                                  3, random);
    actions.push_back("any");
    for (auto const& category : random.some(names_of(rules.categories), 0, 5)) {
        auto& line = section.categories[category];
        line.actions = random_lines(actions, 3, random);
        if (line.actions.empty()) {
            line.plain = random_demand(random);
        }
    }
    return section;
}

std::string to_yaml(audit_section const& section, random_source& random) {
    std::vector<std::string> lines;
    if (section.otherwise) {
        lines.push_back("default: " + spelled(*section.otherwise, random));
    }
    if (section.denials) {
        lines.push_back("denials: " + spelled(*section.denials, random));
    }
    if (!section.actions.empty()) {
        lines.push_back("actions: " + spelled(section.actions, random));
    }
    if (!section.levels.empty()) {
        lines.push_back("levels: " + spelled(section.levels, random));
    }
    std::string categories;
    for (auto const& [name, line] : section.categories) {
        categories += "\n    \"" + name + "\": " +
                      (line.plain ? spelled(*line.plain, random) : spelled(line.actions, random));
    }
    if (!categories.empty()) {
        lines.push_back("categories:" + categories);
    }
    if (lines.empty()) {
        return {};
    }
    random.shuffle(lines);
    std::string text = "audit:\n";
    for (auto const& line : lines) {
        text += "  " + line + '\n';
    }
    return text;
}

std::string text(demand const& of) {
    constexpr char const* words[] = {"best-effort", "block", "required", "durable"};
    return words[static_cast<int>(of.what)] + std::string(" ") + std::to_string(of.ms);
}

}  // namespace model
