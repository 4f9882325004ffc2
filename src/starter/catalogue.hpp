// What a starter policy is put together from: kinds of work, kinds of data, and which work needs
// what of which data.
//
// Each rule of the guides is in here once: marketing sees neither payment nor health data; nobody
// publishes what a customer sent without consent; card numbers are shown masked and kept
// encrypted; who takes the money does not give it back; only the office deletes, when the
// customer asks, and not what has to be kept.
//
// INVARIANT: of any choice of data, no role can do all that another one can, so that none is
// there in vain: wherever two meet, each has a right, or a reason for it, that the other lacks.
#ifndef ROLECALL_SRC_STARTER_CATALOGUE_HPP
#define ROLECALL_SRC_STARTER_CATALOGUE_HPP

#include <span>
#include <string_view>

namespace rolecall::inline v0_1::starter {

/// Something that can be chosen, by its name.
struct choice {
    std::string_view name;
    std::string_view about;
    bool chosen_by_default = false;
};

/// Kinds of work. Each becomes a role, if it has something to do with the chosen data.
[[nodiscard]] std::span<choice const> kinds_of_work() noexcept;

/// Kinds of data. Each becomes a category, `payment` two.
[[nodiscard]] std::span<choice const> kinds_of_data() noexcept;

/// The role that is always there: it enters what nobody else enters, and answers customers who
/// ask what is known of them.
inline constexpr choice office{
    "office", "Keeps the records in order, and answers customers who ask what we know of them"};

struct category {
    std::string_view name;
    std::string_view data;  ///< the kind of data to which it belongs
    std::string_view about;
    std::string_view level;
    std::string_view law{};
    std::string_view law_comment{};
    bool named_only = false;
    bool correctable = false;  ///< whether the office can correct it
    bool kept_by_law = false;  ///< whether something can demand that it is not deleted
};

[[nodiscard]] std::span<category const> all_categories() noexcept;

/// A fact that must hold, whoever asks.
struct requirement {
    std::string_view category;
    std::string_view action;
    std::string_view fact;
    std::string_view comment;
};

[[nodiscard]] std::span<requirement const> all_requirements() noexcept;

/// A right that a kind of work needs; `fact`: only then. Empty: always.
struct right {
    std::string_view role;
    std::string_view category;
    std::string_view action;
    std::string_view fact;
};

[[nodiscard]] std::span<right const> all_rights() noexcept;

struct fact {
    std::string_view name;
    std::string_view about;
};

/// In the order in which they are written.
[[nodiscard]] std::span<fact const> all_facts() noexcept;

inline constexpr std::string_view publish = "publish";
inline constexpr std::string_view about_publish = "Put it where everyone can see it";

}  // namespace rolecall::inline v0_1::starter

#endif
