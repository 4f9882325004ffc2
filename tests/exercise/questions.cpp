#include "questions.hpp"

#include "naive.hpp"
#include <rolecall/session.hpp>

#include <algorithm>
#include <set>

namespace exercised {

namespace {

std::size_t known(state const& of) {
    return static_cast<std::size_t>(
        std::count_if(of.begin(), of.end(), [](auto const& one) { return one.second; }));
}

}  // namespace

every_question::every_question(rolecall::policy const& of, rolecall::date today)
    : of_(of), states_(every_state(facts_of(of.source()))) {
    std::stable_sort(states_.begin(), states_.end(),
                     [](state const& a, state const& b) { return known(a) < known(b); });
    names roles;
    for (auto const& role : of.source().roles) roles.push_back(role.name.text);
    std::vector<names> sets;
    for (std::size_t mask = 0; mask < (std::size_t{1} << roles.size()); ++mask) {
        sets.emplace_back();
        for (std::size_t i = 0; i < roles.size(); ++i)
            if ((mask >> i & 1U) != 0) sets.back().push_back(roles[i]);
    }
    std::stable_sort(sets.begin(), sets.end(),
                     [](names const& a, names const& b) { return a.size() < b.size(); });
    std::set<rolecall::date> days{today};
    names users{"nobody listed"};
    for (auto const& user : of.source().users) {
        users.push_back(user.id.text);
        for (auto const& assigned : user.assignments)
            if (assigned.until) {
                days.insert(*assigned.until);
                days.insert(rolecall::date::from_days(assigned.until->days() + 1));
            }
    }
    for (names const& set : sets) askers_.push_back({"", set, true, today});
    for (std::string const& user : users)
        for (rolecall::date const day : days) {
            askers_.push_back({user, {}, false, day});
            for (names const& set : sets) askers_.push_back({user, set, true, day});
        }
    for (somebody const& who : askers_) answers_.push_back(answers(of, who));
}

every_question::row every_question::answers(rolecall::policy const& of, somebody const& who) const {
    auto const opened = who.user.empty() ? of.activate(who.roles)
                        : who.chosen     ? of.activate_user(who.user, who.roles, who.on)
                                         : of.activate_user(who.user, who.on);
    if (!opened) return {};  // denied, all of it
    std::vector<rolecall::facts> states;
    for (state const& one : states_) {
        rolecall::facts& all = states.emplace_back();
        for (auto const& [fact, is] : one) all.add(of.fact(fact).value(), is);
    }
    row made;
    bool any = false;
    for (rolecall::facts const& all : states)
        for (auto const& category : of_.source().categories)
            for (std::string const& action : actions_of(of_.source())) {
                auto const what = of.action(action).value();
                auto const on = of.category(category.name.text).value();
                made.push_back(opened->allows(what, on, all));
                any = any || made.back();
            }
    return any ? made : row{};
}

std::optional<rolecall::different_answer> every_question::difference(
    rolecall::policy const& changed) const {
    for (std::size_t i = 0; i < askers_.size(); ++i) {
        row const now = answers(changed, askers_[i]);
        if (now == answers_[i]) continue;
        auto const allowed = [](row const& in, std::size_t at) { return !in.empty() && in[at]; };
        std::size_t at = 0;
        while (allowed(now, at) == allowed(answers_[i], at)) ++at;
        names const actions = actions_of(of_.source());
        auto const& categories = of_.source().categories;
        rolecall::different_answer found;
        found.user = askers_[i].user;
        found.roles = askers_[i].roles;
        found.on = askers_[i].on;
        found.action = actions[at % actions.size()];
        found.category = categories[at / actions.size() % categories.size()].name.text;
        for (auto const& [fact, is] : states_[at / actions.size() / categories.size()])
            if (is) (*is ? found.is_true : found.is_false).push_back(fact);
        found.allowed = allowed(answers_[i], at);
        return found;
    }
    return std::nullopt;
}

}  // namespace exercised
