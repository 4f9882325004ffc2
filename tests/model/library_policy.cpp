#include "library_policy.hpp"

#include <rolecall/policy_builder.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace model {
namespace {

namespace rc = rolecall;

rc::condition as_condition(term const& t) {
    return t.how == term::need::all ? rc::if_all(t.facts) : rc::if_any(t.facts);
}

rc::condition as_condition(condition const& c) {
    if (c.any_of.empty()) return {};
    std::vector<rc::condition> alternatives;
    for (term const& t : c.any_of) alternatives.push_back(as_condition(t));
    return rc::any_of(alternatives);
}

}  // namespace

rc::date as_date(date d) {
    auto const pad = [](int value, std::size_t width) {
        std::string text = std::to_string(value);
        return std::string(width - text.size(), '0') + text;
    };
    return rc::date::parse(pad(d.year, 4) + '-' + pad(d.month, 2) + '-' + pad(d.day, 2)).value();
}

rc::fact_value as_value(truth t) {
    return t == truth::unknown ? std::optional<bool>{} : std::optional<bool>{t == truth::yes};
}

answer as_answer(rc::response const& r) { return {bool{r}, std::string(to_string(r.reason))}; }

std::vector<std::string_view> as_views(names const& list) { return {list.begin(), list.end()}; }

rc::subject as_subject(std::optional<std::string> const& user, std::optional<names> const& roles) {
    if (!user) return rc::subject::roles(as_views(*roles));
    if (!roles) return rc::subject::user(*user);
    return rc::subject::user(*user, as_views(*roles));
}

rc::request as_request(question const& asked) {
    rc::request request{
        as_subject(asked.user, asked.roles), asked.action, asked.category, {}, as_date(asked.on)};
    for (auto const& [name, value] : asked.facts) request.facts.emplace_back(name, as_value(value));
    return request;
}

rc::policy_result build_policy(policy const& rules) {
    rc::policy_builder builder;
    if (!rules.name.empty()) {
        rc::written_header& header = builder.header(rules.name);
        header.owner = rules.owner;
        header.title = rules.title;
        header.about = rules.about;
        if (rules.review_by) header.review_by = as_date(*rules.review_by);
        header.limited_hierarchy = rules.limited;
        header.other_users = rules.other_users;
    }
    for (std::string const& level : rules.levels) builder.level(level);
    for (auto const& [name, text] : rules.actions) builder.action(name, text.about);
    for (auto const& [name, text] : rules.facts) builder.fact(name, text.about);
    for (auto const& [name, c] : rules.categories) {
        auto entry = builder.category(name, c.about);
        if (!c.title.empty()) entry.title(c.title);
        if (!c.level.empty()) entry.level(c.level);
        for (std::string const& law : c.laws) entry.law(law);
        if (c.named_only) entry.named_only();
        for (auto const& [action, when] : c.required) entry.required(action, as_condition(when));
    }
    for (auto const& [name, r] : rules.roles) {
        auto entry = builder.role(name, r.about);
        if (!r.title.empty()) entry.title(r.title);
        for (std::string const& junior : r.inherits) entry.inherits(junior);
        for (grant const& g : r.may)
            for (auto const& [action, when] : g.rights)
                entry.may(g.category + (g.below ? ".*" : ""), {action}, as_condition(when));
    }
    for (auto const& [id, assignments] : rules.users) {
        auto entry = builder.user(id);
        for (assignment const& a : assignments)
            entry.assign(a.roles, a.until ? std::optional(as_date(*a.until)) : std::nullopt);
    }
    for (auto const& [name, g] : rules.never) {
        auto entry = builder.never(name);
        entry.roles(g.roles).categories(g.categories).actions(g.actions).because(g.because);
        if (g.when) entry.when(as_condition(*g.when));
    }
    for (auto const& [name, s] : rules.separations)
        builder.separation(
            name, s.roles, static_cast<std::uint32_t>(s.at_most),
            s.per_person ? rc::separation_scope::person : rc::separation_scope::session, s.because);
    return builder.build();
}

}  // namespace model
