// The functions of the RBAC standard, INCITS 359, one after the other: users, roles, sessions,
// inheritance, and both kinds of separation of duty.
#include <rolecall/assignments.hpp>
#include <rolecall/authorizer.hpp>
#include <rolecall/policy_builder.hpp>
#include <rolecall/rbac.hpp>
#include <rolecall/recent_records.hpp>
#include <rolecall/yaml.hpp>

#include <fmt/format.h>

#include <string_view>

namespace rc = rolecall;

namespace {

void tell(std::string_view what, rc::rbac_result const& said) {
    fmt::print("{}: {}\n", what, said ? "done" : rc::to_string(said.error));
    for (rc::separation_violation const& one : said.violations)
        fmt::print("    {}\n", one.sentence);
}

}  // namespace

int main() {
    // What there is to guard comes from a policy; here it begins without roles.
    rc::policy_builder shop;
    shop.category("account", "Name, address and contact details");
    shop.category("payment", "Bank details");

    rc::recent_records trail{100};
    rc::assignments staff;
    rc::authorizer pdp{shop.build().value(), trail, staff};
    rc::rbac office{pdp, staff};

    // Core: users, roles, permissions, sessions.
    office.add_user("dana");
    office.add_role("support", "Helps customers");
    office.grant_permission("account", "view", "support");
    office.assign_user("dana", "support");
    office.create_session("dana", "s1", {"support"});
    rc::rbac_answer<rc::response> const asked = office.check_access("s1", "view", "account");
    fmt::print("dana may view account: {}\n", static_cast<bool>(asked.value));

    // Hierarchical: the senior has what the junior has, and its users may be the junior.
    office.add_ascendant("team-lead", "support");
    office.add_user("bo");
    office.assign_user("bo", "team-lead");
    tell("bo ends the session of dana", office.delete_session("bo", "s1"));
    fmt::print("bo may act as: {}\n", fmt::join(office.authorized_roles("bo").value, ", "));

    // Static separation: cardinality 2 means that 2 are too many.
    office.add_role("billing", "Takes payments");
    office.add_role("refunds", "Gives money back");
    tell("keep apart", office.create_ssd_set("take-and-refund", {"billing", "refunds"}, 2));
    tell("bo bills", office.assign_user("bo", "billing"));
    tell("bo refunds", office.assign_user("bo", "refunds"));
    tell("by inheritance", office.add_inheritance("team-lead", "refunds"));

    // Dynamic separation: one may hold both, and never use both together.
    office.create_dsd_set("one-desk", {"support", "billing"}, 2);
    office.create_session("bo", "s2", {"billing"});
    tell("bo supports as well", office.add_active_role("bo", "s2", "support"));
    tell("bo stops billing", office.drop_active_role("bo", "s2", "billing"));
    tell("bo supports", office.add_active_role("bo", "s2", "support"));

    // Whatever was changed is a policy like any other: here is how a file would say it.
    fmt::print("\n{}", rc::yaml::write(pdp.current()));
}
