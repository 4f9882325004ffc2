// A small policy that the tests of the program ask.
#ifndef ROLECALL_TESTS_SUPPORT_SHOP_HPP
#define ROLECALL_TESTS_SUPPORT_SHOP_HPP

#include "support/temporary_directory.hpp"

#include <string>
#include <string_view>

namespace rolecall::testing {

inline constexpr std::string_view shop_text = R"(rolecall: 1

policy:
  name: Corner shop

facts:
  consent: The customer agreed
  open-ticket: The customer has an open ticket

categories:
  account: Name and address
  payment: Bank details

roles:
  support:
    may:
      account: [view, modify]
      payment:
        view: {if: open-ticket}
        modify: {if-all: [open-ticket, consent]}
  marketing:
    may:
      account: view
  billing:
    may:
      payment: all

users:
  dana: [support, marketing]
  bo: {roles: billing, until: 2026-12-31}

never:
  marketing-sees-no-money:
    roles: marketing
    categories: payment
    because: Campaigns need no bank details
)";

/// A folder with that policy, as one file.
class shop_folder : public temporary_directory {
public:
    [[nodiscard]] std::string const& policy() const { return policy_; }

private:
    std::string policy_ = write("shop.yaml", shop_text);
};

}  // namespace rolecall::testing

#endif
