// What has to be recorded, and how, is what rule 12 of the policy format says: for every action and
// category of random policies, read from text, written back, and adopted into another lineage.

#include "audit_demands.hpp"

#include "policy_text.hpp"
#include "trial.hpp"
#include <rolecall/audit.hpp>
#include <rolecall/detail/adopt.hpp>
#include <rolecall/policy_diff.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>

using namespace model;
namespace rc = rolecall;

namespace {

rc::policy read(trial const& one, std::string const& yaml) {
    auto const made = rc::yaml::load_text(yaml);
    if (!made) {
        one.fail("the policy was refused: " + made.findings().front().text, yaml);
    }
    return *made;
}

demand demand_of(rc::audit_mode const& mode) {
    return {static_cast<demand::mode>(mode.demand), mode.wait_ms};
}

// Each action on each category, by name.
void check(trial const& one, rc::policy const& p, audit_section const& section,
           std::string const& yaml, std::string const& which) {
    auto const same = [&](rc::audit_mode const& got, demand const& wanted, std::string const& of) {
        if (demand_of(got) != wanted) {
            one.fail(
                which + ", " + of + ": " + text(demand_of(got)) + " instead of " + text(wanted),
                yaml);
        }
    };
    for (auto const& [category, entry] : one.rules.categories) {
        auto const on = p.category(category).value();
        for (auto const& name : all_actions(one.rules)) {
            auto const what = p.action(name).value();
            same(p.audit_mode(what, on, rc::decision::allow),
                 demand_of_allow(one.rules, section, name, category), name + " on " + category);
            same(p.audit_mode(what, on, rc::decision::deny), demand_of_denial(section),
                 "denied " + name + " on " + category);
        }
    }
}

}  // namespace

TEST_CASE("what has to be recorded is what rule 12 says") {
    with_random_policies(400, [](trial& one) {
        auto const section = random_audit(one.rules, one.random);
        auto const yaml = to_yaml(one.rules) + to_yaml(section, one.random);
        auto const p = read(one, yaml);
        check(one, p, section, yaml, "as read");

        auto const written = rc::yaml::write(p);
        auto const again = read(one, written);
        check(one, again, section, written, "as written");
        if (rc::yaml::write(again) != written) {
            one.fail("written again, it is another text", written);
        }
    });
}

TEST_CASE("a policy demands the same under the numbers of another lineage") {
    with_random_policies(150, [](trial& one) {
        auto const section = random_audit(one.rules, one.random);
        auto const yaml = to_yaml(one.rules) + to_yaml(section, one.random);
        trial other(one.seed + 1'000'000);
        auto elder = read(one, to_yaml(other.rules));
        if (one.random.chance(50)) {
            trial third(one.seed + 2'000'000);
            if (auto const next = rc::detail::adopt(read(one, to_yaml(third.rules)), elder)) {
                elder = *next;
            }
        }
        auto const adopted = rc::detail::adopt(read(one, yaml), elder);
        if (!adopted) {
            return;  // no room for so many names
        }
        check(one, *adopted, section, yaml, "adopted");
        // What the lineage knows and this policy does not declare is required.
        for (auto const& [category, entry] : other.rules.categories) {
            auto const on = elder.category(category);
            if (on && !one.rules.categories.contains(category)) {
                CHECK(adopted->audit_mode(rc::view, *on, rc::decision::allow) == rc::audit_mode{});
            }
        }
    });
}

TEST_CASE("a difference of two policies tells each demand that changed, and no other") {
    with_random_policies(150, [](trial& one) {
        auto const before = random_audit(one.rules, one.random);
        auto const after = random_audit(one.rules, one.random);
        auto const old_text = to_yaml(one.rules) + to_yaml(before, one.random);
        auto const new_text = to_yaml(one.rules) + to_yaml(after, one.random);
        auto const diff = rc::compare(read(one, old_text), read(one, new_text));

        // Each cell that changed, as the statements tell it.
        std::map<std::string, std::string> told;
        auto const each_word = [](std::string const& list, auto const& take) {
            for (std::size_t at = 0; at < list.size();) {
                auto const end = std::min(list.find(", ", at), list.size());
                take(list.substr(at, end - at));
                at = end + 2;
            }
        };
        for (auto const& change : diff.statements) {
            if (change.of != rc::statement_change::section::audit) {
                continue;
            }
            if (change.name.empty()) {
                told["denials"] = change.before + " > " + change.after;
            }
            each_word(change.name, [&](std::string const& category) {
                each_word(change.property, [&](std::string const& action) {
                    told[action + ' ' + category] = change.before + " > " + change.after;
                });
            });
        }
        auto const spelled = [](demand const& of) {
            auto const ms = of.ms % 1000 == 0 ? std::to_string(of.ms / 1000) + " s"
                                              : std::to_string(of.ms) + " ms";
            switch (of.what) {
                case demand::mode::best_effort: return std::string("best-effort");
                case demand::mode::required: return std::string("required");
                case demand::mode::block: return "{block: " + ms + '}';
                case demand::mode::durable: break;
            }
            return "{durable: " + ms + '}';
        };
        std::map<std::string, std::string> wanted;
        auto const expect = [&](std::string const& of, demand const& was, demand const& is) {
            if (was != is) {
                wanted[of] = spelled(was) + " > " + spelled(is);
            }
        };
        expect("denials", demand_of_denial(before), demand_of_denial(after));
        for (auto const& [category, entry] : one.rules.categories) {
            for (auto const& action : all_actions(one.rules)) {
                expect(action + ' ' + category,
                       demand_of_allow(one.rules, before, action, category),
                       demand_of_allow(one.rules, after, action, category));
            }
        }
        if (told != wanted) {
            one.fail("the difference tells other demands", old_text + "\n---\n" + new_text);
        }
    });
}
