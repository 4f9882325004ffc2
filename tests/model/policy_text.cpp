#include "policy_text.hpp"

#include "yaml_writer.hpp"

#include <array>
#include <cstdio>

namespace model {

namespace {

using nodes = std::vector<node>;  // as entries of a mapping they have keys

// Turns each part of a policy into the tree that its text has.
class speller {
public:
    speller(random_source& random, style const& how) : random_(random), how_(how) {}

    // The sections that have entries. `policy` and `levels` come first.
    nodes sections(policy const& rules) {
        nodes made;
        add(made, "policy", header(rules));
        if (!rules.levels.empty()) {
            add(made, "levels", list(rules.levels, false));
        }
        add(made, "actions", each(rules.actions, [&](auto const& one) { return described(one); }));
        add(made, "facts", each(rules.facts, [&](auto const& one) { return described(one); }));
        add(made, "categories",
            each(rules.categories, [&](auto const& one) { return category_of(one); }));
        add(made, "roles", each(rules.roles, [&](auto const& one) { return role_of(one); }));
        add(made, "users", each(rules.users, [&](auto const& one) { return user_of(one); }));
        add(made, "never", each(rules.never, [&](auto const& one) { return guardrail_of(one); }));
        add(made, "separation",
            each(rules.separations, [&](auto const& one) { return separation_of(one); }));
        add(made, "guarantees",
            each(rules.guarantees, [&](auto const& one) { return guarantee_of(one); }));
        add(made, "exercises",
            each(rules.exercises, [&](auto const& one) { return exercise_of(one); }));
        return made;
    }

    static node scalar(std::string const& text) {
        return {.is = node::kind::scalar, .text = text, .items = {}};
    }

    node mapping(nodes entries) {
        if (how_.reorder) {
            random_.shuffle(entries);
        }
        return {.is = node::kind::mapping, .text = "", .items = std::move(entries)};
    }

private:
    bool otherwise(std::size_t percent) { return how_.respell && random_.chance(percent); }

    // Texts that are not there and collections without entries are left out.
    static void add(nodes& made, std::string const& key, node value) {
        if (!value.text.empty() || !value.items.empty()) {
            value.key = key;
            made.push_back(std::move(value));
        }
    }

    static node free_text(std::string const& text) {
        return {.is = node::kind::free_text, .text = text, .items = {}};
    }

    node sequence(nodes items, bool any_order) {
        if (how_.reorder && any_order) {
            random_.shuffle(items);
        }
        return {.is = node::kind::sequence, .text = "", .items = std::move(items)};
    }

    template <class entries, class spell>
    node each(entries const& declared, spell const& one) {
        nodes made;
        for (auto const& [name, entry] : declared) {
            add(made, name, one(entry));
        }
        return mapping(std::move(made));
    }

    // A list of names, of which one may stand alone.
    node list(names const& given, bool any_order = true) {
        if (given.size() == 1 && !otherwise(40)) {
            return scalar(given.front());
        }
        nodes items;
        for (auto const& name : given) {
            items.push_back(scalar(name));
        }
        return sequence(std::move(items), any_order);
    }

    node header(policy const& rules) {
        nodes made;
        add(made, "name", free_text(rules.name));
        add(made, "owner", free_text(rules.owner));
        add(made, "title", free_text(rules.title));
        add(made, "about", free_text(rules.about));
        if (rules.review_by) {
            add(made, "review-by", scalar(text(*rules.review_by)));
        }
        if (rules.limited || (!rules.name.empty() && otherwise(20))) {
            add(made, "hierarchy", scalar(rules.limited ? "limited" : "general"));
        }
        if (rules.other_users) {
            add(made, "other-users", scalar("yes"));
        }
        return mapping(std::move(made));
    }

    node described(description const& one) {
        if (one.title.empty() && !otherwise(40)) {
            return free_text(one.about);
        }
        nodes made;
        add(made, "about", free_text(one.about));
        add(made, "title", free_text(one.title));
        return mapping(std::move(made));
    }

    void add_term(nodes& made, term const& one) {
        if (one.facts.size() == 1 && !otherwise(40)) {
            return add(made, "if", scalar(one.facts.front()));
        }
        bool const any = one.facts.size() == 1 ? random_.chance(50) : one.how == term::need::any;
        add(made, any ? "if-any" : "if-all", list(one.facts));
    }

    node condition_of(condition const& one) {
        if (one.any_of.empty()) {
            return scalar("always");
        }
        nodes items;
        for (auto const& part : one.any_of) {
            nodes made;
            add_term(made, part);
            items.push_back(mapping(std::move(made)));
        }
        if (items.size() == 1) {
            return items.front();
        }
        nodes made;
        add(made, "any-of", sequence(std::move(items), true));
        return mapping(std::move(made));
    }

    // A condition of which one fact alone is short for `{if: fact}`.
    node need_of(condition const& needed) {
        bool const one_fact = needed.any_of.size() == 1 && needed.any_of.front().facts.size() == 1;
        return one_fact && !otherwise(40) ? scalar(needed.any_of.front().facts.front())
                                          : condition_of(needed);
    }

    node category_of(category const& one) {
        nodes made;
        add(made, "about", free_text(one.about));
        add(made, "title", free_text(one.title));
        if (!one.level.empty()) {
            add(made, "level", scalar(one.level));
        }
        if (!one.laws.empty()) {
            nodes laws;
            for (auto const& law : one.laws) {
                laws.push_back(scalar(law));
            }
            add(made, "laws", sequence(std::move(laws), true));
        }
        if (one.named_only) {
            add(made, "named-only", scalar("yes"));
        }
        add(made, "requires",
            each(one.required, [&](condition const& needed) { return need_of(needed); }));
        if (made.size() == 1 && !otherwise(40)) {
            return free_text(one.about);
        }
        return mapping(std::move(made));
    }

    node rights_of(std::map<std::string, condition> const& rights) {
        bool plain = true;
        for (auto const& [action, needed] : rights) {
            plain = plain && needed.any_of.empty();
        }
        if (plain && !otherwise(30)) {
            names actions;
            for (auto const& [action, needed] : rights) {
                actions.push_back(action);
            }
            return list(actions);
        }
        return each(rights, [&](auto const& needed) { return condition_of(needed); });
    }

    node grants_of(std::vector<grant> const& lines) {
        nodes made;
        for (auto const& given : lines) {
            add(made, given.category + (given.below ? ".*" : ""), rights_of(given.rights));
        }
        return mapping(std::move(made));
    }

    node role_of(role const& one) {
        nodes made;
        add(made, "about", free_text(one.about));
        add(made, "title", free_text(one.title));
        if (!one.inherits.empty()) {
            add(made, "inherits", list(one.inherits));
        }
        add(made, "may", grants_of(one.may));
        if (made.size() == 1 && !one.about.empty() && !otherwise(40)) {
            return free_text(one.about);
        }
        return mapping(std::move(made));
    }

    node assignment_of(assignment const& one) {
        if (!one.until && one.roles.size() == 1 && !otherwise(25)) {
            return scalar(one.roles.front());
        }
        nodes made;
        add(made, "roles", list(one.roles));
        if (one.until) {
            add(made, "until", scalar(text(*one.until)));
        }
        return mapping(std::move(made));
    }

    node user_of(std::vector<assignment> const& assignments) {
        if (assignments.size() == 1 && !otherwise(25)) {
            return assignment_of(assignments.front());
        }
        nodes items;
        for (auto const& one : assignments) {
            items.push_back(assignment_of(one));
        }
        return sequence(std::move(items), true);
    }

    node guardrail_of(guardrail const& one) {
        nodes made;
        if (!one.roles.empty()) {
            add(made, "roles", list(one.roles));
        }
        if (!one.categories.empty()) {
            add(made, "categories", list(one.categories));
        }
        if (!one.actions.empty()) {
            add(made, "actions", list(one.actions));
        }
        if (one.when) {
            add_term(made, *one.when);
        }
        add(made, "because", free_text(one.because));
        return mapping(std::move(made));
    }

    node separation_of(separation const& one) {
        nodes made;
        add(made, "roles", list(one.roles));
        add(made, "at-most", scalar(std::to_string(one.at_most)));
        add(made, "per", scalar(one.per_person ? "person" : "session"));
        add(made, "because", free_text(one.because));
        return mapping(std::move(made));
    }

    void add_list(nodes& made, std::string const& key, names const& given) {
        if (!given.empty()) {
            add(made, key, list(given));
        }
    }

    void add_scope(nodes& made, std::string const& key, scope const& of) {
        add(made, key, of.actions.empty() ? list({"any"}) : list(of.actions));
        add_list(made, "categories", of.categories);
        add_list(made, "level", of.levels);
    }

    node guarantee_of(guarantee const& one) {
        nodes made;
        add_list(made, "roles", one.roles);
        if (one.alone) {
            add(made, "alone", scalar("yes"));
        }
        add_list(made, "only", one.only);
        if (!one.only_if.any_of.empty()) {
            add(made, "only-if", need_of(one.only_if));
        }
        add_list(made, "unless", one.unless);
        add(made, "because", free_text(one.because));
        switch (one.what) {
            case guarantee::kind::never: add_scope(made, "never", one.first); break;
            case guarantee::kind::may: add_scope(made, "may", one.first); break;
            case guarantee::kind::keeps: add(made, "keeps", grants_of(one.kept)); break;
            case guarantee::kind::never_both: {
                nodes both;
                for (scope const* each : {&one.first, &one.second}) {
                    nodes acts;
                    add_scope(acts, "may", *each);
                    both.push_back(mapping(std::move(acts)));
                }
                add(made, "never-both", sequence(std::move(both), true));
            }
        }
        return mapping(std::move(made));
    }

    void add_expectations(nodes& made, std::string const& key,
                          std::vector<expectation> const& lines) {
        nodes spelled;
        for (auto const& line : lines) {
            names actions;
            nodes reasons;
            for (auto const& [action, reason] : line.actions) {
                actions.push_back(action);
                if (!reason.empty()) {
                    add(reasons, action, scalar(reason));
                }
            }
            add(spelled, line.category + (line.below ? ".*" : ""),
                reasons.empty() ? list(actions) : mapping(std::move(reasons)));
        }
        add(made, key, mapping(std::move(spelled)));
    }

    node situation_of(exercise const& one) {
        static std::array<char const*, 3> const words{"no", "unknown", "yes"};
        nodes made;
        add(made, "facts", each(one.facts, [&](truth known) {
                return scalar(words[static_cast<std::size_t>(known)]);
            }));
        if (one.on) {
            add(made, "date", scalar(text(*one.on)));
        }
        if (one.compromised) {
            add(made, "compromised", scalar("yes"));
        }
        add_list(made, "lost", one.lost);
        return mapping(std::move(made));
    }

    node exercise_of(exercise const& one) {
        nodes made;
        add(made, "title", free_text(one.title));
        add(made, "about", free_text(one.about));
        add(made, "note", free_text(one.note));
        if (one.user) {
            nodes who;
            add(who, "user", scalar(*one.user));
            add_list(who, "roles", one.roles);
            add(made, "as", mapping(std::move(who)));
        } else {
            add(made, "as", list(one.roles));
        }
        add(made, "given", situation_of(one));
        add_expectations(made, "can", one.can);
        add_expectations(made, "cannot", one.cannot);
        add_expectations(made, "exactly", one.exactly);
        if (one.exactly_nothing) {
            add(made, "exactly", scalar("nothing"));
        }
        return mapping(std::move(made));
    }

    random_source& random_;
    style how_;
};

std::string one_file(nodes sections, random_source& random, style const& how) {
    speller spell(random, how);
    return write_yaml(spell.mapping(std::move(sections)), random, how.decorate);
}

}  // namespace

std::string to_yaml(policy const& rules, random_source& random, style const& how) {
    return one_file(speller(random, how).sections(rules), random, how);
}

std::string to_yaml(policy const& rules) {
    random_source unused(0);
    return to_yaml(rules, unused, {.reorder = false, .respell = false, .decorate = false});
}

std::vector<source_file> to_yaml_files(policy const& rules, random_source& random,
                                       style const& how) {
    static names const paths{"policy.yaml",      "roles/support.yaml",
                             "roles/a-1.yaml",   "a/b/c/deep.yaml",
                             "z.yaml",           "0.yaml",
                             "Roles/Upper.yaml", "roles.d/x_y.yaml",
                             "with space.yaml",  "exercises/one.yaml"};
    auto const used = random.some(paths, 1, 4);
    std::vector<nodes> parts(used.size());
    auto const main_file = random.below(used.size());  // has `policy` and `levels`
    for (auto& section : speller(random, how).sections(rules)) {
        if (section.key == "policy" || section.key == "levels") {
            parts[main_file].push_back(std::move(section));
            continue;
        }
        for (auto& entry : section.items) {
            auto& part = parts[random.below(used.size())];
            if (part.empty() || part.back().key != section.key) {
                part.push_back(speller(random, how).mapping({}));
                part.back().key = section.key;
            }
            part.back().items.push_back(std::move(entry));
        }
    }
    std::vector<source_file> made;
    for (std::size_t at = 0; at < used.size(); ++at) {
        if (!parts[at].empty()) {
            made.push_back({used[at], one_file(std::move(parts[at]), random, how)});
        }
    }
    return made;
}

std::string text(date const& on) {
    std::array<char, 40> room{};
    std::snprintf(room.data(), room.size(), "%04d-%02d-%02d", on.year, on.month, on.day);
    return room.data();
}

std::string text(question const& asked) {
    std::string made;
    if (asked.user) {
        made += "user `" + *asked.user + "`" + (asked.roles ? " with " : "");
    }
    if (asked.roles) {
        made += "roles [";
        for (auto const& name : *asked.roles) {
            made += (&name == asked.roles->data() ? "`" : ", `") + name + "`";
        }
        made += "]";
    }
    made += ": `" + asked.action + "` `" + asked.category + "` on " + text(asked.on) + " {";
    static std::array<char const*, 3> const words{"false", "unknown", "true"};
    for (auto const& [name, state] : asked.facts) {
        made += " " + name + "=" + words[static_cast<std::size_t>(state)];
    }
    return made + " }";
}

std::string text(answer const& given) {
    return (given.allow ? "allow (" : "deny (") + given.reason + ")";
}

std::string text(std::vector<source_file> const& files) {
    std::string made;
    for (auto const& file : files) {
        made += "# file: " + file.path + "\n" + file.text;
    }
    return made;
}

}  // namespace model
