// The check asked the other way round: what may be shown, who can, and what can.
#include <rolecall/rolecall.hpp>

#include <fmt/format.h>

#include <string>

namespace rc = rolecall;

int main() {
    rc::policy const shop = rc::yaml::load("policies/shop").value();
    rc::date const on = rc::date::parse("2027-01-15").value();

    // For a screen: what this session may do, now. The lists agree with `allows`.
    rc::session const dana = shop.activate_user("dana", on).value();
    for (rc::category_ref const c : dana.allowed_categories(rc::view))
        fmt::print("dana may view {}\n", shop.name(c));
    for (rc::action const a : dana.allowed_actions(shop.category("account").value()))
        fmt::print("dana may {} account\n", shop.name(a));

    // For a review: every role and every listed user that can, and under which condition.
    rc::who_can_result const list = rc::who_can(shop, "modify", "payment", on);
    if (!list) return 1;  // the action or the category is unknown
    for (rc::holder const& h : list.holders) {
        bool const is_role = h.what == rc::holder::kind::role;
        fmt::print("{} {}{}{}", is_role ? "role" : "user", h.name, h.always() ? "" : " if ",
                   h.condition);
        for (rc::granting_role const& role : h.through)
            fmt::print("; as {}{}{}", role.role, role.until ? " until " : "",
                       role.until ? role.until->to_string() : std::string{});
        fmt::print("\n");
    }

    // Everything that roles can do together; `what_can_user` asks the same for a user.
    for (rc::held_right const& right : rc::what_can(shop, {"employee", "refunds"}).rights)
        fmt::print("together: {} {}\n", right.action, right.category);
}
