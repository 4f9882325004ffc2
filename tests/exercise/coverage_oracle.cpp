#include "coverage_oracle.hpp"

#include "naive.hpp"

#include <algorithm>
#include <utility>

namespace exercised {

namespace {

using rolecall::document;
using rolecall::written_condition;
using kind = rolecall::covered_item::kind;

bool contains(std::vector<rolecall::written_name> const& list, std::string const& name) {
    return std::any_of(list.begin(), list.end(), [&](auto const& one) { return one.text == name; });
}

// An exercise, and all that is asked in it.
struct asked {
    rolecall::written_exercise const* exercise = nullptr;
    asker who;
    name_set held, active;  // with all that is inherited
    bool looked_at = true;  // rights are: nothing refuses whoever asks
    std::vector<expectation> expects;
    std::vector<state> states;
};

class judge {
public:
    judge(document const& of, rolecall::date today) : of_(of) {
        for (auto const& exercise : of.exercises) {
            asked& one = asked_.emplace_back();
            one.exercise = &exercise;
            one.who = who_asks(of, exercise, today);
            one.held = with_inherited(of, one.who.held);
            one.active = with_inherited(of, one.who.active);
            one.expects = expectations_of(of, exercise);
            one.states = states_of(of, exercise);
            one.looked_at = one.who.refused.empty() &&
                            std::none_of(of.separations.begin(), of.separations.end(),
                                         [&](auto const& rule) { return refuses(rule, one); });
        }
    }

    std::vector<judged_item> run() {
        for (auto const& role : of_.roles) {
            cells(role);
            for (auto const& line : role.may)
                for (auto const& right : line.rights) condition(role, line, right);
        }
        for (auto const& rail : of_.guardrails) guardrail(rail);
        for (auto const& category : of_.categories)
            for (auto const& required : category.required) requirement(category, required);
        for (auto const& rule : of_.separations) separation(rule);
        for (auto const& user : of_.users) {
            judged_item& item = add(kind::user, user.id.at, user.id.text);
            for (asked const& one : asked_)
                if (one.exercise->user && one.exercise->user->text == user.id.text) touch(item);
        }
        return std::move(found_);
    }

private:
    judged_item& add(kind what, rolecall::place at, std::string of) {
        judged_item& item = found_.emplace_back();
        item.what = what;
        item.at = at;
        item.of = std::move(of);
        return item;
    }

    static void touch(judged_item& item) {
        ++item.exercises;
        item.holds = true;
    }

    // What they hold, or for one per session what is active; not of somebody who is refused before.
    [[nodiscard]] bool breaks_it(rolecall::written_separation const& rule, asked const& one) const {
        bool const person = rule.per == rolecall::separation_scope::person;
        return breaks(of_, rule, person ? one.who.held : one.who.active);
    }

    // Whoever has a compromised account opens one session after another.
    [[nodiscard]] bool refuses(rolecall::written_separation const& rule, asked const& one) const {
        bool const person = rule.per == rolecall::separation_scope::person;
        return breaks_it(rule, one) && (person || !one.exercise->compromised);
    }

    // Looks at each expectation that `about` admits, in each of its states.
    template <class About>
    void look(judged_item& item, written_condition const& when, bool unknown_counts,
              About const& about) {
        for (asked const& one : asked_) {
            if (!one.looked_at) continue;
            bool touched = false;
            for (expectation const& expected : one.expects) {
                if (!about(one, expected)) continue;
                touched = true;
                for (state const& at : one.states) {
                    bool const holds = value(when, at).value_or(unknown_counts);
                    (holds ? item.holds : item.fails) = true;
                }
            }
            if (touched) ++item.exercises;
        }
    }

    void cells(rolecall::written_role const& role) {
        std::string const& name = role.name.text;
        for (auto const& category : of_.categories)
            for (std::string const& action : actions_of(of_)) {
                judged_item& item =
                    add(kind::cell, role.name.at, name + ' ' + action + ' ' + category.name.text);
                look(item, {}, false, [&](asked const& one, expectation const& expected) {
                    return std::count(one.who.active.begin(), one.who.active.end(), name) != 0 &&
                           expected.action == action && expected.category == category.name.text;
                });
            }
    }

    void condition(rolecall::written_role const& role, rolecall::written_grant const& line,
                   rolecall::written_right const& right) {
        if (right.when.always()) return;
        judged_item& item =
            add(kind::condition, right.action.at,
                role.name.text + ' ' + right.action.text + ' ' + line.category.text);
        item.both = true;
        look(item, right.when, false, [&](asked const& one, expectation const& expected) {
            return one.active.count(role.name.text) != 0 &&
                   covers(right.action.text, expected.action) &&
                   covers(of_, line, expected.category);
        });
    }

    void guardrail(rolecall::written_guardrail const& rail) {
        judged_item& item = add(kind::guardrail, rail.name.at, rail.name.text);
        item.both = !rail.when.always();
        look(item, rail.when, true, [&](asked const& one, expectation const& expected) {
            bool const meant =
                rail.roles.empty() ||
                std::any_of(rail.roles.begin(), rail.roles.end(),
                            [&](auto const& role) { return one.held.count(role.text) != 0; });
            bool const there =
                rail.categories.empty() ||
                std::any_of(rail.categories.begin(), rail.categories.end(), [&](auto const& on) {
                    return on.text == expected.category || lies_below(expected.category, on.text);
                });
            return meant && there &&
                   (rail.actions.empty() || contains(rail.actions, expected.action));
        });
    }

    void requirement(rolecall::written_category const& category,
                     rolecall::written_requirement const& required) {
        judged_item& item = add(kind::requirement, required.action.at,
                                category.name.text + ' ' + required.action.text);
        item.both = true;
        look(item, required.when, false, [&](asked const&, expectation const& expected) {
            std::string const& on = category.name.text;
            return (required.action.text == "any" || required.action.text == expected.action) &&
                   (expected.category == on || lies_below(expected.category, on));
        });
    }

    void separation(rolecall::written_separation const& rule) {
        judged_item& item = add(kind::separation, rule.name.at, rule.name.text);
        for (asked const& one : asked_)
            if (one.who.refused.empty() && breaks_it(rule, one)) touch(item);
    }

    document const& of_;
    std::vector<asked> asked_;
    std::vector<judged_item> found_;
};

}  // namespace

std::vector<judged_item> judged_items(document const& of, rolecall::date today) {
    return judge(of, today).run();
}

}  // namespace exercised
