// How suggested exercises are called, and what they say they are about.
#ifndef ROLECALL_SRC_EXERCISE_SUGGEST_NAMES_HPP
#define ROLECALL_SRC_EXERCISE_SUGGEST_NAMES_HPP

#include <rolecall/date.hpp>
#include <rolecall/document.hpp>

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace rolecall::inline v0_1::exercising {

/// Who asks, when, and what is known: what one exercise is about.
struct situation {
    std::string user;                ///< or empty: roles ask
    std::vector<std::string> roles;  ///< sorted
    std::vector<std::string> is_true, is_false;
    std::optional<date> on;  ///< where it matters
    bool listed = false;     ///< the user
    bool best = false;       ///< all is known that speaks for the role

    friend bool operator<(situation const& a, situation const& b) {
        return std::tie(a.user, a.roles, a.is_true, a.is_false, a.on) <
               std::tie(b.user, b.roles, b.is_true, b.is_false, b.on);
    }
};

/// Names that no exercise has yet, in the style of those that the policy has: words joined by
/// `-`, or by `_` where that is its habit.
class exercise_namer {
public:
    explicit exercise_namer(document const& of);

    /// `support-with-open-ticket`
    [[nodiscard]] std::string name(situation const& of);

private:
    [[nodiscard]] std::string unique(std::string const& name);

    char joint_ = '-';
    std::set<std::string> taken_;  // with `-` for `_`
};

/// `What support can do while open-ticket is known to be true`
[[nodiscard]] std::string sentence_of(situation const& of, document const& in);

}  // namespace rolecall::inline v0_1::exercising

#endif
