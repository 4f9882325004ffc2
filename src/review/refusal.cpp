#include "review/refusal.hpp"

#include "core/list_text.hpp"
#include "review/written_rules.hpp"
#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::review {
namespace {

using detail::in_backticks;

class refusal {
public:
    refusal(policy const& by, users_view directory, request const& question, reason why)
        : rules_(by), p_(rules_.data()), directory_(directory), q_(question) {
        result_.answer = response::denied(why);
    }

    explanation run() && {
        switch (result_.answer.reason) {
            case reason::unknown_name: unknown_name(); break;
            case reason::expired: expired(); break;
            case reason::not_assigned: not_assigned(); break;
            default: separation(); break;
        }
        return std::move(result_);
    }

private:
    void unknown(std::string_view what, std::string_view name, detail::name_table const& known) {
        if (known.find(name) != detail::name_table::none) return;
        std::vector<std::string_view> names;
        for (std::uint32_t i = 0; i < known.size(); ++i) names.push_back(known.name(i));
        result_.missing.push_back(
            fmt::format("{} is not {} of this policy{}{}", in_backticks(name), what,
                        detail::did_you_mean(detail::closest(name, names)), "."));
        if (result_.missing.back().ends_with("?.")) result_.missing.back().pop_back();
    }

    void unknown_name() {
        auto const& given = q_.subject.given_roles();
        if (given)
            for (std::string_view const role : *given) unknown("a role", role, p_.roles);
        bool const others = directory_ ? p_.says_other_users : p_.other_users;
        if (q_.subject.is_user() && !assigned().listed) {
            if (!others && directory_)
                result_.missing.push_back(
                    fmt::format("{} is neither a user of this policy nor of the directory.",
                                in_backticks(q_.subject.id())));
            else if (!others)
                unknown("a user", q_.subject.id(), p_.users);
            else if (!given || given->empty())
                result_.missing.push_back(
                    fmt::format("{} is not listed, so the application must vouch for their roles.",
                                in_backticks(q_.subject.id())));
        }
        if (q_.subject.is_user()) undeclared_roles();
        unknown("an action", q_.action, p_.actions);
        unknown("a category", q_.category, p_.categories);
        for (auto const& [fact, value] : q_.facts) unknown("a fact", fact, p_.facts);
        result_.for_staff = "This question can not be answered.";
        result_.for_owner =
            result_.missing.empty() ? "A name belongs to another policy." : result_.missing.front();
    }

    [[nodiscard]] detail::assigned_roles assigned() const {
        return detail::assigned_to(p_, q_.subject.id(), directory_, q_.on);
    }

    // What the directory assigns, each role with its last day if it has one.
    template <class Each>
    void for_each_in_directory(Each&& each) const {
        role_taker take(each);
        static_cast<void>(directory_.roles_of(q_.subject.id(), take));
    }

    void undeclared_roles() {
        auto const check = [&](user_role const& role) {
            bool const passed = role.until && *role.until < q_.on;
            if (!passed && p_.roles.find(role.role) == detail::name_table::none)
                result_.missing.push_back(fmt::format(
                    "{} has {}, which is not a role of this policy: its guardrails are unknown.",
                    in_backticks(q_.subject.id()), in_backticks(role.role)));
        };
        for_each_in_directory(check);
    }

    [[nodiscard]] written_user const* listed_user() const {
        auto const& users = rules_.source().users;
        auto const found = std::find_if(users.begin(), users.end(), [&](written_user const& u) {
            return u.id.text == q_.subject.id();
        });
        return found == users.end() ? nullptr : &*found;
    }

    void add_assignments(written_user const& user) {
        for (written_assignment const& a : user.assignments) {
            std::vector<std::string_view> roles;
            for (written_name const& role : a.roles) roles.push_back(role.text);
            place const& where = a.roles.empty() ? user.id.at : a.roles.front().at;
            result_.decided_by.push_back(
                {policy_line::kind::assignment, rules_.locate(where),
                 fmt::format("{} is assigned {}{}", detail::printable(user.id.text, 60),
                             detail::list_text(roles),
                             a.until ? " until " + a.until->to_string() : "")});
        }
    }

    void add_assignments_of_directory() {
        auto const add = [&](user_role const& role) {
            result_.decided_by.push_back(
                {policy_line::kind::assignment,
                 {},
                 fmt::format("{} is assigned {}{}", detail::printable(q_.subject.id(), 60),
                             role.role, role.until ? " until " + role.until->to_string() : "")});
        };
        for_each_in_directory(add);
    }

    void expired() {
        std::optional<date> last;
        auto const later = [&](std::optional<date> until) {
            if (until && (!last || *last < *until)) last = until;
        };
        if (written_user const* user = listed_user()) {
            add_assignments(*user);
            for (written_assignment const& a : user->assignments) later(a.until);
        }
        add_assignments_of_directory();
        auto const of_directory = [&](user_role const& role) { later(role.until); };
        for_each_in_directory(of_directory);
        result_.for_staff = "Your access has ended.";
        result_.for_owner =
            fmt::format("Every assignment of {} has passed; the last ended on {}.",
                        in_backticks(q_.subject.id()), last.value_or(date{}).to_string());
        result_.missing.push_back("A role that is assigned beyond " + q_.on.to_string() + '.');
    }

    void not_assigned() {
        auto const held = rules_.closure(assigned().held);
        std::vector<std::string> lacking;
        for (std::string_view const role : *q_.subject.given_roles())
            if (!std::binary_search(held.begin(), held.end(), p_.roles.find(role)))
                lacking.push_back(in_backticks(role));
        if (written_user const* user = listed_user()) add_assignments(*user);
        add_assignments_of_directory();
        result_.for_staff = "This role is not yours.";
        result_.for_owner = fmt::format("{} does not hold {} on {}.", in_backticks(q_.subject.id()),
                                        fmt::join(lacking, ", "), q_.on.to_string());
        for (std::string const& role : lacking)
            result_.missing.push_back(fmt::format("An assignment of {}.", role));
    }

    void separation() {
        detail::role_set const roles = detail::roles_of(p_, q_, directory_);
        auto const active = rules_.closure(roles.active);
        auto const held = rules_.closure(roles.held);
        for (written_separation const& s : rules_.source().separations) {
            auto const& counted = s.per == separation_scope::person ? held : active;
            std::vector<std::string_view> members;
            for (written_name const& role : s.roles)
                if (std::binary_search(counted.begin(), counted.end(), p_.roles.find(role.text)))
                    members.push_back(role.text);
            if (members.size() <= s.at_most) continue;
            result_.decided_by.push_back(rules_.describe(s));
            result_.missing.push_back(
                fmt::format("Of {}, at most {} may be {}.", detail::list_text(members), s.at_most,
                            s.per == separation_scope::person ? "held by one person"
                                                              : "active in one session"));
        }
        result_.for_staff = "These roles may not be used together.";
        result_.for_owner = "The roles break a separation of duty.";
        if (!result_.decided_by.empty())
            result_.for_owner = fmt::format("These roles break separation {}{}.",
                                            result_.decided_by.front().sentence,
                                            in_brackets(result_.decided_by.front().where));
    }

    written_rules rules_;
    detail::policy_data const& p_;
    users_view directory_;
    request const& q_;
    explanation result_;
};

}  // namespace

explanation explain_refusal(policy const& by, users_view directory, request const& question,
                            reason why) {
    return refusal(by, directory, question, why).run();
}

}  // namespace rolecall::inline v0_1::review
