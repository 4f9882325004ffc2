// The example of the page that describes the format, and what the page says about it. The answers
// are worked out by hand: they hold for the model, and for the library beside it.

#include "engine.hpp"

#include <doctest/doctest.h>

using namespace model;

namespace {

char const* const shop_yaml = R"(rolecall: 1

policy:                          # once per policy
  name: Corner Shop customer data
  owner: privacy@corner-shop.example
  review-by: 2099-03-31

levels: [public, internal, confidential, restricted]

actions:
  share: Pass the data on to a partner

facts:
  consent: The customer signed a release for this photo or quote
  open-ticket: The customer has an open ticket with this employee
  encrypted: The value is encrypted before it is written
  legal-hold: A court or regulator asked to keep this customer's records
  dispute: The customer disputes a charge

categories:
  leads: People who asked for an offer
  account:
    about: Name, address and contact details
    level: confidential
  payment:
    about: Card and bank details kept for recurring orders
    level: restricted
    laws: [PCI DSS]
    requires:
      store: encrypted
  payment.card: {about: Card numbers, level: restricted, named-only: yes}
  payment.history: What was paid when
  health: {about: Treatment notes, level: restricted, laws: [HIPAA]}
  testimonial:
    about: Photos and quotes that customers sent in
    level: internal
    requires: {view: consent, store: consent, share: consent}
  feedback: Survey answers and reviews

roles:
  employee:
    about: Everyone on the payroll
    may:
      feedback: view
  marketing:
    inherits: [employee]
    may:
      leads: all
      testimonial: [view, store, share]
  support:
    inherits: [employee]
    may:
      account: [view, modify]
      payment.history: view
      payment:
        view: {if: open-ticket}
        modify: {if-all: [open-ticket, consent]}
  billing:
    inherits: [employee]
    may:
      account: view
      payment.*: view
      payment.card: [view, store]
      payment:
        view: always
        delete: {if-any: [consent, dispute]}
        modify: {any-of: [{if-all: [open-ticket, consent]}, {if: dispute}]}
  refunds:
    about: Approves refunds
    inherits: [employee]
    may:
      payment: [view, modify]

users:
  dana: [support]
  bo: {roles: [billing], until: 2026-12-31}
  eve: [support, {roles: [refunds], until: 2026-11-30}]

never:
  marketing-sees-no-money:
    roles: [marketing]
    categories: [payment, health]
    because: Campaigns do not need card or medical data
  records-on-hold:
    categories: [account]
    actions: [modify, delete]
    if-any: [legal-hold, dispute]

separation:
  take-and-refund:
    roles: [billing, refunds]
    at-most: 1
    per: person
    because: Who takes the money must not approve the refund
)";

condition all_of(names facts) { return {{{term::need::all, std::move(facts)}}}; }

condition any_of(names facts) { return {{{term::need::any, std::move(facts)}}}; }

category about(std::string text) {
    category made;
    made.about = std::move(text);
    return made;
}

policy shop() {
    condition const always;
    policy made;
    made.name = "Corner Shop customer data";
    made.owner = "privacy@corner-shop.example";
    made.review_by = date{2099, 3, 31};
    made.levels = {"public", "internal", "confidential", "restricted"};
    made.actions["share"] = {"Pass the data on to a partner", ""};
    made.facts["consent"] = {"The customer signed a release for this photo or quote", ""};
    made.facts["open-ticket"] = {"The customer has an open ticket with this employee", ""};
    made.facts["encrypted"] = {"The value is encrypted before it is written", ""};
    made.facts["legal-hold"] = {"A court or regulator asked to keep this customer's records", ""};
    made.facts["dispute"] = {"The customer disputes a charge", ""};
    made.categories["leads"] = about("People who asked for an offer");
    made.categories["account"] = about("Name, address and contact details");
    made.categories["payment"] = about("Card and bank details kept for recurring orders");
    made.categories["payment"].required["store"] = all_of({"encrypted"});
    made.categories["payment.card"] = about("Card numbers");
    made.categories["payment.card"].named_only = true;
    made.categories["payment.history"] = about("What was paid when");
    made.categories["health"] = about("Treatment notes");
    made.categories["testimonial"] = about("Photos and quotes that customers sent in");
    for (auto const* action : {"view", "store", "share"}) {
        made.categories["testimonial"].required[action] = all_of({"consent"});
    }
    made.categories["feedback"] = about("Survey answers and reviews");
    made.roles["employee"].may = {{"feedback", false, {{"view", always}}}};
    made.roles["marketing"].may = {
        {"leads", false, {{"all", always}}},
        {"testimonial", false, {{"view", always}, {"store", always}, {"share", always}}}};
    made.roles["support"].may = {
        {"account", false, {{"view", always}, {"modify", always}}},
        {"payment.history", false, {{"view", always}}},
        {"payment",
         false,
         {{"view", all_of({"open-ticket"})}, {"modify", all_of({"open-ticket", "consent"})}}}};
    condition either = all_of({"open-ticket", "consent"});
    either.any_of.push_back({term::need::all, {"dispute"}});
    made.roles["billing"].may = {
        {"account", false, {{"view", always}}},
        {"payment", true, {{"view", always}}},
        {"payment.card", false, {{"view", always}, {"store", always}}},
        {"payment",
         false,
         {{"view", always}, {"delete", any_of({"consent", "dispute"})}, {"modify", either}}}};
    made.roles["refunds"].may = {{"payment", false, {{"view", always}, {"modify", always}}}};
    for (auto const* name : {"marketing", "support", "billing", "refunds"}) {
        made.roles[name].inherits = {"employee"};
    }
    made.roles["employee"].about = "Everyone on the payroll";
    made.users["dana"] = {{{"support"}, {}}};
    made.users["bo"] = {{{"billing"}, date{2026, 12, 31}}};
    made.users["eve"] = {{{"support"}, {}}, {{"refunds"}, date{2026, 11, 30}}};
    made.never["marketing-sees-no-money"] = {
        {"marketing"}, {"payment", "health"}, {}, {}, "Campaigns do not need card data"};
    made.never["records-on-hold"] = {{},
                                     {"account"},
                                     {"modify", "delete"},
                                     term{term::need::any, {"legal-hold", "dispute"}},
                                     ""};
    made.separations["take-and-refund"] = {{"billing", "refunds"}, 1, true, "Two pairs of eyes"};
    return made;
}

struct expectation {
    question asked;
    std::string reason;
};

question as(names roles, std::string action, std::string category,
            std::map<std::string, truth> facts = {}) {
    return {{},
            std::move(roles),
            std::move(action),
            std::move(category),
            std::move(facts),
            {2026, 11, 30}};
}

question by(std::string user, std::optional<names> roles, std::string action, std::string category,
            date on = {2026, 11, 30}) {
    return {std::move(user), std::move(roles), std::move(action), std::move(category), {}, on};
}

std::vector<expectation> expectations() {
    auto const yes = truth::yes;
    auto const no = truth::no;
    auto const unknown = truth::unknown;
    return {
        // Grants, inheritance, `all`, `.*` and named-only.
        {as({"marketing"}, "view", "feedback"), "granted"},
        {as({"marketing"}, "delete", "leads"), "granted"},
        {as({"marketing"}, "share", "leads"), "not-granted"},
        {as({"employee"}, "view", "leads"), "not-granted"},
        {as({"billing"}, "view", "payment.history"), "granted"},
        {as({"billing"}, "store", "payment.history"), "not-granted"},
        {as({"billing"}, "view", "payment.card"), "granted"},
        {as({"support"}, "view", "payment.card"), "not-granted"},
        // Facts and requires.
        {as({"support"}, "view", "payment"), "undecided"},
        {as({"support"}, "view", "payment", {{"open-ticket", yes}}), "granted"},
        {as({"support"}, "view", "payment", {{"open-ticket", no}}), "unmet"},
        {as({"support"}, "modify", "payment", {{"open-ticket", yes}}), "undecided"},
        {as({"support"}, "modify", "payment", {{"consent", no}}), "unmet"},
        {as({"billing"}, "delete", "payment", {{"consent", no}}), "undecided"},
        {as({"billing"}, "delete", "payment", {{"consent", no}, {"dispute", yes}}), "granted"},
        {as({"billing"}, "modify", "payment", {{"dispute", yes}}), "granted"},
        {as({"billing"}, "modify", "payment", {{"dispute", no}, {"consent", no}}), "unmet"},
        {as({"billing"}, "store", "payment.card"), "undecided"},
        {as({"billing"}, "store", "payment.card", {{"encrypted", yes}}), "granted"},
        {as({"billing"}, "store", "payment.card", {{"encrypted", no}}), "unmet"},
        {as({"marketing"}, "view", "testimonial", {{"consent", unknown}}), "undecided"},
        {as({"marketing"}, "share", "testimonial", {{"consent", yes}}), "granted"},
        {as({"marketing"}, "delete", "testimonial", {{"consent", yes}}), "not-granted"},
        // Guardrails.
        {as({"marketing", "billing"}, "view", "payment.card"), "forbidden"},
        {as({"marketing"}, "view", "health"), "forbidden"},
        {as({"employee"}, "view", "health"), "not-granted"},
        {as({"support"}, "modify", "account"), "forbidden"},
        {as({"support"}, "modify", "account", {{"legal-hold", no}}), "forbidden"},
        {as({"support"}, "modify", "account", {{"legal-hold", no}, {"dispute", no}}), "granted"},
        {as({"support"}, "view", "account", {{"legal-hold", yes}}), "granted"},
        // Separation, of active roles where no person is known.
        {as({"billing", "refunds"}, "view", "feedback"), "separation"},
        {as({"billing", "support"}, "view", "feedback"), "granted"},
        // Users, their assignments and their choice.
        {by("dana", {}, "view", "account"), "granted"},
        {by("dana", names{}, "view", "account"), "not-granted"},
        {by("dana", names{"employee"}, "view", "account"), "not-granted"},
        {by("dana", names{"employee"}, "view", "feedback"), "granted"},
        {by("dana", names{"billing"}, "view", "account"), "not-assigned"},
        {by("nobody", names{"billing"}, "view", "account"), "unknown-name"},
        {by("bo", {}, "view", "payment", {2026, 12, 31}), "granted"},
        {by("bo", {}, "view", "payment", {2027, 1, 1}), "expired"},
        {by("eve", {}, "view", "payment"), "granted"},
        {by("eve", {}, "view", "payment", {2026, 12, 1}), "undecided"},
        {by("eve", names{"refunds"}, "view", "payment", {2026, 12, 1}), "not-assigned"},
        // Names, which come before everything else.
        {as({"boss"}, "view", "account"), "unknown-name"},
        {as({"support"}, "veiw", "account"), "unknown-name"},
        {as({"support"}, "all", "account"), "unknown-name"},
        {as({"support"}, "view", "accounts"), "unknown-name"},
        {as({"billing"}, "view", "payment.*"), "unknown-name"},
        {as({"support"}, "view", "account", {{"weather", unknown}}), "unknown-name"},
        {by("bo", names{"boss"}, "view", "account", {2027, 1, 1}), "unknown-name"},
    };
}

}  // namespace

TEST_CASE("the model answers the example of the page as the page says") {
    CHECK(problems(shop()).empty());
    for (auto const& expected : expectations()) {
        auto const& asked = expected.asked;
        auto const& reason = expected.reason;
        CAPTURE(text(asked));
        CHECK(decide(shop(), asked).reason == reason);
        CHECK(decide(shop(), asked).allow == (reason == "granted"));
    }
}

TEST_CASE("the library answers the example of the page as the page says") {
    std::string errors;
    auto const built = engine::build(shop(), errors);
    REQUIRE_MESSAGE(built != nullptr, errors);
    auto const loaded = engine::load({{"policy.yaml", shop_yaml}}, errors);
    REQUIRE_MESSAGE((loaded != nullptr || errors == no_yaml_reader), errors);
    for (auto const& expected : expectations()) {
        auto const& asked = expected.asked;
        auto const& reason = expected.reason;
        for (auto* made : {built.get(), loaded.get()}) {
            if (made != nullptr) {
                CAPTURE(text(asked));
                CHECK(made->decide(asked).reason == reason);
                CHECK(made->decide_by_reference(asked) == made->decide(asked));
            }
        }
    }
}

TEST_CASE("the model finds what makes a policy invalid") {
    auto const wrong = [](auto const& change) {
        auto made = shop();
        change(made);
        return !problems(made).empty();
    };
    CHECK(wrong([](policy& made) { made.roles["employee"].inherits = {"support"}; }));
    CHECK(wrong([](policy& made) { made.roles["employee"].inherits = {"boss"}; }));
    CHECK(wrong([](policy& made) { made.roles["refunds"].inherits = {"billing"}; }));
    CHECK(wrong([](policy& made) { made.users["bo"].push_back({{"refunds"}, date{2020, 1, 1}}); }));
    CHECK(wrong([](policy& made) { made.roles["support"].may[0].rights["all"] = {}; }));
    CHECK(wrong([](policy& made) { made.roles["support"].may[0].below = true; }));
    CHECK(wrong([](policy& made) { made.facts["open_ticket"] = {"The same", ""}; }));
    CHECK(wrong([](policy& made) { made.facts["everyone"] = {"A reserved name", ""}; }));
    CHECK(wrong([](policy& made) { made.separations["take-and-refund"].at_most = 2; }));
    CHECK(wrong([](policy& made) {
        made.limited = true;
        made.roles["support"].inherits = {"employee", "refunds"};
    }));
}
