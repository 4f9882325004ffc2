// The section `audit`: how it is read, what it comes to, and how it is written back. What is said
// about a section that is wrong stands in tests/policies.
#include "support/shape_findings.hpp"
#include <rolecall/audit_mode.hpp>
#include <rolecall/detail/adopt.hpp>
#include <rolecall/digest.hpp>
#include <rolecall/policy_builder.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace rolecall;
using rolecall::testing::diagnostics;
using rolecall::testing::places;
using rolecall::testing::read_sections;

namespace {

using enum audit_demand;

constexpr audit_mode required_mode{required, 0};

written_audit audit(std::string_view body) {
    auto read = read_sections("audit: " + std::string(body) + '\n');
    CHECK(places(diagnostics(read)) == "");
    REQUIRE(read.document.audit);
    return *read.document.audit;
}

audit_mode mode(std::string_view value) {
    return audit("{default: " + std::string(value) + '}').otherwise.value().mode;
}

constexpr std::string_view shop = R"(rolecall: 1
actions: {share: Pass it on, block: Stop a card}
categories:
  public-reviews: {about: What everyone reads, level: public}
  account: {about: Name and address, level: confidential}
  payment: {about: Cards, level: restricted}
  payment.card: Card numbers
  payment.card.number: The number itself
  notes: What somebody scribbled
)";

policy shop_with(std::string_view section) {
    return yaml::load_text(std::string(shop) + std::string(section)).value();
}

audit_mode allowed(policy const& p, std::string_view what, std::string_view on) {
    return p.audit_mode(p.action(what).value(), p.category(on).value(), decision::allow);
}

audit_mode denied(policy const& p) {
    return p.audit_mode(view, p.category("account").value(), decision::deny);
}

}  // namespace

TEST_CASE("a mode is a word, or a key with a time") {
    CHECK(mode("best-effort") == audit_mode{best_effort, 0});
    CHECK(mode("block") == audit_mode{block, 100});
    CHECK(mode("required") == required_mode);
    CHECK(mode("durable") == audit_mode{durable, 5000});
    CHECK(mode("{block: 1 ms}") == audit_mode{block, 1});
    CHECK(mode("{block: 16000 ms}") == audit_mode{block, 16000});
    CHECK(mode("{durable: 1 s}") == audit_mode{durable, 1000});
    CHECK(mode("{durable: 16 s}") == audit_mode{durable, 16000});
}

TEST_CASE("a packed mode is unpacked again") {
    for (audit_demand const demand : {best_effort, block, required, durable})
        for (unsigned const ms : {0U, 1U, 100U, 16000U, 16383U}) {
            audit_mode const mode{demand, static_cast<std::uint16_t>(ms)};
            CHECK(detail::unpacked(detail::packed(mode)) == mode);
        }
}

TEST_CASE("the section is read with its lines and their places") {
    auto const read = audit(
        "{default: block, denials: best-effort, actions: {delete: durable}, levels: {public: "
        "block}, categories: {payment: required, account: {view: {block: 2 s}, any: durable}}}");
    CHECK(read.at.line == 2);
    CHECK(read.at.column == 1);
    CHECK(read.otherwise->mode == audit_mode{block, 100});
    CHECK(read.otherwise->at.column == 18);
    CHECK(read.denials->mode.demand == best_effort);
    REQUIRE(read.actions.size() == 1);
    CHECK(read.actions[0].name.text == "delete");
    CHECK(read.actions[0].mode.mode == audit_mode{durable, 5000});
    REQUIRE(read.levels.size() == 1);
    CHECK(read.levels[0].name.text == "public");
    REQUIRE(read.categories.size() == 2);
    CHECK(read.categories[0].category.text == "payment");
    REQUIRE(read.categories[0].actions.size() == 1);
    CHECK(read.categories[0].actions[0].name.text == "any");
    CHECK(read.categories[0].actions[0].mode.mode == required_mode);
    REQUIRE(read.categories[1].actions.size() == 2);
    CHECK(read.categories[1].actions[0].mode.mode == audit_mode{block, 2000});
}

TEST_CASE("without the section, deleting, denials and the strictest level are required") {
    policy const p = shop_with("");
    CHECK(allowed(p, "view", "account") == audit_mode{block, 100});
    CHECK(allowed(p, "share", "public-reviews") == audit_mode{block, 100});
    CHECK(allowed(p, "delete", "account") == required_mode);
    CHECK(allowed(p, "view", "payment") == required_mode);
    CHECK(allowed(p, "view", "payment.card.number") == required_mode);
    CHECK(allowed(p, "view", "notes") == required_mode);
    CHECK(denied(p) == required_mode);
}

TEST_CASE("the nearest line that says something of the action comes first") {
    policy const p = shop_with(
        "audit:\n  default: durable\n  categories:\n    payment: {view: best-effort, any: block}\n"
        "    payment.card: {modify: durable}\n    account: {share: required}\n");
    CHECK(allowed(p, "view", "payment") == audit_mode{best_effort, 0});
    CHECK(allowed(p, "view", "payment.card.number") == audit_mode{best_effort, 0});
    CHECK(allowed(p, "modify", "payment.card.number") == audit_mode{durable, 5000});
    CHECK(allowed(p, "delete", "payment.card") == audit_mode{block, 100});
    CHECK(allowed(p, "share", "account") == required_mode);
    CHECK(allowed(p, "view", "account") == audit_mode{durable, 5000});
}

TEST_CASE("deleting and the strictest level are as strict as the default, and required at least") {
    policy const strict = shop_with("audit: {default: {durable: 2 s}}\n");
    CHECK(allowed(strict, "view", "account") == audit_mode{durable, 2000});
    CHECK(allowed(strict, "delete", "account") == audit_mode{durable, 2000});
    CHECK(allowed(strict, "view", "payment") == audit_mode{durable, 2000});
    CHECK(denied(strict) == required_mode);
    policy const mild = shop_with("audit: {default: best-effort}\n");
    CHECK(allowed(mild, "view", "account") == audit_mode{best_effort, 0});
    CHECK(allowed(mild, "delete", "account") == required_mode);
    CHECK(allowed(mild, "view", "payment") == required_mode);
    policy const said = shop_with("audit: {default: durable, actions: {delete: required}}\n");
    CHECK(allowed(said, "delete", "account") == required_mode);
    CHECK(allowed(said, "delete", "payment") == audit_mode{durable, 5000});
}

TEST_CASE("of what actions and levels say, the stricter holds") {
    policy const p = shop_with(
        "audit:\n  actions: {view: {durable: 2 s}, modify: {block: 50 ms}, delete: best-effort}\n"
        "  levels: {restricted: {durable: 1 s}, confidential: {block: 20 ms}}\n");
    CHECK(allowed(p, "view", "payment") == audit_mode{durable, 1000});
    CHECK(allowed(p, "view", "account") == audit_mode{durable, 2000});
    CHECK(allowed(p, "modify", "account") == audit_mode{block, 20});
    CHECK(allowed(p, "delete", "public-reviews") == audit_mode{best_effort, 0});
    CHECK(allowed(p, "store", "public-reviews") == audit_mode{block, 100});
    CHECK(allowed(p, "store", "notes") == audit_mode{durable, 1000});
}

TEST_CASE("denials have a mode of their own, whatever they are of") {
    policy const p = shop_with("audit:\n  denials: {block: 7 ms}\n  default: best-effort\n");
    CHECK(denied(p) == audit_mode{block, 7});
    CHECK(p.audit_mode(delete_, p.category("payment").value(), decision::deny) ==
          audit_mode{block, 7});
    CHECK(p.audit_mode(view, {}, decision::deny) == audit_mode{block, 7});
}

TEST_CASE("an allow that no such policy can give is required") {
    policy const p =
        shop_with("audit: {default: best-effort, levels: {restricted: best-effort}}\n");
    policy const other = shop_with("");
    CHECK(p.audit_mode(view, {}, decision::allow) == required_mode);
    CHECK(p.audit_mode(view, other.category("account").value(), decision::allow) == required_mode);
    CHECK(p.audit_mode(other.action("share").value(), p.category("account").value(),
                       decision::allow) == required_mode);
}

TEST_CASE("an action may be called as a mode") {
    policy const p = shop_with(
        "audit:\n  categories:\n    payment: {block: durable}\n    account: {block: 3 ms}\n"
        "    public-reviews: {block: {block: 9 ms}}\n");
    CHECK(allowed(p, "block", "payment") == audit_mode{durable, 5000});
    CHECK(allowed(p, "view", "payment") == required_mode);
    CHECK(allowed(p, "view", "account") == audit_mode{block, 3});
    CHECK(allowed(p, "block", "public-reviews") == audit_mode{block, 9});
    policy const again = yaml::load_text(yaml::write(p)).value();
    CHECK(yaml::write(again) == yaml::write(p));
    CHECK(allowed(again, "block", "payment") == audit_mode{durable, 5000});
    CHECK(allowed(again, "view", "account") == audit_mode{block, 3});
    CHECK(allowed(again, "block", "public-reviews") == audit_mode{block, 9});
}

TEST_CASE("the section is written with its lines in a fixed order and its times spelled out") {
    policy const p = shop_with(
        "audit:\n  categories: {payment.card: {delete: durable, view: block, any: required}, "
        "account: best-effort}\n  levels: {restricted: block, public: {durable: 1500 ms}}\n"
        "  actions: {delete: {durable: 2000 ms}, view: {block: 100 ms}}\n  denials: required\n"
        "  default: block\n");
    std::string const written = yaml::write(p);
    std::size_t const at = written.find("\naudit:\n");
    REQUIRE(at != std::string::npos);
    CHECK(written.substr(at + 1) == R"(audit:
  default: {block: 100 ms}
  denials: required
  actions:
    view: {block: 100 ms}
    delete: {durable: 2 s}
  levels:
    public: {durable: 1500 ms}
    restricted: {block: 100 ms}
  categories:
    account: best-effort
    payment.card:
      any: required
      view: {block: 100 ms}
      delete: {durable: 5 s}
)");
}

TEST_CASE("how a mode is spelled changes no digest, and another mode does") {
    auto const of = [](std::string_view mode) {
        return digest(shop_with("audit: {default: " + std::string(mode) + "}\n"));
    };
    CHECK(of("block") == of("{block: 100 ms}"));
    CHECK(of("durable") == of("{durable: 5000 ms}"));
    CHECK(of("block") != of("{block: 101 ms}"));
    CHECK(of("required") != digest(shop_with("")));
}

TEST_CASE("the section may stand in any file of the policy") {
    auto const p = yaml::load_texts({{"a.yaml", "rolecall: 1\naudit: {categories: {b: durable}}\n"},
                                     {"b.yaml", "rolecall: 1\ncategories: {b: Data}\n"}});
    REQUIRE(p);
    CHECK(allowed(*p, "view", "b") == audit_mode{durable, 5000});
}

TEST_CASE("code fills in the section as a file does") {
    policy_builder made;
    made.category("account", "Name and address").level("confidential");
    made.category("account.mail", "Where letters go");
    made.category("payment", "Cards").level("restricted");
    made.audit()
        .otherwise({best_effort, 0})
        .denials({block, 10})
        .action("store", {durable, 3000})
        .level("restricted", {durable, 1000})
        .category("account", {block, 30})
        .category("account", {durable, 40}, "delete");
    auto const p = made.build();
    REQUIRE(p);
    CHECK(allowed(*p, "view", "account.mail") == audit_mode{block, 30});
    CHECK(allowed(*p, "delete", "account") == audit_mode{durable, 40});
    CHECK(allowed(*p, "store", "payment") == audit_mode{durable, 1000});
    CHECK(denied(*p) == audit_mode{block, 10});
    policy const again = yaml::load_text(yaml::write(*p)).value();
    CHECK(yaml::write(again) == yaml::write(*p));
}

TEST_CASE("code can't demand what a file could not say") {
    auto const codes = [](auto const& fill) {
        policy_builder made;
        made.category("account", "Name and address");
        fill(made.audit());
        std::string result;
        auto const built = made.build();
        CHECK_FALSE(built);
        for (diagnostic const& d : built.findings())
            result += std::string(to_string(d.code)) + ": " + d.text + '\n';
        return result;
    };
    using entry = policy_builder::audit_entry;
    CHECK(codes([](entry a) {
              a.otherwise({block, 0});
          }) == "invalid-value: `audit` can't wait 0 ms for `default`: it takes 1 to 16000 ms\n");
    CHECK(codes([](entry a) {
              a.action("view", {durable, 16001});
          }) == "invalid-value: `audit` can't wait 16001 ms for `view`: it takes 1 to 16000 ms\n");
    CHECK(codes([](entry a) {
              a.denials({required, 5});
          }) == "invalid-value: `audit` can't wait 5 ms for `denials`, whose mode takes no time\n");
    CHECK(codes([](entry a) {
              a.category("account", required_mode).category("account", required_mode);
          }) == "repeated-name: action `any` stands twice in this list\n");
    CHECK(codes([](entry a) { a.category("acount", required_mode); }) ==
          "unknown-category: unknown category `acount`; did you mean `account`?\n");
    CHECK(codes([](entry a) {
              a.level("secret", required_mode);
          }).starts_with("unknown-level: unknown level `secret`"));
}

TEST_CASE("adopted, a policy demands the same under other numbers") {
    policy const elder = yaml::load_text(R"(rolecall: 1
actions: {audit: Look closer, print: On paper}
categories: {zebra: Stripes, ant: Legs}
)")
                             .value();
    policy const fresh = yaml::load_text(R"(rolecall: 1
actions: {print: On paper, burn: In fire}
categories: {ant: Legs, bee: Wings}
audit:
  default: required
  levels: {restricted: {block: 5 ms}}
  actions: {burn: {durable: 7 s}, print: {durable: 6 s}}
  categories: {bee: {print: required}}
  denials: {block: 3 ms}
)")
                             .value();
    policy const p = detail::adopt(fresh, elder).value();
    CHECK(p.audit_mode(view, elder.category("ant").value(), decision::allow) ==
          audit_mode{block, 5});
    CHECK(p.audit_mode(elder.action("print").value(), elder.category("ant").value(),
                       decision::allow) == audit_mode{durable, 6000});
    CHECK(allowed(p, "burn", "bee") == audit_mode{durable, 7000});
    CHECK(allowed(p, "print", "bee") == required_mode);
    // Names that it does not declare are required, whatever `default` says.
    CHECK(p.audit_mode(elder.action("audit").value(), elder.category("ant").value(),
                       decision::allow) == required_mode);
    CHECK(p.audit_mode(view, elder.category("zebra").value(), decision::allow) == required_mode);
    CHECK(p.audit_mode(view, elder.category("ant").value(), decision::deny) ==
          audit_mode{block, 3});
}
