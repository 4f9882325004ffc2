// The model itself behind the engine's door: for trying the tests where there is no library yet.
// It reads no YAML, and is no part of the test program of the library.

#include "engine.hpp"
#include "random_policy.hpp"

#include <algorithm>
#include <cstdint>

namespace model {

namespace {

// Every list in one order, so that equal policies have equal text.
void put_in_order(term& one) {
    std::sort(one.facts.begin(), one.facts.end());
    one.how = one.facts.size() == 1 ? term::need::all : one.how;
}

void put_in_order(condition& needed) {
    for (auto& one : needed.any_of) {
        put_in_order(one);
    }
    std::sort(needed.any_of.begin(), needed.any_of.end(), [](auto const& left, auto const& right) {
        return std::pair(left.facts, left.how) < std::pair(right.facts, right.how);
    });
}

policy in_order(policy made) {
    for (auto& [name, one] : made.categories) {
        std::sort(one.laws.begin(), one.laws.end());
        for (auto& [action, needed] : one.required) {
            put_in_order(needed);
        }
    }
    for (auto& [name, one] : made.roles) {
        std::sort(one.inherits.begin(), one.inherits.end());
        for (auto& given : one.may) {
            for (auto& [action, needed] : given.rights) {
                put_in_order(needed);
            }
        }
        std::sort(one.may.begin(), one.may.end(), [](auto const& left, auto const& right) {
            return std::pair(left.category, left.below) < std::pair(right.category, right.below);
        });
    }
    for (auto& [name, assignments] : made.users) {
        for (auto& one : assignments) {
            std::sort(one.roles.begin(), one.roles.end());
        }
        std::sort(assignments.begin(), assignments.end(), [](auto const& left, auto const& right) {
            return std::pair(left.roles, left.until) < std::pair(right.roles, right.until);
        });
    }
    for (auto& [name, one] : made.never) {
        std::sort(one.roles.begin(), one.roles.end());
        std::sort(one.categories.begin(), one.categories.end());
        std::sort(one.actions.begin(), one.actions.end());
        if (one.when) {
            put_in_order(*one.when);
        }
    }
    for (auto& [name, one] : made.separations) {
        std::sort(one.roles.begin(), one.roles.end());
    }
    return made;
}

std::string spelled(term const& one) {
    std::string line;
    for (auto const& name : one.facts) {
        line += line.empty() ? "" : one.how == term::need::all ? " and " : " or ";
        line += name;
    }
    return line;
}

std::string spelled(condition const& needed) {
    std::string line;
    for (auto const& one : needed.any_of) {
        line += (line.empty() ? "" : " or ") + spelled(one);
    }
    return line;
}

// With parentheses where the text says `or` and stands beside something else.
std::string in_brackets(std::string const& line, bool alone) {
    return !alone && line.find(" or ") != std::string::npos ? "(" + line + ")" : line;
}

class model_engine : public engine {
public:
    explicit model_engine(policy const& rules) : rules_(in_order(rules)) {}

    answer decide(question const& asked) override { return model::decide(rules_, asked); }
    answer decide_by_reference(question const& asked) override { return decide(asked); }

    std::vector<source_file> rewrite() override { return {{"policy.yaml", to_yaml(rules_)}}; }

    // FNV-1a
    std::string digest() override {
        std::uint64_t sum = 14695981039346656037U;
        for (char const c : to_yaml(rules_)) {
            sum = (sum ^ static_cast<unsigned char>(c)) * 1099511628211U;
        }
        return std::to_string(sum);
    }

    std::string matrix_csv() override {
        std::string csv = "role,category,action,effect,if\n";
        for (auto const& [role, declared_role] : rules_.roles) {
            for (auto const& [category, declared_category] : rules_.categories) {
                for (auto const& action : all_actions(rules_)) {
                    csv += line(role, category, action);
                }
            }
        }
        return csv;
    }

private:
    // Nothing where no facts allow it.
    std::string line(std::string const& role, std::string const& category,
                     std::string const& action) {
        question const asked{.user = std::nullopt,
                             .roles = names{role},
                             .action = action,
                             .category = category,
                             .facts = {},
                             .on = {}};
        auto const start = role + "," + category + "," + action;
        auto const given = decide(asked);
        if (given.allow) {
            return start + ",allow,\n";
        }
        if (given.reason == "not-granted") {
            return "";
        }
        bool always = false;
        condition grants;
        for (auto const& name : with_inherited(rules_, {role})) {
            for (auto const& offered : rules_.roles.at(name).may) {
                for (auto const& [right, needed] : offered.rights) {
                    if (covers(rules_, offered, category) &&
                        (right == action || (right == "all" && is_built_in(action)))) {
                        always = always || needed.any_of.empty();
                        grants.any_of.insert(grants.any_of.end(), needed.any_of.begin(),
                                             needed.any_of.end());
                    }
                }
            }
        }
        if (!always && grants.any_of.empty()) {
            return "";
        }
        names parts;
        if (!always) {
            parts.push_back(spelled(grants));
        }
        for (auto const& [name, declared] : rules_.categories) {
            for (auto const& [right, needed] : declared.required) {
                if (at_or_below(category, name) && (right == "any" || right == action)) {
                    parts.push_back(spelled(needed));
                }
            }
        }
        for (auto const& [name, rail] : rules_.never) {
            auto const held = with_inherited(rules_, {role});
            auto const has = [](names const& list, auto const& matches) {
                return list.empty() || std::any_of(list.begin(), list.end(), matches);
            };
            if (has(rail.roles, [&](auto const& one) { return held.count(one) != 0; }) &&
                has(rail.categories, [&](auto const& one) { return at_or_below(category, one); }) &&
                has(rail.actions, [&](auto const& one) { return one == action; })) {
                if (!rail.when) {
                    return "";
                }
                auto const when = spelled(*rail.when);
                parts.push_back("not " + (rail.when->facts.size() == 1 ? when : "(" + when + ")"));
            }
        }
        std::string when;
        for (auto const& part : parts) {
            bool const negated = part.compare(0, 4, "not ") == 0;
            when += (when.empty() ? "" : " and ") +
                    (negated ? part : in_brackets(part, parts.size() == 1));
        }
        return start + ",conditional," + when + "\n";
    }

    policy rules_;
};

}  // namespace

std::unique_ptr<engine> engine::load(std::vector<source_file> const&, std::string& errors) {
    errors = no_yaml_reader;
    return nullptr;
}

std::unique_ptr<engine> engine::build(policy const& rules, std::string& errors) {
    for (auto const& problem : problems(rules)) {
        errors += problem + "\n";
    }
    return errors.empty() ? std::make_unique<model_engine>(rules) : nullptr;
}

}  // namespace model
