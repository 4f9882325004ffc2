#include "promise/resolved.hpp"

#include "meaning/declared_numbers.hpp"
#include <rolecall/action.hpp>
#include <rolecall/category_levels.hpp>
#include <rolecall/detail/compile/conditions.hpp>
#include <rolecall/detail/compile/name_rules.hpp>
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::promising {
namespace {

using review::number_in;
using review::numbers_in;

class guarantee_resolver {
public:
    explicit guarantee_resolver(detail::policy_data const& p)
        : p_(p),
          roles_(declared_roles(p)),
          levels_(category_levels(*p.source)),
          level_names_(level_names(*p.source)) {
        for (std::uint32_t c = 0; c < p.categories.size(); ++c)
            if (p.categories.declared(c)) categories_.push_back(c);
        for (written_category const& category : p.source->categories)
            if (category.named_only) named_only_.push_back(category.name.text);
        seniors_.resize(p.roles.size());
        for (std::uint32_t const role : roles_)
            for (std::uint32_t const junior : p.juniors_of(role)) seniors_[junior].push_back(role);
    }

    resolved_guarantee resolve(written_guarantee const& written) const {
        resolved_guarantee result;
        result.written = &written;
        result.roles = numbers_in(p_.roles, written.roles);
        result.holders = written.alone ? result.roles : holders_of(result.roles);
        if (written.roles.empty()) result.holders = roles_;
        result.holds_only.resize(p_.roles.size());
        for (std::uint32_t const role : holders_of(numbers_in(p_.roles, written.only)))
            result.holds_only[role] = true;
        if (written.what != written_guarantee::kind::keeps) result.first = scope(written.first);
        if (written.what == written_guarantee::kind::never_both)
            result.second = scope(written.second);
        result.only_if = masks(written.only_if);
        for (written_name const& fact : written.unless)
            result.unless |= std::uint64_t{1} << number_in(p_.facts, fact);
        for (written_grant const& grant : written.kept)
            for (written_right const& right : grant.rights)
                result.kept.push_back({&right, covered(grant, right), masks(right.when)});
        return result;
    }

private:
    [[nodiscard]] std::vector<std::uint32_t> holders_of(std::vector<std::uint32_t> pending) const {
        std::vector<bool> reached(p_.roles.size());
        std::vector<std::uint32_t> result;
        while (!pending.empty()) {
            std::uint32_t const role = pending.back();
            pending.pop_back();
            if (reached[role]) continue;
            reached[role] = true;
            result.push_back(role);
            pending.insert(pending.end(), seniors_[role].begin(), seniors_[role].end());
        }
        std::sort(result.begin(), result.end());
        return result;
    }

    [[nodiscard]] std::uint32_t every_action() const {
        std::uint32_t mask = 0;
        for (std::uint32_t a = 0; a < p_.actions.size(); ++a)
            if (p_.actions.declared(a)) mask |= 1U << a;
        return mask;
    }

    [[nodiscard]] resolved_scope scope(written_scope const& written) const {
        resolved_scope result;
        if (written.actions.empty()) result.actions = every_action();
        for (written_name const& action : written.actions)
            result.actions |= 1U << number_in(p_.actions, action);
        for (written_name const& name : written.categories)
            static_cast<void>(number_in(p_.categories, name));
        for (written_name const& level : written.levels)
            if (std::find(level_names_.begin(), level_names_.end(), level.text) ==
                level_names_.end())
                throw std::invalid_argument("the policy has no level " +
                                            detail::in_backticks(level.text));
        for (std::uint32_t const category : categories_)
            if (is_in(p_.categories.name(category), written)) result.categories.push_back(category);
        return result;
    }

    [[nodiscard]] bool is_in(std::string_view category, written_scope const& scope) const {
        auto const lies_in = [&](written_name const& on) {
            return category == on.text || detail::lies_below(category, on.text);
        };
        if (!scope.categories.empty() &&
            std::none_of(scope.categories.begin(), scope.categories.end(), lies_in))
            return false;
        if (scope.levels.empty()) return true;
        auto const level = levels_.find(std::string(category));
        return level != levels_.end() &&
               std::any_of(scope.levels.begin(), scope.levels.end(),
                           [&](written_name const& one) { return one.text == level->second; });
    }

    // As a grant covers: rule 3.
    [[nodiscard]] resolved_scope covered(written_grant const& grant,
                                         written_right const& right) const {
        resolved_scope result;
        result.actions =
            right.action.text == "all" ? 0xFU : 1U << number_in(p_.actions, right.action);
        std::uint32_t const on = number_in(p_.categories, grant.category);
        if (!grant.below) {
            result.categories = {on};
            return result;
        }
        std::string_view const above = grant.category.text;
        for (std::uint32_t const category : categories_) {
            std::string_view const name = p_.categories.name(category);
            if (!detail::lies_below(name, above)) continue;
            bool const apart =
                std::any_of(named_only_.begin(), named_only_.end(), [&](std::string_view only) {
                    return detail::lies_below(only, above) &&
                           (name == only || detail::lies_below(name, only));
                });
            if (!apart) result.categories.push_back(category);
        }
        return result;
    }

    [[nodiscard]] review::alternatives masks(written_condition const& when) const {
        review::alternatives result;
        for (auto const& together : when.any_of) {
            std::uint64_t mask = 0;
            for (written_name const& fact : together)
                mask |= std::uint64_t{1} << number_in(p_.facts, fact);
            result.push_back(mask);
        }
        return detail::shortest(std::move(result));
    }

    detail::policy_data const& p_;
    std::vector<std::uint32_t> roles_, categories_;
    std::map<std::string, std::string> levels_;
    std::vector<std::string> level_names_;
    std::vector<std::string_view> named_only_;
    std::vector<std::vector<std::uint32_t>> seniors_;
};

}  // namespace

bool resolved_scope::has(std::uint32_t action, std::uint32_t category) const noexcept {
    return (actions >> action & 1U) != 0 &&
           std::binary_search(categories.begin(), categories.end(), category);
}

std::vector<resolved_guarantee> resolve(detail::policy_data const& p, document const& promised) {
    std::vector<resolved_guarantee> result;
    if (promised.guarantees.empty()) return result;
    guarantee_resolver const resolver(p);
    for (written_guarantee const& written : promised.guarantees)
        result.push_back(resolver.resolve(written));
    return result;
}

std::vector<std::uint32_t> declared_roles(detail::policy_data const& p) {
    std::vector<std::uint32_t> result;
    for (std::uint32_t role = 0; role < p.roles.size(); ++role)
        if (p.roles.declared(role)) result.push_back(role);
    return result;
}

}  // namespace rolecall::inline v0_1::promising
