#include "table_oracle.hpp"

#include <rolecall/policy_builder.hpp>

#include <algorithm>
#include <iterator>

namespace model {

namespace {

name_set const four{"view", "modify", "store", "delete"};
std::string const strictest_level = "restricted";

// The words of a line.
name_set words_of(name_set const& actions, bool with_all) {
    return with_all && actions == four ? name_set{"all"} : actions;
}

name_set actions_of_word(std::string const& word) { return word == "all" ? four : name_set{word}; }

using rights = std::set<std::pair<std::string, std::string>>;  // category, action

name_set below(plain_table const& table, std::string const& role) {
    name_set found;
    auto const at = table.juniors.find(role);
    if (at != table.juniors.end()) {
        for (auto const& junior : at->second) {
            found.insert(junior);
            found.merge(below(table, junior));
        }
    }
    return found;
}

rights own_rights(plain_table const& table, std::string const& role) {
    rights found;
    if (auto const at = table.own.find(role); at != table.own.end()) {
        for (auto const& [category, actions] : at->second) {
            for (auto const& action : actions) {
                found.emplace(category, action);
            }
        }
    }
    return found;
}

rights inherited_rights(plain_table const& table, std::string const& role) {
    rights found;
    for (auto const& junior : below(table, role)) {
        found.merge(own_rights(table, junior));
    }
    return found;
}

std::string look_of(std::string const& name) {
    std::string look;
    for (char const c : name) {
        if (c == 'm') {
            look += "rn";
        } else if (c == 'w') {
            look += "vv";
        } else if (c != '-') {
            look += c == '0' ? 'o' : c == '1' ? 'l' : c;
        }
    }
    return look;
}

void find_like(name_set const& list, std::vector<told>& found) {
    std::map<std::string, std::string> first;
    for (auto const& name : list) {
        auto const& one = first.emplace(look_of(name), name).first->second;
        if (one != name) {
            found.push_back({"names-look-alike", {name, one}});
        }
    }
}

bool within(rights const& narrow, rights const& wide) {
    return std::includes(wide.begin(), wide.end(), narrow.begin(), narrow.end());
}

struct judge {
    plain_table const& table;
    bool with_all;
    std::vector<told> found;
    std::map<std::string, rights> can;
    std::map<std::string, name_set> inherited;

    // A line of a role on a category.
    void line(std::string const& role, std::string const& category, name_set const& actions) {
        auto const from_below = inherited_rights(table, role);
        for (auto const& word : words_of(actions, with_all)) {
            rights said;
            for (auto const& action : actions_of_word(word)) {
                said.emplace(category, action);
            }
            if (within(said, from_below)) {
                found.push_back({"grant-inherited", {role, category, word}});
            }
        }
        bool const changes = actions.size() > actions.count("view");
        if (changes && can.at(role).count({category, "view"}) == 0) {
            found.push_back({"change-without-view", {role, category}});
        }
        auto const level = table.level.find(category);
        if (level != table.level.end() && level->second == strictest_level && with_all &&
            actions == four) {
            found.push_back({"broad-grant", {role, category}});
        }
    }

    void role(std::string const& name) {
        if (auto const at = table.own.find(name); at != table.own.end()) {
            for (auto const& [category, actions] : at->second) {
                line(name, category, actions);
            }
        }
        if (auto const at = table.juniors.find(name); at != table.juniors.end()) {
            for (auto const& junior : at->second) {
                for (auto const& other : at->second) {
                    if (other != junior && inherited.at(other).count(junior) != 0) {
                        found.push_back({"inheritance-redundant", {name, junior}});
                        break;
                    }
                }
            }
        }
        bool is_inherited = false;
        for (auto const& [senior, juniors] : inherited) {
            is_inherited = is_inherited || juniors.count(name) != 0;
        }
        bool is_held = is_inherited;
        for (auto const& [user, roles] : table.users) {
            is_held = is_held || std::find(roles.begin(), roles.end(), name) != roles.end();
        }
        if (can.at(name).empty()) {
            found.push_back({"role-without-grants", {name}});
            return;
        }
        if (!table.users.empty() && !is_held) {
            found.push_back({"role-unheld", {name}});
        }
        compare(name, is_inherited);
    }

    void compare(std::string const& name, bool is_inherited) {
        auto const& mine = can.at(name);
        bool alike = false;
        bool inside = is_inherited || mine.size() < 4;  // then it isn't told
        for (auto const& [other, theirs] : can) {
            bool const unrelated =
                inherited.at(name).count(other) == 0 && inherited.at(other).count(name) == 0;
            if (!alike && other < name && theirs == mine && unrelated) {
                alike = true;
                found.push_back({"roles-alike", {name, other}});
            }
            bool const has_the_like =
                std::any_of(inherited.at(other).begin(), inherited.at(other).end(),
                            [&](auto const& junior) { return can.at(junior) == mine; });
            if (!inside && theirs.size() > mine.size() && within(mine, theirs) && !has_the_like) {
                inside = true;
                found.push_back({"role-inside-another", {name, other}});
            }
        }
    }

    void categories() {
        name_set reached;
        for (auto const& [name, all] : can) {
            for (auto const& [category, action] : all) {
                reached.insert(category);
            }
        }
        bool told_owner = false;
        for (auto const& name : table.categories) {
            if (reached.count(name) == 0) {
                found.push_back({"category-unreachable", {name}});
            }
            auto const level = table.level.find(name);
            if (level == table.level.end()) {
                if (!table.level.empty()) {
                    found.push_back({"category-without-level", {name}});
                }
            } else if (level->second == strictest_level) {
                found.push_back({"strictest-unprotected", {name}});
                if (!told_owner) {
                    found.push_back({"policy-without-owner", {name}});
                }
                told_owner = true;
            }
        }
    }
};

}  // namespace

std::string plain_table::name_of(std::string const& original) {
    auto const [at, is_new] = given_.emplace(original, "");
    if (!is_new) {
        return at->second;
    }
    std::string name;
    for (char const c : original) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            name += c;
        } else if (c >= 'A' && c <= 'Z') {
            name += static_cast<char>(c - 'A' + 'a');
        } else if (!name.empty() && name.back() != '-') {
            name += '-';
        }
    }
    while (!name.empty() && name.back() == '-') {
        name.pop_back();
    }
    if (name.empty() || name == "all") {
        name += name.empty() ? "every" : "-of-them";
    }
    while (!taken_.insert(name).second) {
        name += "-again";
    }
    return at->second = name;
}

rolecall::policy_result policy_of(plain_table const& table, bool with_all) {
    rolecall::policy_builder builder;
    for (auto const& name : table.categories) {
        auto entry = builder.category(name, "Data");
        if (auto const at = table.level.find(name); at != table.level.end()) {
            entry.level(at->second);
        }
    }
    for (auto const& name : table.roles) {
        auto entry = builder.role(name, "People");
        if (auto const at = table.juniors.find(name); at != table.juniors.end()) {
            for (auto const& junior : at->second) {
                entry.inherits(junior);
            }
        }
        if (auto const at = table.own.find(name); at != table.own.end()) {
            for (auto const& [category, actions] : at->second) {
                for (auto const& word : words_of(actions, with_all)) {
                    entry.may(category, {word});
                }
            }
        }
    }
    for (auto const& [id, roles] : table.users) {
        builder.user(id).assign(roles, std::nullopt);
    }
    return builder.build();
}

std::vector<told> expected_of(plain_table const& table, bool with_all) {
    judge work{.table = table, .with_all = with_all, .found = {}, .can = {}, .inherited = {}};
    for (auto const& role : table.roles) {
        work.inherited[role] = below(table, role);
        work.can[role] = own_rights(table, role);
        work.can[role].merge(inherited_rights(table, role));
    }
    for (auto const& role : table.roles) {
        work.role(role);
    }
    work.categories();
    find_like(table.roles, work.found);
    find_like(table.categories, work.found);
    std::sort(work.found.begin(), work.found.end());
    return std::move(work.found);
}

}  // namespace model
