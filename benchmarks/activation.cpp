// Opening a session: the roles' rows put into one. The floor is that alone, over rows of one
// array; for a user, after a lookup in a hash map. One check follows, so that the row is used.
#include "bench/measure.hpp"
#include "benchmarks.hpp"
#include "support/floors.hpp"
#include "support/policies.hpp"
#include <rolecall/date.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace rolecall::benchmarks {

namespace {

constexpr policy_kind plain = policy_kind::plain;
constexpr std::size_t activations = 256;

std::vector<std::vector<role_ref>> role_lists(policy_size const& size, std::size_t count) {
    std::vector<std::vector<role_ref>> result;
    for (std::size_t i = 0; i < activations; ++i)
        result.push_back(some_roles(size, plain, count, i));
    return result;
}

// The same as numbers.
std::vector<std::vector<std::uint32_t>> number_lists(policy_size const& size, std::size_t count) {
    auto const& roles = made(size, plain).roles();
    std::vector<std::vector<std::uint32_t>> result;
    for (auto const& list : role_lists(size, count)) {
        auto& numbers = result.emplace_back();
        for (role_ref const role : list) {
            auto const at = std::find_if(roles.begin(), roles.end(),
                                         [&](auto const& one) { return one.reference == role; });
            numbers.push_back(static_cast<std::uint32_t>(at - roles.begin()));
        }
    }
    return result;
}

prepared activate(policy_size const& size, std::size_t count) {
    policy const& p = policy_of(size, plain);
    category_ref const on = made(size, plain).categories()[1].reference;
    return {[&p, on, lists = role_lists(size, count)] {
                return bench::count(lists, [&](auto const& roles) {
                    return p.activate(roles).value().allows(view, on);
                });
            },
            activations};
}

prepared unite(policy_size const& size, std::size_t count) {
    auto const table = std::make_shared<full_table const>(made(size, plain));
    return {[table, lists = number_lists(size, count)] {
                return bench::count(
                    lists, [&](auto const& roles) { return (table->unite(roles)[1] & 1U) != 0; });
            },
            activations};
}

prepared activate_users(policy_size const& size) {
    policy const& p = policy_of(size, plain);
    category_ref const on = made(size, plain).categories()[1].reference;
    auto const& users = asking_users(size);
    return {[&p, on, &users, today = date::today()] {
                return bench::count(users, [&](auto const& id) {
                    return p.activate_user(id, today).value().allows(view, on);
                });
            },
            users.size()};
}

prepared find_and_unite(policy_size const& size) {
    auto const table = std::make_shared<full_table const>(made(size, plain));
    auto const map = std::make_shared<user_map const>(size);
    auto const& users = asking_users(size);
    return {[table, map, &users] {
                return bench::count(users, [&](auto const& id) {
                    return (table->unite(map->roles_of(id))[1] & 1U) != 0;
                });
            },
            users.size()};
}

}  // namespace

void activation(suite& to) {
    to.begin("Activation",
             "Roles become active together, once for many checks: `policy.activate({…})`. A "
             "session of one role uses the policy's own row.");
    for (policy_size const* const size : {&middle, &large}) {
        auto const label = std::string(size->label);
        for (std::size_t const count : {std::size_t{1}, std::size_t{3}, std::size_t{8}}) {
            auto const variant = std::to_string(count) + "-roles";
            auto const measured =
                to.add({.name = contestant_name("activation", *size, variant),
                        .prepare = [size, count] { return activate(*size, count); }});
            auto const floor =
                to.add({.name = contestant_name("activation", *size, variant + "-or"),
                        .prepare = [size, count] { return unite(*size, count); }});
            to.compare({.text = label +
                                (count == 1 ? ", 1 role" : ", " + std::to_string(count) + " roles"),
                        .measured = measured,
                        .floor = floor,
                        .floor_text = "or of the rows"});
        }
        to.compare({.text = label + ", of a user",
                    .measured = to.add({.name = contestant_name("activation", *size, "user"),
                                        .prepare = [size] { return activate_users(*size); }}),
                    .floor = to.add({.name = contestant_name("activation", *size, "user-or"),
                                     .prepare = [size] { return find_and_unite(*size); }}),
                    .floor_text = "unordered_flat_map, or of the rows"});
    }
}

}  // namespace rolecall::benchmarks
