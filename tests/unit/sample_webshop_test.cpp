// The web shop of policies/webshop, asked as its owner would ask. The story is told in
// docs/stories/webshop.md.
#include "unit/sample_policies.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <string_view>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

void expect_of_webshop(std::initializer_list<question> questions,
                       std::string_view day = "2027-03-01") {
    static policy const webshop = sample_policy("webshop");
    testing::expect(webshop, day, questions);
}

constexpr std::string_view dock = "dock@northgate.example";
constexpr std::string_view kit = "kit@brightfox.example";
constexpr std::string_view tess = "tess@brightfox.example";
constexpr std::string_view raj = "raj@freelance.example";

}  // namespace

TEST_CASE("a customer of the web shop sees and changes what is their own") {
    expect_of_webshop({
        {"c-88 as customer", "view", "account", "own-data", "granted"},
        {"c-88 as customer", "modify", "account.address", "own-data", "granted"},
        {"c-88 as customer", "store", "order", "own-data", "granted"},
        {"c-88 as customer", "view", "payment.history", "own-data", "granted"},
        {"c-88 as customer", "view", "fitting", "own-data", "granted"},
        {"c-88 as customer", "modify", "review", "own-data", "granted"},
        {"c-88 as customer", "view", "account", "not own-data", "unmet"},
        {"c-88 as customer", "view", "account", "", "undecided"},
        {"c-88 as customer", "view", "order.return", "not own-data", "unmet"},
        {"c-88 as customer", "modify", "payment.history", "own-data", "not-granted"},
        {"c-88", "view", "account", "own-data", "unknown-name"},
    });
}

TEST_CASE("consent to the web shop can be taken back as easily as it was given") {
    expect_of_webshop({
        {"c-88 as customer", "store", "review.photo", "own-data, consent", "granted"},
        {"c-88 as customer", "store", "review.photo", "own-data, not consent", "unmet"},
        {"c-88 as customer", "delete", "review.photo", "own-data, not consent", "granted"},
        {"c-88 as customer", "delete", "newsletter", "own-data, not consent", "granted"},
        {"c-88 as customer", "delete", "fitting", "own-data, not consent", "granted"},
        {"c-88 as customer", "store", "newsletter", "own-data", "undecided"},
    });
}

TEST_CASE("photos and reviews of the web shop need consent before they are used") {
    expect_of_webshop({
        {kit, "publish", "review.photo", "", "undecided"},
        {kit, "publish", "review.photo", "not consent", "unmet"},
        {kit, "publish", "review.photo", "consent", "granted"},
        {kit, "view", "review.photo", "", "undecided"},
        {kit, "view", "review.photo", "not consent", "unmet"},
        {kit, "publish", "review", "not consent", "unmet"},
        {kit, "publish", "review", "consent", "granted"},
        {"lena", "share", "review.photo", "", "undecided"},
        {"lena", "share", "review.photo", "not consent", "unmet"},
        {"lena", "share", "review.photo", "consent", "granted"},
        {"lena", "store", "review.photo", "not consent", "unmet"},
        {"lena", "share", "review", "not consent", "unmet"},
        {"lena", "delete", "review.photo", "not consent", "granted"},
        {"omar", "view", "review", "", "granted"},
        {"omar", "view", "review.photo", "consent", "not-granted"},
    });
}

TEST_CASE("the newsletter of the web shop goes to those who asked for it") {
    expect_of_webshop({
        {"lena", "store", "newsletter", "consent", "granted"},
        {"lena", "store", "newsletter", "not consent", "unmet"},
        {"lena", "delete", "newsletter", "", "granted"},
        {kit, "view", "newsletter", "consent", "forbidden"},
    });
}

TEST_CASE("cards of the web shop are opened by name only") {
    expect_of_webshop({
        {"wim", "view", "payment", "", "granted"},
        {"wim", "view", "payment.history", "", "granted"},
        {"wim", "view", "payment.card", "masked", "not-granted"},
        {"nadia as refunds", "view", "payment.card", "masked", "not-granted"},
        {"omar", "view", "payment.card", "open-ticket, masked", "not-granted"},
        {"ada", "view", "payment.card", "privacy-request, masked", "not-granted"},
        {"ada", "delete", "payment.card", "privacy-request, not must-be-kept", "granted"},
        {"paywell", "store", "payment.card", "encrypted", "granted"},
        {"c-88 as customer", "delete", "payment.card", "own-data, not must-be-kept", "granted"},
    });
}

TEST_CASE("a card of the web shop is shown masked and stored encrypted, whoever asks") {
    expect_of_webshop({
        {"paywell", "view", "payment.card", "masked", "granted"},
        {"paywell", "view", "payment.card", "not masked", "unmet"},
        {"paywell", "store", "payment.card", "", "undecided"},
        {"paywell", "store", "payment.card", "not encrypted", "unmet"},
        {"c-88 as customer", "view", "payment.card", "own-data, masked", "granted"},
        {"c-88 as customer", "view", "payment.card", "own-data, not masked", "unmet"},
        {"c-88 as customer", "store", "payment.card", "own-data, not encrypted", "unmet"},
    });
}

TEST_CASE("the web shop never keeps the code on the back of a card") {
    expect_of_webshop({
        {"paywell", "store", "payment.card.code", "encrypted", "forbidden"},
        {"paywell", "view", "payment.card.code", "masked", "forbidden"},
        {"c-88 as customer", "store", "payment.card.code", "own-data, encrypted", "forbidden"},
        {"wim", "view", "payment.card.code", "masked", "forbidden"},
        {"wim", "modify", "payment.card.code", "", "forbidden"},
        {"wim", "delete", "payment.card.code", "not must-be-kept", "not-granted"},
    });
}

TEST_CASE("the warehouse of the web shop sees addresses of open orders, until the contract ends") {
    expect_of_webshop({
        {dock, "view", "account.address", "open-order", "granted"},
        {dock, "view", "account.address", "not open-order", "unmet"},
        {dock, "view", "account.address", "", "undecided"},
        {dock, "modify", "order", "open-order", "granted"},
        {dock, "view", "order", "not open-order", "unmet"},
        {dock, "store", "order.return", "", "granted"},
        {dock, "view", "account", "open-order", "not-granted"},
        {dock, "modify", "account.address", "open-order", "not-granted"},
        {dock, "view", "payment", "open-order", "forbidden"},
        {dock, "view", "payment.history", "open-order", "forbidden"},
    });
    expect_of_webshop({{dock, "view", "account.address", "open-order", "granted"}}, "2028-06-30");
    expect_of_webshop({{dock, "view", "account.address", "open-order", "expired"}}, "2028-07-01");
}

TEST_CASE("the agency of the web shop sees neither money nor addresses") {
    expect_of_webshop({
        {kit, "view", "statistics", "", "granted"},
        {kit, "view", "payment", "", "forbidden"},
        {kit, "view", "payment.history", "", "forbidden"},
        {kit, "view", "payment.card", "masked", "forbidden"},
        {kit, "view", "account", "", "forbidden"},
        {kit, "view", "account.address", "open-order", "forbidden"},
        {kit, "view", "order", "open-order", "not-granted"},
        {"lena", "view", "payment", "", "forbidden"},
        {"lena", "view", "account", "", "not-granted"},
    });
}

TEST_CASE("the agency sees no money of the web shop whatever other role helps") {
    expect_of_webshop({
        {tess, "view", "ticket", "", "granted"},
        {tess, "view", "order", "open-ticket", "granted"},
        {tess, "view", "payment", "open-ticket", "forbidden"},
        {tess, "view", "payment.history", "open-ticket", "forbidden"},
        {tess, "view", "account.address", "open-ticket", "forbidden"},
        {"tess@brightfox.example as support", "view", "payment", "open-ticket", "forbidden"},
        {"omar", "view", "payment", "open-ticket", "granted"},
        {"sam as agency + accounting", "view", "payment", "", "forbidden"},
        {"sam as agency + accounting", "view", "payment.history", "", "forbidden"},
        {"sam as agency + payment-provider", "view", "payment.card", "masked", "forbidden"},
        {"sam as agency + refunds", "modify", "payment", "", "forbidden"},
    });
    expect_of_webshop({{tess, "view", "ticket", "", "granted"}}, "2027-09-30");
    expect_of_webshop({{tess, "view", "ticket", "", "expired"},
                       {tess, "view", "payment", "open-ticket", "expired"},
                       {kit, "publish", "review.photo", "consent", "expired"}},
                      "2027-10-01");
}

TEST_CASE("developers see customers of the web shop with a ticket only, and change nothing") {
    expect_of_webshop({
        {raj, "view", "account", "open-ticket", "granted"},
        {raj, "view", "order", "open-ticket", "granted"},
        {raj, "view", "ticket", "open-ticket", "granted"},
        {raj, "view", "account", "not open-ticket", "unmet"},
        {raj, "view", "order", "", "undecided"},
        {raj, "view", "account.address", "open-ticket", "not-granted"},
        {raj, "view", "payment", "open-ticket", "forbidden"},
        {raj, "view", "payment.card", "open-ticket, masked", "forbidden"},
        {raj, "modify", "order", "open-ticket", "forbidden"},
        {raj, "delete", "ticket", "open-ticket", "forbidden"},
        {"sam as developer + support", "store", "ticket", "open-ticket", "forbidden"},
        {"sam as developer + marketing", "publish", "review", "consent", "forbidden"},
        {"sam as developer + marketing", "share", "review", "consent", "forbidden"},
        {"sam as developer + support", "modify", "account", "open-ticket, verified", "forbidden"},
    });
}

TEST_CASE("a developer of the web shop is out on the day after the contract") {
    expect_of_webshop({{raj, "view", "order", "open-ticket", "granted"}}, "2027-06-30");
    expect_of_webshop(
        {{raj, "view", "order", "open-ticket", "expired"},
         {"raj@freelance.example as developer", "view", "order", "open-ticket", "expired"}},
        "2027-07-01");
    expect_of_webshop({{"mo@freelance.example", "view", "order", "open-ticket", "expired"}});
    expect_of_webshop({{"mo@freelance.example", "view", "order", "open-ticket", "granted"}},
                      "2026-06-30");
}

TEST_CASE("the payment provider of the web shop sees payments, and nothing else") {
    expect_of_webshop({
        {"paywell", "view", "payment", "", "granted"},
        {"paywell", "modify", "payment", "", "granted"},
        {"paywell", "store", "payment.history", "", "granted"},
        {"paywell", "view", "account", "", "not-granted"},
        {"paywell", "view", "order", "open-order", "not-granted"},
        {"paywell", "delete", "payment", "not must-be-kept", "forbidden"},
    });
    expect_of_webshop({{"paywell", "view", "payment", "", "granted"}}, "2029-12-31");
    expect_of_webshop({{"paywell", "view", "payment", "", "expired"}}, "2030-01-01");
}

TEST_CASE("foot scans of the web shop stay in the house, with explicit consent") {
    expect_of_webshop({
        {"jette", "view", "fitting", "consent", "granted"},
        {"jette", "store", "fitting", "consent", "granted"},
        {"jette", "modify", "fitting", "not consent", "unmet"},
        {"jette", "view", "fitting", "not consent", "unmet"},
        {"jette", "store", "fitting", "", "undecided"},
        {"jette", "delete", "fitting", "not consent", "granted"},
        {"jette", "view", "order", "open-order", "granted"},
        {"omar", "view", "fitting", "consent, open-ticket", "not-granted"},
        {"lena", "view", "fitting", "consent", "not-granted"},
        {dock, "view", "fitting", "consent, open-order", "forbidden"},
        {"sam as agency + fitter", "view", "fitting", "consent", "forbidden"},
        {"sam as developer + fitter", "view", "fitting", "consent", "forbidden"},
    });
}

TEST_CASE("support of the web shop opens data of a customer who waits for help") {
    expect_of_webshop({
        {"omar", "view", "account", "open-ticket", "granted"},
        {"omar", "view", "account", "not open-ticket", "unmet"},
        {"omar", "modify", "account.address", "open-ticket, verified", "granted"},
        {"omar", "modify", "account.address", "open-ticket", "undecided"},
        {"omar", "modify", "account.address", "open-ticket, not verified", "unmet"},
        {"omar", "modify", "account", "open-ticket, not verified", "unmet"},
        {"omar", "modify", "order", "open-ticket, not verified", "unmet"},
        {"omar", "view", "payment.history", "open-ticket", "granted"},
        {"omar", "modify", "payment", "open-ticket, verified", "not-granted"},
        {"omar", "store", "ticket", "", "granted"},
        {"omar", "delete", "ticket", "", "not-granted"},
    });
}

TEST_CASE("in the web shop nobody both takes parcels back and refunds them") {
    expect_of_webshop({
        {"sam as warehouse + refunds", "view", "order.return", "", "separation"},
        {"sam as warehouse + refunds", "modify", "payment", "", "separation"},
        {"nadia as refunds", "modify", "payment", "", "granted"},
        {"nadia as refunds", "view", "order.return", "", "granted"},
        {"nadia as refunds", "store", "order.return", "", "not-granted"},
    });
    CHECK(code_with_one_more_role("webshop", "dock@northgate.example", "refunds") ==
          "separation-by-user");
    CHECK(code_with_one_more_role("webshop", "nadia", "warehouse") == "separation-by-user");
    CHECK(code_with_one_more_role("webshop", "dock@northgate.example", "fitter") == "");
}

TEST_CASE("who has support and refunds in the web shop uses one at a time") {
    expect_of_webshop({
        {"nadia", "view", "payment", "", "separation"},
        {"nadia as support + refunds", "view", "payment", "", "separation"},
        {"nadia as support", "view", "payment", "open-ticket", "granted"},
        {"nadia as support", "modify", "payment", "open-ticket", "not-granted"},
        {"nadia as refunds", "view", "ticket", "", "not-granted"},
    });
}

TEST_CASE("what the web shop deletes is no longer needed, and not asked for by law") {
    expect_of_webshop({
        {"c-88 as customer", "delete", "account", "own-data, not open-order", "granted"},
        {"c-88 as customer", "delete", "account", "own-data, open-order", "forbidden"},
        {"c-88 as customer", "delete", "account.address", "own-data", "forbidden"},
        {"ada", "delete", "account", "privacy-request, not open-order", "granted"},
        {"ada", "delete", "account", "not privacy-request, not open-order", "unmet"},
        {"ada", "delete", "order", "privacy-request, not must-be-kept", "granted"},
        {"ada", "delete", "order", "privacy-request, must-be-kept", "forbidden"},
        {"ada", "delete", "payment.history", "privacy-request, must-be-kept", "forbidden"},
        {"ada", "delete", "payment.history", "privacy-request", "forbidden"},
        {"ada", "delete", "fitting", "privacy-request", "granted"},
        {"ada", "delete", "review.photo", "privacy-request", "granted"},
        {"wim", "delete", "payment.history", "not must-be-kept", "not-granted"},
        {"sam as warehouse + marketing", "delete", "review", "", "forbidden"},
    });
}

TEST_CASE("a customer of the web shop has no right on what is not theirs") {
    CHECK(rights_without(sample_policy("webshop"), "own-data", "customer") == "");
}

TEST_CASE("the web shop opens customer data for a reason that is there, or not at all") {
    policy const webshop = sample_policy("webshop");
    CHECK(rights_without(webshop, "open-ticket", "developer") == "");
    CHECK(rights_without(webshop, "open-order", "warehouse") ==
          "modify order.return\nstore order.return\nview order.return\n");
    CHECK(rights_without(webshop, "open-ticket", "support") ==
          "view review\nview statistics\nmodify ticket\nstore ticket\nview ticket\n");
    CHECK(rights_without(webshop, "privacy-request", "privacy") ==
          "view review\nview statistics\n");
}

TEST_CASE("each kind of data in the web shop is open to those who need it, and nobody else") {
    // Small letters: under a condition.
    constexpr std::string_view expected =
        "account: accounting V, customer vmsd, developer v, privacy vmsd, support vm\n"
        "account.address: accounting V, customer vmsd, privacy vmsd, support vm, "
        "warehouse v\n"
        "fitting: customer vsd, fitter vmsD, privacy vd\n"
        "newsletter: customer vmsd, marketing VMsD, privacy vd\n"
        "order: accounting V, customer vs, developer v, fitter v, privacy vd, refunds V, "
        "support vm, warehouse vm\n"
        "order.return: customer vs, privacy vd, refunds V, support v, warehouse VMS\n"
        "payment: accounting V, customer vs, payment-provider VM, privacy vd, refunds VM, "
        "support v\n"
        "payment.card: customer vsd, payment-provider vs, privacy d\n"
        "payment.history: accounting VS, customer v, payment-provider S, privacy vd, "
        "refunds VS, support v\n"
        "review: accounting V, agency Vp, campaigns Vp, customer vmsd, employee V, fitter "
        "V, marketing VDph, privacy Vd, refunds V, support V\n"
        "review.photo: agency vp, campaigns vp, customer vsd, marketing vsDph, privacy vd\n"
        "statistics: accounting V, agency V, campaigns V, employee V, fitter V, marketing "
        "V, privacy V, refunds V, support V\n"
        "ticket: customer vs, developer v, privacy vd, support VMS\n";
    CHECK(rights_by_category(sample_policy("webshop"),
                             "view, modify, store, delete, publish, share", "VMSDPH") == expected);
}

TEST_CASE("the web shop says where PCI DSS applies, and which data is of a special category") {
    policy const webshop = sample_policy("webshop");
    CHECK(labelled(webshop, "PCI DSS") ==
          "payment.card restricted\n"
          "payment.card.code restricted\n");
    CHECK(labelled(webshop, "GDPR Art. 9") == "fitting restricted\n");
}
