#include "random_policy.hpp"

#include "model/trial.hpp"
#include "naive.hpp"
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <utility>

namespace exercised {

namespace {

using model::random_source;
using rolecall::document;
using rolecall::written_condition;
using rolecall::written_exercise;
using rolecall::written_guarantee;

names const category_names{"data", "data.card", "data.card.code", "data.note", "mail", "mail.list"};
names const role_names{"boss", "clerk", "guest", "nurse"};
names const fact_names{"consent", "hold", "ticket"};

rolecall::date random_day(random_source& random) {
    static std::vector<std::string> const days{"2026-11-21", "2026-11-22", "2026-11-30",
                                               "2027-01-01"};
    return rolecall::date::parse(random.pick(days)).value();
}

class maker {
public:
    maker(random_source& random, random_size const& size) : random_(random), size_(size) {}

    document make() {
        if (random_.chance(40)) {
            made_.header.emplace().name = "Small";
            made_.header->other_users = random_.chance(50);
        }
        if (random_.chance(15)) made_.actions.push_back({{"share", {}}, "", "Pass it on"});
        for (std::string const& name : some(fact_names, 0, size_.facts))
            made_.facts.push_back({{name, {}}, "", "A fact"});
        facts_ = facts_of(made_);
        for (std::string const& name : some(category_names, 2, 4)) add_category(name);
        categories_ = texts_of(made_.categories);
        names inherited;
        for (std::string const& name : some(role_names, 2, 4)) {
            add_role(name, inherited);
            inherited.push_back(name);
        }
        roles_ = inherited;
        for (auto left = random_.between(0, 2); left > 0; --left) add_guardrail();
        for (auto left = random_.between(0, 2); left > 0; --left) add_separation();
        if (random_.chance(60))
            for (auto const* const id : {"dana", "bo"})
                if (random_.chance(70)) add_user(id);
        for (auto left = random_.between(0, 4); left > 0; --left) add_guarantee();
        for (std::size_t left = random_.between(0, size_.exercises); left > 0; --left)
            made_.exercises.push_back(
                random_exercise(made_, "case-" + std::to_string(left), random_));
        return std::move(made_);
    }

private:
    names some(names const& list, std::size_t least, std::size_t most) {
        return random_.some(list, least, most);
    }

    template <class Entries>
    static names texts_of(Entries const& entries) {
        names found;
        for (auto const& one : entries) found.push_back(one.name.text);
        return found;
    }

    // Keeps what was added only if the policy stays valid.
    void keep_if_valid(document before) {
        if (!rolecall::yaml::compile(made_)) made_ = std::move(before);
    }

    // Of one kind, as `if-all` or `if-any`, or of both.
    written_condition random_condition(bool simple = false) {
        written_condition when;
        names const facts = some(facts_, 1, 3);
        if (facts.empty()) return when;
        auto const kind = random_.below(simple ? 2 : 4);
        if (kind == 0 || facts.size() == 1) {
            when.any_of.push_back(written(facts));
        } else if (kind == 1) {
            for (std::string const& fact : facts) when.any_of.push_back(written({fact}));
        } else {
            when.any_of.push_back(written({facts[0], facts[1]}));
            if (facts.size() > 2) when.any_of.push_back(written({facts[2]}));
        }
        return when;
    }

    void add_category(std::string const& name) {
        rolecall::written_category made;
        made.name.text = name;
        made.about = "Some data";
        made.named_only = random_.chance(20);
        if (random_.chance(30)) {
            names actions = actions_of(made_);
            actions.emplace_back("any");
            for (std::string const& action : some(actions, 1, 2))
                if (auto const when = random_condition(); !when.always())
                    made.required.push_back({{action, {}}, when});
        }
        if (random_.chance(50))
            made.level = rolecall::written_name{random_.chance(50) ? "internal" : "restricted", {}};
        made_.categories.push_back(made);
    }

    void add_role(std::string const& name, names const& others) {
        rolecall::written_role made;
        made.name.text = name;
        made.about = "Some people";
        if (random_.chance(45)) made.inherits = written(some(others, 1, 2));
        for (std::string const& on : some(categories_, 0, 2)) {
            rolecall::written_grant line{{on, {}}, false, {}};
            bool const parent = std::any_of(categories_.begin(), categories_.end(),
                                            [&](auto const& c) { return lies_below(c, on); });
            line.below = parent && random_.chance(60);
            names const actions = random_.chance(25) ? names{"all"} : some(actions_of(made_), 1, 2);
            for (std::string const& action : actions)
                line.rights.push_back(
                    {{action, {}}, random_.chance(60) ? random_condition() : written_condition{}});
            made.may.push_back(line);
            if (!line.below || random_.chance(70)) continue;
            made.may.push_back({{on, {}}, false, {{{"view", {}}, random_condition()}}});
        }
        made_.roles.push_back(made);
    }

    void add_guardrail() {
        rolecall::written_guardrail made;
        made.name.text = "never-" + std::to_string(made_.guardrails.size());
        if (random_.chance(60)) made.roles = written(some(roles_, 1, 2));
        if (random_.chance(70)) made.categories = written(some(categories_, 1, 2));
        if (random_.chance(50) || (made.roles.empty() && made.categories.empty()))
            made.actions = written(some(actions_of(made_), 1, 2));
        if (random_.chance(60)) made.when = random_condition(true);
        made_.guardrails.push_back(made);
    }

    void add_separation() {
        document before = made_;
        rolecall::written_separation made;
        made.name.text = "apart-" + std::to_string(made_.separations.size());
        made.roles = written(some(roles_, 2, 4));
        made.at_most = static_cast<std::uint32_t>(random_.between(1, made.roles.size() - 1));
        made.per = random_.chance(50) ? rolecall::separation_scope::person
                                      : rolecall::separation_scope::session;
        made_.separations.push_back(made);
        keep_if_valid(std::move(before));
    }

    void add_user(std::string const& id) {
        document before = made_;
        rolecall::written_user made{{id, {}}, {}};
        names const roles = some(roles_, 1, 3);
        if (random_.chance(30)) {
            made.assignments.push_back({written(roles), random_day(random_)});
        } else {
            for (std::string const& role : roles)
                made.assignments.push_back(
                    {written({role}),
                     random_.chance(40) ? std::optional(random_day(random_)) : std::nullopt});
        }
        made_.users.push_back(made);
        keep_if_valid(std::move(before));
    }

    void add_guarantee() {
        document before = made_;
        written_guarantee made;
        made.name.text = "sure-" + std::to_string(made_.guarantees.size());
        made.first = {written(some(actions_of(made_), 1, 2)), written(some(categories_, 1, 2)), {}};
        auto const kind = random_.below(6);
        if (kind == 0) {
            made.what = written_guarantee::kind::never;
            made.roles = written(some(roles_, 0, 2));
            made.alone = !made.roles.empty() && random_.chance(40);
        } else if (kind == 1) {
            made.what = written_guarantee::kind::may;
            made.only = written(some(roles_, 1, 2));
        } else if (kind == 2) {
            made.what = written_guarantee::kind::never_both;
            made.second = {written(some(actions_of(made_), 1, 2)), {}, {}};
        } else if (kind == 3) {  // what a right, or a requirement, depends on
            rolecall::written_category const& on = random_.pick(made_.categories);
            made.what = written_guarantee::kind::may;
            made.first.categories = written({on.name.text});
            made.only_if = random_condition();
            if (!on.required.empty() && random_.chance(70)) {
                made.only_if = on.required.front().when;
                made.first.actions = {on.required.front().action};
                if (made.first.actions.front().text == "any") made.first.actions.clear();
            }
            if (made.only_if.always()) return;
        } else {  // what a role's own line says
            rolecall::written_role const& role = random_.pick(made_.roles);
            if (role.may.empty()) return;
            made.what = written_guarantee::kind::keeps;
            made.roles = written({role.name.text});
            made.alone = true;
            made.first = {};
            made.kept = {random_.pick(role.may)};
        }
        made_.guarantees.push_back(made);
        keep_if_valid(std::move(before));
    }

    random_source& random_;
    random_size size_;
    document made_;
    names facts_, categories_, roles_;
};

}  // namespace

document random_document(random_source& random, random_size const& size) {
    return maker(random, size).make();
}

written_exercise random_exercise(document const& of, std::string const& name,
                                 random_source& random) {
    written_exercise made;
    made.name.text = name;
    names roles, categories;
    for (auto const& role : of.roles) roles.push_back(role.name.text);
    for (auto const& category : of.categories) categories.push_back(category.name.text);
    made.compromised = random.chance(20);
    names assigned;  // to who asks
    auto const kind = random.below(10);
    if (kind < 5 && !of.users.empty()) {
        rolecall::written_user const& user = random.pick(of.users);
        made.user = rolecall::written_name{user.id.text, {}};
        for (auto const& one : user.assignments)
            for (auto const& role : one.roles) assigned.push_back(role.text);
        if (!made.compromised && random.chance(30)) made.roles = written(random.some(roles, 1, 2));
    } else {
        if (kind == 9) made.user = rolecall::written_name{"stranger", {}};
        assigned = random.some(roles, 1, random.chance(60) ? 1 : 3);
        made.roles = written(assigned);
    }
    if (random.chance(15)) made.lost = written(random.some(assigned, 1, 1));
    for (std::string const& fact : facts_of(of)) {
        if (random.chance(50)) continue;
        auto const is = random.below(5);
        made.facts.push_back(
            {{fact, {}}, is == 0 ? std::nullopt : std::optional<bool>(is % 2 == 0)});
    }
    if (random.chance(30)) made.on = random_day(random);

    table const asked(of, made, today);
    bool const exactly = random.chance(25);
    for (std::string const& on : categories) {
        rolecall::written_expectation can{{on, {}}, false, {}};
        rolecall::written_expectation cannot = can;
        bool const reasons = !made.compromised && random.chance(30);
        for (std::string const& action : actions_of(of)) {
            answer const is = asked.ask(action, on);
            if (!exactly && random.chance(60)) continue;
            if (is.allowed) {
                can.actions.push_back({{action, {}}, std::nullopt});
            } else if ((!exactly || reasons) && (!reasons || !is.reason.empty())) {
                cannot.actions.push_back({{action, {}}, std::nullopt});
                if (reasons) cannot.actions.back().reason = rolecall::written_name{is.reason, {}};
            }
        }
        if (!can.actions.empty()) (exactly ? made.exactly : made.can).push_back(can);
        if (!cannot.actions.empty()) made.cannot.push_back(cannot);
    }
    bool const nothing = made.can.empty() && made.exactly.empty() && made.cannot.empty();
    made.exactly_nothing = made.exactly.empty() && (exactly || nothing);
    if (!nothing || exactly) return made;
    made.exactly_nothing = false;
    answer const is = asked.ask("view", categories.front());
    (is.allowed ? made.can : made.cannot)
        .push_back({{categories.front(), {}}, false, {{{"view", {}}, std::nullopt}}});
    return made;
}

rolecall::policy read_back(document const& of) {
    std::string const text = rolecall::yaml::write(of);
    auto const loaded = rolecall::yaml::load_text(text);
    if (!loaded) FAIL(text << "\nwas refused: " << loaded.findings().front().text);
    return loaded.value();
}

void with_random_policies(
    std::size_t normally, random_size const& size,
    std::function<void(rolecall::policy const&, random_source&)> const& check) {
    std::size_t const count = normally * model::wanted_questions() / 100000;
    for (std::size_t at = 0; at == 0 || at < count; ++at) {
        std::uint64_t const seed = model::first_seed() + at;
        CAPTURE(seed);
        random_source random(seed);
        check(read_back(random_document(random, size)), random);
    }
}

}  // namespace exercised
