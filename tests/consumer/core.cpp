// An application of the core alone: its policy is made in code, by headers and nothing else.
#include "names.hpp"  // before ours
#include <rolecall/policy_builder.hpp>
#include <rolecall/session.hpp>

#if defined(BOOST_VERSION) || defined(BOOST_CONFIG_HPP)
#error "a header of the core includes Boost"
#endif

namespace audit {

rolecall::policy_result rules() {
    rolecall::policy_builder shop;
    shop.category("account", "Name, address and contact details");
    shop.role("support").may("account", {"view", "modify"});
    ++entries;
    return shop.build();
}

}  // namespace audit

void modify(view& which) { which.window += store::shelves; }

int main() {
    view mine;
    modify(mine);
    if (mine.window != 3) return 3;

    rolecall::policy_result const made = audit::rules();
    if (!made || audit::entries != 1) return 1;
    rolecall::session const support = made->activate({"support"}).value();
    rolecall::category_ref const account = made->category("account").value();
    bool const right = made->allows("support", "view", "account") &&
                       !made->allows("support", "delete", "account") &&
                       support.allows(rolecall::modify, account) &&
                       !support.allows(rolecall::store, account);
    return right ? 0 : 2;
}
