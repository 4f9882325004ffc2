// A business's own table of employees as the directory of users: departments become roles, and
// the end of a contract ends them.
#include <rolecall/access_review.hpp>
#include <rolecall/format.hpp>
#include <rolecall/rolecall.hpp>
#include <rolecall/sinks.hpp>
#include <rolecall/users_changed.hpp>

#include <fmt/format.h>

#include <map>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

namespace rc = rolecall;

namespace {

struct employee {
    std::string department;
    bool on_call = false;
    std::optional<rc::date> contract_ends;
};

// Stands for what you have: a table in a database, a service, a file.
class employee_table {
public:
    // The one function that rolecall needs. Any number of threads call it at once.
    rc::user_lookup roles_of(std::string_view id, rc::role_taker& take) const {
        std::shared_lock const hold(lock_);
        auto const found = rows_.find(id);
        if (found == rows_.end()) return rc::user_lookup::unknown;
        give_roles(found->second, take);
        return rc::user_lookup::known;
    }

    // For reviews and reports: everybody, with all that they have.
    bool each_user(rc::user_visitor& visit) const {
        std::shared_lock const hold(lock_);
        for (auto const& [id, row] : rows_) {
            std::vector<rc::user_role> roles;
            auto add = [&](rc::user_role const& role) { roles.push_back(role); };
            rc::role_taker take(add);
            give_roles(row, take);
            if (!visit(id, roles)) break;
        }
        return true;
    }

    // So that sessions feel a change at the next check. The authorizer hands it over.
    void notify(rc::users_changed const& tell) { listeners_.push_back(tell); }

    void put(std::string const& id, employee row) {
        {
            std::unique_lock const hold(lock_);
            rows_[id] = std::move(row);
        }
        for (rc::users_changed const& tell : listeners_) tell();  // once the change can be seen
    }

private:
    // Your words to the policy's: in one place.
    static void give_roles(employee const& row, rc::role_taker& take) {
        if (row.department == "Customer service") take("support", row.contract_ends);
        if (row.department == "Accounts") take("billing", row.contract_ends);
        if (row.on_call) take("employee", row.contract_ends);
    }

    mutable std::shared_mutex lock_;
    std::map<std::string, employee, std::less<>> rows_;
    std::vector<rc::users_changed> listeners_;
};

}  // namespace

int main() {
    // The day that this example is told on; an application leaves it out.
    rc::date const today = rc::date::parse("2026-11-22").value();
    rc::policy const shop = rc::yaml::load("policies/shop").value();

    employee_table staff;
    staff.put("p.novak", {"Customer service", false, {}});
    staff.put("j.okoro", {"Accounts", true, rc::date::parse("2026-12-15")});

    rc::authorizer const pdp{shop, rc::no_records{}, staff, {.today = today}};
    auto const account = pdp.category("account").value();

    auto novak = pdp.session("p.novak").value();
    fmt::print("novak may modify accounts: {}\n", novak.allows(rc::modify, account));
    fmt::print("a stranger: {}\n", rc::to_string(pdp.session("stranger").why()));

    // Novak moves to another department. The session notices at the next check.
    staff.put("p.novak", {"Accounts", false, {}});
    fmt::print("at once: {}\n", novak.allows(rc::modify, account));
    rc::reason const why = novak.refresh();
    fmt::print("refreshed: {}, and may view them: {}\n", rc::to_string(why),
               novak.allows(rc::view, account));

    // And what has to be looked at now and then.
    rc::access_review const review(shop, staff, {.on = today, .ending_within_days = 30});
    for (rc::ending_assignment const& soon : review.ending)
        fmt::print("{} is {} until {}\n", soon.id, soon.role, soon.until.to_string());
}
