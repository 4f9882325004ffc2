// One call of a function of the standard: made up at random, written down, and carried out on the
// model or on the library.
#ifndef ROLECALL_TESTS_RBAC_STEP_HPP
#define ROLECALL_TESTS_RBAC_STEP_HPP

#include "model/random_source.hpp"
#include "rbac/standard.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/date.hpp>
#include <rolecall/decision.hpp>
#include <rolecall/rbac.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace standard {

enum class call {
    add_user,
    delete_user,
    add_role,
    delete_role,
    assign_user,
    deassign_user,
    grant_permission,
    revoke_permission,
    create_session,
    delete_session,
    add_active_role,
    drop_active_role,
    check_access,
    add_inheritance,
    delete_inheritance,
    add_ascendant,
    add_descendant,
    create_ssd_set,
    add_ssd_role_member,
    delete_ssd_role_member,
    delete_ssd_set,
    set_ssd_set_cardinality,
    create_dsd_set,
    add_dsd_role_member,
    delete_dsd_role_member,
    delete_dsd_set,
    set_dsd_set_cardinality,
    tick,  ///< no function of the standard: the next day begins
};
inline constexpr std::size_t calls = 28;

/// The function's name, as in rbac.hpp.
std::string_view to_string(call what);

struct step {
    call what{};
    std::string user{}, session{};
    std::string role{}, junior{};  ///< `role` is the senior where there are two
    std::string set{};
    std::string object{}, operation{};
    std::vector<std::string> roles{};
    std::size_t cardinality = 0;
    std::optional<int> until{};  ///< of `assign_user`
};

/// The day on which a number of days have passed since the first of a sequence.
rolecall::date day(int number);

/// `office.assign_user("ann", "clerk");`
std::string to_text(step const& one);

/// A call that often meets what is there, and now and then what is not, or is no name at all.
step random_step(model::random_source& random, rbac_model const& now);

/// What a call gave. Only `check_access` gives a response; the model's has no version.
struct outcome {
    rolecall::rbac_result result;
    std::optional<rolecall::response> response{};
};

struct answer {
    rbac_error error = rbac_error::unavailable;
    bool allowed = false;
};

answer carry_out(step const& s, rbac_model& on);
outcome carry_out(step const& s, rolecall::rbac& on, rolecall::authorizer& pdp, int today);

}  // namespace standard

#endif
