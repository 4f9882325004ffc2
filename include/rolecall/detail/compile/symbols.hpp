// The names that a document declares, checked, and numbered in an order that does not
// depend on files or entries: roles, actions and facts by name, categories as a tree.
#ifndef ROLECALL_DETAIL_COMPILE_SYMBOLS_HPP
#define ROLECALL_DETAIL_COMPILE_SYMBOLS_HPP

#include <rolecall/action.hpp>
#include <rolecall/detail/compile/name_rules.hpp>
#include <rolecall/detail/findings.hpp>
#include <rolecall/detail/name_table.hpp>
#include <rolecall/document.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::detail {

/// The categories in tree order: each directly before all that lies below it, so that what
/// lies below one is a range of positions.
struct category_tree {
    std::vector<std::uint32_t> number;    // position → number
    std::vector<std::uint32_t> position;  // number → position
    std::vector<std::uint32_t> end;       // position → one past the last position below it
    std::vector<bool> named_only;         // by position
};

struct symbols {
    name_table roles, actions, categories, facts, levels, users;
    category_tree tree;
};

/// What the messages call a kind of name, and how many there may be.
struct name_kind {
    std::string_view singular;
    std::string_view plural;
    std::size_t limit;
    bool is_category = false;
    bool is_user = false;
};

inline constexpr name_kind role_names{"role", "roles", max_numbers};
inline constexpr name_kind category_names{"category", "categories", max_numbers, true};
inline constexpr name_kind action_names{"action", "actions of its own", max_actions - 4};
inline constexpr name_kind fact_names{"fact", "facts", max_facts};
inline constexpr name_kind level_names{"level", "levels", max_numbers};
inline constexpr name_kind guardrail_names{"guardrail", "guardrails", 0xFFFF'FFFE};
inline constexpr name_kind separation_names{"separation", "separations", 0xFFFF'FFFE};
inline constexpr name_kind guarantee_names{"guarantee", "guarantees", 0xFFFF'FFFE};
inline constexpr name_kind exercise_names{"exercise", "exercises", 0xFFFF'FFFE};
inline constexpr name_kind user_names{"user", "users", 0xFFFF'FFFE, false, true};

/// Checks the names that one section declares, and hands them out sorted.
class declarations {
public:
    declarations(name_kind kind, findings& found) : kind_(kind), found_(found) {}

    void reserve(std::size_t count) { names_.reserve(count); }
    void add(written_name const& name) { names_.push_back(&name); }

    /// Reports what is wrong, and returns the distinct well-formed names in their order.
    std::vector<std::string_view> check() {
        for (written_name const* name : names_) check_spelling(*name);
        if (names_.size() > kind_.limit) report_excess();
        std::vector<std::string_view> sorted = report_duplicates();
        if (!kind_.is_user) report_similar();
        if (kind_.is_category) std::sort(sorted.begin(), sorted.end(), category_before);
        return sorted;
    }

private:
    void report(diagnostic_code code, written_name const& at, std::string text,
                std::vector<related_place> related = {}) {
        found_.push_back({code, at.at, std::move(text), std::move(related)});
    }

    void check_spelling(written_name const& name) {
        std::string const what = std::string(kind_.singular) + ' ' + in_backticks(name.text);
        if (kind_.is_user) {
            if (!is_user_id(name.text))
                report(diagnostic_code::invalid_user_id, name,
                       "user id " + in_backticks(name.text) +
                           " must be 1 to 256 bytes without control or hidden characters");
        } else if (kind_.is_category ? !is_category(name.text) : !is_name(name.text)) {
            report(diagnostic_code::invalid_name, name,
                   what +
                       (kind_.is_category ? " must be one to eight names joined by dots, each of"
                                          : " must be made of") +
                       " a-z and 0-9 with single `-` or `_` between them, at most 128 bytes");
        } else if (kind_.is_category ? has_reserved_segment(name.text) : is_reserved(name.text)) {
            report(diagnostic_code::reserved_name, name,
                   what +
                       " uses a reserved word: `all`, `any`, `always` and `everyone` have a "
                       "meaning of their own");
        }
    }

    void report_excess() {
        report(diagnostic_code::too_many_names, *names_[kind_.limit],
               "a policy has at most " + std::to_string(kind_.limit) + ' ' +
                   std::string(kind_.plural) + ", and this one has " +
                   std::to_string(names_.size()));
    }

    std::vector<std::string_view> report_duplicates() {
        auto sorted = names_;
        std::stable_sort(sorted.begin(), sorted.end(),
                         [](auto const* a, auto const* b) { return a->text < b->text; });
        std::vector<std::string_view> distinct;
        written_name const* first = nullptr;
        for (written_name const* name : sorted) {
            if (first == nullptr || name->text != first->text) {
                first = name;
                distinct.push_back(name->text);
            } else {
                report(diagnostic_code::duplicate_definition, *name,
                       std::string(kind_.singular) + ' ' + in_backticks(name->text) +
                           " is defined twice",
                       {{first->at, "first defined here"}});
            }
        }
        return distinct;
    }

    void report_similar() {
        struct look {
            std::string text;
            written_name const* name;
        };
        std::vector<look> looks;
        looks.reserve(names_.size());
        for (written_name const* name : names_) looks.push_back({look_of(name->text), name});
        std::stable_sort(looks.begin(), looks.end(),
                         [](look const& a, look const& b) { return a.text < b.text; });
        for (std::size_t i = 1; i < looks.size(); ++i) {
            written_name const& a = *looks[i - 1].name;
            written_name const& b = *looks[i].name;
            if (looks[i - 1].text == looks[i].text && a.text != b.text)
                report(diagnostic_code::similar_names, b,
                       std::string(kind_.singular) + ' ' + in_backticks(b.text) + " and " +
                           in_backticks(a.text) + " differ only in `-` against `_`",
                       {{a.at, "the other is here"}});
        }
    }

    name_kind kind_;
    findings& found_;
    std::vector<written_name const*> names_;
};

template <class Section>
std::vector<std::string_view> declared(name_kind kind, Section const& section, findings& found) {
    declarations names(kind, found);
    names.reserve(section.size());
    for (auto const& entry : section) names.add(entry.name);
    return names.check();
}

inline name_table numbered(std::vector<std::string_view> const& names) {
    name_table table;
    for (std::string_view const name : names) table.add(name);
    return table;
}

inline name_table number_actions(document const& doc, findings& found) {
    name_table table;
    for (std::string_view const name : {"view", "modify", "store", "delete"}) table.add(name);
    for (written_action const& a : doc.actions)
        if (table.find(a.name.text) != name_table::none)
            found.push_back(
                {diagnostic_code::duplicate_definition,
                 a.name.at,
                 "action " + in_backticks(a.name.text) + " always exists; leave this line out",
                 {}});
    for (std::string_view const name : declared(action_names, doc.actions, found))
        if (table.find(name) == name_table::none) table.add(name);
    return table;
}

inline name_table number_levels(document const& doc, findings& found) {
    if (doc.levels.empty()) return numbered({std::begin(default_levels), std::end(default_levels)});
    declarations names(level_names, found);
    for (written_name const& level : doc.levels) names.add(level);
    return numbered(names.check());
}

inline name_table number_users(document const& doc, findings& found) {
    declarations ids(user_names, found);
    ids.reserve(doc.users.size());
    for (written_user const& user : doc.users) ids.add(user.id);
    return numbered(ids.check());
}

inline category_tree grow_tree(document const& doc, name_table const& categories) {
    category_tree tree;
    std::uint32_t const count = categories.size();
    tree.number.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) tree.number.push_back(i);
    std::sort(tree.number.begin(), tree.number.end(), [&](std::uint32_t a, std::uint32_t b) {
        return category_before(categories.name(a), categories.name(b));
    });
    tree.position.resize(count);
    tree.end.resize(count);
    tree.named_only.resize(count);
    std::vector<std::uint32_t> path;  // positions that the current one lies below
    auto const close = [&](std::uint32_t at) {
        tree.end[path.back()] = at;
        path.pop_back();
    };
    for (std::uint32_t at = 0; at < count; ++at) {
        std::string_view const name = categories.name(tree.number[at]);
        tree.position[tree.number[at]] = at;
        while (!path.empty() && !lies_below(name, categories.name(tree.number[path.back()])))
            close(at);
        path.push_back(at);
    }
    while (!path.empty()) close(count);
    for (written_category const& c : doc.categories)
        if (c.named_only) tree.named_only[tree.position[categories.find(c.name.text)]] = true;
    return tree;
}

/// Former names: each well formed, declared no more, and the former name of one entry only.
template <class Section>
void check_former_names(name_kind kind, Section const& section, name_table const& declared,
                        findings& found) {
    std::vector<written_name const*> former;
    for (auto const& entry : section)
        for (written_name const& name : entry.was) former.push_back(&name);
    std::stable_sort(former.begin(), former.end(),
                     [](auto const* a, auto const* b) { return a->text < b->text; });
    std::string const what(kind.singular);
    for (std::size_t i = 0; i < former.size(); ++i) {
        written_name const& name = *former[i];
        bool const is_no_name = kind.is_category
                                    ? !is_category(name.text) || has_reserved_segment(name.text)
                                    : !is_name(name.text) || is_reserved(name.text);
        if (is_no_name)
            found.push_back({diagnostic_code::former_name,
                             name.at,
                             "no " + what + " was ever called " + in_backticks(name.text) +
                                 ": that is not a name",
                             {}});
        else if (declared.find(name.text) != name_table::none)
            found.push_back({diagnostic_code::former_name,
                             name.at,
                             what + ' ' + in_backticks(name.text) +
                                 " still exists, so nothing else was called so before",
                             {}});
        else if (i > 0 && former[i - 1]->text == name.text)
            found.push_back(
                {diagnostic_code::former_name,
                 name.at,
                 "only one " + what + " can have been " + in_backticks(name.text) + " before",
                 {{former[i - 1]->at, "first said here"}}});
    }
}

inline symbols declare(document const& doc, findings& found) {
    symbols s;
    s.roles = numbered(declared(role_names, doc.roles, found));
    s.categories = numbered(declared(category_names, doc.categories, found));
    s.facts = numbered(declared(fact_names, doc.facts, found));
    s.actions = number_actions(doc, found);
    s.levels = number_levels(doc, found);
    s.users = number_users(doc, found);
    s.tree = grow_tree(doc, s.categories);
    check_former_names(role_names, doc.roles, s.roles, found);
    check_former_names(category_names, doc.categories, s.categories, found);
    check_former_names(fact_names, doc.facts, s.facts, found);
    check_former_names({"action", "actions", max_actions}, doc.actions, s.actions, found);
    declared(guardrail_names, doc.guardrails, found);
    declared(separation_names, doc.separations, found);
    return s;
}

}  // namespace rolecall::inline v0_1::detail

#endif
