// What a directory says, as texts; and the file of a store, looked at from outside.
#ifndef ROLECALL_TESTS_STORE_STORED_USERS_HPP
#define ROLECALL_TESTS_STORE_STORED_USERS_HPP

#include <rolecall/user_directory.hpp>
#include <rolecall/user_store.hpp>

#include <chrono>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>

namespace rolecall::testing {

inline std::string text_of(user_role const& role) {
    return std::string(role.role) + (role.until ? " until " + role.until->to_string() : "");
}

inline std::string text_of(std::span<user_role const> roles) {
    std::string text;
    for (user_role const& role : roles) text += (text.empty() ? "" : ", ") + text_of(role);
    return text;
}

/// `billing, support until 2027-03-31`; `unknown` or `unavailable`; empty without roles.
template <class Directory>
std::string roles_of(Directory const& directory, std::string_view id) {
    std::string text;
    auto const add = [&](user_role const& role) {
        text += (text.empty() ? "" : ", ") + text_of(role);
    };
    role_taker take(add);
    switch (directory.roles_of(id, take)) {
        case user_lookup::unavailable: return "unavailable";
        case user_lookup::unknown: return "unknown";
        case user_lookup::known: break;
    }
    return text;
}

using user_list = std::map<std::string, std::string>;

/// Everybody, and their roles. Nothing where the directory can't tell.
template <class Directory>
std::optional<user_list> everybody(Directory const& directory) {
    user_list all;
    auto const add = [&](std::string_view id, std::span<user_role const> roles) {
        all.emplace(id, text_of(roles));
    };
    user_visitor visit(add);
    if (!directory.each_user(visit)) return std::nullopt;
    return all;
}

/// Why this goes wrong; nothing where it does not.
template <class Work>
std::optional<user_store_error::kind> error_of(Work&& work) {
    try {
        work();
    } catch (user_store_error const& error) {
        return error.why();
    }
    return std::nullopt;
}

/// Why a file can't be opened.
inline std::optional<user_store_error::kind> error_of_opening(
    std::string const& path, user_store_options const& options = {}) {
    return error_of([&] { user_store const store(path, options); });
}

/// Without a thread of its own: it looks when it is told to. A store that nobody disturbs.
inline user_store_options quiet() {
    user_store_options options;
    options.create = true;
    options.start_thread = false;
    options.unavailable_after_ms = 3'600'000;
    options.busy_ms = 60'000;
    return options;
}

inline user_store_options reading() {
    user_store_options options = quiet();
    options.create = false;
    options.read_only = true;
    return options;
}

inline std::string bytes_of(std::string const& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// Whether something becomes true within a time that is long enough for any machine.
template <class Condition>
bool in_the_end(Condition&& condition) {
    using namespace std::chrono_literals;
    auto const until = std::chrono::steady_clock::now() + 60s;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(1ms);
    }
    return true;
}

}  // namespace rolecall::testing

#endif
