// Changes to a directory of users: several at once, all or none, and only if whoever they
// concern may then hold what they hold.
#ifndef ROLECALL_USER_EDITS_HPP
#define ROLECALL_USER_EDITS_HPP

#include <rolecall/date.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/user_directory.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

/// A change to one user. Ids are as the policy format has them (`valid_user_id`), and so are
/// names of roles (`valid_role_name`); whether a policy declares the role is not looked at.
struct user_edit {
    /// What is changed.
    enum class kind : std::uint8_t {
        add_user,     ///< a user without roles
        remove_user,  ///< with all roles
        assign,       ///< a role to a user who exists; of one assigned already, sets the end
        deassign,     ///< takes a role away
    };

    kind what{};
    std::string id;
    std::string role{};           ///< of `assign` and `deassign`
    std::optional<date> until{};  ///< of `assign`: the last day; nothing: no end

    /// Edits in a word each: `user_edit::assign("dana", "support")`.
    static user_edit add_user(std::string_view id) { return {kind::add_user, std::string(id)}; }
    static user_edit remove_user(std::string_view id) {
        return {kind::remove_user, std::string(id)};
    }
    static user_edit assign(std::string_view id, std::string_view role,
                            std::optional<date> until = std::nullopt) {
        return {kind::assign, std::string(id), std::string(role), until};
    }
    static user_edit deassign(std::string_view id, std::string_view role) {
        return {kind::deassign, std::string(id), std::string(role)};
    }
};

/// What came of one edit.
enum class edit_outcome : std::uint8_t {
    done,
    unchanged,     ///< it was so already: the user is there, the role is not assigned …
    unknown_user,  ///< `remove_user`, `assign` or `deassign` of a user who is not there
    invalid,       ///< no user id, or no name of a role
};

/// What came of edits that were applied together.
struct edit_report {
    /// False: nothing has changed, because the check refused, or it was a trial.
    bool committed = false;
    /// False: the check refused what a user would hold.
    bool accepted = true;
    std::vector<edit_outcome> outcomes;  ///< of each edit, in order

    /// How many had this outcome.
    [[nodiscard]] std::size_t count(edit_outcome outcome) const noexcept {
        std::size_t found = 0;
        for (edit_outcome const o : outcomes) found += o == outcome ? 1U : 0U;
        return found;
    }
};

/// How edits are applied.
class edit_options {
public:
    /// Applies, checks and reports as usual, and then takes everything back.
    bool trial = false;

    /// Called for each user who gets a role or a later end, with all that they would hold after
    /// all edits, before anything is visible to others and while nobody else can change it.
    /// False refuses all edits together; the rest of the users are shown to it nevertheless. It
    /// must not use the directory.
    template <class Check>  // (std::string_view id, std::span<user_role const>) -> bool
    edit_options& check(Check& by) {
        check_object_ = const_cast<void*>(static_cast<void const*>(&by));  // NOLINT
        check_ = [](void* object, std::string_view id, std::span<user_role const> roles) {
            return static_cast<bool>((*static_cast<Check*>(object))(id, roles));
        };
        return *this;
    }

    /// Told now and then how many edits are applied, of how many.
    template <class Progress>  // (std::size_t done, std::size_t of)
    edit_options& progress(Progress& to) {
        progress_object_ = const_cast<void*>(static_cast<void const*>(&to));  // NOLINT
        progress_ = [](void* object, std::size_t done, std::size_t of) {
            (*static_cast<Progress*>(object))(done, of);
        };
        return *this;
    }

    /// Whether there is a check.
    [[nodiscard]] bool checks() const noexcept { return check_ != nullptr; }
    /// What the check says; true without one.
    [[nodiscard]] bool accepts(std::string_view id, std::span<user_role const> roles) const {
        return check_ == nullptr || check_(check_object_, id, roles);
    }
    void tell(std::size_t done, std::size_t of) const {
        if (progress_ != nullptr) progress_(progress_object_, done, of);
    }

private:
    void* check_object_ = nullptr;
    bool (*check_)(void*, std::string_view, std::span<user_role const>) = nullptr;
    void* progress_object_ = nullptr;
    void (*progress_)(void*, std::size_t, std::size_t) = nullptr;
};

/// Whether a text can be a user's id: UTF-8 of 1 to 256 bytes, without control characters, line
/// separators, bidirectional controls, joiners and other characters that nobody sees.
[[nodiscard]] ROLECALL_API bool valid_user_id(std::string_view text) noexcept;

/// Whether a text can be the name of a role: `[a-z0-9]+([-_][a-z0-9]+)*`, at most 128 bytes, and
/// none of the reserved words.
[[nodiscard]] ROLECALL_API bool valid_role_name(std::string_view text) noexcept;

/// A directory that can be changed: `apply` makes edits in order, all or none of them together
/// visible to others, durable when it returns if the directory is durable at all. What could not
/// be written is an exception, and then nothing has changed.
template <class Directory>
concept editable_directory = listing_directory<Directory> &&
    requires(Directory& directory, std::span<user_edit const> edits, edit_options const& options) {
    { directory.apply(edits, options) } -> std::same_as<edit_report>;
};

namespace detail {

template <class Directory, class Self>
concept editable_other_than =
    editable_directory<Directory> && !std::derived_from<std::remove_const_t<Directory>, Self>;

}  // namespace detail

/// Refers to a directory that can be changed, of any type, as an argument.
class editable_users_view : public users_view {
public:
    template <detail::editable_other_than<editable_users_view> Directory>
    // NOLINTNEXTLINE(google-explicit-constructor): an argument
    editable_users_view(Directory& directory) noexcept
        : users_view(directory),
          object_(&directory),
          apply_([](void* of, std::span<user_edit const> edits, edit_options const& options) {
              return static_cast<Directory*>(of)->apply(edits, options);
          }) {}

    /// As the directory's own.
    edit_report apply(std::span<user_edit const> edits, edit_options const& options = {}) const {
        return apply_(object_, edits, options);
    }
    edit_report apply(user_edit const& edit, edit_options const& options = {}) const {
        return apply_(object_, {&edit, 1}, options);
    }

private:
    void* object_;
    edit_report (*apply_)(void*, std::span<user_edit const>, edit_options const&);
};

}  // namespace rolecall::inline v0_1

#endif
