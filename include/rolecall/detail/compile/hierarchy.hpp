// Who inherits whom: cycles, the order in which rows can be built, and separation of duty,
// which counts roles together with all that they inherit.
#ifndef ROLECALL_DETAIL_COMPILE_HIERARCHY_HPP
#define ROLECALL_DETAIL_COMPILE_HIERARCHY_HPP

#include <rolecall/detail/activate.hpp>
#include <rolecall/detail/compile/resolve.hpp>
#include <rolecall/detail/findings.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/document.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::detail {

/// The roles in an order in which each comes after all that it inherits. Edges that close a
/// cycle are reported and removed, so that everything else can still be checked.
class role_order {
public:
    role_order(resolved_policy& policy, name_table const& names, findings& found)
        : policy_(policy), names_(names), found_(found), state_(policy.roles.size()) {}

    std::vector<std::uint32_t> run() {
        for (std::uint32_t role = 0; role < policy_.roles.size(); ++role)
            if (state_[role] == state::unseen) walk_from(role);
        return std::move(order_);
    }

private:
    enum class state : std::uint8_t { unseen, on_path, done };

    struct step {
        std::uint32_t role;
        std::size_t next_junior = 0;
    };

    // Depth first, with a path of its own: a chain of 65,535 roles is no deep recursion.
    void walk_from(std::uint32_t start) {
        enter(start);
        while (!path_.empty()) {
            step& here = path_.back();
            resolved_role& role = policy_.roles[here.role];
            if (here.next_junior == role.juniors.size()) {
                state_[here.role] = state::done;
                order_.push_back(here.role);
                path_.pop_back();
                continue;
            }
            std::uint32_t const junior = role.juniors[here.next_junior];
            if (state_[junior] == state::on_path) {
                auto const at = static_cast<std::ptrdiff_t>(here.next_junior);
                bool const stands_again =
                    std::find(role.juniors.begin() + at + 1, role.juniors.end(), junior) !=
                    role.juniors.end();
                if (!stands_again) report_cycle(junior, role.junior_places[here.next_junior]);
                role.juniors.erase(role.juniors.begin() + at);
                role.junior_places.erase(role.junior_places.begin() + at);
                continue;
            }
            ++here.next_junior;
            if (state_[junior] == state::unseen) enter(junior);
        }
    }

    void enter(std::uint32_t role) {
        state_[role] = state::on_path;
        path_.push_back({role});
    }

    void report_cycle(std::uint32_t back_to, place at) {
        constexpr std::size_t most_shown = 20;
        std::string text = "role " + in_backticks(names_.name(back_to)) + " inherits itself: ";
        auto const first = std::find_if(path_.begin(), path_.end(),
                                        [&](step const& s) { return s.role == back_to; });
        std::size_t shown = 0;
        for (auto s = first; s != path_.end(); ++s) {
            if (++shown > most_shown) {
                text += "… → ";
                break;
            }
            text += in_backticks(names_.name(s->role)) + " → ";
        }
        found_.push_back({diagnostic_code::inheritance_cycle,
                          at,
                          text + in_backticks(names_.name(back_to)),
                          {}});
    }

    resolved_policy& policy_;
    name_table const& names_;
    findings& found_;
    std::vector<state> state_;
    std::vector<step> path_;
    std::vector<std::uint32_t> order_;
};

inline void check_limited_hierarchy(document const& doc, findings& found) {
    if (!doc.header || !doc.header->limited_hierarchy) return;
    for (written_role const& role : doc.roles)
        if (role.inherits.size() > 1)
            found.push_back({diagnostic_code::limited_hierarchy,
                             role.inherits[1].at,
                             "role " + in_backticks(role.name.text) +
                                 " inherits more than one role, which `hierarchy: limited` "
                                 "does not allow",
                             {}});
}

/// Finds what each role is and inherits of the separations, and checks roles and listed
/// users against them.
class separation_compiler {
public:
    separation_compiler(resolved_policy const& policy, symbols const& names, policy_data& into,
                        std::size_t max_bytes, findings& found)
        : policy_(policy),
          names_(names),
          into_(into),
          max_members_(max_bytes / sizeof(separation_member)),
          found_(found) {}

    void run(std::vector<std::uint32_t> const& juniors_first) {
        for (resolved_separation const& s : policy_.separations)
            into_.separations.push_back(
                {s.written->at_most, s.written->per == separation_scope::person});
        if (!gather_members(juniors_first)) return;
        for (std::uint32_t const role : juniors_first) check_role(role);
        for (std::uint32_t user = 0; user < policy_.users.size(); ++user) check_user(user);
    }

private:
    // INVARIANT: every slice is sorted, and juniors are gathered before their seniors.
    bool gather_members(std::vector<std::uint32_t> const& juniors_first) {
        std::vector<std::vector<separation_member>> own(policy_.roles.size());
        for (std::uint32_t rule = 0; rule < policy_.separations.size(); ++rule)
            for (std::uint32_t const role : policy_.separations[rule].roles)
                own[role].push_back({rule, role});
        into_.separation_members_of_role.resize(policy_.roles.size());
        for (std::uint32_t const role : juniors_first) {
            std::vector<separation_member> all = std::move(own[role]);
            for (std::uint32_t const junior : policy_.roles[role].juniors) {
                auto const inherited = into_.separated(junior);
                all.insert(all.end(), inherited.begin(), inherited.end());
            }
            sort_unique(all);
            std::vector<separation_member>& members = into_.separation_members;
            if (members.size() + all.size() > max_members_) {
                found_.push_back({diagnostic_code::table_too_large,
                                  policy_.roles[role].at,
                                  "the separations of duty over inherited roles take more "
                                  "memory than the limit on the compiled table",
                                  {}});
                return false;
            }
            into_.separation_members_of_role[role] = {static_cast<std::uint32_t>(members.size()),
                                                      static_cast<std::uint32_t>(all.size())};
            members.insert(members.end(), all.begin(), all.end());
        }
        return true;
    }

    // Calls `each(rule, members)` for every separation that these members break.
    template <class Each>
    void for_each_broken(std::vector<separation_member> const& members, Each&& each) const {
        for (std::size_t i = 0; i < members.size();) {
            std::size_t const first = i;
            while (i < members.size() && members[i].rule == members[first].rule) ++i;
            if (i - first > into_.separations[members[first].rule].at_most)
                each(members[first].rule, std::span(members).subspan(first, i - first));
        }
    }

    std::string list(std::span<separation_member const> members) const {
        constexpr std::size_t most_shown = 10;
        std::string text;
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (i > 0) text += i + 1 == members.size() ? " and " : ", ";
            if (i == most_shown) return text + "others";
            text += in_backticks(names_.roles.name(members[i].role));
        }
        return text;
    }

    void report(diagnostic_code code, place at, std::string const& who, std::uint32_t rule,
                std::span<separation_member const> members) {
        written_separation const& s = *policy_.separations[rule].written;
        found_.push_back({code,
                          at,
                          who + " breaks separation " + in_backticks(s.name.text) + ": " +
                              list(members) + ", of which at most " + std::to_string(s.at_most) +
                              (s.at_most == 1 ? " is" : " are") + " allowed",
                          {{s.name.at, "the separation"}}});
    }

    // Where the role that brings the collision is itself one that collides, its seniors
    // collide too; only the first on the way up is told.
    void check_role(std::uint32_t role) {
        auto const members = into_.separated(role);
        for_each_broken({members.begin(), members.end()}, [&](std::uint32_t rule, auto broken) {
            for (std::uint32_t const junior : policy_.roles[role].juniors)
                if (breaks(junior, rule)) return;
            report(diagnostic_code::separation_by_role, policy_.roles[role].at,
                   "role " + in_backticks(names_.roles.name(role)) + " by itself", rule, broken);
        });
    }

    [[nodiscard]] bool breaks(std::uint32_t role, std::uint32_t rule) const {
        auto const members = into_.separated(role);
        auto const count = std::count_if(members.begin(), members.end(),
                                         [&](auto const& m) { return m.rule == rule; });
        return static_cast<std::size_t>(count) > into_.separations[rule].at_most;
    }

    void check_user(std::uint32_t number) {
        resolved_user const& user = policy_.users[number];
        std::vector<separation_member> members;
        for (auto const& [role, until] : user.assignments) {
            auto const separated = into_.separated(role);
            members.insert(members.end(), separated.begin(), separated.end());
        }
        sort_unique(members);
        for_each_broken(members, [&](std::uint32_t rule, auto broken) {
            if (into_.separations[rule].per_person)
                report(diagnostic_code::separation_by_user, user.written->id.at,
                       "user " + in_backticks(names_.users.name(number)), rule, broken);
        });
    }

    resolved_policy const& policy_;
    symbols const& names_;
    policy_data& into_;
    std::size_t max_members_;
    findings& found_;
};

}  // namespace rolecall::inline v0_1::detail

#endif
