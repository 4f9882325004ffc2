// An application of the core alone: its policy is made in code, by headers and nothing else.
#include <rolecall/policy_builder.hpp>
#include <rolecall/session.hpp>

namespace audit {  // applications have one of their own

rolecall::policy_result rules() {
    rolecall::policy_builder shop;
    shop.category("account", "Name, address and contact details");
    shop.role("support").may("account", {"view", "modify"});
    return shop.build();
}

}  // namespace audit

int main() {
    rolecall::policy_result const made = audit::rules();
    if (!made) return 1;
    bool const right =
        made->allows("support", "view", "account") && !made->allows("support", "delete", "account");
    return right ? 0 : 2;
}
