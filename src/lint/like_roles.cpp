// Roles that can do the same, and roles that another one contains.
#include "lint/report.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::linting {
namespace {

using detail::in_backticks;

// A role that can do less lies inside another nearly always.
constexpr std::size_t worth_sharing = 4;

// The roles by name, of each kind of ability.
std::vector<std::vector<std::uint32_t>> roles_of_kinds(policy_index const& policy,
                                                       abilities const& of) {
    std::vector<std::vector<std::uint32_t>> result(of.kinds().size());
    for (std::uint32_t role = 0; role < policy.data().roles.size(); ++role)
        result[of.kind(role)].push_back(role);
    for (auto& roles : result)
        std::sort(roles.begin(), roles.end(), [&](std::uint32_t a, std::uint32_t b) {
            return policy.role_name(a) < policy.role_name(b);
        });
    return result;
}

// For each kind, those that can do something which few can: whoever contains a kind is among
// those who can do its rarest thing.
class containers {
public:
    explicit containers(abilities const& of) : of_(of) {
        std::size_t const categories = of.kinds().empty() ? 0 : of.kinds().front().cells.size();
        counts_.resize(categories * detail::max_actions);
        for (ability const& kind : of.kinds())
            each_cell(kind, [&](std::size_t at) { ++counts_[at]; });
        rarest_.resize(of.kinds().size());
        for (std::size_t k = 0; k < rarest_.size(); ++k) {
            std::size_t best = counts_.size();
            each_cell(of.kinds()[k], [&](std::size_t at) {
                if (best == counts_.size() || counts_[at] < counts_[best]) best = at;
            });
            rarest_[k] = best;
        }
    }

    // The other kinds that can do all that this one can, and more. None, once looking took too
    // much altogether.
    [[nodiscard]] std::vector<std::size_t> of(std::size_t kind) {
        std::vector<std::size_t> result;
        auto const action = static_cast<std::uint32_t>(rarest_[kind] % detail::max_actions);
        auto const category = static_cast<std::uint32_t>(rarest_[kind] / detail::max_actions);
        for (std::size_t other = 0; other < of_.kinds().size() && work_left_ > 0; ++other) {
            --work_left_;
            if (other == kind || !of_.kinds()[other].can(action, category)) continue;
            work_left_ -= std::min(work_left_, of_.kinds()[other].cells.size() / 64);
            if (of_.within(kind, other)) result.push_back(other);
        }
        if (work_left_ == 0) result.clear();
        return result;
    }

private:
    template <class Each>
    static void each_cell(ability const& kind, Each const& each) {
        for (std::uint32_t category = 0; category < kind.cells.size(); ++category)
            for (std::uint32_t left = kind.actions(category); left != 0; left &= left - 1)
                each(std::size_t{category} * detail::max_actions +
                     static_cast<std::size_t>(std::countr_zero(left)));
    }

    abilities const& of_;
    std::vector<std::uint32_t> counts_;
    std::vector<std::size_t> rarest_;
    std::size_t work_left_ = 300'000'000;
};

// By name; a role is told with the first before it that it has nothing to do with.
void tell_alike(inspection const& on, std::vector<std::uint32_t> const& roles) {
    bool too_many = false;
    auto const apart = [&](std::uint32_t a, std::uint32_t b) {
        auto const one = on.policy.holds(a, b);
        auto const other = on.policy.holds(b, a);
        too_many = !one || !other;
        return !too_many && !*one && !*other;
    };
    for (std::size_t i = 1; i < roles.size(); ++i) {
        auto const end = roles.begin() + static_cast<std::ptrdiff_t>(i);
        auto const like = std::find_if(roles.begin(), end, [&](std::uint32_t role) {
            return too_many || apart(role, roles[i]);
        });
        if (too_many) return;
        if (like == end) continue;
        written_name const& first = on.policy.role(*like).name;
        written_name const& name = on.policy.role(roles[i]).name;
        on.tell(diagnostic_code::roles_alike, name.at,
                "role " + in_backticks(name.text) + " can do exactly what " +
                    in_backticks(first.text) + " can",
                {{first.at, "the other role"}}, {name.text, first.text});
    }
}

// Roles that bring more than rights to whoever inherits them: guardrails, or separations.
std::vector<bool> burdened(policy_index const& policy) {
    detail::policy_data const& p = policy.data();
    std::vector<bool> result(p.roles.size());
    for (std::uint32_t role = 0; role < p.roles.size(); ++role)
        result[role] =
            p.rows_of_role[role].guards != p.guards_of_everyone || !p.separated(role).empty();
    return result;
}

void tell_inside(inspection const& on, std::uint32_t role, std::vector<std::uint32_t> const& larger,
                 bool may_be_inherited) {
    written_name const& name = on.policy.role(role).name;
    std::vector<std::string_view> names(larger.size());
    std::transform(larger.begin(), larger.end(), names.begin(),
                   [&](std::uint32_t other) { return on.policy.role_name(other); });
    on.tell(diagnostic_code::role_inside_another, name.at,
            "all that role " + in_backticks(name.text) + " can do, " + listed(names) +
                " can as well, without inheriting it",
            {{on.policy.role(larger.front()).name.at,
              may_be_inherited
                  ? in_backticks(names.front()) + " could inherit " + in_backticks(name.text)
                  : "the other role"}},
            {name.text, std::string(names.front())});
}

// Those of other kinds that can do more and do without this one: by name. Nothing where it would
// take too long to tell.
std::optional<std::vector<std::uint32_t>> larger_roles(
    policy_index const& policy, std::vector<std::vector<std::uint32_t>> const& roles,
    std::size_t kind, std::vector<std::size_t> const& kinds,
    std::vector<bool> const& is_inherited) {
    std::vector<std::uint32_t> inherited;
    for (std::uint32_t const like : roles[kind])
        if (is_inherited[like]) inherited.push_back(like);
    std::vector<std::uint32_t> larger;
    for (std::size_t const other : kinds)
        for (std::uint32_t const senior : roles[other]) {
            bool does_without = true;
            for (std::uint32_t const like : inherited) {
                auto const holds = policy.holds(senior, like);
                if (!holds) return std::nullopt;
                does_without = does_without && !*holds;
            }
            if (does_without) larger.push_back(senior);
        }
    std::sort(larger.begin(), larger.end(), [&](std::uint32_t a, std::uint32_t b) {
        return policy.role_name(a) < policy.role_name(b);
    });
    return larger;
}

}  // namespace

void look_for_like_roles(inspection const& on, abilities const& of) {
    auto const roles = roles_of_kinds(on.policy, of);
    containers larger_kinds(of);
    auto const burden = burdened(on.policy);
    std::vector<bool> is_inherited(on.policy.data().roles.size());
    for (std::uint32_t const role : on.policy.juniors_first())
        for (std::uint32_t const junior : on.policy.data().juniors_of(role))
            is_inherited[junior] = true;
    for (std::size_t kind = 0; kind < roles.size(); ++kind) {
        if (of.kinds()[kind].nothing()) continue;
        tell_alike(on, roles[kind]);
        if (of.kinds()[kind].count < worth_sharing) continue;
        auto const kinds = larger_kinds.of(kind);
        if (kinds.empty()) continue;
        auto const larger = larger_roles(on.policy, roles, kind, kinds, is_inherited);
        if (!larger || larger->empty()) continue;
        for (std::uint32_t const role : roles[kind])
            if (!is_inherited[role]) tell_inside(on, role, *larger, !burden[role]);
    }
}

}  // namespace rolecall::inline v0_1::linting
