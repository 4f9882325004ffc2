#include "review/inheritance.hpp"
#include "review/lister.hpp"
#include "review/name_order.hpp"
#include "review/people.hpp"
#include "review/reviewed_roles.hpp"
#include <rolecall/access_review.hpp>
#include <rolecall/category_levels.hpp>
#include <rolecall/digest.hpp>
#include <rolecall/document.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace rolecall::inline v0_1 {
namespace {

using review::given_role;
using review::given_roles;

// What follows from the roles held alone, whatever their ends.
struct consequences {
    std::vector<review::reached_role> reached;
    std::vector<separation_violation> violations;
};

// Looks through one policy and its people.
class reviewer {
public:
    reviewer(policy const& by, review::people const& all, date on)
        : by_(by), p_(detail::data_of(by)), all_(all), on_(on), distinct_(p_, all.given, on) {}

    [[nodiscard]] std::vector<holding> holdings() const {
        std::map<std::vector<std::uint32_t>, consequences> known;
        std::vector<holding> result(all_.given.size());
        for (std::size_t i = 0; i < all_.given.size(); ++i) {
            auto const [now, passed] = review::apart(all_.given[i], on_);
            holding& to = result[i];
            for (given_role const& role : now)
                if (!all_.numbers.declared(role.role))
                    to.unknown_roles.emplace_back(all_.numbers.name(role.role));
            std::sort(to.unknown_roles.begin(), to.unknown_roles.end());
            auto const held = review::held_of(now, all_.numbers);
            auto const [found, added] = known.try_emplace(held);
            if (added) found->second = consequences_of(held);
            for (review::reached_role const& reached : found->second.reached)
                to.roles.push_back(review::describe(p_, now, reached));
            to.violations = found->second.violations;
            to.passed = review::passed_of(now, passed, all_.numbers);
            to.refused = distinct_.sets[distinct_.set_of_given[i]].refused;
        }
        for (std::size_t i = 0; i < all_.users.size(); ++i)
            result[all_.users[i].given].users.push_back(i);
        return result;
    }

    // Needs the holdings for how many users have each.
    [[nodiscard]] std::vector<reviewed_access> access(std::vector<holding> const& holdings) const {
        review::lister const list(by_, {});
        std::vector<std::vector<std::size_t>> holdings_of_set(distinct_.sets.size());
        for (std::size_t i = 0; i < holdings.size(); ++i)
            holdings_of_set[distinct_.set_of_given[i]].push_back(i);
        auto const labels = written_categories();
        auto const levels = category_levels(by_.source());
        auto const actions = review::by_name(p_.actions);
        std::vector<reviewed_access> result;
        for (std::uint32_t const category : review::by_name(p_.categories))
            for (std::uint32_t const action : actions) {
                reviewed_access to;
                ways_of way_of;
                for (std::size_t i = 0; i < distinct_.sets.size(); ++i) {
                    if (!distinct_.sets[i].ok()) continue;
                    if (auto right = list.basis(distinct_.sets[i], {action, category}))
                        way_of.add(std::move(*right), holdings_of_set[i], holdings);
                }
                to.ways = way_of.take();
                if (to.ways.empty()) continue;
                for (access_way const& way : to.ways) to.users += way.users;
                to.category = p_.categories.name(category);
                to.action = p_.actions.name(action);
                if (written_category const* const written = labels.at(to.category)) {
                    to.about = written->about;
                    if (auto const level = levels.find(to.category); level != levels.end())
                        to.level = level->second;
                    to.laws = written->laws;
                }
                result.push_back(std::move(to));
            }
        return result;
    }

private:
    // Rights that read the same are one way.
    class ways_of {
    public:
        void add(right_basis&& right, std::vector<std::size_t> const& of,
                 std::vector<holding> const& holdings) {
            key name;
            for (granting_role const& role : right.through)
                name.first.emplace_back(role.role, role.condition);
            name.second = {right.condition, right.apart};
            auto const [at, added] = ways_.try_emplace(std::move(name));
            access_way& way = at->second;
            if (added) static_cast<right_basis&>(way) = std::move(right);
            way.holdings.insert(way.holdings.end(), of.begin(), of.end());
            for (std::size_t const one : of) way.users += holdings[one].users.size();
        }

        [[nodiscard]] std::vector<access_way> take() {
            std::vector<access_way> result;
            result.reserve(ways_.size());
            for (auto& [name, way] : ways_) {
                std::sort(way.holdings.begin(), way.holdings.end());
                result.push_back(std::move(way));
            }
            return result;
        }

    private:
        using key = std::pair<std::vector<std::pair<std::string, std::string>>,
                              std::pair<std::string, bool>>;
        std::map<key, access_way> ways_;
    };

    [[nodiscard]] consequences consequences_of(std::vector<std::uint32_t> const& held) const {
        std::vector<std::string_view> names;
        names.reserve(held.size());
        for (std::uint32_t const role : held) names.push_back(p_.roles.name(role));
        return {review::reached_from(p_, held), person_violations(by_, names)};
    }

    [[nodiscard]] std::map<std::string_view, written_category const*> written_categories() const {
        std::map<std::string_view, written_category const*> result;
        for (std::uint32_t const category : review::by_name(p_.categories))
            result[p_.categories.name(category)] = nullptr;
        for (written_category const& category : by_.source().categories)
            result[category.name.text] = &category;
        return result;
    }

    policy const& by_;
    detail::policy_data const& p_;
    review::people const& all_;
    date on_;
    review::role_sets distinct_;
};

void must_list(users_view directory) {
    if (directory && !directory.can_list())
        throw std::invalid_argument("rolecall: this directory can't list its users");
}

// The end of the assignment of a role that gives access.
std::optional<date> assigned_until(holding const& of, std::string_view role) {
    for (reviewed_role const& has : of.roles)
        if (has.role == role) return has.assigned_until;
    return std::nullopt;
}

bool ends_within(reviewed_role const& role, date on, int days) {
    return role.assigned && role.assigned_until && role.assigned_until->days() - on.days() <= days;
}

}  // namespace

access_review::access_review(policy const& by, users_view directory, review_options const& options)
    : policy_digest(digest(by)), on(options.on), ending_within_days(options.ending_within_days) {
    must_list(directory);
    if (auto const& header = by.source().header) {
        policy_name = header->name;
        policy_owner = header->owner;
    }
    detail::policy_data const& p = detail::data_of(by);
    review::people all(p, directory);
    complete = all.complete;
    reviewer const look(by, all, on);
    holdings = look.holdings();
    access = look.access(holdings);

    auto at = access.begin();  // of the same order
    for (std::uint32_t const category : review::by_name(p.categories)) {
        std::string_view const name = p.categories.name(category);
        if (at == access.end() || at->category != name)
            categories_without_access.emplace_back(name);
        while (at != access.end() && at->category == name) ++at;
    }

    std::vector<bool> held(p.roles.size());
    for (holding const& one : holdings)
        for (reviewed_role const& role : one.roles) held[p.roles.find(role.role)] = true;
    for (std::uint32_t const role : review::by_name(p.roles))
        if (!held[role]) roles_without_users.emplace_back(p.roles.name(role));

    users.reserve(all.users.size());
    for (review::person& user : all.users)
        users.push_back({std::move(user.id), user.in_policy, user.in_directory, user.given});
    for (reviewed_user const& user : users) {
        if (held_by(user).roles.empty()) users_without_roles.push_back(user.id);
        for (reviewed_role const& role : held_by(user).roles)
            if (ends_within(role, on, ending_within_days))
                ending.push_back({user.id, role.role, *role.assigned_until});
    }
    std::sort(ending.begin(), ending.end(), [](auto const& a, auto const& b) {
        return std::tie(a.until, a.id, a.role) < std::tie(b.until, b.id, b.role);
    });
}

std::optional<date> access_review::until(access_way const& way, std::size_t holding) const {
    std::optional<date> last;
    for (granting_role const& part : way.through) {
        auto const end = assigned_until(holdings[holding], part.role);
        if (!end) return std::nullopt;
        last = std::max(last.value_or(*end), *end);
    }
    return last;
}

std::vector<holder> access_review::holders(reviewed_access const& of) const {
    std::vector<std::pair<std::size_t, holder>> found;
    found.reserve(of.users);
    for (access_way const& way : of.ways)
        for (std::size_t const number : way.holdings) {
            holder one;
            right_basis const& basis = way;
            static_cast<right_basis&>(one) = basis;
            one.what = holder::kind::user;
            one.until = until(way, number);
            for (granting_role& part : one.through)
                part.until = assigned_until(holdings[number], part.role);
            for (std::size_t const user : holdings[number].users) {
                one.name = users[user].id;
                found.emplace_back(user, one);
            }
        }
    std::sort(found.begin(), found.end(),
              [](auto const& a, auto const& b) { return a.first < b.first; });
    std::vector<holder> result;
    result.reserve(found.size());
    for (auto& [user, one] : found) result.push_back(std::move(one));
    return result;
}

std::vector<role_holder> who_has(policy const& by, users_view directory, std::string_view role,
                                 date on) {
    must_list(directory);
    detail::policy_data const& p = detail::data_of(by);
    std::uint32_t const number = p.roles.find(role);
    if (number == detail::name_table::none) return {};
    review::people const all(p, directory);
    if (!all.complete) throw std::runtime_error("rolecall: the directory of users can't be read");
    std::map<std::vector<std::uint32_t>, std::optional<review::reached_role>> ways;
    std::vector<std::optional<reviewed_role>> why;
    why.reserve(all.given.size());
    for (given_roles const& given : all.given) {
        given_roles const now = review::apart(given, on).first;
        auto const held = review::held_of(now, all.numbers);
        auto const [way, added] = ways.try_emplace(held);
        if (added)
            for (review::reached_role& reached : review::reached_from(p, held))
                if (reached.role == number) way->second = std::move(reached);
        why.emplace_back();
        if (way->second) why.back() = review::describe(p, now, *way->second);
    }
    std::vector<role_holder> result;
    for (review::person const& user : all.users)
        if (why[user.given]) result.push_back({user.id, *why[user.given]});
    return result;
}

}  // namespace rolecall::inline v0_1
