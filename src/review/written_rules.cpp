#include "review/written_rules.hpp"

#include "core/list_text.hpp"
#include <rolecall/detail/compile/name_rules.hpp>
#include <rolecall/detail/findings.hpp>

#include <algorithm>
#include <bit>
#include <optional>

namespace rolecall::inline v0_1::review {
namespace {

bool names(std::vector<written_name> const& list, std::string_view name) {
    return std::any_of(list.begin(), list.end(),
                       [&](written_name const& n) { return n.text == name; });
}

bool is_of_the_four(std::string_view action) {
    return action == "view" || action == "modify" || action == "store" || action == "delete";
}

bool reaches(std::string_view category, std::string_view rule_on) {
    return category == rule_on || detail::lies_below(category, rule_on);
}

std::vector<std::string_view> texts(std::vector<written_name> const& list) {
    std::vector<std::string_view> result;
    result.reserve(list.size());
    for (written_name const& name : list) result.push_back(name.text);
    return result;
}

}  // namespace

std::string in_brackets(location const& where) {
    return where.line == 0 ? std::string{}
                           : " (" + where.path + ':' + std::to_string(where.line) + ')';
}

std::vector<std::uint32_t> written_rules::closure(std::span<std::uint32_t const> roles) const {
    std::vector<bool> reached(data_.roles.size());
    std::vector<std::uint32_t> pending(roles.begin(), roles.end());
    std::vector<std::uint32_t> result;
    while (!pending.empty()) {
        std::uint32_t const role = pending.back();
        pending.pop_back();
        if (reached[role]) continue;
        reached[role] = true;
        result.push_back(role);
        auto const juniors = data_.juniors_of(role);
        pending.insert(pending.end(), juniors.begin(), juniors.end());
    }
    std::sort(result.begin(), result.end());
    return result;
}

bool written_rules::covers(written_grant const& grant, std::string_view category) const {
    std::string_view const base = grant.category.text;
    if (!grant.below) return category == base;
    if (!detail::lies_below(category, base)) return false;
    return std::none_of(doc_.categories.begin(), doc_.categories.end(),
                        [&](written_category const& c) {
                            return c.named_only && detail::lies_below(c.name.text, base) &&
                                   reaches(category, c.name.text);
                        });
}

std::vector<granting_line> written_rules::grants(std::span<std::uint32_t const> roles) const {
    std::vector<granting_line> lines;
    for (written_role const& role : doc_.roles) {
        std::uint32_t const number = data_.roles.find(role.name.text);
        if (std::find(roles.begin(), roles.end(), number) == roles.end()) continue;
        for (written_grant const& grant : role.may)
            for (written_right const& right : grant.rights)
                lines.push_back({&role, &grant, &right});
    }
    return lines;
}

std::vector<granting_line> written_rules::grants(std::span<std::uint32_t const> roles,
                                                 std::string_view action,
                                                 std::string_view category) const {
    std::vector<granting_line> lines = grants(roles);
    std::erase_if(lines, [&](granting_line const& line) {
        std::string const& granted = line.right->action.text;
        bool const acts = granted == action || (granted == "all" && is_of_the_four(action));
        return !acts || !covers(*line.grant, category);
    });
    return lines;
}

std::vector<requiring_line> written_rules::requirements(std::string_view action,
                                                        std::string_view category) const {
    std::vector<requiring_line> lines;
    for (written_category const& c : doc_.categories) {
        if (!reaches(category, c.name.text)) continue;
        for (written_requirement const& r : c.required)
            if (r.action.text == "any" || r.action.text == action) lines.push_back({&c, &r});
    }
    return lines;
}

std::vector<written_guardrail const*> written_rules::guardrails(std::span<std::uint32_t const> held,
                                                                std::string_view action,
                                                                std::string_view category) const {
    std::vector<written_guardrail const*> result;
    for (written_guardrail const& g : doc_.guardrails) {
        bool const who =
            g.roles.empty() || std::any_of(held.begin(), held.end(), [&](std::uint32_t role) {
                return names(g.roles, data_.roles.name(role));
            });
        bool const what = g.actions.empty() || names(g.actions, action);
        bool const on =
            g.categories.empty() ||
            std::any_of(g.categories.begin(), g.categories.end(),
                        [&](written_name const& c) { return reaches(category, c.text); });
        if (who && what && on) result.push_back(&g);
    }
    return result;
}

alternatives written_rules::masks(written_condition const& when) const {
    alternatives result;
    for (auto const& together : when.any_of) {
        std::uint64_t mask = 0;
        for (written_name const& fact : together)
            mask |= std::uint64_t{1} << data_.facts.find(fact.text);
        result.push_back(mask);
    }
    return result;
}

std::string written_rules::text(written_condition const& when) const {
    return to_text(masks(when), data_.facts);
}

nearest_alternative written_rules::closest(written_condition const& when,
                                           detail::known_facts facts) const {
    std::optional<nearest_alternative> best;
    for (std::uint64_t const mask : masks(when)) {
        distance const away{
            static_cast<std::size_t>(std::popcount(mask & facts.is_false)),
            static_cast<std::size_t>(std::popcount(mask & ~facts.is_false & ~facts.is_true))};
        if (!best || away < best->away) best = nearest_alternative{mask, away};
    }
    return best.value_or(nearest_alternative{});
}

location written_rules::locate(place const& at) const {
    if (!at.in_file() || at.file >= doc_.files.size()) return {};
    source_file const& file = doc_.files[at.file];
    return {file.path, at.line, at.column, at.length,
            std::string(detail::line_index(file.text).line(at.line))};
}

std::string written_rules::sentence_of(granting_line const& line) const {
    std::string sentence = line.role->name.text + " may " + line.right->action.text + ' ' +
                           line.grant->category.text + (line.grant->below ? ".*" : "");
    if (!line.right->when.always()) sentence += " if " + text(line.right->when);
    return sentence;
}

std::string written_rules::sentence_of(requiring_line const& line) const {
    std::string const& action = line.requirement->action.text;
    return line.category->name.text + " requires " + text(line.requirement->when) +
           (action == "any" ? " for any action" : " to " + action);
}

std::string written_rules::sentence_of(written_guardrail const& g) const {
    auto const roles = texts(g.roles);
    auto const categories = texts(g.categories);
    auto const actions = texts(g.actions);
    std::string sentence =
        g.name.text + ": " + (roles.empty() ? "no one" : detail::list_text(roles)) +
        (roles.empty() ? " may " : " may never ") +
        (actions.empty() ? "touch" : detail::list_text(actions, " or ")) + ' ' +
        (categories.empty() ? "any category" : detail::list_text(categories, " or "));
    if (!g.when.always()) sentence += " unless it is known that not (" + text(g.when) + ')';
    return sentence;
}

std::string written_rules::sentence_of(written_separation const& s) {
    return s.name.text + ": of " + detail::list_text(texts(s.roles)) + " at most " +
           std::to_string(s.at_most) +
           (s.per == separation_scope::person ? " per person" : " per session");
}

place const& written_rules::place_of(granting_line const& line) noexcept {
    // A short-form right shares the place of its word; the category begins the line.
    return line.right->action.at.in_file() ? line.right->action.at : line.grant->category.at;
}

policy_line written_rules::describe(granting_line const& line) const {
    return {policy_line::kind::grant, locate(place_of(line)), sentence_of(line)};
}

policy_line written_rules::describe(requiring_line const& line) const {
    return {policy_line::kind::requirement, locate(line.requirement->action.at), sentence_of(line)};
}

policy_line written_rules::describe(written_guardrail const& g) const {
    return {policy_line::kind::guardrail, locate(g.name.at), sentence_of(g)};
}

policy_line written_rules::describe(written_separation const& s) const {
    return {policy_line::kind::separation, locate(s.name.at), sentence_of(s)};
}

}  // namespace rolecall::inline v0_1::review
