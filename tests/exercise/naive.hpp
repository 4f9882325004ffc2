// What docs/format.md and docs/exercises.md say of documents and exercises, spelled out over names
// as written. Whether something is allowed is asked of a policy by name; nothing is remembered.

#pragma once

#include <rolecall/date.hpp>
#include <rolecall/document.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/session.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace exercised {

using names = std::vector<std::string>;
using name_set = std::set<std::string>;
using state = std::map<std::string, std::optional<bool>>;  // of each fact; not there: unknown

names texts(std::vector<rolecall::written_name> const& list);
std::vector<rolecall::written_name> written(names const& list);

names actions_of(rolecall::document const& of);
names facts_of(rolecall::document const& of);
bool lies_below(std::string_view category, std::string_view other);
bool covers(rolecall::document const& of, rolecall::written_grant const& line,
            std::string const& category);
bool covers(std::string_view written, std::string_view action);  // a right's action, or `all`
name_set with_inherited(rolecall::document const& of, names const& roles);
bool breaks(rolecall::document const& of, rolecall::written_separation const& rule,
            names const& roles);

// Known to hold, known not to, or neither.
std::optional<bool> value(rolecall::written_condition const& when, state const& facts);

// Every state of the facts.
std::vector<state> every_state(names const& facts);

// Who asks in an exercise, before anything is asked.
struct asker {
    names held;
    names active;                // of a compromised account: all that is held
    std::string refused;         // `unknown-name`, `expired`, `not-assigned`, or empty
    bool without_roles = false;  // all of them are lost
    bool listed = false;
};
asker who_asks(rolecall::document const& of, rolecall::written_exercise const& exercise,
               rolecall::date today);

// The states in which an exercise asks: one, or of a compromised account each that fits.
std::vector<state> states_of(rolecall::document const& of,
                             rolecall::written_exercise const& exercise);

struct answer {
    bool allowed = false;
    std::string reason;  // of a denial, where the pages say which
};

// An exercise, asked of the policy that the document is.
class table {
public:
    table(rolecall::document const& of, rolecall::written_exercise const& exercise,
          rolecall::date today);

    [[nodiscard]] answer ask(std::string const& action, std::string const& category) const;

private:
    [[nodiscard]] answer ask_attacker(std::string const& action, std::string const& category) const;

    asker who_;
    rolecall::written_exercise const* exercise_;
    rolecall::date on_;
    std::vector<state> states_;
    std::optional<rolecall::policy> policy_;  // none: nothing can be done
    std::vector<rolecall::session> one_role_each_;
};

struct expectation {
    std::string category, action;
    bool allowed = false;
    std::string reason;  // of a denial, or empty
};
std::vector<expectation> expectations_of(rolecall::document const& of,
                                         rolecall::written_exercise const& exercise);

bool passes(rolecall::document const& of, rolecall::written_exercise const& exercise,
            rolecall::date today);

}  // namespace exercised
