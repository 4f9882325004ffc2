// Changes of anything but one grant: the edited document is compiled, and its rows are compared.
#include "mutation/structure.hpp"
#include "mutation/tried.hpp"
#include "promise/checker.hpp"
#include <rolecall/yaml.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace rolecall::inline v0_1::mutating {
namespace {

// The first guarantee by name that the changed policy does not keep. Assignments matter to
// `never-both` alone.
std::optional<std::string> broken_guarantee(detail::policy_data const& changed,
                                            document const& promised, bool assignments_only) {
    if (promised.guarantees.empty()) return std::nullopt;
    promising::rights_source const rights(changed);
    promising::checker const by(rights, promised);
    std::optional<std::string> first;
    for (promising::resolved_guarantee const& one : by.guarantees()) {
        std::string const& name = one.written->name.text;
        if (first && *first <= name) continue;
        if (assignments_only && one.written->what != written_guarantee::kind::never_both) continue;
        std::uint64_t looks = promising::enough_looks;
        auto const stop = [](promising::found_way const&) { return false; };
        if (by.look(one, stop, looks).is != promising::checker::outcome::looked_through)
            first = name;
    }
    return first;
}

bool has_session_rule(detail::policy_data const& p) {
    return std::any_of(p.separations.begin(), p.separations.end(),
                       [](detail::separation_rule const& rule) { return !rule.per_person; });
}

std::string first_error(policy_result const& of) {
    for (diagnostic const& one : of.findings())
        if (one.level() == severity::error) return std::string(to_string(one.code));
    return {};
}

found_difference difference(structural_change const& change, differences const& between,
                            std::string_view user, bool sessions) {
    using kind = mutant::kind;
    found_difference unsure;
    auto const found = [&](found_difference one) {
        if (one.differs) unsure = std::move(one);
        return unsure.how.has_value();
    };
    bool const of_roles = change.what != kind::user && change.what != kind::separation;
    bool const inherited = change.what == kind::inheritance;
    bool const separated = change.what == kind::separation || inherited;
    if (of_roles && found(between.by_roles())) return unsure;
    if (separated && found(between.by_separated_roles())) return unsure;
    // Of a listed user not all roles are active: what separates sessions does not separate these.
    bool const apart = separated || (sessions && change.what == kind::guardrail);
    if (apart && found(between.by_users())) return unsure;
    if (!user.empty() && found(between.by_user(user))) return unsure;
    if (change.what == kind::user) found(between.by_strangers());
    return unsure;
}

}  // namespace

void trial::try_structure(std::vector<structural_change> const& changes) {
    yaml::load_options options;
    options.max_table_bytes = std::numeric_limits<std::size_t>::max();
    document plain = doc_;
    plain.exercises.clear();
    plain.guarantees.clear();
    document of_nobody = plain;
    of_nobody.users.clear();
    auto const exercises = exercises_of_users();

    for (structural_change const& change : changes) {
        document edited = change.user ? of_nobody : plain;
        std::string user;
        if (change.user) {
            // Somebody else stays, so that the policy still lists whom it knows.
            written_user const& one = doc_.users[*change.user];
            user = one.id.text;
            edited.users.push_back(one);
            if (doc_.users.size() > 1)
                edited.users.push_back(doc_.users[*change.user == 0 ? 1 : 0]);
            if (auto const theirs = exercises.find(user); theirs != exercises.end())
                for (written_exercise const* exercise : theirs->second)
                    edited.exercises.push_back(*exercise);
        }
        change.edit(edited);
        policy_result const compiled = yaml::compile(std::move(edited), options);
        verdict told;
        if (compiled) {
            detail::policy_data const& m = detail::data_of(compiled.value());
            std::optional<row_changes> rows;
            if (user.empty()) rows.emplace(p_, m);
            differences const between(p_, m, rows ? &*rows : nullptr, options_.exercises.on);
            bool const sessions = has_session_rule(p_) || has_session_rule(m);
            told = judge([&] { return broken_guarantee(m, doc_, !user.empty()); },
                         [&] {
                             return rows ? expected_.failed(m, *rows)
                                         : expected_.failed_of_user(m, user);
                         },
                         [&] { return difference(change, between, user, sessions); });
        } else {
            told.refused_by = first_error(compiled);
        }
        mutant made;
        made.what = change.what;
        made.sentence = change.sentence;
        take(std::move(made), change.at, std::move(told));
    }
}

std::map<std::string, std::vector<written_exercise const*>> trial::exercises_of_users() const {
    std::map<std::string, std::vector<written_exercise const*>> found;
    for (written_exercise const& one : doc_.exercises)
        if (one.user) found[one.user->text].push_back(&one);
    return found;
}

}  // namespace rolecall::inline v0_1::mutating
