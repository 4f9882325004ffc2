#include "reloads.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace model {

namespace rc = rolecall;

namespace {

vocabulary_size size_of(bool room) {
    // A lineage has room for sixteen roles and categories more than its first policy has, for
    // twelve actions and for 64 facts.
    if (room) {
        return {.actions = 12, .facts = 30, .categories = 18, .roles = 16};
    }
    return {.actions = 18, .facts = 90, .categories = 50, .roles = 40};
}

rc::date first_day() { return as_date({2026, 11, 30}); }

std::string text(verdict const& given) {
    return std::string(given.allow ? "allow" : "deny") + ", " + std::string(to_string(given.why)) +
           (given.by_role.empty() ? "" : ", by " + given.by_role);
}

std::string text(old_question const& q) {
    std::string line = q.action + " " + q.category;
    for (auto const& [name, value] : q.facts.stated) {
        line += ", " + name + " " +
                (value.known_true()    ? "true"
                 : value.known_false() ? "false"
                                       : "unknown");
    }
    return line + " (lineages " + std::to_string(q.what.of) + ", " + std::to_string(q.on.of) +
           ", " + std::to_string(q.facts.of) + ")";
}

bool fits(lineage reference, lineage policy) {
    return reference == every_lineage || reference == policy;
}

lineage together(lineage first, lineage second) {
    if (first == every_lineage || first == second) {
        return second;
    }
    return no_lineage;
}

}  // namespace

reloads::reloads(trial& one, bool room, std::size_t authorizers)
    : one_(one), room_(room), vocabulary_(random_vocabulary(one.random, size_of(room))) {
    auto const rules = random_rules();
    auto const first = compiled(rules);
    versions_.push_back({rules, compiled(rules), first, next_lineage_++});
    keep_references(first, versions_.front());  // before any authorizer had it
    begin(first, 0);
    while (authorizers_.size() < authorizers) {
        if (room || one.random.chance(50)) {
            begin(first, 0);
        } else {
            auto const other = random_rules();
            versions_.push_back({other, compiled(other), compiled(other), next_lineage_++});
            begin(versions_.back().live, versions_.size() - 1);
        }
    }
    aim();
    for (std::size_t at = 0; at < authorizers; ++at) {
        keep_everything(at);
    }
}

void reloads::begin(rc::policy const& first, std::size_t version) {
    auto& made = authorizers_.emplace_back();
    made.current = version;
    made.today = first_day();
    auto hear = [&made](rc::audit_event const& event) noexcept {
        made.heard_activated += event.kind() == rc::audit_kind::policy_activated ? 1U : 0U;
        made.heard_begun += event.kind() == rc::audit_kind::lineage_begun ? 1U : 0U;
        return rc::recorded::yes;
    };
    made.is = std::make_unique<rc::authorizer>(first, std::move(hear),
                                               rc::authorizer_options{.today = first_day()});
}

rc::policy reloads::compiled(policy const& rules) const {
    auto const made = build_policy(rules);
    if (!made) {
        one_.fail("the policy was refused when made in code", to_yaml(rules));
    }
    return *made;
}

// ---- Replacing ----------------------------------------------------------------------------------

void reloads::replace_somehow(std::size_t authorizer) {
    auto const how = one_.random.below(100);
    if (how < 72) {
        replace(authorizer, random_rules());
    } else if (how < 84) {
        replace(authorizer, one_.random.below(versions_.size()));
    } else if (how < 90) {
        replace(authorizer, current(authorizer));
    } else if (how < 96) {
        replace(authorizer, current(one_.random.below(authorizers())));
    } else {
        replace(authorizer, now(authorizer).rules);  // the same rules, compiled again
    }
}

void reloads::replace(std::size_t authorizer, policy const& rules) {
    auto const fresh = compiled(rules);
    replace(authorizer, fresh, {rules, compiled(rules), fresh, no_lineage});
}

void reloads::replace(std::size_t authorizer, std::size_t by_version) {
    version const made = versions_[by_version];
    replace(authorizer, made.live, made);
}

void reloads::replace(std::size_t authorizer, rc::policy const& newer, version made) {
    one_authorizer& at = authorizers_[authorizer];
    version const& before = versions_[at.current];
    auto const done = at.is->replace(newer);
    ++at.number;
    require(done.version == at.number, before, "the version is not one more");
    require(done.complete, before, "nobody reads, and the old policy is still in use");
    require(done.told == rc::recorded::yes, before, "the sink was not asked");
    require(at.heard_activated == at.number - 1, before, "the sink did not hear of the policy");
    require(!room_ || done.same_lineage, before, "there was room for all names");
    begun += done.same_lineage ? 0 : 1;
    require(at.heard_begun == (done.same_lineage ? 0 : 1), before, "the sink heard otherwise");
    at.heard_begun = 0;

    if (done.same_lineage) {
        made.of = before.of;
    } else if (made.of == no_lineage) {
        made.of = next_lineage_++;
    }
    made.live = at.is->current();
    versions_.push_back(std::move(made));
    at.current = versions_.size() - 1;
    aim();
}

void reloads::tick(std::size_t at, rc::date now) {
    authorizers_[at].is->tick(now);
    authorizers_[at].today = now;
}

// ---- Keeping ------------------------------------------------------------------------------------

void reloads::keep_everything(std::size_t authorizer) {
    version const& in = now(authorizer);
    keep_references(in.live, in);
    auto& pdp = *authorizers_[authorizer].is;
    for (auto const& [name, role] : in.rules.roles) {
        keep(roles_, name, pdp.role(name).value(), in.of, in);
    }
    for (int left = 4; left > 0; --left) {
        made_facts_.push_back(facts_of(random_facts(names_of(in.rules.facts), one_.random), in.of));
        made_facts_.push_back(facts_of(one_.random.pick(aims_).facts, in.of));
    }
    keep_sessions(authorizer);
}

void reloads::keep_references(rc::policy const& from, version const& in) {
    for (auto const& [name, role] : in.rules.roles) {
        keep(roles_, name, from.role(name).value(), in.of, in);
    }
    for (auto const& [name, category] : in.rules.categories) {
        keep(categories_, name, from.category(name).value(), in.of, in);
    }
    for (auto const& [name, text] : in.rules.facts) {
        keep(facts_, name, from.fact(name).value(), in.of, in);
    }
    for (auto const& name : all_actions(in.rules)) {
        keep(actions_, name, from.action(name).value(), is_built_in(name) ? every_lineage : in.of,
             in);
    }
}

// INVARIANT: in a lineage a name has one reference, and a reference one name.
template <class reference>
void reloads::keep(kept_by_name<reference>& all, std::string const& name, reference is, lineage of,
                   version const& in) {
    if (in.live.name(is) != name) {
        require(false, in, "the reference of `" + name + "` has another name");
    }
    for (auto const& [other, references] : all) {
        for (auto const& one : references) {
            bool const same = one.of == of && other == name;
            if ((one.is == is) != same) {
                require(false, in,
                        "the references of `" + name + "` and `" + other + "` are mixed up");
            }
        }
    }
    auto& references = all[name];
    auto const known = std::find_if(references.begin(), references.end(),
                                    [&](auto const& one) { return one.of == of; });
    if (known == references.end()) {
        references.push_back({is, of});
    }
}

void reloads::keep_sessions(std::size_t authorizer) {
    auto& at = authorizers_[authorizer];
    for (int left = 6; left > 0; --left) {
        auto who = random_asker();
        auto made = !who.user    ? at.is->session_of_roles(*who.roles)
                    : !who.roles ? at.is->session(*who.user)
                                 : at.is->session(*who.user, *who.roles);
        if (made) {
            sessions_.push_back(
                {std::move(who), std::move(made).value(), authorizer, at.current, at.today});
        }
    }
}

// Facts built of old references, some of them stated twice.
kept_facts reloads::facts_of(std::map<std::string, truth> const& known, lineage mostly) {
    kept_facts made;
    auto const state = [&](std::string const& name, truth is) {
        std::string stated = name;
        auto const fact = pick(facts_, stated, mostly);
        made.is.add(fact.is, as_value(is));
        made.of = together(made.of, fact.of);
        made.stated.emplace_back(stated, as_value(is));
    };
    for (auto const& [name, is] : known) {
        state(name, is);
        if (one_.random.chance(4)) {
            state(name, one_.random.chance(50) ? truth::yes : truth::no);
        }
    }
    return made;
}

// ---- Asking -------------------------------------------------------------------------------------

// Questions near what the newest version grants, and what older ones did.
void reloads::aim() {
    aims_.clear();
    for (int left = 12; left > 0; --left) {
        aims_.push_back(random_question(versions_.back().rules, one_.random));
        aims_.push_back(random_question(one_.random.pick(versions_).rules, one_.random));
    }
}

// A reference of that name, of the lineage if there is one, and sometimes another's: then `name`
// says so. What no version ever declared has a reference to nothing.
template <class reference>
kept<reference> reloads::pick(kept_by_name<reference> const& all, std::string& name,
                              lineage mostly) {
    if (!all.empty() && one_.random.chance(8)) {
        auto const at = one_.random.below(all.size());
        name = std::next(all.begin(), static_cast<std::ptrdiff_t>(at))->first;
    }
    auto const found = all.find(name);
    if (found == all.end()) {
        return {};
    }
    auto const& references = found->second;
    if (one_.random.chance(95)) {
        for (auto const& one : references) {
            if (fits(one.of, mostly)) {
                return one;
            }
        }
    }
    return one_.random.pick(references);
}

old_role_question reloads::ask(lineage mostly) {
    auto const& near = one_.random.pick(aims_);
    auto const& known = one_.random.chance(70) ? near : one_.random.pick(aims_);
    old_role_question made;
    made.action = near.action;
    made.what = pick(actions_, made.action, mostly);
    made.category = near.category;
    made.on = pick(categories_, made.category, mostly);
    made.facts =
        one_.random.chance(40) ? one_.random.pick(made_facts_) : facts_of(known.facts, mostly);
    made.role = near.roles && !near.roles->empty()
                    ? one_.random.pick(*near.roles)
                    : one_.random.pick(names_of(versions_.back().rules.roles));
    made.as = pick(roles_, made.role, mostly);
    return made;
}

asker reloads::random_asker() {
    auto const& near = one_.random.pick(aims_);
    asker made{near.user, near.roles};
    auto const& rules = one_.random.pick(versions_).rules;
    if (one_.random.chance(30)) {
        made.roles = one_.random.some(names_of(rules.roles), 1, 3);
    }
    if (!rules.users.empty() && one_.random.chance(30)) {
        made.user = one_.random.pick(names_of(rules.users));
    }
    return made;
}

// ---- What must be answered ----------------------------------------------------------------------

verdict reloads::verdict_of(rc::policy const& by, rc::response const& given) {
    return {bool{given}, given.reason, std::string(by.name(given.granting_role))};
}

verdict reloads::by_name(version const& by, rc::subject who, rc::date on,
                         old_question const& q) const {
    if (!fits(q.facts.of, by.of)) {
        return {};
    }
    rc::request asked{std::move(who), q.action, q.category, {}, on};
    for (auto const& [name, value] : q.facts.stated) {
        asked.facts.emplace_back(name, value);
    }
    return verdict_of(by.alone, by.alone.evaluate(asked));
}

// The same question to the model, which is asked now and then: it takes its time.
question reloads::in_model(asker const& who, old_question const& q) const {
    question asked{who.user, who.roles, q.action, q.category, {}, {}};
    for (auto const& [name, value] : q.facts.stated) {
        auto const is = value.known_true()    ? truth::yes
                        : value.known_false() ? truth::no
                                              : truth::unknown;
        auto const [stated, first] = asked.facts.emplace(name, is);
        if (!first && stated->second != is) {
            stated->second = truth::unknown;
        }
    }
    return asked;
}

verdict reloads::expected(version const& by, old_role_question const& q) const {
    bool const ours = fits(q.what.of, by.of) && q.on.of == by.of && q.as.of == by.of;
    return ours ? expected_by_name(by, q) : verdict{};
}

verdict reloads::expected_by_name(version const& by, old_role_question const& q) const {
    auto const wanted = by_name(by, rc::subject::role(q.role), first_day(), q);
    if (checked % 16 == 0 && fits(q.facts.of, by.of)) {
        auto const model_says = decide(by.rules, in_model({std::nullopt, names{q.role}}, q));
        require(model_says == answer{wanted.allow, std::string(to_string(wanted.why))}, by,
                text(q) + " as " + q.role + ": the model says " + model_says.reason);
    }
    return wanted;
}

verdict reloads::expected(version const& by, asker const& who, rc::date on,
                          old_question const& q) const {
    bool const ours = fits(q.what.of, by.of) && q.on.of == by.of;
    return ours ? by_name(by, as_subject(who.user, who.roles), on, q) : verdict{};
}

void reloads::require(verdict const& got, verdict const& wanted, version const& by,
                      old_question const& q, std::string const& who) const {
    if (!(got == wanted)) {
        one_.fail(who + " is asked for " + text(q) + "\nand says " + text(got) + ", expected " +
                      text(wanted) + "\nby a policy of lineage " + std::to_string(by.of),
                  to_yaml(by.rules));
    }
}

void reloads::require(bool allowed, verdict const& wanted, version const& by, old_question const& q,
                      std::string const& who) const {
    if (allowed != wanted.allow) {
        require(verdict{allowed, wanted.why, wanted.by_role}, wanted, by, q, who);
    }
}

void reloads::require(bool holds, version const& by, std::string const& otherwise) const {
    if (!holds) {
        one_.fail(otherwise, to_yaml(by.rules));
    }
}

}  // namespace model
