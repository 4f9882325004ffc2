// The reverse: who can reach a category.
#include "exposure/cells.hpp"
#include "exposure/peers.hpp"
#include "review/name_order.hpp"
#include "review/written_rules.hpp"
#include <rolecall/blast_radius.hpp>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace rolecall::inline v0_1 {
namespace {

using exposure::cells;
using review::cell;

// What one subject reaches: the places of the rights among all that were asked about.
struct found_right {
    std::size_t place = 0;
    right_basis basis;
};

class reacher {
public:
    reacher(policy const& by, cells const& of, std::vector<std::uint32_t> const& categories,
            reach& to)
        : by_(by), of_(of), to_(to) {
        detail::policy_data const& p = of.data();
        for (std::uint32_t const category : categories)
            for (std::uint32_t const action : of.actions()) {
                asked_.push_back({action, category});
                reached_right& right = to.rights.emplace_back();
                right.category = p.categories.name(category);
                right.level = of.levels().names()[of.levels().of(category)];
                right.laws = of.levels().laws(right.category);
                right.action = p.actions.name(action);
            }
    }

    void add_roles() {
        detail::policy_data const& p = of_.data();
        review::written_rules const rules(by_);
        auto const roles = review::by_name(p.roles);
        to_.role_count = roles.size();
        std::vector<std::vector<found_right>> found(roles.size());
        for (std::size_t place = 0; place < asked_.size(); ++place) {
            std::vector<std::uint32_t> able;
            std::vector<std::size_t> places;
            for (std::size_t i = 0; i < roles.size(); ++i) {
                auto const right = of_.list().right(exposure::alone(p, roles[i]), asked_[place]);
                if (!right) continue;
                found_right& added = found[i].emplace_back();
                added.place = place;
                of_.list().describe(*right, added.basis);
                able.push_back(roles[i]);
                places.push_back(i);
            }
            if (able.empty()) continue;
            auto const lines = rules.grants(able, name_of_action(place), name_of_category(place));
            for (std::size_t i = 0; i < able.size(); ++i)
                found[places[i]].back().basis.through =
                    of_.list().through(rules, lines, able[i], asked_[place]);
        }
        for (std::size_t i = 0; i < roles.size(); ++i) {
            reaching who;
            who.what = holder::kind::role;
            who.role = p.roles.name(roles[i]);
            add(std::move(who), std::move(found[i]), 1, to_.roles, &reached_right::roles,
                to_.by_role);
        }
        sort(to_.by_role);
    }

    void add_users(review::people const& all, date on) {
        review::role_sets const sets(of_.data(), all.given, on);
        auto const users = exposure::users_of_sets(all, sets);
        for (std::size_t i = 0; i < sets.sets.size(); ++i) {
            if (!sets.sets[i].ok()) continue;
            to_.user_count += users[i].size();
            std::vector<found_right> found;
            for (std::size_t place = 0; place < asked_.size(); ++place)
                if (auto basis = of_.list().basis(sets.sets[i], asked_[place]))
                    found.push_back({place, std::move(*basis)});
            if (found.empty()) continue;
            reaching who;
            who.what = holder::kind::user;
            who.users = with_ends(all, users[i], found);
            add(std::move(who), std::move(found), users[i].size(), to_.users, &reached_right::users,
                to_.by_user);
        }
        sort(to_.by_user);
    }

private:
    [[nodiscard]] std::string_view name_of_action(std::size_t place) const {
        return of_.data().actions.name(asked_[place].action);
    }
    [[nodiscard]] std::string_view name_of_category(std::size_t place) const {
        return of_.data().categories.name(asked_[place].category);
    }

    // Users who hold the same roles, each as long as these are assigned to them.
    [[nodiscard]] std::vector<reaching_user> with_ends(
        review::people const& all, std::vector<std::size_t> const& users,
        std::vector<found_right> const& found) const {
        std::map<std::size_t, reaching_user> of_given;  // the same for all who were given the same
        std::vector<reaching_user> result;
        result.reserve(users.size());
        for (std::size_t const user : users) {
            auto const [at, added] = of_given.try_emplace(all.users[user].given);
            if (added) at->second = ends_of(all.given[all.users[user].given], found);
            result.push_back(at->second);
            result.back().id = all.users[user].id;
        }
        return result;
    }

    [[nodiscard]] reaching_user ends_of(review::given_roles const& given,
                                        std::vector<found_right> const& found) const {
        reaching_user result;
        bool endless = false;
        for (found_right const& one : found) {
            right_basis basis = one.basis;
            of_.list().add_ends(given, basis);
            result.ends.push_back(basis.until);
            endless |= !basis.until;
            if (basis.until)
                result.until = std::max(result.until.value_or(*basis.until), *basis.until);
        }
        if (endless) result.until.reset();
        return result;
    }

    void add(reaching who, std::vector<found_right> found, std::size_t many,
             exposure_count& of_kind, exposure_count reached_right::*of_right,
             std::vector<reaching>& to) const {
        if (found.empty()) return;
        exposure::words words(of_.data().categories.size());
        for (found_right& one : found) {
            cell const at = asked_[one.place];
            bool const certain = one.basis.always();
            words[at.category] |= (certain ? 0x10001U : 0x10000U) << at.action;
            exposure_count& reached = to_.rights[one.place].*of_right;
            reached.possible += many;
            reached.certain += certain ? many : 0;
            held_right& right = who.rights.emplace_back();
            static_cast<right_basis&>(right) = std::move(one.basis);
            right.category = to_.rights[one.place].category;
            right.action = to_.rights[one.place].action;
        }
        who.count = of_.count(words).total;
        of_kind.possible += many;
        of_kind.certain += who.count.rights.certain > 0 ? many : 0;
        to.push_back(std::move(who));
    }

    static void sort(std::vector<reaching>& all) {
        auto const name = [](reaching const& r) -> std::string const& {
            return r.what == holder::kind::role ? r.role : r.users.front().id;
        };
        std::sort(all.begin(), all.end(), [&](reaching const& a, reaching const& b) {
            exposure_count const& x = a.count.rights;
            exposure_count const& y = b.count.rights;
            return std::tie(y.possible, y.certain, name(a)) <
                   std::tie(x.possible, x.certain, name(b));
        });
    }

    policy const& by_;
    cells const& of_;
    reach& to_;
    std::vector<cell> asked_;
};

}  // namespace

reach who_reaches(policy const& by, users_view directory, std::string_view category, bool below,
                  exposure_options const& options) {
    cells const of(by, options.known);
    detail::policy_data const& p = of.data();
    reach result;
    result.why = reason::unknown_name;
    if (!of.facts_fit() || p.categories.find(category) == detail::name_table::none) return result;
    review::people const all(p, directory);
    result.why = all.complete ? reason::granted : reason::unavailable;
    if (!result) return result;
    result.actions = of.action_names();
    std::vector<std::uint32_t> asked;
    for (std::uint32_t const number : review::by_name(p.categories)) {
        std::string_view const name = p.categories.name(number);
        bool const lies_below = below && name.size() > category.size() &&
                                name[category.size()] == '.' &&
                                name.substr(0, category.size()) == category;
        if (name == category || lies_below) asked.push_back(number);
    }
    reacher look(by, of, asked, result);
    look.add_roles();
    look.add_users(all, options.on);
    return result;
}

}  // namespace rolecall::inline v0_1
