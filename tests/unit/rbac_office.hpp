// What the tests of the RBAC standard's functions share: a shop, its staff, and a state that can
// be compared whole.
#ifndef ROLECALL_TESTS_UNIT_RBAC_OFFICE_HPP
#define ROLECALL_TESTS_UNIT_RBAC_OFFICE_HPP

#include "support/recording_sink.hpp"
#include <rolecall/assignments.hpp>
#include <rolecall/authorizer.hpp>
#include <rolecall/document.hpp>
#include <rolecall/policy_builder.hpp>
#include <rolecall/rbac.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::tests {

using list = std::vector<std::string>;

inline date day(std::string_view text) { return date::parse(text).value(); }

/// Support and billing are employees; who bills must not refund, and nobody approves in the same
/// session what they write.
inline policy_builder shop_rules() {
    policy_builder shop;
    shop.action("share", "Pass the data on");
    shop.fact("open-ticket", "The customer has an open ticket");
    shop.category("leads", "People who asked for an offer");
    shop.category("account", "Name and address");
    shop.category("payment", "Bank details");
    shop.category("payment.card", "Card numbers");
    shop.role("employee").may("leads", {"view"});
    shop.role("support").inherits("employee").may("account", {"view", "modify"});
    shop.role("billing").inherits("employee").may("payment", {"all"});
    shop.role("refunds").may("payment", {"view"});
    shop.role("writer").may("leads", {"store"});
    shop.role("approver").may("leads", {"share"});
    shop.separation("take-and-refund", {"billing", "refunds"}, 1, separation_scope::person,
                    "Who takes the money must not give it back");
    shop.separation("four-eyes", {"writer", "approver"}, 1, separation_scope::session,
                    "Nobody approves what they wrote");
    return shop;
}

/// An authorizer with a directory, and the standard's functions on both. The day is 2027-01-10.
struct office {
    explicit office(policy_builder const& rules = shop_rules())
        : pdp{rules.build().value(), sink, staff, {.today = day("2027-01-10")}}, rbac{pdp, staff} {}

    assignments staff{};
    testing::recording_sink sink{};
    authorizer pdp;
    rolecall::rbac rbac;

    /// Adds a user with roles and, if any, a session of that name in which they are active.
    void hire(std::string_view user, list const& roles, std::string_view session = {},
              list const& active = {}) {
        REQUIRE(rbac.add_user(user));
        for (std::string const& role : roles) REQUIRE(rbac.assign_user(user, role));
        if (!session.empty()) REQUIRE(rbac.create_session(user, session, active));
    }

    bool allowed(std::string_view session, std::string_view operation, std::string_view object) {
        auto const answer = rbac.check_access(session, operation, object);
        CHECK(answer.error == rbac_error::none);
        return static_cast<bool>(answer.value);
    }

    /// All that the review functions tell, and what stands in the policy, as text.
    [[nodiscard]] std::string state() const {
        std::string text = "version " + std::to_string(pdp.version()) + '\n';
        list users;
        auto const take = [&](std::string_view id, std::span<user_role const>) {
            users.emplace_back(id);
        };
        user_visitor visit(take);
        REQUIRE(staff.each_user(visit));
        std::sort(users.begin(), users.end());
        policy const rules = pdp.current();
        for (written_user const& listed : rules.source().users) users.push_back(listed.id.text);
        for (std::string const& user : users)
            text += user + ": " + joined(rbac.assigned_roles(user).value) + '\n';
        for (written_role const& role : rules.source().roles) {
            text += role.name.text + ": ";
            for (written_name const& junior : role.inherits) text += junior.text + ' ';
            for (permission const& one : rbac.role_permissions(role.name.text).value)
                text += one.operation + ' ' + one.object + (one.conditional ? "?" : "") + ", ";
            text += '\n';
        }
        for (std::string const& id : rbac.sessions())
            text += id + ": " + joined(rbac.session_roles(id).value) + '\n';
        for (std::string const& set : rbac.ssd_role_sets().value)
            text += set + ": " + joined(rbac.ssd_role_set_roles(set).value) +
                    std::to_string(rbac.ssd_role_set_cardinality(set).value) + '\n';
        for (std::string const& set : rbac.dsd_role_sets().value)
            text += set + ": " + joined(rbac.dsd_role_set_roles(set).value) +
                    std::to_string(rbac.dsd_role_set_cardinality(set).value) + '\n';
        return text;
    }

    /// Makes a call that has to be refused, and looks that it changed nothing.
    template <class Call>
    rbac_result refuses(rbac_error why, Call const& call) {
        std::string const before = state();
        rbac_result const said = call(rbac);
        CHECK(to_string(said.error) == to_string(why));
        CHECK(!said);
        CHECK(!said.text.empty());
        CHECK(said.policy_version == 0);
        bool const separated =
            why == rbac_error::static_separation || why == rbac_error::dynamic_separation;
        CHECK(said.violations.empty() != separated);
        CHECK(said.whose.empty() != separated);
        CHECK(state() == before);
        return said;
    }

private:
    static std::string joined(list const& names) {
        std::string text;
        for (std::string const& one : names) text += one + ' ';
        return text;
    }
};

}  // namespace rolecall::tests

#endif
