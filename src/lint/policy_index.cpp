#include "lint/policy_index.hpp"

#include <rolecall/category_levels.hpp>

#include <algorithm>
#include <bit>
#include <tuple>
#include <utility>

namespace rolecall::inline v0_1::linting {

policy_index::policy_index(policy const& of)
    : p_(detail::data_of(of)),
      doc_(of.source()),
      tree_(detail::grow_tree(doc_, p_.categories)),
      rights_(p_.roles.size()),
      entry_of_role_(p_.roles.size()),
      entry_of_category_(p_.categories.size()) {
    for (std::size_t i = 0; i < doc_.roles.size(); ++i)
        entry_of_role_[p_.roles.find(doc_.roles[i].name.text)] = i;
    for (std::size_t i = 0; i < doc_.categories.size(); ++i)
        entry_of_category_[p_.categories.find(doc_.categories[i].name.text)] = i;
    index_levels();
    index_rights();
    order_roles();
    index_inheritance();
}

void policy_index::index_levels() {
    level_names_ = level_names(doc_);
    auto const levels = category_levels(doc_);
    auto const count = static_cast<std::uint32_t>(tree_.number.size());
    levels_.resize(count);
    above_.resize(count);
    covered_from_.resize(count);
    std::vector<std::uint32_t> path;  // positions that the current one lies below
    for (std::uint32_t at = 0; at < count; ++at) {
        while (!path.empty() && tree_.end[path.back()] <= at) path.pop_back();
        std::uint32_t const number = tree_.number[at];
        if (!path.empty()) {
            above_[number] = tree_.number[path.back()];
            // A `.*` at or below the lowest named-only category on the way covers it.
            covered_from_[at] = tree_.named_only[at] ? at : covered_from_[path.back()];
        } else {
            covered_from_[at] = tree_.named_only[at] ? at : 0;
        }
        if (auto const level = levels.find(std::string(category_name(number)));
            level != levels.end())
            levels_[number] = static_cast<std::size_t>(
                std::find(level_names_.begin(), level_names_.end(), level->second) -
                level_names_.begin());
        path.push_back(at);
    }
}

bool policy_index::reaches(right const& of, std::uint32_t category) const noexcept {
    if (!of.below) return of.category == category;
    std::uint32_t const from = tree_.position[of.category];
    std::uint32_t const at = tree_.position[category];
    return from < at && at < tree_.end[from] && from >= covered_from_[at] &&
           !(tree_.named_only[at]);
}

void policy_index::index_rights() {
    for (std::size_t entry = 0; entry < doc_.roles.size(); ++entry) {
        written_role const& role = doc_.roles[entry];
        std::uint32_t const number = p_.roles.find(role.name.text);
        for (std::size_t line = 0; line < role.may.size(); ++line) {
            written_grant const& grant = role.may[line];
            for (std::size_t item = 0; item < grant.rights.size(); ++item) {
                written_right const& written = grant.rights[item];
                std::uint32_t const actions =
                    written.action.text == "all"
                        ? four_actions
                        : 1U << p_.actions.find(written.action.text) % detail::max_actions;
                rights_[number].push_back({number,
                                           p_.categories.find(grant.category.text),
                                           grant.below,
                                           actions,
                                           masks(written.when),
                                           {document_part::kind::right, entry, line, item},
                                           &grant,
                                           &written});
            }
        }
        // The mask of `all` comes first, and then the actions as they are numbered: the four,
        // and the policy's own by name.
        auto const key = [&](right const& r) {
            return std::tuple(r.below, tree_.position[r.category], r.actions != four_actions,
                              r.actions);
        };
        std::sort(rights_[number].begin(), rights_[number].end(),
                  [&](right const& a, right const& b) { return key(a) < key(b); });
    }
}

// Depth first, with a path of its own: a chain of 65,535 roles is no deep recursion.
void policy_index::order_roles() {
    std::vector<bool> entered(p_.roles.size());
    std::vector<std::pair<std::uint32_t, std::size_t>> path;
    for (std::uint32_t start = 0; start < p_.roles.size(); ++start) {
        if (entered[start]) continue;
        entered[start] = true;
        path.emplace_back(start, 0);
        while (!path.empty()) {
            auto& [role, next] = path.back();
            auto const juniors = p_.juniors_of(role);
            if (next == juniors.size()) {
                juniors_first_.push_back(role);
                path.pop_back();
                continue;
            }
            std::uint32_t const junior = juniors[next++];
            if (entered[junior]) continue;
            entered[junior] = true;
            path.emplace_back(junior, 0);
        }
    }
}

void policy_index::index_inheritance() {
    std::size_t const count = p_.roles.size();
    if (count > most_known) return;
    words_ = (count + 63) / 64;
    held_.resize(count * words_);
    for (std::uint32_t const role : juniors_first_) {
        std::uint64_t* const own = held_.data() + role * words_;
        own[role / 64] |= std::uint64_t{1} << role % 64;
        for (std::uint32_t const junior : p_.juniors_of(role)) {
            std::uint64_t const* const of = held_.data() + junior * words_;
            for (std::size_t i = 0; i < words_; ++i) own[i] |= of[i];
        }
    }
}

std::optional<bool> policy_index::holds(std::uint32_t role, std::uint32_t other) const {
    if (role == other) return true;
    if (p_.juniors_of(role).empty()) return false;
    if (!held_.empty()) return (held_[role * words_ + other / 64] >> other % 64 & 1U) != 0;
    auto const all = below({&role, 1});
    if (!all) return std::nullopt;
    return std::binary_search(all->begin(), all->end(), other);
}

std::optional<std::vector<std::uint32_t>> policy_index::below(
    std::span<std::uint32_t const> roles) const {
    std::vector<std::uint32_t> result;
    if (!held_.empty()) {
        std::vector<std::uint64_t> bits(words_);
        for (std::uint32_t const role : roles)
            for (std::size_t i = 0; i < words_; ++i) {
                std::uint64_t const itself = i == role / 64 ? std::uint64_t{1} << role % 64 : 0;
                bits[i] |= held_[role * words_ + i] & ~itself;
            }
        for (std::size_t i = 0; i < words_; ++i)
            for (std::uint64_t left = bits[i]; left != 0; left &= left - 1)
                result.push_back(static_cast<std::uint32_t>(
                    i * 64 + static_cast<std::size_t>(std::countr_zero(left))));
        return result;
    }
    std::vector<bool> seen(p_.roles.size());
    auto const add_juniors_of = [&](std::uint32_t role) {
        auto const juniors = p_.juniors_of(role);
        steps_left_ -= std::min(steps_left_, juniors.size() + 1);
        for (std::uint32_t const junior : juniors) {
            if (!seen[junior]) result.push_back(junior);
            seen[junior] = true;
        }
    };
    steps_left_ -= std::min(steps_left_, std::size_t{p_.roles.size()} / 64);
    for (std::uint32_t const role : roles) add_juniors_of(role);
    for (std::size_t at = 0; at < result.size() && steps_left_ > 0; ++at)
        add_juniors_of(result[at]);
    if (steps_left_ == 0) return std::nullopt;
    std::sort(result.begin(), result.end());
    return result;
}

review::alternatives policy_index::masks(written_condition const& when) const {
    review::alternatives result;
    result.reserve(when.any_of.size());
    for (std::vector<written_name> const& together : when.any_of) {
        std::uint64_t mask = 0;
        for (written_name const& name : together)
            mask |= std::uint64_t{1} << p_.facts.find(name.text) % detail::max_facts;
        result.push_back(mask);
    }
    return result;
}

}  // namespace rolecall::inline v0_1::linting
