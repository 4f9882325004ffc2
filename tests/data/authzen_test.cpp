// Real data: the "todo" policy of the AuthZEN interoperability events, and the 46 decisions
// that every product there has to reach.
//
// All of it maps: people with roles, roles that inherit, five actions of the policy's own on
// two categories. Ten decisions depend on who owns the todo: an editor may change and delete
// their own. Here that is a fact, `owner`, which the application states: it knows the todo,
// and compares its owner with who asks. Where the question is not about one todo, nobody
// states it.
#include "data/real_data.hpp"
#include "support/program.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/policy_builder.hpp>
#include <rolecall/session.hpp>
#include <rolecall/yaml.hpp>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace json = boost::json;
using namespace rolecall::testing;

std::string const data_file = "authzen/authzen_todo_rbac.json";

std::string text_of(json::value const& value) { return json::value_to<std::string>(value); }

struct question {
    std::string user, action, category, owner;  // no owner: empty
    bool expected = false;
    bool about_owner = false;

    [[nodiscard]] std::optional<bool> is_owner() const {
        return owner.empty() ? std::nullopt : std::optional<bool>(owner == user);
    }
};

std::vector<question> questions_in(json::value const& from) {
    std::vector<question> all;
    for (json::value const& q : from.at("checks").as_array()) {
        json::value const& owner = q.at("owner");
        all.push_back({text_of(q.at("user")), text_of(q.at("action")), text_of(q.at("category")),
                       owner.is_null() ? std::string() : text_of(owner), q.at("expected").as_bool(),
                       q.at("needs_owner_rule").as_bool()});
    }
    return all;
}

rolecall::policy policy_in(json::value const& from) {
    std::set<std::string> actions, categories;
    std::map<std::string, rolecall::policy_builder::role_entry> roles;
    rolecall::policy_builder made;
    auto const role = [&](std::string const& name) -> rolecall::policy_builder::role_entry& {
        auto const found = roles.find(name);
        return found != roles.end() ? found->second
                                    : roles.emplace(name, made.role(name, "A role")).first->second;
    };
    auto const grant = [&](json::value const& g, rolecall::condition const& when) {
        actions.insert(text_of(g.at("action")));
        categories.insert(text_of(g.at("category")));
        role(text_of(g.at("role"))).may(text_of(g.at("category")), {text_of(g.at("action"))}, when);
    };
    for (json::value const& g : from.at("grants").as_array()) grant(g, {});
    for (json::value const& g : from.at("owner_grants").as_array())
        grant(g, rolecall::if_fact("owner"));
    for (auto const& [name, juniors] : from.at("role_inherits").as_object())
        for (json::value const& junior : juniors.as_array())
            role(std::string(name)).inherits(text_of(junior));
    for (auto const& [id, held] : from.at("users").as_object())
        made.user(std::string(id)).assign(json::value_to<std::vector<std::string>>(held));
    for (std::string const& action : actions) made.action(action, "An action of the service");
    for (std::string const& category : categories) made.category(category, "Data of the service");
    made.fact("owner", "Who asks owns this todo");
    return made.build().value();
}

struct todo {
    json::value data = json::parse(whole_file(real_data(data_file)));
    rolecall::policy policy = policy_in(data);
    std::vector<question> questions = questions_in(data);
};

rolecall::response by_names(rolecall::policy const& p, question const& q,
                            std::optional<bool> owner) {
    rolecall::request asked{rolecall::subject::user(q.user), q.action, q.category};
    if (owner) asked.facts = {{"owner", owner}};
    return p.evaluate(asked);
}

// The question as AuthZEN sends it; `ownerID` is for the application, and `owner` is its word.
std::string as_line(question const& q) {
    json::object resource{{"type", q.category}, {"id", "7240d0db"}};
    json::object facts;
    if (auto const owner = q.is_owner()) {
        resource["properties"] = json::object{{"ownerID", q.owner}};
        facts["owner"] = *owner;
    }
    return json::serialize(json::object{{"subject", {{"type", "user"}, {"id", q.user}}},
                                        {"action", {{"name", q.action}}},
                                        {"resource", resource},
                                        {"context", {{"facts", facts}}}}) +
           '\n';
}

TEST_CASE("real data: AuthZEN's todo policy has 46 decisions, 10 of them about the owner") {
    if (!has_real_data(data_file)) return;
    todo const t;
    std::size_t about_owner = 0;
    for (question const& q : t.questions)
        if (q.about_owner) ++about_owner;
    CHECK(t.questions.size() == 46);
    CHECK(about_owner == 10);
}

TEST_CASE("real data: all 46 decisions of AuthZEN's todo policy are reached") {
    if (!has_real_data(data_file)) return;
    todo const t;
    std::size_t right = 0;
    for (question const& q : t.questions) {
        CAPTURE(q.user);
        CAPTURE(q.action);
        CAPTURE(q.owner);
        rolecall::response const answer = by_names(t.policy, q, q.is_owner());
        CHECK(bool{answer} == q.expected);
        CHECK(answer.reason != rolecall::reason::unknown_name);

        rolecall::facts known;
        if (auto const owner = q.is_owner()) known.add(t.policy.fact("owner").value(), owner);
        auto const session = t.policy.activate_user(q.user);
        REQUIRE(session);
        CHECK(session->evaluate(t.policy.action(q.action).value(),
                                t.policy.category(q.category).value(), known) == answer);
        if (bool{answer} == q.expected) ++right;
    }
    CHECK(right == 46);
}

TEST_CASE("real data: the program reaches all 46 decisions of AuthZEN's todo policy") {
    if (!has_real_data(data_file)) return;
    todo const t;
    temporary_directory const folder;
    std::string const policy = folder.write("todo.yaml", rolecall::yaml::write(t.policy));
    std::string input;
    for (question const& q : t.questions) input += as_line(q);
    outcome const done = run({"check", policy, "--requests", "-"}, {.input = input});
    CHECK(done.code == 0);
    CHECK(done.err.empty());

    std::istringstream lines(done.out);
    std::size_t answers = 0;
    for (std::string line; std::getline(lines, line); ++answers) {
        REQUIRE(answers < t.questions.size());
        question const& q = t.questions[answers];
        CAPTURE(q.user);
        CAPTURE(q.action);
        CAPTURE(q.owner);
        json::value const answer = json::parse(line);
        CHECK(answer.at("decision").as_bool() == q.expected);
        CHECK(text_of(answer.at("context").at("reason")) ==
              to_string(by_names(t.policy, q, q.is_owner()).reason));
    }
    CHECK(answers == 46);
}

TEST_CASE("real data: who forgets to say whose todo it is, is refused where it matters alone") {
    if (!has_real_data(data_file)) return;
    todo const t;
    std::size_t undecided = 0;
    for (question const& q : t.questions) {
        CAPTURE(q.user);
        CAPTURE(q.action);
        rolecall::response const answer = by_names(t.policy, q, std::nullopt);
        CHECK(bool{answer} == (q.expected && !q.about_owner));
        if (answer.reason == rolecall::reason::undecided) ++undecided;
    }
    CHECK(undecided == 10);
}

}  // namespace
