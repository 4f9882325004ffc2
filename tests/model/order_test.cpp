// Laws on how a policy is written: neither order nor spelling changes what it means, and written
// by the library and read again it is the same policy.

#include "trial.hpp"

#include <doctest/doctest.h>

using namespace model;

namespace {

// The same policy with every list in another order, but for `levels`.
policy reordered(policy made, random_source& random) {
    auto const mix = [&](condition& needed) {
        for (auto& one : needed.any_of) {
            random.shuffle(one.facts);
        }
        random.shuffle(needed.any_of);
    };
    for (auto& [name, one] : made.categories) {
        random.shuffle(one.laws);
        for (auto& [action, needed] : one.required) {
            mix(needed);
        }
    }
    for (auto& [name, one] : made.roles) {
        random.shuffle(one.inherits);
        random.shuffle(one.may);
        for (auto& given : one.may) {
            for (auto& [action, needed] : given.rights) {
                mix(needed);
            }
        }
    }
    for (auto& [name, assignments] : made.users) {
        random.shuffle(assignments);
        for (auto& one : assignments) {
            random.shuffle(one.roles);
        }
    }
    for (auto& [name, one] : made.never) {
        random.shuffle(one.roles);
        random.shuffle(one.categories);
        random.shuffle(one.actions);
        if (one.when) {
            random.shuffle(one.when->facts);
        }
    }
    for (auto& [name, one] : made.separations) {
        random.shuffle(one.roles);
    }
    return made;
}

// The same policy with other names for its roles, so that they sort in another order.
policy renamed(policy const& rules, std::map<std::string, std::string> const& other) {
    auto made = rules;
    auto const each = [&](names& list) {
        for (auto& name : list) {
            name = other.at(name);
        }
    };
    made.roles.clear();
    for (auto [name, one] : rules.roles) {
        each(one.inherits);
        made.roles[other.at(name)] = one;
    }
    for (auto& [name, assignments] : made.users) {
        for (auto& one : assignments) {
            each(one.roles);
        }
    }
    for (auto& [name, one] : made.never) {
        each(one.roles);
    }
    for (auto& [name, one] : made.separations) {
        each(one.roles);
    }
    return made;
}

void require_same_answers(trial& one, engine& first, engine& second, std::string const& who) {
    for (int left = 30; left > 0; --left) {
        auto const asked = one.ask();
        auto other = asked;
        if (other.roles) {
            one.random.shuffle(*other.roles);
        }
        one.require_same(second.decide(other), first.decide(asked), one.rules, asked, who);
    }
}

}  // namespace

TEST_CASE("the order of files, entries and roles does not matter") {
    with_random_policies(300, [](trial& one) {
        style const order{.reorder = true, .respell = false, .decorate = true};
        auto const first_files = to_yaml_files(one.rules, one.random, order);
        auto const second_files = to_yaml_files(one.rules, one.random, order);
        auto const first = one.loaded(first_files);
        auto const second = one.loaded(second_files);
        if (!first) {
            return;
        }
        require_same_answers(one, *first, *second, "in another order the engine");
        if (first->digest() != second->digest()) {
            one.fail("the digest depends on the order",
                     text(first_files) + "\nand\n" + text(second_files));
        }
    });
}

TEST_CASE("the order of entries does not matter to a policy made in code") {
    with_random_policies(300, [](trial& one) {
        auto const other = reordered(one.rules, one.random);
        auto const first = one.built();
        auto const second = one.built(other);
        require_same_answers(one, *first, *second, "in another order the engine");
        if (first->digest() != second->digest()) {
            one.fail("the digest depends on the order", to_yaml(one.rules) + "\n" + to_yaml(other));
        }
    });
}

TEST_CASE("the names of roles do not matter") {
    with_random_policies(300, [](trial& one) {
        std::map<std::string, std::string> other;
        names fresh;
        for (auto const& [name, role] : one.rules.roles) {
            fresh.push_back(fresh_name(fresh, one.random));
            other[name] = fresh.back();
        }
        auto const rules = renamed(one.rules, other);
        auto const first = one.built();
        auto const second = one.built(rules);
        for (int left = 30; left > 0; --left) {
            auto const asked = one.ask();
            auto again = asked;
            if (again.roles) {
                for (auto& name : *again.roles) {
                    auto const found = other.find(name);
                    name = found == other.end() ? "not-declared" : found->second;
                }
            }
            one.require_same(second->decide(again), first->decide(asked), rules, again,
                             "with other names of roles the engine");
        }
    });
}

TEST_CASE("spellings that mean the same are the same policy") {
    with_random_policies(300, [](trial& one) {
        auto const plain = to_yaml(one.rules);
        auto const other = to_yaml(one.rules, one.random);
        auto const first = one.loaded({{"policy.yaml", plain}});
        auto const second = one.loaded({{"policy.yaml", other}});
        if (!first) {
            return;
        }
        require_same_answers(one, *first, *second, "spelled in another way the engine");
        if (first->digest() != second->digest()) {
            one.fail("the digest depends on the spelling", plain + "\nand\n" + other);
        }
    });
}

TEST_CASE("written and read again it decides the same") {
    with_random_policies(300, [](trial& one) {
        auto const first = one.loaded(to_yaml_files(one.rules, one.random));
        if (!first) {
            return;
        }
        auto const written = first->rewrite();
        auto const second = one.loaded(written);
        require_same_answers(one, *first, *second, "written and read again the engine");
        if (second->rewrite() != written) {
            one.fail("written twice it is not the same text",
                     text(written) + "\nand\n" + text(second->rewrite()));
        }
        if (first->digest() != second->digest()) {
            one.fail("written and read again it has another digest", text(written));
        }
        if (first->digest() != one.loaded(written)->digest()) {
            one.fail("read twice it has two digests", text(written));
        }
    });
}

TEST_CASE("a policy made in code can be written and read again") {
    with_random_policies(200, [](trial& one) {
        auto const first = one.built();
        if (auto const second = one.loaded(first->rewrite())) {
            require_same_answers(one, *first, *second, "written and read again the engine");
        }
    });
}

TEST_CASE("with a grant less it has another digest") {
    with_random_policies(300, [](trial& one) {
        auto rules = one.rules;
        auto const name = one.random.pick(names_of(rules.roles));
        rules.roles[name].about = "So that it is never empty";
        auto fewer = rules;
        if (!fewer.roles[name].may.empty()) {
            fewer.roles[name].may.pop_back();
            if (one.built(rules)->digest() == one.built(fewer)->digest()) {
                one.fail("the same digest without the last grant of `" + name + "`",
                         to_yaml(rules));
            }
        }
    });
}
