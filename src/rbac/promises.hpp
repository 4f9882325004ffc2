// What guarantees and exercises of a policy become where a role of theirs goes.
#ifndef ROLECALL_SRC_RBAC_PROMISES_HPP
#define ROLECALL_SRC_RBAC_PROMISES_HPP

#include <rolecall/document.hpp>

#include <string_view>

namespace rolecall::inline v0_1::rbac_functions {

/// Takes the role out of the guarantees, so that each promises what it did of all other roles; one
/// that is about this role alone goes. So does an exercise that names it: it can't be asked any
/// more.
void forget_role(document& in, std::string_view role);

}  // namespace rolecall::inline v0_1::rbac_functions

#endif
