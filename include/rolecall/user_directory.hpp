// Where a business keeps its users and their roles, when that is not the policy file.
//
// A directory is any type with one function:
//
//     struct staff_table {
//         rolecall::user_lookup roles_of(std::string_view id, rolecall::role_taker& take) const {
//             auto const row = rows.find(id);
//             if (row == rows.end()) return rolecall::user_lookup::unknown;
//             for (auto const& [role, until] : row->second) take(role, until);
//             return rolecall::user_lookup::known;
//         }
//     };
//     rolecall::authorizer pdp{policy, trail, staff};     // staff outlives pdp
//     auto const dana = pdp.session("dana").value();      // asks staff
//
// `assignments` is one in memory, `user_store` one on disk. A directory may offer more:
//   - `each_user(user_visitor&) const`, which lists users: for reviews and reports;
//   - `notify(users_changed const&)`, which takes what it calls after each change (in
//     users_changed.hpp). Without it, the application calls `authorizer::users_changed`.
#ifndef ROLECALL_USER_DIRECTORY_HPP
#define ROLECALL_USER_DIRECTORY_HPP

#include <rolecall/date.hpp>
#include <rolecall/detail/no_throw.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

namespace rolecall::inline v0_1 {

class users_changed;

namespace detail {

/// What can be called with such arguments, and is not a `Self`: for what refers to a callable.
template <class Callable, class Self, class... Arguments>
concept called_with =
    !std::same_as<std::remove_const_t<Callable>, Self> && std::invocable<Callable&, Arguments...>;

}  // namespace detail

/// What a directory knows of a user. Zero is `unavailable`, so that a forgotten value refuses.
enum class user_lookup : std::uint8_t {
    unavailable,  ///< the directory can't tell now: whoever asks is denied, `unavailable`
    unknown,      ///< there is no such user
    known,        ///< and their roles were given, of which there may be none
};

/// A role of a user, by name, and the last day (UTC) on which they have it; without one, it has
/// no end. The view lives as long as whoever gives it says.
struct user_role {
    std::string_view role;
    std::optional<date> until{};

    friend bool operator==(user_role const&, user_role const&) noexcept = default;
};

/// Takes the roles of one user from a directory: `take("support")`, `take("billing", last_day)`.
/// A role that is given twice counts until the later day. Nothing of the name is kept.
class role_taker {
public:
    /// Refers to a callable that takes a `user_role const&`.
    template <detail::called_with<role_taker, user_role const&> Callable>
    explicit role_taker(Callable& callable) noexcept
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): called as what it is
        : object_(const_cast<void*>(static_cast<void const*>(&callable))),
          call_([](void* object, user_role const& role) {
              static_cast<void>((*static_cast<Callable*>(object))(role));
          }) {}

    void operator()(std::string_view role, std::optional<date> until = std::nullopt) const {
        call_(object_, {role, until});
    }

private:
    void* object_;
    void (*call_)(void*, user_role const&);
};

/// Takes users, one after the other, with all roles of each: `visit("dana", roles)`. The views
/// live until it returns. False: it wants no more.
class user_visitor {
public:
    /// Refers to a callable that takes a `std::string_view` and a `std::span<user_role const>`,
    /// and returns void, or bool: whether to go on.
    template <
        detail::called_with<user_visitor, std::string_view, std::span<user_role const>> Callable>
    explicit user_visitor(Callable& callable) noexcept
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): called as what it is
        : object_(const_cast<void*>(static_cast<void const*>(&callable))),
          call_([](void* object, std::string_view id, std::span<user_role const> roles) {
              auto& callee = *static_cast<Callable*>(object);
              if constexpr (std::is_void_v<decltype(callee(id, roles))>) {
                  callee(id, roles);
                  return true;
              } else {
                  return static_cast<bool>(callee(id, roles));
              }
          }) {}

    bool operator()(std::string_view id, std::span<user_role const> roles) const {
        return call_(object_, id, roles);
    }

private:
    void* object_;
    bool (*call_)(void*, std::string_view, std::span<user_role const>);
};

/// A directory of users, by any type. `roles_of` gives each role of a user to the taker, also
/// those that have passed, and says whether it knows the user. It is called from any number of
/// threads at once, while a session is made or refreshed and while `decide` answers for a user,
/// which waits for it; what it throws counts as `unavailable`. It must not ask the authorizer.
template <class Directory>
concept user_directory = requires(Directory const& directory, std::string_view id,
                                  role_taker& take) {
    { directory.roles_of(id, take) } -> std::same_as<user_lookup>;
};

/// A directory that can list its users: each once, in any order, with all of their roles. False
/// where it can't tell now. The visitor may stop it; that is no failure.
template <class Directory>
concept listing_directory = user_directory<Directory> &&
    requires(Directory const& directory, user_visitor& visit) {
    { directory.each_user(visit) } -> std::same_as<bool>;
};

namespace detail {

// A view that says more than `Self` is copied as one: it may be gone before what is made of it.
template <class Directory, class Self>
concept directory_other_than =
    user_directory<Directory> && !std::derived_from<std::remove_const_t<Directory>, Self>;

}  // namespace detail

/// Refers to a directory of any type, as an argument. The directory must outlive whatever it is
/// given to.
class users_view {
public:
    /// No directory: nobody is known.
    users_view() noexcept = default;

    template <detail::directory_other_than<users_view> Directory>
    // NOLINTNEXTLINE(google-explicit-constructor): an argument
    users_view(Directory& directory) noexcept
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): called as what it is
        : object_(const_cast<void*>(static_cast<void const*>(&directory))),
          roles_of_([](void const* of, std::string_view id, role_taker& take) noexcept {
              return detail::no_throw(user_lookup::unavailable, [&] {
                  return static_cast<Directory const*>(of)->roles_of(id, take);
              });
          }) {
        if constexpr (listing_directory<Directory>)
            each_user_ = [](void const* of, user_visitor& visit) {
                return static_cast<Directory const*>(of)->each_user(visit);
            };
        if constexpr (requires(users_changed const& tell) { directory.notify(tell); })
            notify_ = [](void* of, users_changed const& tell) {
                static_cast<Directory*>(of)->notify(tell);
            };
    }
    template <detail::directory_other_than<users_view> Directory>
    users_view(Directory const&& directory) = delete;

    /// Whether there is a directory.
    explicit operator bool() const noexcept { return object_ != nullptr; }
    /// Whether the directory can list its users.
    [[nodiscard]] bool can_list() const noexcept { return each_user_ != nullptr; }
    /// Whether the directory tells of its changes.
    [[nodiscard]] bool can_notify() const noexcept { return notify_ != nullptr; }

    /// As the directory's own. Without a directory: `unknown`.
    user_lookup roles_of(std::string_view id, role_taker& take) const noexcept {
        return object_ != nullptr ? roles_of_(object_, id, take) : user_lookup::unknown;
    }

    /// As the directory's own. False where it can't list.
    bool each_user(user_visitor& visit) const {
        return each_user_ != nullptr && each_user_(object_, visit);
    }

    /// Hands over what the directory calls after each change. False where it takes none.
    bool notify(users_changed const& tell) const {
        if (notify_ == nullptr) return false;
        notify_(object_, tell);
        return true;
    }

private:
    void* object_ = nullptr;
    user_lookup (*roles_of_)(void const*, std::string_view, role_taker&) noexcept = nullptr;
    bool (*each_user_)(void const*, user_visitor&) = nullptr;
    void (*notify_)(void*, users_changed const&) = nullptr;
};

}  // namespace rolecall::inline v0_1

#endif
