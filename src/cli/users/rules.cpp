#include "cli/users/rules.hpp"

#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>
#include <rolecall/document.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace rolecall::inline v0_1::cli {
namespace {

written_role const* find_role(document const& in, std::string_view name) {
    auto const found =
        std::find_if(in.roles.begin(), in.roles.end(),
                     [&](written_role const& role) { return role.name.text == name; });
    return found == in.roles.end() ? nullptr : &*found;
}

void add_inherited(document const& in, std::string_view role, std::set<std::string>& to) {
    if (written_role const* const written = find_role(in, role))
        for (written_name const& junior : written->inherits)
            if (to.insert(junior.text).second) add_inherited(in, junior.text, to);
}

}  // namespace

role_rules::role_rules(policy const& of, std::string path, date on)
    : policy_(of), path_(std::move(path)), on_(on) {
    for (written_user const& user : policy_.source().users)
        for (written_assignment const& assignment : user.assignments)
            if (!assignment.until || *assignment.until >= on_)
                for (written_name const& role : assignment.roles)
                    own_users_[user.id.text].push_back(role.text);
}

std::string role_rules::not_declared(std::string_view role) const {
    std::vector<std::string_view> names;
    for (written_role const& each : policy_.source().roles) names.push_back(each.name.text);
    return detail::in_backticks(role) + " is not a role of " + detail::printable(path_) +
           detail::did_you_mean(detail::closest(role, names));
}

std::vector<std::string> const& role_rules::inherited(std::string_view role) {
    auto found = inherited_.find(role);
    if (found == inherited_.end()) {
        std::set<std::string> all;
        add_inherited(policy_.source(), role, all);
        found = inherited_.emplace(role, std::vector<std::string>(all.begin(), all.end())).first;
    }
    return found->second;
}

// Many users have the same roles: what is found for some names is kept.
std::vector<separation_violation> const& role_rules::broken_by(std::string_view id,
                                                               std::span<user_role const> roles) {
    held_.clear();
    for (user_role const& role : roles)
        if (!role.until || *role.until >= on_) held_.push_back(role.role);
    if (!own_users_.empty())
        if (auto const own = own_users_.find(std::string(id)); own != own_users_.end())
            held_.insert(held_.end(), own->second.begin(), own->second.end());
    std::sort(held_.begin(), held_.end());
    held_.erase(std::unique(held_.begin(), held_.end()), held_.end());

    constexpr std::size_t most_known = 100'000;
    if (known_.size() > most_known) known_.clear();
    key_.clear();
    for (std::string_view const role : held_) key_.append(role).append(" ");
    auto const [known, is_new] = known_.try_emplace(key_);
    if (is_new) known->second = person_violations(policy_, held_);
    return known->second;
}

std::string violation_text(std::string_view id, separation_violation const& found) {
    std::string names;
    for (std::size_t i = 0; i < found.roles.size(); ++i)
        names += (i == 0 ? "" : i + 1 < found.roles.size() ? ", " : " and ") + found.roles[i];
    return detail::in_backticks(id) + " can't have " + names + ": " + found.sentence;
}

}  // namespace rolecall::inline v0_1::cli
