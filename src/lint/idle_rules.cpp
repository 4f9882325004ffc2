// Guardrails and separations under which nothing lies, and roles without use.
#include "lint/report.hpp"
#include <rolecall/detail/activate.hpp>
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::linting {
namespace {

using detail::in_backticks;

// The names are checked: a valid policy has no unknown one.
std::vector<std::uint32_t> numbers_of(std::vector<written_name> const& names,
                                      detail::name_table const& of) {
    std::vector<std::uint32_t> numbers;
    numbers.reserve(names.size());
    for (written_name const& name : names) numbers.push_back(of.find(name.text));
    return numbers;
}

class guardrail_search {
public:
    explicit guardrail_search(inspection const& on) : on_(on), p_(on.policy.data()) {
        for (std::uint32_t role = 0; role < p_.roles.size(); ++role) {
            in_some_separation_.push_back(!p_.separated(role).empty());
            granted_.insert(p_.rows_of_role[role].grants);
        }
    }

    // Whether an allowed set of roles holds a role of the guardrail, and has a right that it
    // forbids. Two roles are enough: one for each.
    bool stops_somebody(written_guardrail const& g) {
        auto const scope = scope_of(g);
        auto const roles = numbers_of(g.roles, p_.roles);
        std::set<std::uint32_t> rows;  // of grants, with a right in the scope
        for (std::uint32_t const row : granted_)
            if (meets(row, scope)) rows.insert(row);
        if (rows.empty()) return false;
        if (roles.empty()) return true;
        for (std::uint32_t x = 0; x < p_.roles.size(); ++x)
            if (rows.contains(p_.rows_of_role[x].grants) &&
                std::any_of(roles.begin(), roles.end(),
                            [&](std::uint32_t h) { return may_meet(x, h); }))
                return true;
        return false;
    }

private:
    struct part {
        std::uint32_t from, end;  // positions in the tree
    };
    struct reach_of {
        std::vector<part> parts;
        std::uint32_t actions = detail::always_bits;
    };

    [[nodiscard]] reach_of scope_of(written_guardrail const& g) const {
        detail::category_tree const& tree = on_.policy.tree();
        reach_of result;
        for (std::uint32_t const c : numbers_of(g.categories, p_.categories))
            result.parts.push_back({tree.position[c], tree.end[tree.position[c]]});
        if (g.categories.empty())
            result.parts.push_back({0, static_cast<std::uint32_t>(tree.number.size())});
        if (!g.actions.empty()) {
            result.actions = 0;
            for (std::uint32_t const a : numbers_of(g.actions, p_.actions))
                result.actions |= 1U << a;
        }
        return result;
    }

    [[nodiscard]] bool meets(std::uint32_t row, reach_of const& within) const {
        std::uint32_t const mask = within.actions | within.actions << 16U;
        std::uint32_t const* const cells = p_.row(row);
        return std::any_of(within.parts.begin(), within.parts.end(), [&](part const& of) {
            for (std::uint32_t at = of.from; at < of.end; ++at)
                if ((cells[on_.policy.tree().number[at]] & mask) != 0) return true;
            return false;
        });
    }

    [[nodiscard]] bool may_meet(std::uint32_t x, std::uint32_t h) const {
        if (x == h || !in_some_separation_[x] || !in_some_separation_[h]) return true;
        std::uint32_t const pair[] = {x, h};
        return !detail::breaks_separation(p_, pair, true);
    }

    inspection const& on_;
    detail::policy_data const& p_;
    std::vector<bool> in_some_separation_;
    std::set<std::uint32_t> granted_;
};

// Looks for roles that break one separation and no other.
class separation_search {
public:
    separation_search(detail::policy_data const& p, std::vector<written_separation> const& written,
                      std::vector<bool> const& gone)
        : p_(p), written_(written), gone_(gone), members_(written.size()) {}

    // Whether the separation forbids something that the others leave, or that one other leaves.
    // The roles that it names are enough to look at: whoever inherits one brings no less of other
    // separations. Once the search has taken `work_left_` steps, it is taken to.
    bool forbids_more(std::size_t rule, std::optional<std::size_t> than = std::nullopt) {
        rule_ = rule;
        only_ = than;
        candidates_ = numbers_of(written_[rule].roles, p_.roles);
        return choose(0);
    }

private:
    // Members of each separation that the chosen roles are or inherit, with how many bring them.
    using counts = std::map<std::uint32_t, std::size_t>;

    bool choose(std::size_t from) {
        if (members_[rule_].size() > written_[rule_].at_most) return true;
        for (std::size_t i = from; i < candidates_.size(); ++i) {
            auto const brought = p_.separated(candidates_[i]);
            if (work_left_ <= brought.size()) return true;
            work_left_ -= brought.size();
            add(brought);
            bool const found = !breaks_another(brought) && choose(i + 1);
            remove(brought);
            if (found) return true;
        }
        return false;
    }

    void add(std::span<detail::separation_member const> brought) {
        for (detail::separation_member const& m : brought) ++members_[m.rule][m.role];
    }
    void remove(std::span<detail::separation_member const> brought) {
        for (detail::separation_member const& m : brought)
            if (--members_[m.rule][m.role] == 0) members_[m.rule].erase(m.role);
    }

    // Only what was brought last can break more than before.
    [[nodiscard]] bool breaks_another(std::span<detail::separation_member const> brought) const {
        bool const for_person = written_[rule_].per == separation_scope::person;
        return std::any_of(brought.begin(), brought.end(), [&](detail::separation_member const& m) {
            bool const counts_here = m.rule != rule_ && m.rule == only_.value_or(m.rule) &&
                                     !gone_[m.rule] &&
                                     (!for_person || p_.separations[m.rule].per_person);
            return counts_here && members_[m.rule].size() > p_.separations[m.rule].at_most;
        });
    }

    detail::policy_data const& p_;
    std::vector<written_separation> const& written_;
    std::vector<bool> const& gone_;
    std::vector<counts> members_;
    std::size_t work_left_ = 5'000'000;
    std::size_t rule_ = 0;
    std::optional<std::size_t> only_;  // the other one that counts; none: all
    std::vector<std::uint32_t> candidates_;
};

void tell_idle_role(inspection const& on, written_role const& role, diagnostic_code code,
                    std::string text) {
    on.tell(code, role.name.at, std::move(text), {}, {role.name.text});
}

}  // namespace

void look_for_idle_guardrails(inspection const& on) {
    guardrail_search of(on);
    for (written_guardrail const& g : on.policy.source().guardrails) {
        if (of.stops_somebody(g)) continue;
        std::string const who = g.roles.empty() ? "no role" : "nobody who may hold its roles";
        on.tell(diagnostic_code::guardrail_without_effect, g.name.at,
                "guardrail " + in_backticks(g.name.text) + " stops nobody: " + who +
                    " has a right that it forbids",
                {}, {g.name.text});
    }
}

void look_for_idle_separations(inspection const& on) {
    std::vector<written_separation> const& all = on.policy.source().separations;
    std::vector<std::size_t> by_name(all.size());
    for (std::size_t i = 0; i < by_name.size(); ++i) by_name[i] = i;
    std::sort(by_name.begin(), by_name.end(),
              [&](std::size_t a, std::size_t b) { return all[a].name.text < all[b].name.text; });
    std::vector<bool> gone(all.size());
    separation_search of(on.policy.data(), all, gone);
    for (std::size_t const rule : by_name) {
        gone[rule] = !of.forbids_more(rule);
        if (!gone[rule]) continue;
        auto const other = std::find_if(by_name.begin(), by_name.end(), [&](std::size_t one) {
            return one != rule && !gone[one] && !of.forbids_more(rule, one);
        });
        bool const one_is_enough = other != by_name.end();
        std::vector<detail::related_place> related;
        if (one_is_enough) related.push_back({all[*other].name.at, "the other one"});
        on.tell(diagnostic_code::separation_without_effect, all[rule].name.at,
                "separation " + in_backticks(all[rule].name.text) + " forbids nothing that " +
                    (one_is_enough ? in_backticks(all[*other].name.text) + " does not forbid"
                                   : "other separations do not forbid") +
                    " as well",
                std::move(related), {all[rule].name.text});
    }
}

void look_for_idle_roles(inspection const& on) {
    detail::policy_data const& p = on.policy.data();
    document const& doc = on.policy.source();
    std::vector<bool> has_rights(p.roles.size());
    std::vector<bool> is_inherited(p.roles.size());
    for (std::uint32_t const role : on.policy.juniors_first()) {
        has_rights[role] = !on.policy.rights_of(role).empty();
        for (std::uint32_t const junior : p.juniors_of(role)) {
            is_inherited[junior] = true;
            if (has_rights[junior]) has_rights[role] = true;
        }
    }
    std::set<std::string_view> named;
    for (written_guardrail const& g : doc.guardrails)
        for (written_name const& role : g.roles) named.insert(role.text);
    for (written_separation const& s : doc.separations)
        for (written_name const& role : s.roles) named.insert(role.text);
    auto const is_empty = [&](written_role const& role) {
        return !has_rights[p.roles.find(role.name.text)] && !named.contains(role.name.text);
    };
    for (written_role const& role : doc.roles)
        if (is_empty(role))
            tell_idle_role(on, role, diagnostic_code::role_without_grants,
                           "role " + in_backticks(role.name.text) +
                               " has no rights, and no guardrail or separation names it");

    if (doc.users.empty() || (doc.header && doc.header->other_users)) return;
    std::set<std::string_view> assigned;
    for (written_user const& user : doc.users)
        for (written_assignment const& a : user.assignments)
            for (written_name const& role : a.roles) assigned.insert(role.text);
    for (written_role const& role : doc.roles)
        if (!assigned.contains(role.name.text) && !is_empty(role) &&
            !is_inherited[p.roles.find(role.name.text)])
            tell_idle_role(
                on, role, diagnostic_code::role_unheld,
                "nobody holds role " + in_backticks(role.name.text) + ", and no role inherits it");
}

}  // namespace rolecall::inline v0_1::linting
