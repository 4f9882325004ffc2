#include "rbac/promises.hpp"

#include "rbac/role_closure.hpp"

#include <vector>

namespace rolecall::inline v0_1::rbac_functions {
namespace {

using kind = written_guarantee::kind;

// Whether it is left with somebody to be about. Without `roles` it would be about everyone.
bool is_left(written_guarantee& of, std::string_view role) {
    if (contains(of.only, role)) {
        erase(of.only, role);
        // Nobody else could, so that nobody can: that stays.
        if (of.only.empty()) {
            of.what = kind::never;
            of.only_if = {};
            of.unless.clear();
        }
    }
    if (!contains(of.roles, role)) return true;
    erase(of.roles, role);
    return !of.roles.empty();
}

}  // namespace

void forget_role(document& in, std::string_view role) {
    std::erase_if(in.guarantees, [&](written_guarantee& g) { return !is_left(g, role); });
    std::erase_if(in.exercises, [&](written_exercise const& e) {
        return contains(e.roles, role) || contains(e.lost, role);
    });
}

}  // namespace rolecall::inline v0_1::rbac_functions
