// "People and names", of docs/lint.md.

#include "oracle.hpp"

#include <algorithm>
#include <functional>

namespace model {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string in_lower_case(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), lower);
    return text;
}

// Runs of letters and digits; what is not ASCII counts as letters.
name_set words_of(std::string const& text) {
    name_set found;
    std::string word;
    for (char const c : in_lower_case(text) + ' ') {
        bool const part = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                          static_cast<unsigned char>(c) >= 0x80;
        if (part) {
            word += c;
        } else if (!word.empty()) {
            found.insert(word);
            word.clear();
        }
    }
    return found;
}

bool is_for_outsiders(std::string const& name, role const& one, names const& vendor_words) {
    for (auto const& text : {name, one.title}) {
        auto const words = words_of(text);
        for (auto const& word : vendor_words) {
            if (words.count(word) != 0) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace

void find_people(policy const& rules, oracle_settings const& with, std::vector<told>& found) {
    for (auto const& [user, assignments] : rules.users) {
        for (auto const& one : assignments) {
            names about{user};
            about.insert(about.end(), one.roles.begin(), one.roles.end());
            auto const every = with_inherited(rules, one.roles);
            bool const outsider = std::any_of(every.begin(), every.end(), [&](auto const& role) {
                return is_for_outsiders(role, rules.roles.at(role), with.vendor_words);
            });
            if (outsider && !one.until) {
                found.push_back({"vendor-without-end", about});
            }
            if (one.until && *one.until < with.today) {
                found.push_back({"assignment-passed", about});
            }
        }
    }
    if (rules.review_by && *rules.review_by < with.today) {
        found.push_back({"review-overdue", {}});
    }
}

namespace {

// Equal for names that people take for each other: whatever stands for two letters is written
// as both.
std::string look_of(std::string const& name) {
    std::string look;
    for (char const c : name) {
        switch (c) {
            case '.':
            case '-':
            case '_': break;
            case '0': look += 'o'; break;
            case '1': look += 'l'; break;
            case 'm': look += "rn"; break;
            case 'w': look += "vv"; break;
            default: look += c;
        }
    }
    return look;
}

// Each that looks like a name of `known` or like one before it.
void compare(names const& known, names list,
             std::function<std::string(std::string const&)> const& look, std::vector<told>& found) {
    std::sort(list.begin(), list.end());
    std::map<std::string, std::string> first;
    for (auto const& name : known) {
        first.emplace(look(name), name);
    }
    for (auto const& name : list) {
        auto const [at, is_new] = first.emplace(look(name), name);
        if (!is_new) {
            found.push_back({"names-look-alike", {name, at->second}});
        }
    }
}

template <class entries>
names names_in(entries const& declared) {
    names list;
    for (auto const& [name, entry] : declared) {
        list.push_back(name);
    }
    return list;
}

}  // namespace

void find_like_names(policy const& rules, std::vector<told>& found) {
    compare({}, names_in(rules.roles), look_of, found);
    compare({}, names_in(rules.categories), look_of, found);
    compare({}, names_in(rules.facts), look_of, found);
    compare({"view", "modify", "store", "delete"}, names_in(rules.actions), look_of, found);
    compare({}, rules.levels, look_of, found);
    compare({}, names_in(rules.never), look_of, found);
    compare({}, names_in(rules.separations), look_of, found);
    compare({}, names_in(rules.users), in_lower_case, found);
}

}  // namespace model
