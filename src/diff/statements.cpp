#include "diff/statements.hpp"

#include "diff/audit_demands.hpp"
#include "diff/canonical.hpp"
#include "diff/joint_promises.hpp"
#include "diff/levels.hpp"
#include "document/audit_words.hpp"
#include "promise/words.hpp"
#include "review/written_rules.hpp"
#include <rolecall/category_levels.hpp>
#include <rolecall/detail/findings.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace rolecall::inline v0_1::diff {
namespace {

using section = statement_change::section;
using kind = statement_change::kind;

std::string join(std::vector<std::string> const& parts, std::string_view between = ", ") {
    std::string text;
    for (std::string const& part : parts) text += (text.empty() ? "" : std::string(between)) + part;
    return text;
}

std::string yes_or_no(bool is) { return is ? "yes" : "no"; }

std::vector<std::string> sorted_texts(std::vector<written_name> const& names) {
    std::vector<std::string> result;
    result.reserve(names.size());
    for (written_name const& name : names) result.push_back(name.text);
    std::sort(result.begin(), result.end());
    return result;
}

std::string until_text(std::int32_t until) {
    return until == detail::no_end ? std::string{} : " until " + date::from_days(until).to_string();
}

class comparison {
public:
    comparison(policy const& before, policy const& after, vocabulary const& names)
        : names_(names),
          docs_{&before.source(), &after.source()},
          rules_{review::written_rules(before), review::written_rules(after)},
          places_{detail::locator(before.source().files), detail::locator(after.source().files)} {}

    statements run() {
        compare_headers();
        compare_levels();
        described(section::action, names_.actions, &document::actions);
        described(section::fact, names_.facts, &document::facts);
        compare_categories();
        compare_roles();
        compare_users();
        compare_guardrails();
        compare_separations();
        compare_promises();
        compare_audit();
        sort(result_.rules);
        sort(result_.words);
        return std::move(result_);
    }

private:
    // ---- Adding --------------------------------------------------------------------------

    struct entry {
        std::string text;
        std::optional<place> at;
    };

    void add(section of, kind what, std::string name, std::string property, entry before,
             entry after) {
        put(result_.rules, of, what, std::move(name), std::move(property), std::move(before),
            std::move(after));
    }

    void put(std::vector<statement_change>& to, section of, kind what, std::string name,
             std::string property, entry before, entry after) {
        statement_change& made = to.emplace_back();
        made.of = of;
        made.what = what;
        made.name = std::move(name);
        made.property = std::move(property);
        if (before.at) made.where_before = places_.before.locate(*before.at);
        if (after.at) made.where_after = places_.after.locate(*after.at);
        made.before = std::move(before.text);
        made.after = std::move(after.text);
    }

    void changed(section of, std::string_view name, std::string_view property, entry before,
                 entry after) {
        if (before.text != after.text)
            add(of, kind::changed, std::string(name), std::string(property), std::move(before),
                std::move(after));
    }

    void words(section of, std::string_view name, std::string_view property, entry before,
               entry after) {
        if (before.text != after.text)
            put(result_.words, of, kind::changed, std::string(name), std::string(property),
                std::move(before), std::move(after));
    }

    static void sort(std::vector<statement_change>& all) {
        auto const key = [](statement_change const& c) {
            return std::tuple(c.of, std::string_view(c.name), c.what, std::string_view(c.property));
        };
        std::stable_sort(all.begin(), all.end(),
                         [&](auto const& a, auto const& b) { return key(a) < key(b); });
    }

    // ---- Sections ------------------------------------------------------------------------

    void compare_headers() {
        static written_header const none;
        auto const& [old, now] =
            both<written_header const&>{docs_.before->header ? *docs_.before->header : none,
                                        docs_.after->header ? *docs_.after->header : none};
        auto const day = [](written_header const& h) {
            return h.review_by ? h.review_by->to_string() : std::string{};
        };
        auto const tree = [](written_header const& h) {
            return std::string(h.limited_hierarchy ? "limited" : "general");
        };
        auto const unlisted = [](detail::policy_data const& p) {
            return std::string(p.other_users
                                   ? "an application may vouch for users who are not listed"
                                   : "only users who are listed have roles");
        };
        changed(section::policy, "", "owner", {old.owner, {}}, {now.owner, {}});
        changed(section::policy, "", "review-by", {day(old), old.review_by_at},
                {day(now), now.review_by_at});
        auto const often = [](written_header const& h) {
            return h.exercise_every ? h.exercise_every->to_string() : std::string{};
        };
        changed(section::policy, "", "exercise-every", {often(old), old.exercise_every_at},
                {often(now), now.exercise_every_at});
        changed(section::policy, "", "hierarchy", {tree(old), {}}, {tree(now), {}});
        changed(section::policy, "", "other-users", {yes_or_no(old.other_users), {}},
                {yes_or_no(now.other_users), {}});
        changed(section::policy, "", "users", {unlisted(*names_.policies.before), {}},
                {unlisted(*names_.policies.after), {}});
        words(section::policy, "", "name", {old.name, {}}, {now.name, {}});
        words(section::policy, "", "title", {old.title, {}}, {now.title, {}});
        words(section::policy, "", "about", {old.about, {}}, {now.about, {}});
    }

    void compare_levels() {
        auto const all = [](document const& doc) -> entry {
            return {join(level_names(doc)),
                    doc.levels.empty() ? std::nullopt : std::optional(doc.levels.front().at)};
        };
        changed(section::levels, "", "", all(*docs_.before), all(*docs_.after));
    }

    // Finds what is new, gone or renamed, and calls `each` for what both have.
    template <class Entry, class Describe, class Each>
    void entries(section of, joint_names const& names, std::vector<Entry> document::*list,
                 Describe const& describe, Each const& each) {
        both<std::vector<Entry const*>> written;
        for (side const s : sides) {
            written[s].resize(names.size());
            for (Entry const& one : docs_[s]->*list)
                written[s][names.find(s, one.name.text)] = &one;
        }
        for (std::uint32_t joint = 0; joint < names.size(); ++joint) {
            Entry const* const old = written.before[joint];
            Entry const* const now = written.after[joint];
            if (old == nullptr && now == nullptr) continue;  // view, modify, store, delete
            std::string const name(names.name(joint));
            if (old == nullptr) {
                add(of, kind::added, name, "", {}, {describe(*now, side::after), now->name.at});
                continue;
            }
            if (now == nullptr) {
                add(of, kind::removed, name, "", {describe(*old, side::before), old->name.at}, {});
                continue;
            }
            if (names.renamed(joint))
                add(of, kind::renamed, name, "", {old->name.text, old->name.at},
                    {now->name.text, now->name.at});
            words(of, name, "about", {old->about, old->name.at}, {now->about, now->name.at});
            words(of, name, "title", {old->title, old->name.at}, {now->title, now->name.at});
            each(*old, *now);
        }
    }

    template <class Entry>
    void described(section of, joint_names const& names, std::vector<Entry> document::*list) {
        entries(
            of, names, list, [](Entry const& e, side) { return e.about; },
            [](Entry const&, Entry const&) {});
    }

    void compare_categories() {
        entries(
            section::category, names_.categories, &document::categories,
            [&](written_category const& c, side s) { return category_text(c, s); },
            [&](written_category const& old, written_category const& now) {
                auto const level = [](written_category const& c) -> entry {
                    return {c.level ? c.level->text : "", c.level ? c.level->at : c.name.at};
                };
                changed(section::category, now.name.text, "level", level(old), level(now));
                changed(section::category, now.name.text, "laws", {join(laws_of(old)), old.name.at},
                        {join(laws_of(now)), now.name.at});
                changed(section::category, now.name.text, "named-only",
                        {yes_or_no(old.named_only), old.name.at},
                        {yes_or_no(now.named_only), now.name.at});
                compare_requirements(old, now);
            });
    }

    static std::vector<std::string> laws_of(written_category const& c) {
        std::set<std::string> const laws(c.laws.begin(), c.laws.end());
        return {laws.begin(), laws.end()};
    }

    [[nodiscard]] std::string category_text(written_category const& c, side s) const {
        std::vector<std::string> parts;
        if (c.level) parts.push_back(c.level->text);
        for (std::string const& law : laws_of(c)) parts.push_back(law);
        if (c.named_only) parts.emplace_back("named-only");
        for (written_requirement const& r : c.required)
            if (!r.when.always())
                parts.push_back("requires " + rules_[s].text(r.when) + " for " + r.action.text);
        return join(parts, "; ");
    }

    void compare_requirements(written_category const& old, written_category const& now) {
        struct required {
            std::set<joint_condition> conditions;
            entry words;
        };
        std::map<std::string, both<required>> all;  // by action
        both<written_category const*> const written{&old, &now};
        for (side const s : sides)
            for (written_requirement const& r : written[s]->required) {
                if (r.when.always()) continue;
                std::string action = r.action.text;
                if (action != "any") action = names_.actions.name(names_.actions.find(s, action));
                required& to = all[action][s];
                to.conditions.insert(fact_mapper(names_.facts, s).condition(r.when));
                to.words.text += (to.words.text.empty() ? "" : " and ") + rules_[s].text(r.when);
                to.words.at = r.action.at;
            }
        for (auto& [action, of] : all)
            if (of.before.conditions != of.after.conditions)
                add(section::category, kind::changed, now.name.text, "requires " + action,
                    std::move(of.before.words), std::move(of.after.words));
    }

    void compare_roles() {
        entries(
            section::role, names_.roles, &document::roles,
            [](written_role const& r, side) {
                return r.inherits.empty() ? std::string{}
                                          : "inherits " + join(sorted_texts(r.inherits));
            },
            [&](written_role const& old, written_role const& now) {
                if (numbers_of(old.inherits, names_.roles, side::before) ==
                    numbers_of(now.inherits, names_.roles, side::after))
                    return;
                auto const at = [](written_role const& r) {
                    return r.inherits.empty() ? r.name.at : r.inherits.front().at;
                };
                add(section::role, kind::changed, now.name.text, "inherits",
                    {join(sorted_texts(old.inherits)), at(old)},
                    {join(sorted_texts(now.inherits)), at(now)});
            });
    }

    // ---- Users ---------------------------------------------------------------------------

    // Of each role the last day: what `until` says of several assignments together.
    using assigned = std::map<std::uint32_t, std::int32_t>;

    [[nodiscard]] assigned assigned_to(written_user const& user, side s) const {
        assigned result;
        for (written_assignment const& a : user.assignments)
            for (written_name const& role : a.roles) {
                std::int32_t const until = a.until ? a.until->days() : detail::no_end;
                auto const [known, is_new] =
                    result.try_emplace(names_.roles.find(s, role.text), until);
                if (!is_new) known->second = std::max(known->second, until);
            }
        return result;
    }

    [[nodiscard]] std::string text(assigned const& roles, side s) const {
        std::vector<std::string> parts;
        for (auto const& [role, until] : roles)
            parts.push_back(std::string(names_.roles.name(s, role)) + until_text(until));
        return parts.empty() ? "no role" : join(parts);
    }

    void compare_users() {
        std::map<std::string_view, both<written_user const*>> all;
        for (side const s : sides)
            for (written_user const& user : docs_[s]->users)
                all.try_emplace(user.id.text, both<written_user const*>{nullptr, nullptr})
                    .first->second[s] = &user;
        for (auto const& [id, user] : all) {
            both<assigned> roles;
            both<entry> words_of;
            for (side const s : sides) {
                if (user[s] == nullptr) continue;
                roles[s] = assigned_to(*user[s], s);
                words_of[s] = {text(roles[s], s), user[s]->id.at};
            }
            kind const what = user.before == nullptr  ? kind::added
                              : user.after == nullptr ? kind::removed
                                                      : kind::changed;
            if (what == kind::changed && roles.before == roles.after) continue;
            add(section::user, what, std::string(id), what == kind::changed ? "roles" : "",
                std::move(words_of.before), std::move(words_of.after));
        }
    }

    // ---- Rules with a name ---------------------------------------------------------------

    // Statements of both policies by their names; `same` tells whether two mean the same.
    template <class Written, class Same>
    void rules(section of, std::vector<Written> document::*list, Same const& same) {
        std::map<std::string_view, both<Written const*>> all;
        for (side const s : sides)
            for (Written const& one : docs_[s]->*list)
                all.try_emplace(one.name.text, both<Written const*>{nullptr, nullptr})
                    .first->second[s] = &one;
        for (auto const& [name, rule] : all) {
            both<entry> text;
            for (side const s : sides)
                if (rule[s] != nullptr) text[s] = {sentence(*rule[s], s), rule[s]->name.at};
            if (rule.before == nullptr || rule.after == nullptr) {
                add(of, rule.before == nullptr ? kind::added : kind::removed, std::string(name), "",
                    std::move(text.before), std::move(text.after));
                continue;
            }
            compare_words(of, name, *rule.before, *rule.after);
            if (!same(*rule.before, *rule.after))
                add(of, kind::changed, std::string(name), "", std::move(text.before),
                    std::move(text.after));
        }
    }

    template <class Written>
    void compare_words(section of, std::string_view name, Written const& old, Written const& now) {
        auto const text = [&](std::string_view key, std::string Written::*word) {
            words(of, name, key, {old.*word, old.name.at}, {now.*word, now.name.at});
        };
        if constexpr (std::is_same_v<Written, written_exercise>) {
            text("title", &Written::title);
            text("about", &Written::about);
            text("note", &Written::note);
        } else {
            text("because", &Written::because);
        }
    }

    [[nodiscard]] std::string sentence(written_guarantee const& of, side) const {
        return promising::sentence_of(of);
    }
    [[nodiscard]] std::string sentence(written_exercise const& of, side) const {
        return promising::sentence_of(of);
    }

    // The words of a rule, without its name and its place.
    template <class Written>
    [[nodiscard]] std::string sentence(Written const& rule, side s) const {
        Written copy = rule;
        copy.name.at = {};
        std::string text = rules_[s].describe(copy).sentence;
        return text.substr(copy.name.text.size() + 2);
    }

    void compare_guardrails() {
        both<std::map<written_guardrail const*, canonical_guardrail>> canonical;
        for (side const s : sides)
            for (canonical_guardrail& rail : canonical_guardrails(*docs_[s], names_, s))
                canonical[s].emplace(rail.written, std::move(rail));
        rules(section::guardrail, &document::guardrails, [&](auto const& old, auto const& now) {
            return canonical.before.at(&old).same(canonical.after.at(&now));
        });
    }

    void compare_separations() {
        rules(section::separation, &document::separations,
              [&](written_separation const& old, written_separation const& now) {
                  return old.at_most == now.at_most && old.per == now.per &&
                         numbers_of(old.roles, names_.roles, side::before) ==
                             numbers_of(now.roles, names_.roles, side::after);
              });
    }

    // Two that mean the same have the same sentence, once they use the same names.
    void compare_promises() {
        auto const same = [&](auto const& old, auto const& now) {
            return promising::sentence_of(in_joint_names(old, names_, side::before)) ==
                   promising::sentence_of(in_joint_names(now, names_, side::after));
        };
        rules(section::guarantee, &document::guarantees, same);
        rules(section::exercise, &document::exercises, same);
    }

    void compare_audit() {
        both<std::optional<place>> at;
        for (side const s : sides)
            if (docs_[s]->audit) at[s] = docs_[s]->audit->at;
        for (demand_change const& change : compare_demands(names_)) {
            add(section::audit, kind::changed, join(change.categories),
                change.actions.empty() ? "denials" : join(change.actions),
                {yaml::mode_text(change.before), at.before},
                {yaml::mode_text(change.after), at.after});
            result_.rules.back().loosens = detail::stricter(change.before, change.after);
        }
    }

    vocabulary const& names_;
    both<document const*> docs_;
    both<review::written_rules> rules_;
    both<detail::locator> places_;
    statements result_;
};

}  // namespace

statements compare_statements(policy const& before, policy const& after, vocabulary const& names) {
    return comparison(before, after, names).run();
}

}  // namespace rolecall::inline v0_1::diff
