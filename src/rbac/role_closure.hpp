// Roles with all that they inherit, in a policy as written: also in one that is none yet.
#ifndef ROLECALL_SRC_RBAC_ROLE_CLOSURE_HPP
#define ROLECALL_SRC_RBAC_ROLE_CLOSURE_HPP

#include <rolecall/document.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::rbac_functions {

using name_set = std::set<std::string_view>;

class role_closure {
public:
    explicit role_closure(document const& of) {
        for (written_role const& role : of.roles) roles_.emplace(role.name.text, &role);
    }

    [[nodiscard]] written_role const* find(std::string_view role) const {
        auto const found = roles_.find(role);
        return found == roles_.end() ? nullptr : found->second;
    }

    /// The role and all that it inherits, to any depth.
    [[nodiscard]] name_set of(std::string_view role) const {
        name_set result;
        std::vector<std::string_view> pending{role};
        while (!pending.empty()) {
            std::string_view const next = pending.back();
            pending.pop_back();
            written_role const* const written = find(next);
            if (written == nullptr || !result.insert(written->name.text).second) continue;
            for (written_name const& junior : written->inherits) pending.push_back(junior.text);
        }
        return result;
    }

    template <class Names>
    [[nodiscard]] name_set of_all(Names const& roles) const {
        name_set result;
        for (auto const& role : roles) result.merge(of(role));
        return result;
    }

private:
    std::map<std::string_view, written_role const*> roles_;
};

/// The role of that name, to be changed; null for none.
inline written_role* find_role(document& in, std::string_view name) {
    auto const found = std::find_if(in.roles.begin(), in.roles.end(),
                                    [&](written_role const& r) { return r.name.text == name; });
    return found == in.roles.end() ? nullptr : &*found;
}

inline bool contains(std::vector<written_name> const& names, std::string_view name) {
    return std::any_of(names.begin(), names.end(),
                       [&](written_name const& n) { return n.text == name; });
}

inline bool contains(std::vector<std::string> const& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

inline void erase(std::vector<written_name>& names, std::string_view name) {
    std::erase_if(names, [&](written_name const& n) { return n.text == name; });
}

}  // namespace rolecall::inline v0_1::rbac_functions

#endif
