#include "diff/canonical.hpp"
#include "diff/changed_lines.hpp"
#include "diff/hash_of_numbers.hpp"
#include "diff/joint_names.hpp"
#include "diff/levels.hpp"
#include "diff/meanings.hpp"
#include "diff/rows.hpp"
#include "diff/statements.hpp"
#include "review/people.hpp"
#include <rolecall/detail/activate.hpp>
#include <rolecall/digest.hpp>
#include <rolecall/policy_diff.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {
namespace {

using namespace diff;

// A changed right, and the lines that bear on it, by numbers.
struct changed_right {
    changed_cell cell;
    std::uint32_t lines = 0;  // of line_sets

    [[nodiscard]] auto key() const noexcept {
        return std::tuple(cell.category, cell.action, cell.meaning, lines);
    }
};

struct changed_right_of_role : changed_right {
    std::uint32_t role = 0;
};

// Each different set of lines once.
class line_sets {
public:
    std::uint32_t number_of(std::vector<std::uint32_t> lines) {
        auto const next = static_cast<std::uint32_t>(sets_.size());
        auto const [known, is_new] = numbers_.try_emplace(std::move(lines), next);
        if (is_new) sets_.push_back(&known->first);
        return known->second;
    }

    [[nodiscard]] std::vector<std::uint32_t> const& operator[](std::uint32_t set) const noexcept {
        return *sets_[set];
    }
    [[nodiscard]] std::size_t size() const noexcept { return sets_.size(); }

private:
    std::unordered_map<std::vector<std::uint32_t>, std::uint32_t, hash_of_numbers> numbers_;
    std::vector<std::vector<std::uint32_t> const*> sets_;
};

class comparison {
public:
    comparison(policy const& before, policy const& after, date on)
        : policies_{before, after},
          on_(on),
          names_(detail::data_of(before), detail::data_of(after)),
          levels_(before.source(), after.source(), names_),
          lines_(before, after, names_),
          meanings_(names_),
          rows_(names_),
          action_order_(action_order()) {}

    policy_diff run() {
        result_.digest_before = digest(policies_.before);
        result_.digest_after = digest(policies_.after);
        result_.levels = levels_.all();
        auto const of_roles = compare_roles();
        auto const of_users = compare_users();

        changed_lines::written written = lines_.write();
        place_of_line_ = std::move(written.order);
        result_.lines = std::move(written.lines);
        tell_roles(of_roles);
        tell_users(of_users);
        tell_lines_without_effect();
        statements said = compare_statements(policies_.before, policies_.after, names_);
        result_.statements = std::move(said.rules);
        result_.words = std::move(said.words);
        return std::move(result_);
    }

private:
    // ---- Order ---------------------------------------------------------------------------

    // Strictest first, what gains before what loses, then by category.
    [[nodiscard]] std::tuple<std::size_t, right_change::kind, std::uint32_t> rank(
        changed_right const& of) const {
        return {levels_.all().size() - levels_.rank(of.cell.category),
                meanings_[of.cell.meaning].what, of.cell.category};
    }
    [[nodiscard]] auto ranking(changed_right const& of) const {
        return std::tuple(rank(of), action_order_[of.cell.action], of.lines);
    }

    // ---- Finding -------------------------------------------------------------------------

    [[nodiscard]] detail::policy_data const& data(side s) const noexcept {
        return *names_.policies[s];
    }

    // The four first, then by name.
    [[nodiscard]] std::vector<std::uint32_t> action_order() const {
        std::vector<std::uint32_t> order(names_.actions.size());
        for (std::uint32_t a = 0; a < order.size(); ++a) {
            auto const* const four =
                std::find(four_actions.begin(), four_actions.end(), names_.actions.name(a));
            order[a] = four == four_actions.end()
                           ? a + static_cast<std::uint32_t>(four_actions.size())
                           : static_cast<std::uint32_t>(four - four_actions.begin());
        }
        return order;
    }

    // Of one role on both sides: its rows. A role that is not there has row 0, of nothing.
    using rows_of_both =
        std::tuple<bool, std::uint32_t, std::uint32_t, bool, std::uint32_t, std::uint32_t>;

    std::vector<changed_right_of_role> compare_roles() {
        std::vector<changed_right_of_role> found;
        std::map<rows_of_both, std::vector<changed_cell>> known;
        for (std::uint32_t role = 0; role < names_.roles.size(); ++role) {
            both<std::vector<std::uint32_t>> active;
            both<detail::role_rows> rows;
            for (side const s : sides) {
                if (!names_.roles.declared(s, role)) continue;
                active[s] = {names_.roles.in(s, role)};
                rows[s] = data(s).rows_of_role[active[s].front()];
            }
            rows_of_both const key{active.before.empty(), rows.before.grants, rows.before.guards,
                                   active.after.empty(),  rows.after.grants,  rows.after.guards};
            auto const [at, is_new] = known.try_emplace(key);
            if (is_new) at->second = cells_of_role(active, rows);
            if (at->second.empty()) continue;
            held_roles const who = lines_.held(active);
            for (changed_cell const& cell : at->second)
                found.push_back({{cell, sets_.number_of(lines_.bearing_on(who, cell))}, role});
        }
        return found;
    }

    std::vector<changed_cell> cells_of_role(both<std::vector<std::uint32_t>> const& active,
                                            both<detail::role_rows> const& rows) {
        std::vector<std::uint32_t> where = rows_.differing(rows.before.grants, rows.after.grants);
        // Where only one side has the role, it has what its grants reach.
        if (!active.before.empty() && !active.after.empty()) {
            add(rows_.differing(rows.before.guards, rows.after.guards), where);
            add(rows_.differing_requirements(), where);
        }
        both<holders> who;
        for (side const s : sides)
            if (!active[s].empty()) who[s] = {active[s], {&rows[s].guards, 1}};
        return cells(who, where);
    }

    static void add(std::vector<std::uint32_t> const& more, std::vector<std::uint32_t>& to) {
        if (more.empty()) return;
        std::vector<std::uint32_t> all;
        all.reserve(to.size() + more.size());
        std::set_union(to.begin(), to.end(), more.begin(), more.end(), std::back_inserter(all));
        to = std::move(all);
    }

    std::vector<changed_cell> cells(both<holders> const& who,
                                    std::vector<std::uint32_t> const& where) {
        std::vector<changed_cell> found;
        for (std::uint32_t const category : where) rows_.compare(who, category, meanings_, found);
        return found;
    }

    struct rights_of_users {
        std::vector<std::string> users;
        std::vector<changed_right> rights;
    };

    std::vector<rights_of_users> compare_users() {
        using number = std::optional<std::size_t>;
        both<review::people> const everyone{review::people(data(side::before), {}),
                                            review::people(data(side::after), {})};
        both<review::role_sets> const sets{
            review::role_sets(data(side::before), everyone.before.given, on_),
            review::role_sets(data(side::after), everyone.after.given, on_)};
        std::map<std::string_view, both<number>> users;
        for (side const s : sides)
            for (review::person const& user : everyone[s].users)
                users[user.id][s] = sets[s].set_of_given[user.given];

        // Users who held the same and hold the same have the same change.
        std::map<std::pair<number, number>, std::vector<std::string>> alike;
        for (auto const& [id, of] : users) alike[{of.before, of.after}].emplace_back(id);
        std::map<
            std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t>>,
            rights_of_users>
            groups;
        for (auto& [of, ids] : alike) {
            both<number> const set{of.first, of.second};
            auto rights =
                rights_between({held(sets.before, set.before), held(sets.after, set.after)});
            if (rights.empty()) continue;
            std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t>> key;
            key.reserve(rights.size());
            for (changed_right const& right : rights) key.push_back(right.key());
            rights_of_users& group = groups[std::move(key)];
            group.users.insert(group.users.end(), ids.begin(), ids.end());
            group.rights = std::move(rights);
        }
        std::vector<rights_of_users> found;
        for (auto& [key, group] : groups) {
            std::sort(group.users.begin(), group.users.end());
            found.push_back(std::move(group));
        }
        return found;
    }

    // Null where somebody is not listed, or has no right whatever the roles.
    static detail::role_set const* held(review::role_sets const& sets,
                                        std::optional<std::size_t> set) {
        return set && sets.sets[*set].ok() ? &sets.sets[*set] : nullptr;
    }

    std::vector<changed_right> rights_between(both<detail::role_set const*> const& sets) {
        both<holders> who;
        both<std::vector<std::uint32_t>> active;
        both<std::vector<std::uint32_t>> joint;
        for (side const s : sides) {
            if (sets[s] == nullptr) continue;
            who[s] = {sets[s]->active, sets[s]->guard_rows};
            active[s] = sets[s]->active;
            for (std::uint32_t const role : active[s]) joint[s].push_back(names_.roles.of(s, role));
            std::sort(joint[s].begin(), joint[s].end());
        }
        auto const found =
            cells(who, joint.before == joint.after ? differing(joint.before) : every_category());
        if (found.empty()) return {};
        held_roles const who_holds = lines_.held(active);
        std::vector<changed_right> rights;
        rights.reserve(found.size());
        for (changed_cell const& cell : found)
            rights.push_back({cell, sets_.number_of(lines_.bearing_on(who_holds, cell))});
        std::sort(rights.begin(), rights.end(),
                  [&](auto const& a, auto const& b) { return ranking(a) < ranking(b); });
        return rights;
    }

    // Where anything of roles that both policies have differs.
    std::vector<std::uint32_t> differing(std::vector<std::uint32_t> const& roles) {
        std::vector<std::uint32_t> where;
        if (!roles.empty()) where = rows_.differing_requirements();
        for (std::uint32_t const role : roles) {
            detail::role_rows const& old =
                data(side::before).rows_of_role[names_.roles.in(side::before, role)];
            detail::role_rows const& now =
                data(side::after).rows_of_role[names_.roles.in(side::after, role)];
            add(rows_.differing(old.grants, now.grants), where);
            add(rows_.differing(old.guards, now.guards), where);
        }
        return where;
    }

    [[nodiscard]] std::vector<std::uint32_t> every_category() const {
        std::vector<std::uint32_t> all(names_.categories.size());
        for (std::uint32_t c = 0; c < all.size(); ++c) all[c] = c;
        return all;
    }

    // ---- Telling -------------------------------------------------------------------------

    [[nodiscard]] right_change describe(changed_right const& of) const {
        right_change made;
        meaning const& how = meanings_[of.cell.meaning];
        made.what = how.what;
        made.action = names_.actions.name(of.cell.action);
        made.category = names_.categories.name(of.cell.category);
        made.level = levels_.name(of.cell.category);
        made.before = how.before;
        made.after = how.after;
        made.gained = how.gained;
        made.lost = how.lost;
        made.inexact = how.inexact;
        for (std::uint32_t const line : sets_[of.lines]) made.lines.push_back(place_of_line_[line]);
        std::sort(made.lines.begin(), made.lines.end());
        return made;
    }

    void tell_roles(std::vector<changed_right_of_role> all) {
        std::sort(all.begin(), all.end(), [](auto const& a, auto const& b) {
            return std::tuple(a.key(), a.role) < std::tuple(b.key(), b.role);
        });
        struct group {
            std::size_t first = 0, last = 0;
        };
        std::vector<group> groups;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (i == 0 || all[i].key() != all[i - 1].key()) groups.push_back({i, i});
            groups.back().last = i + 1;
        }
        auto const key = [&](group const& g) {
            changed_right_of_role const& of = all[g.first];
            return std::tuple(rank(of), of.role, action_order_[of.cell.action], of.lines);
        };
        std::sort(groups.begin(), groups.end(),
                  [&](group const& a, group const& b) { return key(a) < key(b); });
        result_.roles.reserve(groups.size());
        for (group const& g : groups) {
            role_change made;
            static_cast<right_change&>(made) = describe(all[g.first]);
            for (std::size_t i = g.first; i < g.last; ++i)
                made.roles.emplace_back(names_.roles.name(all[i].role));
            if (made.gains()) result_.roles_gain += made.roles.size();
            if (made.loses()) result_.roles_lose += made.roles.size();
            result_.roles.push_back(std::move(made));
        }
    }

    void tell_users(std::vector<rights_of_users> all) {
        std::sort(all.begin(), all.end(), [&](auto const& a, auto const& b) {
            return std::tuple(ranking(a.rights.front()), std::string_view(a.users.front())) <
                   std::tuple(ranking(b.rights.front()), std::string_view(b.users.front()));
        });
        for (rights_of_users& group : all) {
            user_change made;
            made.users = std::move(group.users);
            for (changed_right const& right : group.rights) {
                made.rights.push_back(describe(right));
                if (made.rights.back().gains()) result_.users_gain += made.users.size();
                if (made.rights.back().loses()) result_.users_lose += made.users.size();
            }
            result_.users.push_back(std::move(made));
        }
    }

    void tell_lines_without_effect() {
        std::vector<bool> used(lines_.size());
        for (std::uint32_t set = 0; set < sets_.size(); ++set)
            for (std::uint32_t const line : sets_[set]) used[line] = true;
        for (std::uint32_t line = 0; line < lines_.size(); ++line)
            if (!used[line] && lines_.is_grant(line))
                result_.without_effect.push_back(place_of_line_[line]);
        std::sort(result_.without_effect.begin(), result_.without_effect.end());
    }

    both<policy> policies_;
    date on_;
    vocabulary names_;
    levels levels_;
    changed_lines lines_;
    meanings meanings_;
    row_comparison rows_;
    std::vector<std::uint32_t> action_order_;
    line_sets sets_;
    std::vector<std::size_t> place_of_line_;
    policy_diff result_;
};

}  // namespace

policy_diff compare(policy const& before, policy const& after, policy_diff_options const& options) {
    return comparison(before, after, options.on).run();
}

}  // namespace rolecall::inline v0_1
