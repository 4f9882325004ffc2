#include "cli/users/store.hpp"

#include "cli/commands.hpp"
#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::size_t most_complaints = 100;

user_store_options options_for(store_access access) {
    user_store_options options;
    options.create = access == store_access::create;
    options.read_only = access == store_access::read;
    // What is read once needs nobody who looks again: it stays true for this one command.
    options.start_thread = false;
    options.unavailable_after_ms = std::numeric_limits<unsigned>::max();
    return options;
}

std::vector<std::string> all_ids(users_view directory) {
    std::vector<std::string> ids;
    auto const keep = [&](std::string_view id, std::span<user_role const>) {
        ids.emplace_back(id);
    };
    user_visitor visit(keep);
    if (!directory.each_user(visit))
        throw user_store_error(user_store_error::kind::io, "the store can't be read now");
    return ids;
}

}  // namespace

int with_store(std::string const& path, store_access access, streams& to,
               std::function<int(user_store&)> const& work) {
    try {
        user_store store(path, options_for(access));
        return work(store);
    } catch (user_store_error const& error) {
        bool const missing = error.why() == user_store_error::kind::missing;
        to.complain(detail::printable(error.what()) +
                    (missing ? " with `rolecall users create`" : ""));
        return exit_code::usage;
    }
}

int with_users(std::optional<std::string> const& path, streams& to,
               std::function<int(users_view)> const& work) {
    if (!path) return work({});
    return with_store(*path, store_access::read, to,
                      [&](user_store& store) { return work(store); });
}

bool read_roles(users_view directory, std::string_view id, std::vector<assigned_role>& into) {
    into.clear();
    auto const keep = [&](user_role const& role) {
        into.push_back({std::string(role.role), role.until});
    };
    role_taker take(keep);
    return directory.roles_of(id, take) == user_lookup::known;
}

std::vector<std::string> sorted_ids(users_view directory) {
    std::vector<std::string> ids = all_ids(directory);
    std::sort(ids.begin(), ids.end());
    return ids;
}

std::optional<std::string> closest_id(users_view directory, std::string_view id) {
    std::vector<std::string> const ids = all_ids(directory);
    std::vector<std::string_view> const candidates(ids.begin(), ids.end());
    detail::suggester suggester;  // which gives up where there are too many
    auto const found = suggester.closest(id, candidates);
    return found ? std::optional<std::string>(*found) : std::nullopt;
}

bool know_or_complain(users_view directory, std::span<std::string const> ids,
                      std::string const& store, streams& to) {
    std::vector<assigned_role> roles;
    std::size_t unknown = 0;
    for (std::string const& id : ids) {
        if (read_roles(directory, id, roles) || ++unknown > most_complaints) continue;
        // The first is the one that counts: to look for all of them may take long.
        auto const meant = unknown == 1 ? closest_id(directory, id) : std::nullopt;
        to.complain("there is no user " + detail::in_backticks(id) + " in " +
                    detail::printable(store) +
                    (meant ? "; did you mean " + detail::in_backticks(*meant) + '?' : ""));
    }
    if (unknown > most_complaints)
        to.complain("and " + std::to_string(unknown - most_complaints) + " more");
    return unknown == 0;
}

}  // namespace rolecall::inline v0_1::cli
