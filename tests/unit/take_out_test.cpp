#include <rolecall/document_part.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using rolecall::document;
using rolecall::document_part;
using rolecall::take_out;
using rolecall::take_out_result;
using rolecall::without;
using kind = rolecall::document_part::kind;

constexpr std::string_view declared =
    "rolecall: 1\n"
    "facts: {consent: They agreed, ticket: There is one}\n"
    "categories: {account: Name, payment: Cards, payment.card: Numbers, leads: People}\n";
constexpr std::string_view others =
    "  clerk: {about: A clerk, may: {leads: view}}\n  guest: A guest\n";

document read(std::string_view text) {
    auto const loaded = rolecall::yaml::load_text(text);
    for (auto const& d : loaded.findings()) MESSAGE(d.where.line, ": ", d.text);
    REQUIRE(loaded);
    return loaded->source();
}

std::size_t role(document const& in, std::string_view name) {
    for (std::size_t i = 0; i < in.roles.size(); ++i)
        if (in.roles[i].name.text == name) return i;
    throw std::logic_error("no such role");
}

// `support account view`, `support payment.* all`, `support inherits clerk`, `eve 1`
document_part part(document const& in, std::string_view text) {
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin <= text.size();) {
        std::size_t const end = std::min(text.find(' ', begin), text.size());
        words.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    if (words.size() == 2) {
        for (std::size_t i = 0; i < in.users.size(); ++i)
            if (in.users[i].id.text == words[0])
                return {kind::assignment, i, std::stoul(words[1]), 0};
        throw std::logic_error("no such user");
    }
    std::size_t const entry = role(in, words[0]);
    auto const& of = in.roles[entry];
    if (words[1] == "inherits") {
        for (std::size_t i = 0; i < of.inherits.size(); ++i)
            if (of.inherits[i].text == words[2]) return {kind::inheritance, entry, i, 0};
        throw std::logic_error("inherits no such role");
    }
    for (std::size_t i = 0; i < of.may.size(); ++i) {
        if (of.may[i].category.text + (of.may[i].below ? ".*" : "") != words[1]) continue;
        for (std::size_t j = 0; j < of.may[i].rights.size(); ++j)
            if (of.may[i].rights[j].action.text == words[2]) return {kind::right, entry, i, j};
    }
    throw std::logic_error("no such right");
}

std::vector<document_part> all_of(document const& in, std::vector<std::string> const& texts) {
    std::vector<document_part> parts;
    for (std::string const& text : texts) parts.push_back(part(in, text));
    return parts;
}

// The text without these parts, which can all be taken out.
std::string edited(std::string const& text, std::vector<std::string> const& parts) {
    document const from = read(text);
    auto const wanted = all_of(from, parts);
    take_out_result const result = take_out(from, wanted);
    CHECK(result.left.empty());
    CHECK(result.taken.size() == wanted.size());
    REQUIRE(result.files.size() == 1);
    CHECK(result.files[0].before == text);
    CHECK(result.files[0].path == "policy.yaml");
    return result.files[0].after;
}

// The same, of what stands in `roles` below two others.
std::string roles_without(std::string_view roles, std::vector<std::string> const& parts) {
    std::string const above = std::string(declared) + "roles:\n" + std::string(others);
    std::string const after = edited(above + std::string(roles), parts);
    REQUIRE(after.substr(0, above.size()) == above);
    return after.substr(above.size());
}

std::string users_without(std::string_view users, std::vector<std::string> const& parts) {
    std::string const above = std::string(declared) + "roles:\n" + std::string(others) + "users:\n";
    return edited(above + std::string(users), parts).substr(above.size());
}

TEST_CASE("an item of a list in brackets goes with its comma and one space") {
    std::string const text = "  s: {about: S, may: {account: [view, modify, store]}}\n";
    CHECK(roles_without(text, {"s account view"}) ==
          "  s: {about: S, may: {account: [modify, store]}}\n");
    CHECK(roles_without(text, {"s account modify"}) ==
          "  s: {about: S, may: {account: [view, store]}}\n");
    CHECK(roles_without(text, {"s account store"}) ==
          "  s: {about: S, may: {account: [view, modify]}}\n");
    CHECK(roles_without(text, {"s account store", "s account modify"}) ==
          "  s: {about: S, may: {account: [view]}}\n");
    CHECK(roles_without(text, {"s account view", "s account store"}) ==
          "  s: {about: S, may: {account: [modify]}}\n");
}

TEST_CASE("the spaces of a list in brackets stay as its writer likes them") {
    CHECK(roles_without("  s: {may: {account: [ view , modify , store ]}}\n",
                        {"s account store"}) == "  s: {may: {account: [ view , modify ]}}\n");
    CHECK(roles_without("  s: {may: {account: [ view , modify ]}}\n", {"s account view"}) ==
          "  s: {may: {account: [ modify ]}}\n");
    CHECK(roles_without("  s: {may: {account: [view,modify,store]}}\n", {"s account modify"}) ==
          "  s: {may: {account: [view,store]}}\n");
    CHECK(roles_without("  s: {may: {account: [view, modify, ]}}\n", {"s account modify"}) ==
          "  s: {may: {account: [view, ]}}\n");
}

TEST_CASE("a line with nothing else on it goes, with the comment at its end") {
    CHECK(roles_without("  s:\n"
                        "    about: S  # the role\n"
                        "    may:\n"
                        "      # what they see\n"
                        "      account: view     # names\n"
                        "      payment: view\n",
                        {"s account view"}) ==
          "  s:\n"
          "    about: S  # the role\n"
          "    may:\n"
          "      # what they see\n"
          "      payment: view\n");
}

TEST_CASE("a key without a value goes: of a line, of `may`, of `inherits`") {
    std::string const text =
        "  s:\n"
        "    about: S\n"
        "    inherits: clerk\n"
        "    may:  # all\n"
        "      account:\n"
        "        - view\n";
    CHECK(roles_without(text, {"s account view"}) == "  s:\n    about: S\n    inherits: clerk\n");
    CHECK(roles_without(text, {"s inherits clerk"}) ==
          "  s:\n    about: S\n    may:  # all\n      account:\n        - view\n");
    CHECK(roles_without(text, {"s inherits clerk", "s account view"}) == "  s:\n    about: S\n");
}

TEST_CASE("an item of a list in lines goes with its dash") {
    std::string const text =
        "  s:\n"
        "    about: S\n"
        "    inherits:\n"
        "    - clerk   # first\n"
        "\n"
        "    # then\n"
        "    - guest\n"
        "    may:\n"
        "      account:\n"
        "      - view\n"
        "      -  modify\n"
        "      -\n"
        "        # below\n"
        "        store\n";
    CHECK(roles_without(text, {"s inherits clerk", "s account modify", "s account store"}) ==
          "  s:\n"
          "    about: S\n"
          "    inherits:\n"
          "\n"
          "    # then\n"
          "    - guest\n"
          "    may:\n"
          "      account:\n"
          "      - view\n"
          "        # below\n");
}

TEST_CASE("rights with conditions go with them") {
    std::string const block =
        "  s:\n"
        "    may:\n"
        "      account:\n"
        "        view: always\n"
        "        modify:\n"
        "          if-all:\n"
        "            - consent  # signed\n"
        "            - ticket\n"
        "        delete: {if: consent}\n";
    CHECK(roles_without(block, {"s account modify"}) ==
          "  s:\n"
          "    may:\n"
          "      account:\n"
          "        view: always\n"
          "        delete: {if: consent}\n");
    std::string const flow =
        "  s: {may: {account: {view: always, modify: {if-any: [consent, ticket]}}}}\n";
    CHECK(roles_without(flow, {"s account view"}) ==
          "  s: {may: {account: {modify: {if-any: [consent, ticket]}}}}\n");
    CHECK(roles_without(flow, {"s account modify"}) == "  s: {may: {account: {view: always}}}\n");
}

TEST_CASE("a line of a mapping in braces goes, and so do the braces that it leaves empty") {
    std::string const text =
        "  s: {about: S, inherits: [guest, clerk], may: {account: view, payment.*: [view]}}\n";
    CHECK(roles_without(text, {"s account view"}) ==
          "  s: {about: S, inherits: [guest, clerk], may: {payment.*: [view]}}\n");
    CHECK(roles_without(text, {"s payment.* view"}) ==
          "  s: {about: S, inherits: [guest, clerk], may: {account: view}}\n");
    CHECK(roles_without(text, {"s account view", "s payment.* view"}) ==
          "  s: {about: S, inherits: [guest, clerk]}\n");
    CHECK(roles_without(text, {"s inherits guest", "s inherits clerk"}) ==
          "  s: {about: S, may: {account: view, payment.*: [view]}}\n");
    CHECK(roles_without("  s: {may: {account: view}, about: S}\n", {"s account view"}) ==
          "  s: {about: S}\n");
}

TEST_CASE("brackets over several lines keep every line that says something else") {
    std::string const text =
        "  s:\n"
        "    may:\n"
        "      account: [  # rights\n"
        "        view,     # to see\n"
        "        # to change\n"
        "        modify,   # or mend\n"
        "        store     # to keep, #1\n"
        "      ]\n";
    CHECK(roles_without(text, {"s account modify"}) ==
          "  s:\n"
          "    may:\n"
          "      account: [  # rights\n"
          "        view,     # to see\n"
          "        # to change\n"
          "        store     # to keep, #1\n"
          "      ]\n");
    CHECK(roles_without(text, {"s account store"}) ==
          "  s:\n"
          "    may:\n"
          "      account: [  # rights\n"
          "        view,     # to see\n"
          "        # to change\n"
          "        modify,   # or mend\n"
          "      ]\n");
    CHECK(roles_without("  s: {may: {account: [view,\n      modify,  # both\n      store]}}\n",
                        {"s account store"}) ==
          "  s: {may: {account: [view,\n      modify,  # both\n      ]}}\n");
    CHECK(roles_without("  s: {may: {account: [view, modify,  # both\n      store]}}\n",
                        {"s account modify"}) ==
          "  s: {may: {account: [view,  # both\n      store]}}\n");
}

TEST_CASE("commas at the begin of lines stay a style of their own") {
    std::string const text =
        "  s:\n"
        "    may:\n"
        "      account:\n"
        "        [ view\n"
        "        , modify\n"
        "        , store\n"
        "        ]\n";
    CHECK(roles_without(text, {"s account modify"}) ==
          "  s:\n    may:\n      account:\n        [ view\n        , store\n        ]\n");
    CHECK(roles_without(text, {"s account store"}) ==
          "  s:\n    may:\n      account:\n        [ view\n        , modify\n        ]\n");
    CHECK(roles_without(text, {"s account modify", "s account store"}) ==
          "  s:\n    may:\n      account:\n        [ view\n        ]\n");
}

TEST_CASE("a comma in a comment is no comma") {
    CHECK(roles_without("  s:\n"
                        "    may:\n"
                        "      account: [view # to see, that is\n"
                        "        , modify, store]\n",
                        {"s account view"}) ==
          "  s:\n"
          "    may:\n"
          "      account: [ # to see, that is\n"
          "        modify, store]\n");
}

TEST_CASE("quoted words are words") {
    CHECK(roles_without("  's':\n"
                        "    \"may\": {'account': [\"view\", 'modify'], \"payment\": 'view'}\n",
                        {"s account modify", "s payment view"}) ==
          "  's':\n    \"may\": {'account': [\"view\"]}\n");
}

TEST_CASE("what stands behind letters of any script is found") {
    CHECK(roles_without(
              "  s: {about: \"Кто помогает, 顧客 🛈\", may: {account: [view, "
              "modify]}}\n",
              {"s account view"}) ==
          "  s: {about: \"Кто помогает, 顧客 🛈\", may: {account: [modify]}}\n");
}

TEST_CASE("lines keep the ends that they have") {
    std::string text = std::string(declared) + "roles:\n  s:\n    may:\n      account: view\n" +
                       "      payment: [view, modify]  # both\n";
    std::string crlf;
    for (char const c : text) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    std::string const after = edited(crlf, {"s account view", "s payment modify"});
    CHECK(after.substr(after.find("roles:")) ==
          "roles:\r\n  s:\r\n    may:\r\n      payment: [view]  # both\r\n");
    CHECK(std::count(after.begin(), after.end(), '\n') ==
          std::count(after.begin(), after.end(), '\r'));
}

TEST_CASE("an assignment goes from the list of its user") {
    std::string const text = "  eve: [clerk, {roles: guest, until: 2026-11-30}]\n";
    CHECK(users_without(text, {"eve 1"}) == "  eve: [clerk]\n");
    CHECK(users_without(text, {"eve 0"}) == "  eve: [{roles: guest, until: 2026-11-30}]\n");
    std::string const block =
        "  eve:\n"
        "    - roles: guest      # for a while\n"
        "      # extended once\n"
        "      until: 2026-11-30\n"
        "    - clerk\n"
        "    - {roles: [guest], until: 2026-12-01}\n";
    CHECK(users_without(block, {"eve 1"}) ==
          "  eve:\n"
          "      # extended once\n"
          "    - clerk\n"
          "    - {roles: [guest], until: 2026-12-01}\n");
    CHECK(users_without(block, {"eve 0", "eve 2"}) ==
          "  eve:\n"
          "    - roles: guest      # for a while\n"
          "      # extended once\n"
          "      until: 2026-11-30\n");
}

TEST_CASE("plain roles of a user are one assignment, and go together") {
    CHECK(users_without("  eve: [clerk, {roles: guest, until: 2026-11-30}, guest]\n", {"eve 0"}) ==
          "  eve: [{roles: guest, until: 2026-11-30}]\n");
}

TEST_CASE("the number of each line that stays is told") {
    std::string const text =
        std::string(declared) + "roles:\n  s:\n    may:\n      account: view\n      leads: view\n";
    document const from = read(text);
    auto const result = take_out(from, all_of(from, {"s account view"}));
    REQUIRE(result.files.size() == 1);
    CHECK(result.files[0].lines == std::vector<std::uint32_t>{1, 2, 3, 4, 5, 6, 8});
}

TEST_CASE("only the files that change are given, in their order") {
    std::string const first(declared);
    std::string const second = "rolecall: 1\nroles: {a: {may: {leads: [view, store]}}}\n";
    std::string const third = "rolecall: 1\nroles: {b: {may: {leads: [view, store]}}}\n";
    auto const loaded =
        rolecall::yaml::load_texts({{"a.yaml", first}, {"b.yaml", second}, {"c.yaml", third}});
    REQUIRE(loaded);
    document const& from = loaded->source();
    auto result = take_out(from, all_of(from, {"b leads view", "a leads store"}));
    REQUIRE(result.files.size() == 2);
    CHECK(result.files[0].path == "b.yaml");
    CHECK(result.files[0].after == "rolecall: 1\nroles: {a: {may: {leads: [view]}}}\n");
    CHECK(result.files[1].after == "rolecall: 1\nroles: {b: {may: {leads: [store]}}}\n");
    result = take_out(from, all_of(from, {"b leads view"}));
    REQUIRE(result.files.size() == 1);
    CHECK(result.files[0].path == "c.yaml");
}

TEST_CASE("a policy that lists its files still can be mended") {
    std::string const text =
        "rolecall: 1\npolicy: {name: P, files: [p.yaml]}\ncategories: {leads: People}\n"
        "roles: {a: {may: {leads: [view, store]}}}\n";
    auto const loaded = rolecall::yaml::load_texts({{"p.yaml", text}});
    REQUIRE(loaded);
    document from = loaded->source();
    from.files[0].path = "shop/p.yaml";  // as one that was loaded from the directory `shop`
    CHECK(take_out(from, all_of(from, {"a leads view"})).taken.size() == 1);
}

TEST_CASE("the last statement of a role that says nothing else is left") {
    document const from = read(std::string(declared) + "roles: {s: {may: {account: view}}}\n");
    auto const result = take_out(from, all_of(from, {"s account view"}));
    CHECK(result.files.empty());
    CHECK(result.taken.empty());
    CHECK(result.left == all_of(from, {"s account view"}));

    document const two =
        read(std::string(declared) + "roles: {s: {may: {account: view, leads: [view, store]}}}\n");
    auto const some =
        take_out(two, all_of(two, {"s account view", "s leads view", "s leads store"}));
    CHECK(some.taken.size() == 2);
    CHECK(some.left == all_of(two, {"s leads store"}));
}

TEST_CASE("the last assignment of a user is left") {
    std::string const users[] = {"clerk", "{roles: clerk, until: 2026-01-01}", "[clerk, guest]",
                                 "[{roles: clerk, until: 2026-01-01}]"};
    for (std::string const& user : users) {
        document const from = read(std::string(declared) + "roles:\n" + std::string(others) +
                                   "users: {eve: " + user + "}\n");
        auto const result = take_out(from, all_of(from, {"eve 0"}));
        CHECK(result.files.empty());
        CHECK(result.left.size() == 1);
    }
}

TEST_CASE("a comment that would become part of a text keeps what stands above it") {
    document const from = read(std::string(declared) +
                               "roles:\n"
                               "  s:\n"
                               "    inherits: g\n"
                               "    about: |\n"
                               "      The text\n"
                               "    may:\n"
                               "      # not a part of the text\n"
                               "      account: view\n"
                               "  g: {about: G, may: {account: [view, store]}}\n");
    auto const result = take_out(from, all_of(from, {"s account view", "g account store"}));
    CHECK(result.left == all_of(from, {"s account view"}));
    CHECK(result.taken == all_of(from, {"g account store"}));
    REQUIRE(result.files.size() == 1);
    CHECK(result.files[0].after.find("account: [view]}") != std::string::npos);
}

TEST_CASE("what was made or changed in code has no file to be taken out of") {
    document from = read(std::string(declared) + "roles: {s: {may: {account: [view, store]}}}\n");
    auto const parts = all_of(from, {"s account view"});
    document changed = from;
    changed.roles[0].about = "Changed since it was read";
    CHECK(take_out(changed, parts).left == parts);
    document made = from;
    made.files.clear();
    CHECK(take_out(made, parts).left == parts);
    made.roles[0].name.at = {};
    made.roles[0].may[0].rights[0].action.at = {};
    CHECK(take_out(made, parts).left == parts);
    from.roles[0].may[0].rights[0].action.at.line = 999;
    CHECK(take_out(from, parts).left == parts);
}

TEST_CASE("a part twice is taken once, and no parts change nothing") {
    document const from =
        read(std::string(declared) + "roles: {s: {may: {account: [view, store]}}}\n");
    auto const result = take_out(from, all_of(from, {"s account view", "s account view"}));
    CHECK(result.taken.size() == 1);
    CHECK(result.left.empty());
    CHECK(take_out(from, {}).files.empty());
    CHECK(rolecall::yaml::write(without(from, {})) == rolecall::yaml::write(from));
}

TEST_CASE("parts that are not there throw") {
    document const from =
        read(std::string(declared) + "roles:\n  s: {inherits: guest, may: {account: view}}\n" +
             std::string(others) + "users: {eve: s}\n");
    for (document_part const bad :
         {document_part{kind::right, 3, 0, 0}, document_part{kind::right, 0, 1, 0},
          document_part{kind::right, 0, 0, 1}, document_part{kind::right, 2, 0, 0},
          document_part{kind::inheritance, 3, 0, 0}, document_part{kind::inheritance, 0, 1, 0},
          document_part{kind::inheritance, 0, 0, 1}, document_part{kind::assignment, 1, 0, 0},
          document_part{kind::assignment, 0, 1, 0}, document_part{kind::assignment, 0, 0, 1}}) {
        std::vector<document_part> const parts{bad};
        CHECK_THROWS_AS(static_cast<void>(take_out(from, parts)), std::out_of_range);
        CHECK_THROWS_AS(static_cast<void>(without(from, parts)), std::out_of_range);
    }
}

TEST_CASE("`without` leaves out lines without rights and users without assignments") {
    document const from = read(std::string(declared) +
                               "roles:\n  s: {about: S, may: {account: [view, store], leads: "
                               "view}}\nusers: {eve: s, bo: s}\n");
    auto parts = all_of(from, {"s account store", "s account view", "eve 0"});
    document const result = without(from, parts);
    REQUIRE(result.roles[0].may.size() == 1);
    CHECK(result.roles[0].may[0].category.text == "leads");
    REQUIRE(result.users.size() == 1);
    CHECK(result.users[0].id.text == "bo");
}

}  // namespace
