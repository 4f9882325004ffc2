#include "mutation/structure.hpp"

#include "mutation/conditions.hpp"
#include "review/written_rules.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::mutating {
namespace {

using kind = mutant::kind;

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string text;
    for (std::string_view const part : parts) text += part;
    return text;
}

class changer {
public:
    explicit changer(policy const& of) : rules_(of), doc_(of.source()) {}

    std::vector<structural_change> run() {
        for (std::size_t c = 0; c < doc_.categories.size(); ++c) requirements(c);
        for (std::size_t g = 0; g < doc_.guardrails.size(); ++g) guardrail(g);
        for (std::size_t s = 0; s < doc_.separations.size(); ++s) separation(s);
        for (std::size_t r = 0; r < doc_.roles.size(); ++r) inheritance(r);
        for (std::size_t c = 0; c < doc_.categories.size(); ++c) named_only(c);
        for (std::size_t u = 0; u < doc_.users.size(); ++u) assignments(u);
        if (!doc_.users.empty()) other_users();
        return std::move(found_);
    }

private:
    template <class Edit>
    void add(kind what, place at, std::string sentence, Edit edit) {
        found_.push_back({what, at, std::move(sentence), std::move(edit), std::nullopt});
    }

    std::string instead(written_condition const& is, written_condition const& was) {
        return rules_.text(is) + ", not " + rules_.text(was);
    }

    void requirements(std::size_t c) {
        for (std::size_t i = 0; i < doc_.categories[c].required.size(); ++i) {
            written_requirement const& one = doc_.categories[c].required[i];
            std::string const subject = doc_.categories[c].name.text + " requires ";
            std::string const action = one.action.text;
            std::string const to = action == "any" ? " for any action" : " to " + action;
            add(kind::requirement, one.action.at,
                joined({subject, "nothing", to, ", not ", rules_.text(one.when)}),
                [c, i](document& doc) {
                    doc.categories[c].required = without(doc.categories[c].required, i);
                });
            for (changed_condition& made : changed_conditions(one.when))
                add(kind::requirement, made.at,
                    joined({subject, rules_.text(made.when), to, ", not ", rules_.text(one.when)}),
                    [c, i, when = made.when](document& doc) {
                        doc.categories[c].required[i].when = when;
                    });
        }
    }

    void guardrail(std::size_t g) {
        written_guardrail const& one = doc_.guardrails[g];
        std::string const& name = one.name.text;
        add(kind::guardrail, one.name.at, name + " is left out",
            [g](document& doc) { doc.guardrails = without(doc.guardrails, g); });
        if (!one.when.always())
            add(kind::guardrail, one.when.at,
                name + " forbids always, and not only unless it is known that not (" +
                    rules_.text(one.when) + ')',
                [g](document& doc) { doc.guardrails[g].when = {}; });
        for (changed_condition& made : changed_conditions(one.when))
            add(kind::guardrail, made.at, name + " depends on " + instead(made.when, one.when),
                [g, when = made.when](document& doc) { doc.guardrails[g].when = when; });
        lists(g, &written_guardrail::roles, "role ");
        lists(g, &written_guardrail::categories, "category ");
        lists(g, &written_guardrail::actions, "action ");
    }

    void lists(std::size_t g, std::vector<written_name> written_guardrail::*list,
               std::string_view what) {
        written_guardrail const& one = doc_.guardrails[g];
        std::vector<written_name> const& names = one.*list;
        for (std::size_t i = 0; names.size() > 1 && i < names.size(); ++i)
            add(kind::guardrail, names[i].at,
                one.name.text + " is not about " + std::string(what) + names[i].text,
                [g, i, list](document& doc) {
                    doc.guardrails[g].*list = without(doc.guardrails[g].*list, i);
                });
    }

    void separation(std::size_t s) {
        written_separation const& one = doc_.separations[s];
        std::string const& name = one.name.text;
        std::size_t const roles = one.roles.size();
        add(kind::separation, one.name.at, name + " is left out",
            [s](document& doc) { doc.separations = without(doc.separations, s); });
        auto const allow = [&](std::uint32_t count) {
            add(kind::separation, one.at_most_at,
                name + " allows " + std::to_string(count) + ", not " + std::to_string(one.at_most),
                [s, count](document& doc) { doc.separations[s].at_most = count; });
        };
        if (one.at_most + 1U < roles) allow(one.at_most + 1);
        if (one.at_most > 1) allow(one.at_most - 1);
        for (std::size_t i = 0; roles > 2 && one.at_most < roles - 1 && i < roles; ++i)
            add(kind::separation, one.roles[i].at, name + " is not about " + one.roles[i].text,
                [s, i](document& doc) {
                    doc.separations[s].roles = without(doc.separations[s].roles, i);
                });
        bool const person = one.per == separation_scope::person;
        add(kind::separation, one.name.at,
            name + (person ? " counts per session, not per person"
                           : " counts per person, not per session"),
            [s, person](document& doc) {
                doc.separations[s].per =
                    person ? separation_scope::session : separation_scope::person;
            });
    }

    void inheritance(std::size_t r) {
        written_role const& role = doc_.roles[r];
        for (std::size_t i = 0; i < role.inherits.size(); ++i)
            add(kind::inheritance, role.inherits[i].at,
                role.name.text + " does not inherit " + role.inherits[i].text,
                [r, i](document& doc) {
                    doc.roles[r].inherits = without(doc.roles[r].inherits, i);
                });
    }

    void named_only(std::size_t c) {
        written_category const& one = doc_.categories[c];
        add(kind::category, one.name.at,
            one.name.text + (one.named_only ? " is not named-only" : " is named-only"),
            [c](document& doc) { doc.categories[c].named_only = !doc.categories[c].named_only; });
    }

    void assignments(std::size_t u) {
        written_user const& user = doc_.users[u];
        auto const add_edit = [&](place at, std::string sentence, std::size_t a, std::size_t r,
                                  bool for_good) {
            add(kind::user, at.in_file() ? at : user.id.at, std::move(sentence),
                [a, r, for_good](document& doc) { assign(doc, a, r, for_good); });
            found_.back().user = u;
        };
        for (std::size_t a = 0; a < user.assignments.size(); ++a) {
            written_assignment const& one = user.assignments[a];
            std::string const until =
                one.until ? " until " + one.until->to_string() : std::string();
            for (std::size_t r = 0; r < one.roles.size(); ++r) {
                std::string const& role = one.roles[r].text;
                add_edit(one.roles[r].at, joined({user.id.text, " is not ", role, until}), a, r,
                         false);
                if (one.until)
                    add_edit(one.roles[r].at,
                             joined({user.id.text, " is ", role, " for good, not", until}), a, r,
                             true);
            }
        }
    }

    // Of the first user: one role is assigned no more, or without an end.
    static void assign(document& doc, std::size_t a, std::size_t r, bool for_good) {
        std::vector<written_assignment>& all = doc.users.front().assignments;
        written_name const role = all[a].roles[r];
        all[a].roles = without(all[a].roles, r);
        if (all[a].roles.empty()) all = without(all, a);
        if (for_good) all.push_back({{role}, std::nullopt});
        if (all.empty()) doc.users = without(doc.users, 0);
    }

    void other_users() {
        bool const others = doc_.header && doc_.header->other_users;
        add(kind::user, doc_.users.front().id.at,
            others ? "nobody may ask but the users who are listed"
                   : "users who are not listed may ask",
            [others](document& doc) {
                if (!doc.header) doc.header.emplace().name = "policy";
                doc.header->other_users = !others;
            });
    }

    review::written_rules rules_;
    document const& doc_;
    std::vector<structural_change> found_;
};

}  // namespace

std::vector<structural_change> structural_changes(policy const& of) { return changer(of).run(); }

}  // namespace rolecall::inline v0_1::mutating
