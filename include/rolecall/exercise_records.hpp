// The exercises that a business held, in a file beside its policy.
//
//     .rolecall-exercises.yaml:
//
//     rolecall: 1
//     held:
//       - date: 2026-11-22
//         who: [Dana Reed, Bo Lind]
//         digest: 5f0c…                  # of the policy, as `rolecall digest` gives it
//         exercises: 12
//         failed: [stolen-laptop]        # left out where none did
//         open: [Who calls the bank at night?]
//
// It is no part of the policy: no decision and no digest depends on it.
#ifndef ROLECALL_EXERCISE_RECORDS_HPP
#define ROLECALL_EXERCISE_RECORDS_HPP

#include <rolecall/date.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/diagnostic.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1 {

/// One time that exercises were held.
struct held_exercise {
    date on;
    std::vector<std::string> who;
    std::string digest;  ///< of the policy, 64 hexadecimal digits
    std::size_t exercises = 0;
    std::vector<std::string> failed;  ///< names
    std::vector<std::string> open;    ///< points that stay open, in the words of who was there

    friend bool operator==(held_exercise const&, held_exercise const&) = default;
};

/// The latest day on which any was held, not after `today`: a day to come proves nothing.
[[nodiscard]] ROLECALL_API std::optional<date> last_held(std::span<held_exercise const> held,
                                                         date today) noexcept;

struct exercise_records {
    std::vector<held_exercise> held;   ///< as the file has them
    std::vector<diagnostic> findings;  ///< what is wrong with the file; then `held` is empty
    std::string text{};                ///< of the file, where it could be read
    bool found = false;                ///< whether there is a file at all

    /// The latest day on which any was held, not after `today`.
    [[nodiscard]] std::optional<date> last(date today) const noexcept {
        return last_held(held, today);
    }
};

/// The file of a policy: `.rolecall-exercises.yaml` in its directory. A policy of one file has one
/// beside it that bears its name, `.rolecall-exercises.shop.yaml` of `shop.yaml`: an exercise of
/// one policy says nothing about another in the same folder.
[[nodiscard]] ROLECALL_API std::string exercise_records_path(std::string_view policy);

namespace yaml {

/// Reads that file, as strictly as a policy. One that is not there has no records.
[[nodiscard]] ROLECALL_API exercise_records read_exercise_records(std::string const& path);

/// Reads such a file from text in memory, which messages will call `name`.
[[nodiscard]] ROLECALL_API exercise_records
exercise_records_of(std::string_view text, std::string_view name = ".rolecall-exercises.yaml");

/// The text of a file with these. Reading it gives them back, where they are what a file may say:
/// somebody in `who`, no text empty, twice in its list or with a character that can't be seen.
[[nodiscard]] ROLECALL_API std::string write_exercise_records(
    std::vector<held_exercise> const& held);

/// The text of a file with one more record. What the file says stays as it is, with its comments;
/// where that can't be, as with a list in brackets, all of it is written anew. The text is one
/// that could be read without a finding, or empty.
[[nodiscard]] ROLECALL_API std::string add_exercise_record(std::string_view text,
                                                           held_exercise const& one);

}  // namespace yaml
}  // namespace rolecall::inline v0_1

#endif
