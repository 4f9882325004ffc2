// A guarantee says something of everybody, whatever is known. Here it is tried on everybody: each
// set of roles, each role of it active alone, each state of the facts, of thousands of small
// policies. guarantees.cpp says what is meant; model.cpp, what is allowed.

#include "guarantees.hpp"

#include "guarantee_agreement.hpp"
#include "library_promises.hpp"
#include "promise_meaning.hpp"
#include "random_promises.hpp"
#include "trial.hpp"
#include <rolecall/diagnostic_text.hpp>
#include <rolecall/digest.hpp>
#include <rolecall/document.hpp>
#include <rolecall/guarantees.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

using namespace model;
namespace rc = rolecall;

namespace {

using kind = guarantee::kind;

constexpr std::array every_kind{kind::never, kind::may, kind::never_both, kind::keeps};

rc::policy_result loaded(std::string const& text) { return rc::yaml::load_text(text); }

// How many guarantees of a kind there were, and how many of them were broken.
struct share {
    std::size_t all = 0, broken = 0;

    bool fair() const { return broken * 10 >= all && broken * 10 <= all * 9; }
};

struct tally {
    std::map<kind, share> of;
    share alone, level, only, only_if, unless, everyone, users, separations;

    void add(policy const& rules, guarantee const& given, bool broken) {
        auto const count = [&](share& one, bool counts) {
            one.all += counts ? 1 : 0;
            one.broken += counts && broken ? 1 : 0;
        };
        count(of[given.what], true);
        count(alone, given.alone);
        count(level, !given.first.levels.empty());
        count(only, !given.only.empty());
        count(only_if, !given.only_if.any_of.empty());
        count(unless, !given.unless.empty());
        count(everyone, given.what == kind::never && given.roles.empty());
        count(users, given.what == kind::never_both && !rules.users.empty() && !rules.other_users);
        count(separations, !rules.separations.empty());
    }

    // Shares of a few say nothing.
    void require_fair() const {
        std::vector<share> every{alone, level, only, only_if, unless, everyone, users, separations};
        for (auto const what : every_kind) {
            every.push_back(of.contains(what) ? of.at(what) : share{});
        }
        for (std::size_t at = 0; at < every.size(); ++at) {
            auto const& one = every[at];
            CAPTURE(at);
            CAPTURE(one.broken);
            CAPTURE(one.all);
            CHECK((one.all < 100 || one.fair()));
        }
    }
};

// One guarantee of each kind.
policy with_guarantees(policy rules, random_source& random) {
    rules.guarantees.clear();
    for (auto const what : every_kind) {
        auto const name = "promise-" + std::to_string(rules.guarantees.size());
        rules.guarantees[name] = random_guarantee(rules, what, random);
    }
    return rules;
}

policy without_guarantees(policy rules) {
    rules.guarantees.clear();
    return rules;
}

}  // namespace

namespace {

void compare(trial const& one, policy const& rules, tally& seen) {
    auto const plain = loaded(to_yaml(without_guarantees(rules))).value();
    auto const answers = rc::check_guarantees(plain, as_document(rules));
    guarantee_agreement it(one, rules, plain);
    it.require(answers.size() == rules.guarantees.size(), "how many answers");
    for (auto const& answer : answers) {
        auto const& given = rules.guarantees.at(answer.name);
        it.check(given, answer);
        seen.add(rules, given, !answer);
    }
}

}  // namespace

TEST_CASE("a guarantee is kept if nobody can break it, whatever they hold and whatever is known") {
    tally seen;
    with_random_policies(1500, [&](trial& one) {
        compare(one, with_guarantees(small_policy(one.random), one.random), seen);
    });
    seen.require_fair();
}

TEST_CASE("a guarantee is checked exactly with five roles and six facts") {
    tally seen;
    with_random_policies(10, [&](trial& one) {
        compare(one, with_guarantees(large_policy(one.random), one.random), seen);
    });
    seen.require_fair();
}

TEST_CASE("a guarantee is checked exactly where much depends on many facts") {
    tally seen;
    with_random_policies(300, [&](trial& one) {
        auto rules = involved_policy(one.random);
        for (auto const* name : {"a", "b", "c"}) {
            rules.guarantees[name] = involved_guarantee(rules, one.random);
        }
        compare(one, rules, seen);
    });
    seen.require_fair();
}

TEST_CASE("a policy that breaks a guarantee of its own is refused, at a line that grants") {
    with_random_policies(700, [&](trial& one) {
        auto rules = with_guarantees(small_policy(one.random), one.random);
        auto const bare = without_guarantees(rules);
        auto const text = to_yaml(bare);
        auto const lines = std::count(text.begin(), text.end(), '\n');
        auto const places = rights_at(bare, loaded(text).value());
        promise_judge judge(bare);
        auto const given = rules.guarantees;
        for (auto const& entry : given) {
            auto const& promise = entry.second;
            rules.guarantees = {entry};
            bool const broken = judge.smallest_breach(promise).has_value();
            auto const require = [&](bool holds, std::string const& otherwise) {
                if (!holds) {
                    one.fail(entry.first + ": " + otherwise, to_yaml(rules));
                }
            };
            // The guarantees stand last, and so move no other line.
            auto const plain = loaded(to_yaml(rules));
            auto const respelled = loaded(to_yaml(rules, one.random));
            require(bool{plain} != broken, broken ? "it was loaded" : "it was refused");
            require(bool{respelled} != broken, "written differently");
            for (auto const& finding : plain.findings()) {
                if (finding.code != rc::diagnostic_code::guarantee_broken) {
                    require(finding.level() != rc::severity::error, rc::to_text(finding));
                    continue;
                }
                bool const grants = places.contains({finding.where.line, finding.where.column});
                bool const its_own = static_cast<std::ptrdiff_t>(finding.where.line) > lines;
                require(promise.what == kind::keeps ? its_own : grants,
                        "the place of\n" + rc::to_text(finding));
            }
        }
    });
}

TEST_CASE("guarantees say the same however they are written, and stay when a policy is rewritten") {
    with_random_policies(500, [&](trial& one) {
        auto rules = with_guarantees(small_policy(one.random), one.random);
        promise_judge judge(rules);
        std::erase_if(rules.guarantees,
                      [&](auto const& entry) { return judge.smallest_breach(entry.second); });
        auto const require = [&](bool holds, std::string const& otherwise) {
            if (!holds) {
                one.fail(otherwise, to_yaml(rules));
            }
        };
        auto const require_same = [&](rc::policy_result const& found, std::string const& how) {
            require(bool{found}, how + ": it is refused");
            policy read;
            read_promises(found->source(), read);
            require(read.guarantees.size() == rules.guarantees.size(), how + ": how many");
            for (auto const& [name, promise] : rules.guarantees) {
                require(meaning(read.guarantees[name]) == meaning(promise), how + ": " + name);
            }
        };
        auto const plain = loaded(to_yaml(rules));
        auto const canonical = loaded(rc::yaml::write(*plain));
        std::vector<rc::source_file> files;
        for (auto const& file : to_yaml_files(rules, one.random)) {
            files.push_back({file.path, file.text});
        }
        auto const respelled = rc::yaml::load_texts(std::move(files));
        require_same(plain, "as it is");
        require_same(respelled, "written differently");
        require_same(canonical, "rewritten");
        require(rc::yaml::write(*canonical) == rc::yaml::write(*plain), "rewritten once more");
        require(rc::digest(*respelled) == rc::digest(*plain), "the digest, written differently");
        require(rc::digest(*canonical) == rc::digest(*plain), "the digest, rewritten");
    });
}
