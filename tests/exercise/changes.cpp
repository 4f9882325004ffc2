#include "changes.hpp"

#include "naive.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace exercised {

namespace {

using rolecall::document;
using rolecall::written_condition;
using rolecall::written_name;
using kind = rolecall::mutant::kind;

template <class Entry>
std::vector<Entry> without(std::vector<Entry> list, std::size_t at) {
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(at));
    return list;
}

struct changed_condition {
    written_condition is;
    std::string of;
};

std::string words_of(std::vector<written_name> const& facts) {
    std::string text;
    for (written_name const& fact : facts) text += (text.empty() ? "" : " and ") + fact.text;
    return text;
}

// Each alternative left out, and of each with several facts each fact.
std::vector<changed_condition> narrower_and_wider(written_condition const& when) {
    std::vector<changed_condition> found;
    for (std::size_t i = 0; i < when.any_of.size(); ++i) {
        std::vector<written_name> const& together = when.any_of[i];
        if (when.any_of.size() > 1)
            found.push_back({{without(when.any_of, i), when.at}, "not if " + words_of(together)});
        for (std::size_t k = 0; together.size() > 1 && k < together.size(); ++k) {
            written_condition made = when;
            made.any_of[i] = without(together, k);
            found.push_back({made, "of " + words_of(together) + " without " + together[k].text});
        }
    }
    return found;
}

class changer {
public:
    explicit changer(document const& of) : of_(of) {}

    std::vector<change> run() {
        cells();
        conditions();
        requirements();
        guardrails();
        separations();
        inheritance();
        categories();
        users();
        return std::move(found_);
    }

private:
    // The document to edit; what it becomes is the change.
    document& add(kind what, rolecall::place at, std::string of) {
        found_.push_back({what, std::move(of), at, of_});
        return found_.back().changed;
    }

    // What the role's own lines say of a cell: one condition of all lines together.
    std::optional<written_condition> own(rolecall::written_role const& role,
                                         std::string const& category, std::string const& action) {
        std::optional<written_condition> all;
        bool always = false;
        for (rolecall::written_grant const& line : role.may)
            for (rolecall::written_right const& right : line.rights) {
                if (!covers(of_, line, category) || !covers(right.action.text, action)) continue;
                if (!all) all.emplace();
                always = always || right.when.always();
                all->any_of.insert(all->any_of.end(), right.when.any_of.begin(),
                                   right.when.any_of.end());
            }
        if (always) all->any_of.clear();
        return all;
    }

    void cells() {
        for (std::size_t r = 0; r < of_.roles.size(); ++r)
            for (rolecall::written_category const& category : of_.categories)
                for (std::string const& action : actions_of(of_))
                    cell(r, category.name.text, action);
    }

    void cell(std::size_t r, std::string const& category, std::string const& action) {
        rolecall::written_role const& role = of_.roles[r];
        auto& may = add(kind::cell, role.name.at, role.name.text + ' ' + action + ' ' + category)
                        .roles[r]
                        .may;
        if (!own(role, category, action)) {
            auto line = std::find_if(may.begin(), may.end(), [&](auto const& one) {
                return one.category.text == category && !one.below;
            });
            if (line == may.end()) line = may.insert(line, {{category, {}}, false, {}});
            line->rights.push_back({{action, {}}, {}});
            return;
        }
        may.clear();
        for (rolecall::written_category const& c : of_.categories) {
            rolecall::written_grant line{{c.name.text, {}}, false, {}};
            for (std::string const& a : actions_of(of_))
                if (auto const when = own(role, c.name.text, a);
                    when && (c.name.text != category || a != action))
                    line.rights.push_back({{a, {}}, *when});
            if (!line.rights.empty()) may.push_back(line);
        }
    }

    void conditions() {
        for (std::size_t r = 0; r < of_.roles.size(); ++r)
            for (std::size_t l = 0; l < of_.roles[r].may.size(); ++l)
                for (std::size_t i = 0; i < of_.roles[r].may[l].rights.size(); ++i) {
                    rolecall::written_grant const& line = of_.roles[r].may[l];
                    rolecall::written_right const& right = line.rights[i];
                    if (right.when.always()) continue;
                    std::string const words = of_.roles[r].name.text + ' ' + right.action.text +
                                              ' ' + line.category.text + (line.below ? ".*" : "");
                    auto const become = [&](std::string const& of, written_condition const& when) {
                        add(kind::condition, right.action.at, words + ": " + of)
                            .roles[r]
                            .may[l]
                            .rights[i]
                            .when = when;
                    };
                    become("always", {});
                    for (changed_condition const& made : narrower_and_wider(right.when))
                        become(made.of, made.is);
                }
    }

    void requirements() {
        for (std::size_t c = 0; c < of_.categories.size(); ++c) {
            rolecall::written_category const& category = of_.categories[c];
            for (std::size_t i = 0; i < category.required.size(); ++i) {
                std::string const words =
                    category.name.text + ' ' + category.required[i].action.text;
                add(kind::requirement, category.required[i].action.at, words + ": left out")
                    .categories[c]
                    .required = without(category.required, i);
                for (changed_condition const& made : narrower_and_wider(category.required[i].when))
                    add(kind::requirement, category.required[i].action.at, words + ": " + made.of)
                        .categories[c]
                        .required[i]
                        .when = made.is;
            }
        }
    }

    void guardrails() {
        using rail = rolecall::written_guardrail;
        for (std::size_t g = 0; g < of_.guardrails.size(); ++g) {
            rail const& one = of_.guardrails[g];
            std::string const& words = one.name.text;
            add(kind::guardrail, one.name.at, words + ": left out").guardrails =
                without(of_.guardrails, g);
            if (!one.when.always())
                add(kind::guardrail, one.when.at, words + ": always").guardrails[g].when = {};
            for (changed_condition const& made : narrower_and_wider(one.when))
                add(kind::guardrail, one.when.at, words + ": " + made.of).guardrails[g].when =
                    made.is;
            for (auto const list : {&rail::roles, &rail::categories, &rail::actions})
                for (std::size_t i = 0; (one.*list).size() > 1 && i < (one.*list).size(); ++i) {
                    char const* const of = list == &rail::roles        ? " role "
                                           : list == &rail::categories ? " category "
                                                                       : " action ";
                    add(kind::guardrail, (one.*list)[i].at,
                        words + ": without" + of + (one.*list)[i].text)
                            .guardrails[g].*
                        list = without(one.*list, i);
                }
        }
    }

    void separations() {
        using rolecall::separation_scope;
        for (std::size_t s = 0; s < of_.separations.size(); ++s) {
            rolecall::written_separation const& one = of_.separations[s];
            std::string const& words = one.name.text;
            std::size_t const roles = one.roles.size();
            add(kind::separation, one.name.at, words + ": left out").separations =
                without(of_.separations, s);
            if (one.at_most + 1 < roles)
                ++add(kind::separation, one.at_most_at, words + ": one more")
                      .separations[s]
                      .at_most;
            if (one.at_most > 1)
                --add(kind::separation, one.at_most_at, words + ": one fewer")
                      .separations[s]
                      .at_most;
            for (std::size_t i = 0; roles > 2 && one.at_most < roles - 1 && i < roles; ++i)
                add(kind::separation, one.roles[i].at, words + ": without " + one.roles[i].text)
                    .separations[s]
                    .roles = without(one.roles, i);
            bool const person = one.per == separation_scope::person;
            add(kind::separation, one.name.at, words + (person ? ": per session" : ": per person"))
                .separations[s]
                .per = person ? separation_scope::session : separation_scope::person;
        }
    }

    void inheritance() {
        for (std::size_t r = 0; r < of_.roles.size(); ++r)
            for (std::size_t i = 0; i < of_.roles[r].inherits.size(); ++i)
                add(kind::inheritance, of_.roles[r].inherits[i].at,
                    of_.roles[r].name.text + " not from " + of_.roles[r].inherits[i].text)
                    .roles[r]
                    .inherits = without(of_.roles[r].inherits, i);
    }

    void categories() {
        for (std::size_t c = 0; c < of_.categories.size(); ++c) {
            bool const named = of_.categories[c].named_only;
            add(kind::category, of_.categories[c].name.at,
                of_.categories[c].name.text + (named ? " unnamed" : " named only"))
                .categories[c]
                .named_only = !named;
        }
    }

    void users() {
        for (std::size_t u = 0; u < of_.users.size(); ++u)
            for (std::size_t a = 0; a < of_.users[u].assignments.size(); ++a)
                for (std::size_t r = 0; r < of_.users[u].assignments[a].roles.size(); ++r)
                    assignment(u, a, r);
        if (of_.users.empty()) return;
        bool const others = of_.header && of_.header->other_users;
        document& made =
            add(kind::user, of_.users.front().id.at, others ? "no other users" : "other users");
        if (!made.header) made.header.emplace().name = "A policy";
        made.header->other_users = !others;
    }

    // A user without any assignment can't be listed.
    void assignment(std::size_t u, std::size_t a, std::size_t r) {
        rolecall::written_user const& user = of_.users[u];
        rolecall::written_assignment const& from = user.assignments[a];
        std::string const words = user.id.text + ' ' + std::to_string(a) + ' ' + from.roles[r].text;
        document& made = add(kind::user, from.roles[r].at, words + ": left out");
        auto& left = made.users[u].assignments;
        left[a].roles = without(from.roles, r);
        if (left[a].roles.empty()) left = without(left, a);
        if (left.empty()) made.users = without(made.users, u);
        if (!from.until) return;
        auto& longer = add(kind::user, from.roles[r].at, words + ": for good").users[u].assignments;
        longer[a].roles = without(from.roles, r);
        if (longer[a].roles.empty()) longer = without(longer, a);
        longer.push_back({{from.roles[r]}, std::nullopt});
    }

    document const& of_;
    std::vector<change> found_;
};

}  // namespace

std::vector<change> every_change(document const& of) { return changer(of).run(); }

}  // namespace exercised
