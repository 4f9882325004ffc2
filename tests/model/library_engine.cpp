// The library behind the door of engine.hpp.
#include "engine.hpp"
#include "library_policy.hpp"
#include <rolecall/diagnostic_text.hpp>
#include <rolecall/rolecall.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace model {
namespace {

namespace rc = rolecall;

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
    return engine_of(build_policy(rules), errors);
}

}  // namespace model
