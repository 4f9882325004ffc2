#include <rolecall/document.hpp>
#include <rolecall/policy_builder.hpp>
#include <rolecall/policy_diff.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace rolecall;

date const today = date::parse("2026-11-22").value();

policy loaded(std::string const& text) { return yaml::load_text("rolecall: 1\n" + text).value(); }

policy_diff diff(std::string const& before, std::string const& after) {
    return compare(loaded(before), loaded(after), {.on = today});
}

std::string joined(std::vector<std::string> const& words) {
    std::string text;
    for (std::string const& word : words) text += (text.empty() ? "" : ",") + word;
    return text;
}

std::string sign(right_change::kind what) {
    return what == right_change::kind::gained ? "+" : what == right_change::kind::lost ? "-" : "~";
}

// `+ support view payment [restricted] never > consent`
std::string text(right_change const& c, std::vector<std::string> const& who) {
    return sign(c.what) + ' ' + joined(who) + ' ' + c.action + ' ' + c.category + " [" + c.level +
           "] " + c.before + " > " + c.after;
}

std::vector<std::string> roles_of(policy_diff const& of) {
    std::vector<std::string> result;
    for (role_change const& c : of.roles) result.push_back(text(c, c.roles));
    return result;
}

std::vector<std::string> users_of(policy_diff const& of) {
    std::vector<std::string> result;
    for (user_change const& u : of.users)
        for (right_change const& c : u.rights) result.push_back(text(c, u.users));
    return result;
}

// `new 7 support may view payment`
std::vector<std::string> lines_of(policy_diff const& of, right_change const& c) {
    std::vector<std::string> result;
    for (std::size_t const number : c.lines) {
        changed_line const& line = of.lines[number];
        result.push_back((line.after ? "new " : "old ") + std::to_string(line.where.line) + ' ' +
                         line.sentence);
    }
    return result;
}

std::vector<std::string> statements_of(std::vector<statement_change> const& all) {
    constexpr std::string_view sections[] = {"policy", "levels",    "action",
                                             "fact",   "category",  "role",
                                             "user",   "guardrail", "separation"};
    constexpr std::string_view kinds[] = {"added", "removed", "renamed", "changed"};
    std::vector<std::string> result;
    for (statement_change const& c : all)
        result.push_back(std::string(sections[static_cast<std::size_t>(c.of)]) + ' ' +
                         std::string(kinds[static_cast<std::size_t>(c.what)]) + ' ' + c.name + '/' +
                         c.property + ": " + c.before + " > " + c.after);
    return result;
}

using strings = std::vector<std::string>;

std::string const names = R"(categories:
  account: {about: Name and address, level: internal}
  payment: {about: Card and bank, level: restricted}
  payment.card: {about: Card numbers, level: confidential}
  leads: Who asked
facts: {consent: They agreed, on-hold: A court asked}
)";

TEST_CASE("a new grant is a gain, by its line") {
    auto const d = diff(names + "roles: {support: {may: {account: view}}}\n",
                        names +
                            "roles:\n  support:\n    may:\n      account: view\n"
                            "      payment: {view: {if: consent}}\n");
    CHECK(roles_of(d) == strings{"+ support view payment [restricted] never > consent"});
    CHECK(lines_of(d, d.roles.front()) == strings{"new 12 support may view payment if consent"});
    CHECK(d.lines.front().where.path == "policy.yaml");
    CHECK(d.lines.front().where.text == "      payment: {view: {if: consent}}");
    CHECK(d.roles.front().gained == std::vector<fact_state>{{{"consent"}, {}}});
    CHECK(d.roles.front().lost.empty());
    CHECK(d.roles_gain == 1);
    CHECK(d.roles_lose == 0);
    CHECK(d.statements.empty());
    CHECK(d.digest_before != d.digest_after);
}

TEST_CASE("strictest first, then gains, then losses, then by category and role") {
    auto const d =
        diff(names + "roles: {a: {may: {account: view, payment: view}}, b: {about: Nobody}}\n",
             names +
                 "roles: {a: {may: {leads: view, account: modify}}, b: {may: {payment.card: view, "
                 "account: view}}}\n");
    CHECK(roles_of(d) == strings{"- a view payment [restricted] always > never",
                                 "+ b view payment.card [confidential] never > always",
                                 "+ a modify account [internal] never > always",
                                 "+ b view account [internal] never > always",
                                 "- a view account [internal] always > never",
                                 "+ a view leads [] never > always"});
    CHECK(d.gains());
    CHECK(d.gains(d.rank("confidential")));
    CHECK_FALSE(d.gains(d.rank("restricted")));
}

TEST_CASE("a category has the level of the nearest above, and the stricter of before and after") {
    std::string const roles = "roles: {a: {may: {top.low: %}}}\n";
    auto const with = [&](std::string const& level, std::string const& action) {
        std::string made =
            "categories: {top: {about: x, level: " + level + "}, top.low: y}\n" + roles;
        return made.replace(made.find('%'), 1, action);
    };
    auto const d = diff(with("restricted", "view"), with("internal", "modify"));
    CHECK(roles_of(d) == strings{"+ a modify top.low [restricted] never > always",
                                 "- a view top.low [restricted] always > never"});
    CHECK(statements_of(d.statements) ==
          strings{"category changed top/level: restricted > internal"});
}

TEST_CASE("levels of both policies have one order") {
    auto const d = diff(
        "levels: [low, odd, high]\ncategories: {a: {about: x, level: odd}}\n"
        "roles: {r: {may: {a: view}}}\n",
        "levels: [low, mid, high]\ncategories: {a: {about: x, level: mid}}\n"
        "roles: {r: {may: {a: modify}}}\n");
    CHECK(d.levels == strings{"low", "odd", "mid", "high"});
    CHECK(d.roles.front().level == "mid");
    CHECK(statements_of(d.statements) ==
          strings{"levels changed /: low, odd, high > low, mid, high",
                  "category changed a/level: odd > mid"});
}

TEST_CASE("a condition that widens, narrows or moves says which states") {
    auto const with = [](std::string const& when) {
        return names + "roles: {r: {may: {account: {view: " + when + "}}}}\n";
    };
    auto d = diff(with("{if-all: [consent, on-hold]}"), with("{if: consent}"));
    CHECK(roles_of(d) == strings{"+ r view account [internal] consent and on-hold > consent"});
    CHECK(d.roles.front().gained == std::vector<fact_state>{{{"consent"}, {}}});
    CHECK(d.roles.front().lost.empty());
    d = diff(with("{if: consent}"), with("{if: on-hold}"));
    CHECK(roles_of(d) == strings{"~ r view account [internal] consent > on-hold"});
    CHECK(d.roles.front().gained == std::vector<fact_state>{{{"on-hold"}, {}}});
    CHECK(d.roles.front().lost == std::vector<fact_state>{{{"consent"}, {}}});
    CHECK(d.roles_gain == 1);
    CHECK(d.roles_lose == 1);
    d = diff(with("always"), with("{if: consent}"));
    CHECK(roles_of(d) == strings{"- r view account [internal] always > consent"});
    CHECK(d.roles.front().lost == std::vector<fact_state>{{{}, {}}});
}

TEST_CASE("a removed guardrail opens what it forbade, and is named") {
    std::string const roles = "roles: {r: {may: {payment: view}}, s: {inherits: r}}\n";
    auto const d =
        diff(names + roles + "never: {hold: {categories: payment, if: on-hold}}\n", names + roles);
    CHECK(roles_of(d) == strings{"+ r,s view payment [restricted] not on-hold > always"});
    CHECK(lines_of(d, d.roles.front()) ==
          strings{"old 9 hold: no one may touch payment unless it is known that not (on-hold)"});
    CHECK(statements_of(d.statements) ==
          strings{"guardrail removed hold/: no one may touch payment unless it is known that not "
                  "(on-hold) > "});
}

TEST_CASE("inheritance, requirements, and new and named-only categories are lines, too") {
    std::string const roles = "roles: {r: {may: {payment.*: view}}, s: {about: x}}\n";
    auto d =
        diff(names + roles, names + "roles: {r: {may: {payment.*: view}}, s: {inherits: r}}\n");
    CHECK(roles_of(d) == strings{"+ s view payment.card [confidential] never > always"});
    CHECK(lines_of(d, d.roles.front()) == strings{"new 8 s inherits r"});
    CHECK(statements_of(d.statements) == strings{"role changed s/inherits:  > r"});

    std::string stricter = names;
    stricter.insert(stricter.find(", level: restricted"), ", requires: {view: consent}");
    d = diff(names + roles, stricter + roles);
    CHECK(roles_of(d) == strings{"- r view payment.card [confidential] always > consent"});
    CHECK(lines_of(d, d.roles.front()) == strings{"new 4 payment requires consent to view"});
    CHECK(statements_of(d.statements) ==
          strings{"category changed payment/requires view:  > consent"});

    std::string named = names;
    named.insert(named.find(", level: confidential"), ", named-only: yes");
    d = diff(names + roles, named + roles);
    CHECK(roles_of(d) == strings{"- r view payment.card [confidential] always > never"});
    CHECK(lines_of(d, d.roles.front()) ==
          strings{"old 5 category payment.card", "new 5 category payment.card, named-only"});

    std::string more = names;
    more.insert(more.find("  leads"), "  payment.bank: Bank details\n");
    d = diff(names + roles, more + roles);
    CHECK(roles_of(d) == strings{"+ r view payment.bank [restricted] never > always"});
    CHECK(lines_of(d, d.roles.front()) == strings{"new 6 category payment.bank"});
    CHECK(statements_of(d.statements) == strings{"category added payment.bank/:  > "});
}

TEST_CASE("what says that it had another name is the same") {
    auto const d = diff(
        "categories: {old-cat: x, old-cat.low: y}\nfacts: {old-fact: z}\nactions: {old-act: q}\n"
        "roles: {old-role: {may: {old-cat.*: {old-act: {if: old-fact}}}}}\n"
        "users: {dana: old-role}\nnever: {n: {roles: old-role, actions: delete}}\n",
        "categories: {cat: {about: x, was: old-cat}, cat.low: {about: y, was: old-cat.low}}\n"
        "facts: {fact: {about: z, was: old-fact}}\nactions: {act: {about: q, was: old-act}}\n"
        "roles: {role: {was: [even-older, old-role], may: {cat.*: {act: {if: fact}}}}}\n"
        "users: {dana: role}\nnever: {n: {roles: role, actions: delete}}\n");
    CHECK(roles_of(d).empty());
    CHECK(users_of(d).empty());
    CHECK(d.without_effect.empty());
    CHECK(statements_of(d.statements) == strings{"action renamed act/: old-act > act",
                                                 "fact renamed fact/: old-fact > fact",
                                                 "category renamed cat/: old-cat > cat",
                                                 "category renamed cat.low/: old-cat.low > cat.low",
                                                 "role renamed role/: old-role > role"});
    CHECK(statements_of(d.words).empty());
}

TEST_CASE("a former name that the old policy does not know, or still means, renames nothing") {
    auto const d = diff("categories: {c: x}\nroles: {a: {may: {c: view}}}\n",
                        "categories: {c: x}\nroles: {a: {was: b, may: {c: view}}}\n");
    CHECK(d.empty());
    auto const gone = diff("categories: {c: x}\nroles: {a: {may: {c: view}}, b: {about: y}}\n",
                           "categories: {c: x}\nroles: {a: {was: b, may: {c: view}}}\n");
    CHECK(statements_of(gone.statements) == strings{"role removed b/:  > "});
}

TEST_CASE("users who change alike stand together, on the day that is asked for") {
    std::string const roles =
        "roles: {r: {may: {payment: view}}, s: {may: {account: view}}}\nusers:\n";
    policy const before = loaded(names + roles +
                                 "  ann: r\n  bea: r\n  cleo: s\n"
                                 "  dora: [s, {roles: r, until: 2026-11-21}]\n");
    policy const after = loaded(names + roles +
                                "  ann: s\n  bea: s\n  cleo: [s, r]\n  eve: r\n"
                                "  dora: s\n");
    auto d = compare(before, after, {.on = today});
    CHECK(users_of(d) == strings{"+ cleo,eve view payment [restricted] never > always",
                                 "- ann,bea view payment [restricted] always > never",
                                 "+ ann,bea view account [internal] never > always"});
    CHECK(d.users_gain == 4);
    CHECK(d.users_lose == 2);
    CHECK(d.roles.empty());
    CHECK(statements_of(d.statements) ==
          strings{"user changed ann/roles: r > s", "user changed bea/roles: r > s",
                  "user changed cleo/roles: s > r, s",
                  "user changed dora/roles: r until 2026-11-21, s > s", "user added eve/:  > r"});
    d = compare(before, after, {.on = date::parse("2026-11-21").value()});
    CHECK(users_of(d)[2] == "+ ann,bea view account [internal] never > always");
    CHECK(users_of(d)[3] == "- dora view payment [restricted] always > never");
}

TEST_CASE("a guardrail of one role counts for users who hold others with it") {
    std::string const text = names +
                             "roles: {r: {may: {payment: view}}, s: {about: x}}\n"
                             "users: {ann: [r, s], bo: r}\n";
    auto const d = diff(text, text + "never: {n: {roles: s, categories: payment}}\n");
    CHECK(d.roles.empty());
    CHECK(users_of(d) == strings{"- ann view payment [restricted] always > never"});
    CHECK(lines_of(d, d.users.front().rights.front()) ==
          strings{"new 10 n: s may never touch payment"});
}

TEST_CASE("grants that change no right are named, and are a difference") {
    auto const d = diff(names + "roles: {r: {may: {account: view}}, s: {inherits: r, about: x}}\n",
                        names +
                            "roles: {r: {may: {account: view}}, s: {inherits: r, may: "
                            "{account: view}}}\n");
    CHECK(d.roles.empty());
    CHECK_FALSE(d.empty());
    CHECK(d.without_effect == std::vector<std::size_t>{0});
    CHECK(d.lines.front().sentence == "s may view account");
}

TEST_CASE("other spelling is no difference") {
    auto const d =
        diff(names +
                 "roles: {r: {may: {account: [view, modify, store, delete], payment: {view: "
                 "{any-of: [{if: consent}, {if-all: [consent, on-hold]}]}}}}}\n"
                 "never: {n: {roles: [r], actions: [view, delete], if-all: [on-hold, consent]}}\n",
             "# The same.\n" + names +
                 "never: {n: {if-all: [consent, on-hold], actions: [delete, view], roles: r}}\n"
                 "roles:\n  r:\n    may: {payment: {view: {if: consent}}, account: all}\n"
                 "levels: [public, internal, confidential, restricted]\n");
    CHECK(d.empty());
    CHECK(d.lines.empty());
    CHECK(d.words.empty());
}

TEST_CASE("words are told apart from rules") {
    std::string other = names;
    other.replace(other.find("They agreed"), 11, "They signed");
    auto const d = diff(names + "roles: {r: {about: x}}\npolicy: {name: A, owner: b}\n",
                        other + "roles: {r: {about: y, title: R}}\npolicy: {name: B, owner: c}\n");
    CHECK(statements_of(d.words) == strings{"policy changed /name: A > B",
                                            "fact changed consent/about: They agreed > They signed",
                                            "role changed r/about: x > y",
                                            "role changed r/title:  > R"});
    CHECK(statements_of(d.statements) == strings{"policy changed /owner: b > c"});
}

TEST_CASE("the header, other users and separations are compared") {
    std::string const roles = "roles: {r: {about: x}, s: {about: y}, t: {about: z}}\n";
    auto const d = diff(
        names + roles + "separation: {apart: {roles: [r, s, t], at-most: 1, per: person}}\n",
        names + roles +
            "policy: {name: P, review-by: 2099-01-01, hierarchy: limited, other-users: yes}\n"
            "users: {ann: r}\nseparation: {apart: {roles: [r, s, t], at-most: 2, per: session}}\n");
    CHECK(
        statements_of(d.statements) ==
        strings{"policy changed /hierarchy: general > limited",
                "policy changed /other-users: no > yes", "policy changed /review-by:  > 2099-01-01",
                "user added ann/:  > r",
                "separation changed apart/: of r, s and t at most 1 per person > of r, s and t at "
                "most 2 per session"});
    auto const listed = diff(names + roles, names + roles + "users: {ann: r}\n");
    CHECK(statements_of(listed.statements).front() ==
          "policy changed /users: an application may vouch for users who are not listed > only "
          "users who are listed have roles");
}

TEST_CASE("policies made in code have no places") {
    policy_builder before;
    before.category("account", "Name");
    before.role("r").may("account", {"view"});
    policy_builder after;
    after.category("account", "Name");
    after.role("r").may("account", {"view", "modify"});
    auto const d = compare(before.build().value(), after.build().value());
    CHECK(roles_of(d) == strings{"+ r modify account [] never > always"});
    CHECK(d.lines.front().where.path.empty());
    CHECK(d.lines.front().sentence == "r may modify account");
}

// Two policies with 64 facts each, none in common.
TEST_CASE("128 facts of two policies are told apart") {
    auto const with = [](std::string const& prefix) {
        std::string text = "categories: {c: x}\nfacts:\n";
        for (int i = 0; i < 64; ++i) text += "  " + prefix + std::to_string(i) + ": A fact\n";
        return text + "roles: {r: {may: {c: {view: {if-all: [" + prefix + "0, " + prefix +
               "63]}}}}}\n";
    };
    auto const d = diff(with("a"), with("b"));
    CHECK(roles_of(d) == strings{"~ r view c [] a0 and a63 > b0 and b63"});
    CHECK(d.roles.front().gained == std::vector<fact_state>{{{"b0", "b63"}, {}}});
    CHECK(d.roles.front().lost == std::vector<fact_state>{{{"a0", "a63"}, {}}});
    CHECK(d.statements.size() == 128);
}

// Twelve requirements of two alternatives each have 4,096 smallest states; more are not looked
// for, and what can't be told counts as a gain.
TEST_CASE("a right of too many states is compared by its words") {
    auto const with = [](int requirements, std::string const& more) {
        std::string text = "categories:\n";
        std::string name;
        for (int i = 0; i < 8; ++i) {
            name += (i == 0 ? "c" : ".c");
            std::string required;
            for (int a = 0; a < 2; ++a) {
                int const number = i * 2 + a;
                if (number >= requirements) continue;
                required += std::string(a == 0 ? "any" : ", view") + ": {if-any: [f" +
                            std::to_string(number * 2) + ", f" + std::to_string(number * 2 + 1) +
                            "]}";
            }
            text += "  " + name + ": {about: x" +
                    (required.empty() ? "" : ", requires: {" + required + '}') + "}\n";
        }
        text += "facts:\n";
        for (int i = 0; i < 40; ++i) text += "  f" + std::to_string(i) + ": A fact\n";
        return text + "roles: {r: {may: {" + name + ": {view: " + more + "}}}}\n";
    };
    CHECK(diff(with(16, "always"), with(16, "always")).empty());
    auto const d = diff(with(16, "always"), with(16, "{if: f39}"));
    REQUIRE(d.roles.size() == 1);
    CHECK(d.roles.front().inexact);
    CHECK(d.roles.front().what == right_change::kind::changed);
    CHECK(d.gains());
    CHECK(d.roles.front().gained.empty());
    auto const opened = diff(with(16, "always"), with(0, "always"));
    REQUIRE(opened.roles.size() == 1);
    CHECK(opened.roles.front().what == right_change::kind::gained);
    CHECK(opened.roles.front().inexact);
    CHECK_FALSE(diff(with(8, "always"), with(8, "{if: f39}")).roles.front().inexact);
}

}  // namespace
