// A small office with users in its policy and in a store, whose access tests review.
#ifndef ROLECALL_TESTS_SUPPORT_OFFICE_HPP
#define ROLECALL_TESTS_SUPPORT_OFFICE_HPP

#include "support/program.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/user_store.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::testing {

inline constexpr char const* office_text = R"(rolecall: 1

policy:
  name: Files of the office
  owner: privacy@office.example

facts:
  asked: The customer asked

categories:
  account: {about: Names & addresses, level: confidential, laws: [GDPR, PCI DSS]}
  payment: Bank details
  attic: Nobody's

roles:
  staff: {may: {account: view}}
  desk: {inherits: staff, may: {account: [view, modify], payment: {view: {if: asked}}}}
  cash: {inherits: staff, may: {payment: all}}
  refunds: {may: {payment: delete}}
  idle: Nothing yet

users:
  boss: cash

separation:
  four-eyes:
    roles: [cash, refunds]
    at-most: 1
    per: person
    because: Nobody pays out alone
)";

// The office, and a store beside it.
class office_folder : public temporary_directory {
public:
    std::string const policy = write("office.yaml", office_text);
    std::string const store = path("staff.db");

    office_folder() { user_store(store, {.create = true}); }

    void assign(std::string_view id, std::string_view role, char const* until = nullptr) const {
        user_store staff(store);
        staff.add_user(id);
        staff.assign(id, role, until == nullptr ? std::nullopt : date::parse(until));
    }
    void add(std::string_view id) const { user_store(store).add_user(id); }

    [[nodiscard]] outcome review(std::vector<std::string> const& rest = {}) const {
        std::vector<std::string> all{"users", "review", store,       "--policy",
                                     policy,  "--at",   "2026-11-22"};
        all.insert(all.end(), rest.begin(), rest.end());
        return run(all);
    }
};

// A store in which there is something of everything.
inline void fill(office_folder const& shop) {
    shop.assign("ann", "desk", "2026-12-10");
    shop.assign("bob", "desk");
    shop.assign("cid", "staff");
    shop.assign("cid", "desk", "2027-12-31");
    shop.assign("gus", "desk");
    shop.assign("gus", "dsek");
    shop.assign("old", "desk", "2026-01-31");
    shop.add("new");
}

}  // namespace rolecall::testing

#endif
