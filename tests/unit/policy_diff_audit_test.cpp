// What a change of the section `audit` comes to. tests/model compares whole differences.
#include <rolecall/policy_diff.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using namespace rolecall;

policy_diff audit_diff(std::string const& before, std::string const& after) {
    std::string const shop =
        "rolecall: 1\ncategories:\n  account: {about: Names, level: internal}\n"
        "  account.mail: Letters\n  payment: {about: Cards, level: restricted}\n";
    return compare(yaml::load_text(shop + before, "p.yaml").value(),
                   yaml::load_text(shop + after, "p.yaml").value());
}

// `account, account.mail: view {block: 100 ms} > best-effort, loosens (6 > 6)`
std::vector<std::string> demands(policy_diff const& of) {
    std::vector<std::string> result;
    for (statement_change const& c : of.statements) {
        CHECK(c.of == statement_change::section::audit);
        CHECK(c.what == statement_change::kind::changed);
        result.push_back(c.name + ": " + c.property + ' ' + c.before + " > " + c.after +
                         (c.loosens ? ", loosens (" : " (") + std::to_string(c.where_before.line) +
                         " > " + std::to_string(c.where_after.line) + ')');
    }
    return result;
}

}  // namespace

TEST_CASE("a demand that changed is told with what it comes to") {
    using lines = std::vector<std::string>;
    CHECK(demands(audit_diff("", "audit: {default: best-effort}\n")) ==
          lines{"account, account.mail: view, modify, store {block: 100 ms} > best-effort, loosens "
                "(0 > 6)"});
    CHECK(demands(audit_diff("audit: {categories: {account: {view: best-effort}}}\n",
                             "audit: {denials: best-effort, actions: {delete: durable}}\n")) ==
          lines{": denials required > best-effort, loosens (6 > 6)",
                "account, account.mail: view best-effort > {block: 100 ms} (6 > 6)",
                "account, account.mail, payment: delete required > {durable: 5 s} (6 > 6)"});
    CHECK(demands(audit_diff("audit: {default: {block: 100 ms}}\n",
                             "audit: {default: {block: 200 ms}}\n")) ==
          lines{"account, account.mail: view, modify, store {block: 100 ms} > {block: 200 ms}, "
                "loosens (6 > 6)"});
}

TEST_CASE("what is said in other words is no difference") {
    policy_diff const same = audit_diff("", "audit: {denials: required, default: block}\n");
    CHECK(same.empty());
    CHECK(same.digest_before != same.digest_after);
    CHECK(audit_diff("audit: {levels: {restricted: durable}}\n",
                     "audit: {categories: {payment: durable}}\n")
              .empty());
}
