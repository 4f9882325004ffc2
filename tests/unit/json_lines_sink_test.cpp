// The sink that writes lines to a file: what it records, and what its authorizer makes of a no.
#include "support/file_size_limit.hpp"
#include "support/recorded_lines.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/json_lines.hpp>
#include <rolecall/recent_records.hpp>
#include <rolecall/sinks.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;
namespace fs = std::filesystem;

static_assert(audit_sink<json_lines_sink> && audit_sink<json_lines_sink&>);
static_assert(std::is_nothrow_move_constructible_v<json_lines_sink>);
static_assert(!std::is_copy_constructible_v<json_lines_sink>);
static_assert(!std::is_convertible_v<std::string, json_lines_sink>);

namespace {

constexpr std::string_view shop_text = R"(rolecall: 1
facts: {open-ticket: The customer has an open ticket}
categories: {account: Name and address, payment: Bank details}
roles:
  employee: {may: {account: view}}
  support:
    inherits: employee
    may:
      payment:
        view: {if: open-ticket}
  marketing: {may: {account: view}}
users: {dana: [support, marketing]}
)";

policy shop() { return yaml::load_text(shop_text).value(); }

std::string digest_of(authorizer const& pdp) {
    policy const now = pdp.current();
    return std::string(now.known_digest());
}

}  // namespace

TEST_CASE("a decision becomes a line that tells who, what, of whom and why") {
    temporary_directory const folder;
    json_lines_sink sink(folder.path("x.jsonl"));
    REQUIRE(sink);
    authorizer pdp{shop(), sink};
    auto const dana = pdp.session("dana", {"support"}).value();
    auto const payment = pdp.category("payment").value();
    facts const open{{pdp.fact("open-ticket").value(), true}};
    std::int64_t const before = rolecall::detail::unix_nanoseconds();
    CHECK(pdp.decide(dana, view, payment, {.record = "p-17", .facts = open}));
    CHECK_FALSE(pdp.decide(request{.subject = subject::role("support"),
                                   .action = "view",
                                   .category = "payment",
                                   .facts = {{"open-ticket", false}}}));
    std::int64_t const after = rolecall::detail::unix_nanoseconds();

    auto const lines = lines_of(folder.path("x.jsonl"));
    REQUIRE(lines.size() == 2);
    REQUIRE(lines[0].record.has_value());
    audit_record first = *lines[0].record;
    CHECK(first.time >= before);
    CHECK(first.time <= after);
    audit_record expected;
    expected.sequence = 1;
    expected.time = first.time;
    expected.user = "dana";
    expected.active_roles = {"support"};
    expected.held_roles = first.held_roles;
    expected.action = "view";
    expected.category = "payment";
    expected.record = "p-17";
    expected.facts = {{"open-ticket", true}};
    expected.decision = decision::allow;
    expected.reason = reason::granted;
    expected.granting_role = "support";
    expected.policy_version = 1;
    expected.policy_digest = digest_of(pdp);
    CHECK(first == expected);
    CHECK(first.policy_digest.size() == 64);
    CHECK(std::count(first.held_roles.begin(), first.held_roles.end(), "marketing") == 1);

    REQUIRE(lines[1].record.has_value());
    CHECK(lines[1].record->user == "");
    CHECK(lines[1].record->reason == reason::unmet);
    CHECK(lines[1].record->facts ==
          std::vector<std::pair<std::string, std::optional<bool>>>{{"open-ticket", false}});
}

TEST_CASE("lines tell of a policy's change and refusal, and of unknown roles, with digests") {
    temporary_directory const folder;
    json_lines_sink sink(folder.path("x.jsonl"));
    authorizer pdp{shop(), sink};
    std::string const first = digest_of(pdp);
    std::string changed(shop_text);
    changed.insert(changed.find("users:"), "  auditor: {may: {payment: view}}\n");
    REQUIRE(pdp.replace(yaml::load_text(changed).value()).told == recorded::yes);
    std::string const second = digest_of(pdp);
    REQUIRE(pdp.tell_refused("shop.yaml:1:1: error", "abc") == recorded::yes);
    REQUIRE(pdp.session_from_claims("dana", {"support", "root"}));

    auto const lines = lines_of(folder.path("x.jsonl"));
    REQUIRE(lines.size() == 3);
    for (auto const& line : lines) REQUIRE(line.record.has_value());
    CHECK(lines[0].record->kind == audit_kind::policy_activated);
    CHECK(lines[0].record->policy_digest == second);
    CHECK(lines[0].record->previous_digest == first);
    CHECK(first != second);
    CHECK(lines[0].record->policy_version == 2);
    CHECK(lines[1].record->kind == audit_kind::policy_refused);
    CHECK(lines[1].record->problem == "shop.yaml:1:1: error");
    CHECK(lines[1].record->refused_digest == "abc");
    CHECK(lines[1].record->policy_digest == second);
    CHECK(lines[2].record->kind == audit_kind::roles_unknown);
    CHECK(lines[2].record->user == "dana");
    CHECK(lines[2].record->active_roles == std::vector<std::string>{"support"});
    CHECK(lines[2].record->unknown_roles == std::vector<std::string>{"root"});
}

TEST_CASE("what a sink of lines records of an event is what a copy of the event says") {
    temporary_directory const folder;
    json_lines_sink sink(folder.path("x.jsonl"));
    recent_records copies{100};
    authorizer pdp{shop(), several(sink, copies)};
    for (char const* const user : {"dana", "jo", "\xFF"})
        for (char const* const category : {"payment", "account", "", "pay\nment"})
            pdp.decide(request{.subject = subject::user(user, {"support", "nobody"}),
                               .action = "view",
                               .category = category,
                               .facts = {{"open-ticket", std::optional<bool>()}, {"?", true}},
                               .record = "r"});
    static_cast<void>(pdp.session_from_claims("x", {"root"}));
    auto const lines = lines_of(folder.path("x.jsonl"));
    auto const expected = copies.records();
    REQUIRE(lines.size() == 13);
    REQUIRE(expected.size() == 13);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        REQUIRE(lines[i].record.has_value());
        audit_record copy = expected[i];
        copy.time = lines[i].record->time;
        if (copy.user == "\xFF") copy.user = "\xEF\xBF\xBD";
        CHECK(*lines[i].record == copy);
    }
}

TEST_CASE("an authorizer whose lines can't be written turns what it would allow into unavailable") {
    temporary_directory const folder;
    std::string const path = folder.path("x.jsonl");
    json_lines_sink sink(path);
    authorizer pdp{shop(), sink};
    auto const dana = pdp.session("dana", {"support"}).value();
    auto const account = pdp.category("account").value();
    CHECK(pdp.decide(dana, view, account).reason == reason::granted);
    response denied;
    {
        file_size_limit const full(fs::file_size(path) + 10);
        denied = pdp.decide(dana, view, account);
    }
    CHECK_FALSE(denied);
    CHECK(denied.reason == reason::unavailable);
    CHECK(sink.failures() == 2);  // the allow, and the denial that it became
    CHECK(pdp.decide(dana, view, account).reason == reason::granted);
    CHECK(summary(path) == "1 , 2 ");

    json_lines_sink nowhere(folder.path("none/x.jsonl"));
    authorizer blind{shop(), nowhere};
    auto const eve = blind.session("dana", {"support"}).value();
    CHECK(blind.decide(eve, view, *blind.category("account")).reason == reason::unavailable);
}

TEST_CASE("an event whose line would have more than 1 MiB is not recorded") {
    temporary_directory const folder;
    std::string const path = folder.path("x.jsonl");
    json_lines_sink sink(path);
    CHECK(tell_of(sink, std::string(longest_json_line - 500, 'x')) == recorded::yes);
    CHECK(tell_of(sink, std::string(longest_json_line, 'x')) == recorded::no);
    CHECK(tell_of(sink, std::string(longest_json_line / 2, '\x01')) == recorded::no);
    CHECK(sink.problem() == '`' + path + "` can't take a line of more than 1 MiB");
    CHECK(tell_of(sink, "b") == recorded::yes);
    auto const lines = lines_of(path);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].problem == "");
    CHECK(lines[1].record->sequence == 2);
}

TEST_CASE("a sink of lines can be moved into an authorizer, and leaves behind one that says no") {
    temporary_directory const folder;
    json_lines_sink sink(folder.path("x.jsonl"));
    {
        authorizer pdp{shop(), std::move(sink)};
        auto const dana = pdp.session("dana", {"support"}).value();
        CHECK(pdp.decide(dana, view, pdp.category("account").value()));
    }
    // NOLINTBEGIN(bugprone-use-after-move)
    CHECK_FALSE(sink);
    CHECK(tell_of(sink, "p") == recorded::no);
    CHECK_FALSE(sink.reopen());
    CHECK(sink.problem() == "the sink was moved away");
    CHECK(sink.last_sequence() == 0);
    // NOLINTEND(bugprone-use-after-move)
    CHECK(json_lines_sink(folder.path("x.jsonl")).last_sequence() == 1);
}
