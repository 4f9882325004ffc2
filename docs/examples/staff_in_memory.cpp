// Users and their roles in memory: assigned, checked for separation of duty, taken away.
#include <rolecall/assignments.hpp>
#include <rolecall/format.hpp>
#include <rolecall/rolecall.hpp>
#include <rolecall/separation.hpp>
#include <rolecall/sinks.hpp>

#include <fmt/format.h>

#include <span>
#include <string_view>
#include <vector>

namespace rc = rolecall;

int main() {
    rc::policy const shop = rc::yaml::load("policies/shop").value();
    rc::assignments staff;
    staff.add_user("nina");
    staff.assign("nina", "billing");
    staff.add_user("omar");
    staff.assign("omar", "support", rc::date::parse("2099-12-31"));  // through that day

    rc::authorizer const pdp{shop, rc::no_records{}, staff};
    auto const account = pdp.category("account").value();
    auto omar = pdp.session("omar").value();
    fmt::print("omar may modify accounts: {}\n", omar.allows(rc::modify, account));

    // Nobody gets roles that the policy keeps apart: the check is asked before anything is true.
    auto apart = [&](std::string_view id, std::span<rc::user_role const> would_have) {
        std::vector<std::string_view> roles;
        for (rc::user_role const& role : would_have) roles.push_back(role.role);
        for (rc::separation_violation const& broken : rc::person_violations(shop, roles))
            fmt::print("{}: {}\n", id, broken.sentence);
        return rc::person_violations(shop, roles).empty();
    };
    rc::edit_options checked;
    checked.check(apart);
    std::vector<rc::user_edit> const edits{rc::user_edit::assign("nina", "refunds"),
                                           rc::user_edit::assign("omar", "employee")};
    fmt::print("committed: {}\n", staff.apply(edits, checked).committed);

    // Taken away, a role is gone at the next check of every session.
    staff.deassign("omar", "support");
    fmt::print("omar may modify accounts: {}\n", omar.allows(rc::modify, account));
}
