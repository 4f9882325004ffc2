// The library behind the door of engine.hpp.
#include "engine.hpp"
#include <rolecall/diagnostic_text.hpp>
#include <rolecall/policy_builder.hpp>
#include <rolecall/rolecall.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace model {
namespace {

namespace rc = rolecall;

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

std::vector<std::string_view> as_views(names const& list) { return {list.begin(), list.end()}; }

rc::request as_request(question const& asked) {
    auto const subject = [&] {
        if (!asked.user) return rc::subject::roles(as_views(*asked.roles));
        if (!asked.roles) return rc::subject::user(*asked.user);
        return rc::subject::user(*asked.user, as_views(*asked.roles));
    };
    rc::request request{subject(), asked.action, asked.category, {}, as_date(asked.on)};
    for (auto const& [name, value] : asked.facts) request.facts.emplace_back(name, as_value(value));
    return request;
}

answer as_answer(rc::response const& r) { return {bool{r}, std::string(to_string(r.reason))}; }

rc::condition as_condition(term const& t) {
    return t.how == term::need::all ? rc::if_all(t.facts) : rc::if_any(t.facts);
}

rc::condition as_condition(condition const& c) {
    if (c.any_of.empty()) return {};
    std::vector<rc::condition> alternatives;
    for (term const& t : c.any_of) alternatives.push_back(as_condition(t));
    return rc::any_of(alternatives);
}

class library_engine : public engine {
public:
    explicit library_engine(rc::policy policy) : policy_(policy) {}

    answer decide(question const& asked) override {
        rc::request const request = as_request(asked);
        rc::response const response = policy_.evaluate(request);
        // An explanation never tells another answer than the decision.
        if (!(rc::explain(policy_, request).answer == response))
            return {true, "explained otherwise"};
        return as_answer(response);
    }

    answer decide_by_reference(question const& asked) override {
        auto const action = policy_.action(asked.action);
        auto const category = policy_.category(asked.category);
        if (!action || !category) return {false, "unknown-name"};
        rc::facts facts;
        for (auto const& [name, value] : asked.facts) {
            auto const fact = policy_.fact(name);
            if (!fact) return {false, "unknown-name"};
            facts.add(*fact, as_value(value));
        }
        rc::activation const session = activate(asked);
        if (!session) return {false, std::string(to_string(session.why()))};
        rc::response const response = session->evaluate(*action, *category, facts);
        bool const by_row = session->allows(*action, *category, facts);
        bool const without_facts = session->allows(*action, *category);
        bool const consistent = by_row == bool{response} && (!without_facts || by_row) &&
                                alone_agrees(asked, facts, response);
        return consistent ? as_answer(response) : answer{true, "checks disagree"};
    }

    std::vector<source_file> rewrite() override {
        return {{"policy.yaml", rc::yaml::write(policy_)}};
    }

    std::string digest() override { return rc::digest(policy_); }

    std::string matrix_csv() override {
        std::string csv = "role,category,action,effect,if\n";
        for (rc::effective_right const& r : rc::effective_rights(policy_))
            csv += r.role + ',' + r.category + ',' + r.action + ',' +
                   (r.condition.empty() ? "allow," : "conditional," + r.condition) + '\n';
        return csv;
    }

private:
    [[nodiscard]] rc::activation activate(question const& asked) const {
        if (!asked.user) return policy_.activate(*asked.roles);
        if (!asked.roles) return policy_.activate_user(*asked.user, as_date(asked.on));
        return policy_.activate_user(*asked.user, *asked.roles, as_date(asked.on));
    }

    // A question of one role has two more ways to be asked: by references, and by names.
    [[nodiscard]] bool alone_agrees(question const& asked, rc::facts const& facts,
                                    rc::response const& expected) const {
        if (asked.user || asked.roles->size() != 1) return true;
        rc::role_ref const role = policy_.role(asked.roles->front()).value();
        rc::action const action = policy_.action(asked.action).value();
        rc::category_ref const category = policy_.category(asked.category).value();
        return policy_.evaluate(role, action, category, facts) == expected &&
               policy_.allows(role, action, category, facts) == bool{expected} &&
               policy_.allows(asked.roles->front(), asked.action, asked.category, facts) ==
                   bool{expected};
    }

    rc::policy policy_;
};

std::unique_ptr<engine> engine_of(rc::policy_result const& result, std::string& errors) {
    errors.clear();
    for (rc::diagnostic const& d : result.findings()) errors += rc::to_text(d) + '\n';
    if (!result) return nullptr;
    return std::make_unique<library_engine>(*result);
}

}  // namespace

std::unique_ptr<engine> engine::load(std::vector<source_file> const& files, std::string& errors) {
    std::vector<rc::yaml::source_text> texts;
    for (source_file const& file : files) texts.push_back({file.path, file.text});
    return engine_of(rc::yaml::load_texts(std::move(texts)), errors);
}

std::unique_ptr<engine> engine::build(policy const& rules, std::string& errors) {
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
    return engine_of(builder.build(), errors);
}

}  // namespace model
