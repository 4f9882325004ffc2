#include "exposure/peers.hpp"

#include "review/name_order.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace rolecall::inline v0_1::exposure {
namespace {

constexpr std::size_t most_named = 3;

struct value {
    std::size_t number = 0;
    peer const* of = nullptr;
};

// The number at a place, counted from 0, as if each peer stood there as often as they are many.
std::size_t at_place(std::vector<value> const& sorted, std::size_t place) {
    for (value const& one : sorted) {
        if (place < one.of->many) return one.number;
        place -= one.of->many;
    }
    return 0;
}

compared_count compared(std::size_t mine, std::vector<value> values, std::size_t count) {
    compared_count result;
    result.mine = mine;
    if (count == 0) return result;
    std::sort(values.begin(), values.end(),
              [](value const& a, value const& b) { return a.number < b.number; });
    result.least = values.front().number;
    result.median = at_place(values, (count - 1) / 2);
    result.most = values.back().number;
    for (value const& one : values) {
        if (one.number < mine) result.fewer += one.of->many;
        if (one.number == mine) result.as_many += one.of->many;
        if (one.number != result.most || result.most == 0) continue;
        result.most_by_count += one.of->many;
        result.most_by.insert(result.most_by.end(), one.of->names.begin(), one.of->names.end());
    }
    std::sort(result.most_by.begin(), result.most_by.end());
    if (result.most_by.size() > most_named) result.most_by.resize(most_named);
    return result;
}

// Compares a `level_count` of ours with those that the peers have in the same place.
class comparer {
public:
    using place = std::function<level_count const&(peer const&)>;
    comparer(peers const& with, place in) : with_(with), in_(std::move(in)) {}

    [[nodiscard]] level_comparison compare(level_count const& mine) const {
        level_comparison result;
        result.categories =
            both(mine, [](level_count const& c) -> exposure_count const& { return c.categories; });
        result.rights =
            both(mine, [](level_count const& c) -> exposure_count const& { return c.rights; });
        for (std::size_t i = 0; i < mine.actions.size(); ++i)
            result.actions.push_back(both(
                mine, [i](level_count const& c) -> exposure_count const& { return c.actions[i]; }));
        return result;
    }

private:
    template <class Which>
    [[nodiscard]] comparison both(level_count const& mine, Which const& which) const {
        return {one(mine, [&](level_count const& c) { return which(c).certain; }),
                one(mine, [&](level_count const& c) { return which(c).possible; })};
    }

    template <class Number>
    [[nodiscard]] compared_count one(level_count const& mine, Number const& number) const {
        std::vector<value> values;
        values.reserve(with_.all.size());
        for (peer const& other : with_.all) values.push_back({number(in_(other)), &other});
        return compared(number(mine), std::move(values), with_.count);
    }

    peers const& with_;
    place in_;
};

std::vector<std::string> first_names(review::people const& all,
                                     std::vector<std::size_t> const& users, std::string_view but) {
    std::vector<std::string> names;
    for (std::size_t const user : users) {
        if (names.size() == most_named) break;
        if (all.users[user].id != but) names.push_back(all.users[user].id);
    }
    return names;
}

}  // namespace

void peers::add(cells const& of, words const& them, std::size_t many,
                std::vector<std::string> names) {
    all.push_back({of.count(them), many, std::move(names)});
    unite(exposed, them);
    count += many;
}

level_comparison peers::compare_total(level_count const& mine) const {
    return comparer(*this, [](peer const& p) -> level_count const& { return p.exposed.total; })
        .compare(mine);
}

level_comparison peers::compare_level(level_count const& mine, std::size_t level) const {
    return comparer(
               *this,
               [level](peer const& p) -> level_count const& { return p.exposed.levels[level]; })
        .compare(mine);
}

std::size_t peers::less(counts const& mine) const {
    std::size_t result = 0;
    for (peer const& other : all)
        if (other.exposed.less_than(mine)) result += other.many;
    return result;
}

std::size_t peers::as_much(counts const& mine) const {
    std::size_t result = 0;
    for (peer const& other : all)
        if (!other.exposed.less_than(mine) && !mine.less_than(other.exposed)) result += other.many;
    return result;
}

peers roles_but(cells const& of, std::span<std::uint32_t const> these) {
    detail::policy_data const& p = of.data();
    peers result;
    result.exposed.resize(p.categories.size());
    for (std::uint32_t const role : review::by_name(p.roles))
        if (!std::binary_search(these.begin(), these.end(), role))
            result.add(of, of.of_role(role), 1, {std::string(p.roles.name(role))});
    return result;
}

std::vector<std::vector<std::size_t>> users_of_sets(review::people const& all,
                                                    review::role_sets const& sets) {
    std::vector<std::vector<std::size_t>> users(sets.sets.size());
    for (std::size_t user = 0; user < all.users.size(); ++user)
        users[sets.set_of_given[all.users[user].given]].push_back(user);
    return users;
}

peers users_but(cells const& of, review::people const& all, review::role_sets const& sets,
                std::string_view id) {
    peers result;
    result.exposed.resize(of.data().categories.size());
    auto const users = users_of_sets(all, sets);
    auto const found = std::lower_bound(
        all.users.begin(), all.users.end(), id,
        [](review::person const& user, std::string_view wanted) { return user.id < wanted; });
    bool const listed = found != all.users.end() && found->id == id;
    for (std::size_t i = 0; i < sets.sets.size(); ++i) {
        if (!sets.sets[i].ok()) continue;
        bool const theirs = listed && sets.set_of_given[found->given] == i;
        std::size_t const many = users[i].size() - (theirs ? 1 : 0);
        if (many > 0)
            result.add(of, of.of(detail::view_of(sets.sets[i])), many,
                       first_names(all, users[i], id));
    }
    return result;
}

}  // namespace rolecall::inline v0_1::exposure
