#include "random_policy.hpp"

#include <set>
#include <utility>

namespace model {

namespace {

names const words{"payment",  "pay",     "account", "lead",    "health",  "card",    "history",
                  "feedback", "review",  "ticket",  "consent", "dispute", "staff",   "nurse",
                  "doctor",   "billing", "refund",  "support", "export",  "share",   "print",
                  "photo",    "quote",   "address", "phone",   "order",   "invoice", "partner",
                  "a",        "b",       "c",       "x",       "y",       "z"};

// Words of the format itself, and what other readers of YAML take for numbers and truth values.
names const odd_words{"yes",      "no",         "on",    "off",   "true",  "false",  "null",
                      "1",        "007",        "1e3",   "0x1f",  "if",    "if-all", "if-any",
                      "any-of",   "roles",      "users", "until", "about", "level",  "requires",
                      "rolecall", "2026-12-31", "view",  "delete"};

// Never names, or words of the expressions in which a matrix spells conditions.
bool avoided(std::string const& name) {
    static name_set const list{"all", "any", "always", "everyone", "and", "or", "not"};
    return list.count(name) != 0;
}

std::string folded(std::string name) {
    std::replace(name.begin(), name.end(), '_', '-');
    return name;
}

// Choices are made in statements of their own, since the order of operands is the compiler's.
std::string candidate(names const& taken, random_source& random) {
    static names const tails{"-", "_", "s", "2", "-x", "_b-", "-1-", "_2_c_"};
    auto const kind = random.below(100);
    if (kind < 4) {
        return random.pick(odd_words);
    }
    if (kind < 5) {
        return std::string(random.between(100, 128), 'n');
    }
    std::string made = random.pick(kind < 30 && !taken.empty() ? taken : words);
    if (kind < 15) {
        made += "s";  // a name that another one begins with
    } else if (kind < 50) {
        made += random.pick(tails);
        made += random.pick(words);
    } else if (kind < 60) {
        made += std::to_string(random.below(30));
    }
    return made;
}

}  // namespace

std::string fresh_name(names const& taken, random_source& random) {
    name_set used;
    for (auto const& name : taken) {
        used.insert(folded(name));
    }
    for (;;) {
        auto name = candidate(taken, random);
        if (name.size() <= 128 && !avoided(name) && used.count(folded(name)) == 0) {
            return name;
        }
    }
}

names all_actions(policy const& rules) {
    auto const found = actions_of(rules);
    return {found.begin(), found.end()};
}

namespace {

struct sizes {
    std::size_t actions, facts, categories, depth, roles, grants, guardrails, separations, users;
};

sizes random_sizes(random_source& random) {
    auto const kind = random.below(100);
    if (kind < 88) {
        return {.actions = random.chance(50) ? 0 : random.between(1, 2),
                .facts = random.between(0, 6),
                .categories = random.between(3, 8),
                .depth = random.chance(4) ? std::size_t{8} : random.between(2, 4),
                .roles = random.between(2, 6),
                .grants = random.between(1, 4),
                .guardrails = random.chance(45) ? 0 : random.between(1, 3),
                .separations = random.chance(55) ? 0 : random.between(1, 2),
                .users = random.chance(45) ? 0 : random.between(1, 4)};
    }
    bool const large = kind >= 97;
    bool const full = large && random.chance(50);  // as many actions and facts as there may be
    return {.actions = random.between(full ? 12 : 0, large ? 12 : 5),
            .facts = large ? random.between(full ? 64 : 20, 64) : random.between(4, 16),
            .categories = large ? random.between(20, 40) : random.between(8, 16),
            .depth = 4,
            .roles = large ? random.between(12, 30) : random.between(6, 12),
            .grants = random.between(2, 6),
            .guardrails = random.between(0, 6),
            .separations = random.between(0, 4),
            .users = random.between(0, large ? 20 : 8)};
}

// A category below some prefix of a category before it, or at the top. Adds to both lists.
std::string fresh_path(names& segments, names& prefixes, random_source& random) {
    std::string path = prefixes.empty() || random.chance(30) ? "" : random.pick(prefixes);
    do {
        auto segment = segments.empty() || random.chance(60)
                           ? segments.emplace_back(fresh_name(segments, random))
                           : random.pick(segments);
        path += path.empty() ? segment : "." + segment;
        prefixes.push_back(path);
    } while (random.chance(15));  // what was left behind may stay undeclared
    return path;
}

std::size_t depth_of(std::string const& category) {
    return static_cast<std::size_t>(std::count(category.begin(), category.end(), '.'));
}

// Makes one policy, section by section; each section uses the names of those before it.
class policy_maker {
public:
    explicit policy_maker(random_source& random) : random_(random), size_(random_sizes(random)) {}

    // In the names of a vocabulary, which outlives the maker.
    policy_maker(random_source& random, vocabulary const& from) : policy_maker(random) {
        from_ = &from;
        size_.actions = std::min(size_.actions, from.actions.size());
        size_.facts = std::min(size_.facts, from.facts.size());
        size_.categories = std::min(size_.categories, from.categories.size());
        size_.roles = std::min(size_.roles, from.roles.size());
    }

    policy make() {
        header();
        for (std::size_t left = size_.actions; left > 0; --left) {
            auto taken = names_of(made_.actions);
            taken.insert(taken.end(), {"view", "modify", "store", "delete"});
            made_.actions[next_name(taken, &vocabulary::actions)] = described();
        }
        for (std::size_t left = size_.facts; left > 0; --left) {
            made_.facts[next_name(names_of(made_.facts), &vocabulary::facts)] = described();
        }
        facts_ = names_of(made_.facts);
        actions_ = all_actions(made_);
        make_categories();
        make_roles();
        make_separations();
        make_users();
        make_guardrails();
        return std::move(made_);
    }

private:
    // A name of a kind that is not taken yet: any, or one of the vocabulary.
    std::string next_name(names const& taken, names vocabulary::*kind) {
        if (from_ == nullptr) {
            return fresh_name(taken, random_);
        }
        names left = from_->*kind;
        std::erase_if(left, [&](auto const& name) {
            return std::find(taken.begin(), taken.end(), name) != taken.end();
        });
        return random_.pick(left);
    }

    std::string sentence() {
        static names const texts{"What customers sent in",
                                 "Name, address: and contact details",
                                 "yes",
                                 "it's 100 % \"private\" # really",
                                 "Straße, naïve café, 顧客データ",
                                 "Line\\with\\backslashes",
                                 "- not a list",
                                 "{not: a map}",
                                 "2026-01-01"};
        return random_.pick(texts);
    }

    std::string maybe_sentence(std::size_t percent) {
        return random_.chance(percent) ? sentence() : "";
    }

    description described() { return {.about = sentence(), .title = maybe_sentence(20)}; }

    date random_date() {
        static std::vector<date> const ends{{2026, 11, 30}, {2026, 12, 31}, {2024, 2, 29},
                                            {2027, 1, 1},   {2026, 2, 28},  {2030, 6, 15}};
        return random_.pick(ends);
    }

    void header() {
        if (random_.chance(60)) {
            made_.name = sentence();
            made_.owner = maybe_sentence(30);
            made_.title = maybe_sentence(20);
            made_.about = maybe_sentence(20);
            made_.limited = random_.chance(25);
            made_.other_users = random_.chance(40);
            if (random_.chance(20)) {
                made_.review_by = date{2099, 12, 31};
            }
        }
        for (auto left = random_.chance(25) ? random_.between(1, 5) : 0; left > 0; --left) {
            made_.levels.push_back(fresh_name(made_.levels, random_));
        }
    }

    term random_term() {
        auto const most = random_.chance(60) ? std::size_t{1} : std::size_t{3};
        return {.how = random_.chance(50) ? term::need::all : term::need::any,
                .facts = random_.some(facts_, 1, most)};
    }

    // Empty, which is `always`, if and only if there are no facts.
    condition random_condition() {
        condition made;
        std::set<std::pair<name_set, bool>> seen;  // two equal terms would be one too many
        for (auto left = random_.chance(70) ? 1 : random_.between(2, 3);
             left > 0 && !facts_.empty(); --left) {
            auto one = random_term();
            bool const any = one.facts.size() > 1 && one.how == term::need::any;
            if (seen.emplace(name_set{one.facts.begin(), one.facts.end()}, any).second) {
                made.any_of.push_back(std::move(one));
            }
        }
        return made;
    }

    void make_categories() {
        if (from_ != nullptr) {
            for (auto const& path :
                 random_.some(from_->categories, size_.categories, size_.categories)) {
                made_.categories[path] = random_category();
            }
            return;
        }
        names segments;
        names prefixes;  // declared or not
        while (made_.categories.size() < size_.categories) {
            auto const path = fresh_path(segments, prefixes, random_);
            if (depth_of(path) >= size_.depth || depth_of(path) >= 8) {
                prefixes.pop_back();
                continue;
            }
            made_.categories.try_emplace(path, random_category());
        }
    }

    category random_category() {
        static names const usual{"public", "internal", "confidential", "restricted"};
        category made{.about = sentence(),
                      .title = maybe_sentence(10),
                      .level = "",
                      .laws = {},
                      .named_only = random_.chance(15),
                      .required = {}};
        if (random_.chance(50)) {
            made.level = random_.pick(made_.levels.empty() ? usual : made_.levels);
        }
        if (random_.chance(10)) {
            made.laws = random_.some(names{"PCI DSS", "HIPAA", "DSGVO § 9"}, 1, 2);
        }
        if (!facts_.empty() && random_.chance(25)) {
            auto choices = actions_;
            choices.insert(choices.end(), 3, "any");
            for (auto const& action : random_.some(choices, 1, 3)) {
                made.required[action] = random_condition();
            }
        }
        return made;
    }

    grant random_grant() {
        auto const categories = names_of(made_.categories);
        grant made{.category = random_.pick(categories), .below = false, .rights = {}};
        bool const parent =
            std::any_of(categories.begin(), categories.end(),
                        [&](auto const& name) { return lies_below(name, made.category); });
        made.below = parent && random_.chance(65);
        auto actions = actions_;
        if (random_.chance(30)) {
            made.rights["all"] = {};
            actions = names_of(made_.actions);
        }
        for (auto const& action : random_.some(actions, made.rights.empty() ? 1 : 0, 3)) {
            made.rights[action] = {};
        }
        for (auto& [action, needed] : made.rights) {
            if (random_.chance(50)) {
                needed = random_condition();
            }
        }
        return made;
    }

    // Each role inherits roles made before it, so that there are no cycles; their names come in
    // any order.
    void make_roles() {
        names earlier;
        while (made_.roles.size() < size_.roles) {
            auto const name = next_name(earlier, &vocabulary::roles);
            role made{.about = maybe_sentence(30), .title = "", .inherits = {}, .may = {}};
            if (random_.chance(55)) {
                made.inherits = random_.some(earlier, 1, made_.limited ? 1 : 3);
            }
            std::set<std::pair<std::string, bool>> cells;
            for (auto left = random_.between(0, size_.grants); left > 0; --left) {
                auto given = random_grant();
                if (cells.emplace(given.category, given.below).second) {
                    made.may.push_back(std::move(given));
                }
            }
            if (made.may.empty() && made.inherits.empty() && made.about.empty()) {
                made.about = sentence();
            }
            made_.roles[name] = std::move(made);
            earlier.push_back(name);
        }
    }

    // A separation that a role breaks by itself is loosened, or else left out.
    void make_separations() {
        for (auto left = size_.separations; left > 0; --left) {
            separation made{.roles = random_.some(names_of(made_.roles), 2, 4),
                            .at_most = 1,
                            .per_person = random_.chance(50),
                            .because = maybe_sentence(40)};
            auto const most = static_cast<int>(made.roles.size()) - 1;
            made.at_most =
                random_.chance(70) ? 1 : static_cast<int>(random_.between(1, std::size_t(most)));
            auto const broken = [&] {
                return std::any_of(made_.roles.begin(), made_.roles.end(), [&](auto const& entry) {
                    return breaks(made_, made, {entry.first});
                });
            };
            while (made.at_most < most && broken()) {
                ++made.at_most;
            }
            if (!broken()) {
                made_.separations[fresh_name(names_of(made_.separations), random_)] =
                    std::move(made);
            }
        }
    }

    bool breaks_a_person_separation(names const& roles) {
        return std::any_of(made_.separations.begin(), made_.separations.end(),
                           [&](auto const& entry) {
                               return entry.second.per_person && breaks(made_, entry.second, roles);
                           });
    }

    void make_users() {
        static names const ids{
            "dana",    "dana ",       "Dana",  "bo",     "eve@corner-shop.example",
            "user: 7", "Ünal Ö. # 1", "null",  "~",      "yes",
            "all",     "it's",        "\"q\"", "café",   "cafe\u0301",
            "-",       "a, b",        "*x",    "!admin", "back\\slash"};
        for (auto const& id : random_.some(ids, size_.users, size_.users)) {
            std::vector<assignment> given;
            names every;
            for (auto left = random_.between(1, 3); left > 0; --left) {
                assignment one{
                    .roles = random_.some(names_of(made_.roles), 1, random_.chance(70) ? 1 : 3),
                    .until = std::nullopt};
                if (random_.chance(50)) {
                    one.until = random_date();
                }
                auto together = every;
                together.insert(together.end(), one.roles.begin(), one.roles.end());
                bool const again =
                    !one.until && one.roles.size() == 1 &&
                    std::find(every.begin(), every.end(), one.roles[0]) != every.end();
                if (!again && !breaks_a_person_separation(together)) {
                    every = std::move(together);
                    given.push_back(std::move(one));
                }
            }
            if (!given.empty()) {
                made_.users[id] = std::move(given);
            }
        }
    }

    void make_guardrails() {
        for (auto left = size_.guardrails; left > 0; --left) {
            guardrail made;
            made.because = maybe_sentence(40);
            auto const part = random_.below(8);  // which parts are there, all alike
            if (part % 2 == 0) {
                made.roles = random_.some(names_of(made_.roles), 1, 2);
            }
            if (part / 2 % 2 == 0) {
                made.categories = random_.some(names_of(made_.categories), 1, 2);
            }
            if (part / 4 == 0 || part == 7) {
                made.actions = random_.some(actions_, 1, 2);
            }
            if (!facts_.empty() && random_.chance(65)) {
                made.when = random_term();
            }
            made_.never[fresh_name(names_of(made_.never), random_)] = std::move(made);
        }
    }

    random_source& random_;
    vocabulary const* from_ = nullptr;  // none: any names
    sizes size_;
    policy made_;
    names facts_;
    names actions_;
};

}  // namespace

policy random_policy(random_source& random) { return policy_maker(random).make(); }

policy random_policy(random_source& random, vocabulary const& from) {
    return policy_maker(random, from).make();
}

vocabulary random_vocabulary(random_source& random, vocabulary_size const& size) {
    vocabulary made;
    names actions{"view", "modify", "store", "delete"};
    while (made.actions.size() < size.actions) {
        made.actions.push_back(actions.emplace_back(fresh_name(actions, random)));
    }
    while (made.facts.size() < size.facts) {
        made.facts.push_back(fresh_name(made.facts, random));
    }
    names segments;
    names prefixes;
    name_set categories;
    while (categories.size() < size.categories) {
        if (auto const path = fresh_path(segments, prefixes, random); depth_of(path) < 4) {
            categories.insert(path);
        } else {
            prefixes.pop_back();
        }
    }
    made.categories.assign(categories.begin(), categories.end());
    while (made.roles.size() < size.roles) {
        made.roles.push_back(fresh_name(made.roles, random));
    }
    return made;
}

}  // namespace model
