// `rolecall users create`, `add`, `assign`, `deassign` and `remove`.
#include "cli/commands.hpp"
#include "cli/load_policy.hpp"
#include "cli/users/changes.hpp"
#include "cli/users/rules.hpp"
#include "cli/users/store.hpp"
#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>
#include <rolecall/user_edits.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

using detail::in_backticks;

std::vector<std::string> each_once(std::vector<std::string> const& words) {
    std::vector<std::string> result;
    std::unordered_set<std::string_view> seen;
    for (std::string const& word : words)
        if (seen.insert(word).second) result.push_back(word);
    return result;
}

// An edit for each word: an id, or a role.
template <class Make>
std::vector<user_edit> edits_for(std::vector<std::string> const& words, Make const& make) {
    std::vector<user_edit> edits;
    edits.reserve(words.size());
    for (std::string const& word : words) edits.push_back(make(word));
    return edits;
}

// Makes the edits, and says what they did.
int apply(user_store& store, std::vector<user_edit> const& edits, edit_options options,
          bool dry_run, streams& to) {
    state_before const before(store, edits);
    options.trial = dry_run;
    edit_report const report = store.apply(edits, options);
    if (!report.accepted) return exit_code::no;
    write_changes(edits, report, before, unchanged_lines::shown, to.out);
    if (dry_run) to.out.line("dry run: nothing was changed");
    // Only if another process has removed the user since we looked.
    std::size_t const missed = report.count(edit_outcome::unknown_user);
    if (missed > 0)
        to.complain("meanwhile, another process has removed the user; " +
                    count_text(missed, "change") + " was not made");
    return missed > 0 ? exit_code::no : exit_code::fine;
}

int change_users(users_edit_arguments const& arguments, user_edit (*edit)(std::string_view),
                 bool must_be_there, streams& to) {
    return with_store(arguments.store, store_access::write, to, [&](user_store& store) {
        std::vector<std::string> const ids = each_once(arguments.ids);
        if (must_be_there && !know_or_complain(store, ids, arguments.store, to))
            return exit_code::no;
        return apply(store, edits_for(ids, edit), {}, arguments.dry_run, to);
    });
}

bool declared_or_complain(std::vector<std::string> const& roles, role_rules const& rules,
                          streams& to) {
    bool ok = true;
    for (std::string const& role : roles) {
        if (rules.declares(role)) continue;
        to.complain(rules.not_declared(role));
        ok = false;
    }
    return ok;
}

void complain_of(separation_check const& check, streams& to) {
    for (separation_check::refused_user const& user : check.refused())
        for (separation_violation const& violation : user.violations)
            to.complain(violation_text(user.id, violation));
}

bool has_roles_or_complain(user_store const& store, std::string const& id,
                           std::vector<std::string> const& roles, streams& to) {
    std::vector<assigned_role> held;
    read_roles(store, id, held);
    std::vector<std::string_view> names;
    names.reserve(held.size());
    for (assigned_role const& role : held) names.push_back(role.role);
    bool ok = true;
    for (std::string const& role : roles) {
        if (std::find(names.begin(), names.end(), role) != names.end()) continue;
        to.complain(in_backticks(id) + " is not assigned " + in_backticks(role) +
                    detail::did_you_mean(detail::closest(role, names)));
        ok = false;
    }
    return ok;
}

}  // namespace

int run_users_create(users_create_arguments const& arguments, streams& to) {
    struct stat state {};
    if (::lstat(arguments.store.c_str(), &state) == 0) {
        to.complain(in_backticks(arguments.store) +
                    " is there already; a store is only made where nothing is");
        return exit_code::no;
    }
    return with_store(arguments.store, store_access::create, to, [&](user_store& store) {
        to.out.line(detail::printable(arguments.store) + ": " + count_text(store.size(), "user"));
        return exit_code::fine;
    });
}

int run_users_add(users_edit_arguments const& arguments, streams& to) {
    return change_users(arguments, user_edit::add_user, false, to);
}

int run_users_remove(users_edit_arguments const& arguments, streams& to) {
    return change_users(arguments, user_edit::remove_user, true, to);
}

int run_users_assign(users_edit_arguments const& arguments, streams& to) {
    loaded const policy = load_or_complain(*arguments.policy, to);
    if (!policy.policy) return policy.code;
    date const today = date::today();
    role_rules rules(*policy.policy, arguments.policy->path, today);
    std::vector<std::string> const roles = each_once(arguments.roles);
    if (!declared_or_complain(roles, rules, to)) return exit_code::no;

    return with_store(arguments.store, store_access::write, to, [&](user_store& store) {
        if (!know_or_complain(store, arguments.ids, arguments.store, to)) return exit_code::no;
        std::vector<user_edit> const edits = edits_for(roles, [&](std::string const& role) {
            return user_edit::assign(arguments.ids.front(), role, arguments.until);
        });
        separation_check check(rules);
        edit_options options;
        options.check(check);
        int const code = apply(store, edits, options, arguments.dry_run, to);
        complain_of(check, to);
        if (code == exit_code::fine && arguments.until && *arguments.until < today)
            to.complain("note: " + arguments.until->to_string() + " has passed already");
        return code;
    });
}

int run_users_deassign(users_edit_arguments const& arguments, streams& to) {
    return with_store(arguments.store, store_access::write, to, [&](user_store& store) {
        std::string const& id = arguments.ids.front();
        std::vector<std::string> const roles = each_once(arguments.roles);
        if (!know_or_complain(store, arguments.ids, arguments.store, to) ||
            !has_roles_or_complain(store, id, roles, to))
            return exit_code::no;
        std::vector<user_edit> const edits = edits_for(
            roles, [&](std::string const& role) { return user_edit::deassign(id, role); });
        return apply(store, edits, {}, arguments.dry_run, to);
    });
}

}  // namespace rolecall::inline v0_1::cli
