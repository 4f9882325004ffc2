// How good exercises and guarantees are: a policy is changed in one place at a time, and somebody
// has to notice. docs/exercises.md, "Mutation", defines the changes.
#ifndef ROLECALL_POLICY_MUTATION_HPP
#define ROLECALL_POLICY_MUTATION_HPP

#include <rolecall/date.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/diagnostic.hpp>
#include <rolecall/exercises.hpp>
#include <rolecall/policy.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1 {

/// A question that the policy and a changed one answer differently.
struct different_answer {
    std::string user;                ///< listed, or empty: roles ask
    std::vector<std::string> roles;  ///< that ask; with a user: chosen to be active, or none: all
    std::string action, category;
    std::vector<std::string> is_true, is_false;  ///< facts known, by name
    date on;
    bool allowed = false;  ///< by the policy, and not by the changed one; or the reverse
    reason why = reason::unavailable;  ///< of the policy's answer
};

/// A change, and who noticed it.
struct mutant {
    /// What is changed.
    enum class kind : std::uint8_t {
        cell,       ///< a role is granted an action on a category, or no longer
        condition,  ///< of a right
        requirement,
        guardrail,
        separation,
        inheritance,
        category,  ///< named-only or not
        user,      ///< assignments, and whether there are other users
    };
    /// What became of it.
    enum class outcome : std::uint8_t {
        survived,   ///< nobody noticed
        refused,    ///< a guarantee, or another rule of the format, refuses the changed policy
        killed,     ///< an exercise failed
        no_effect,  ///< no question is answered differently: nobody can notice, and it isn't
                    ///< counted
    };

    kind what{};
    location where;        ///< of the words that are changed, or of the role
    std::string sentence;  ///< `support may delete account`, `marketing-sees-no-money is left out`
    std::string role, action, category;  ///< of a cell
    outcome is = outcome::survived;
    std::string by;  ///< the guarantee or the exercise that noticed, the first by name
    /// Of a survivor: a question by which to notice.
    std::optional<different_answer> difference;
};

struct mutation_count {
    std::size_t noticed = 0, survived = 0, no_effect = 0;

    /// From 0 to 100; 100 of nothing.
    [[nodiscard]] double percent() const noexcept {
        std::size_t const all = noticed + survived;
        return all == 0 ? 100.0 : 100.0 * static_cast<double>(noticed) / static_cast<double>(all);
    }
};

struct mutation_result {
    std::vector<mutant> survivors;      ///< by kind, then by place
    std::vector<mutation_count> kinds;  ///< in the order of `mutant::kind`
    mutation_count total;
    std::vector<mutant> all;  ///< with `keep_all`; by kind, then by place
};

/// Told while it goes on, from the thread that called.
class mutation_listener {
public:
    virtual ~mutation_listener() = default;

    /// So many changes of so many were tried, and so many survived. `what` is the word of the kind
    /// that is being changed; it lives only during the call.
    virtual void at(std::size_t done, std::size_t total, std::size_t survived,
                    std::string_view what) = 0;

protected:
    mutation_listener() = default;
    mutation_listener(mutation_listener const&) = default;
    mutation_listener& operator=(mutation_listener const&) = default;
};

struct mutation_options {
    exercise_options exercises{};
    bool keep_all = false;  ///< also of those that were noticed, one by one
    mutation_listener* listener = nullptr;
};

/// The word of a kind, of many: `cells`.
[[nodiscard]] ROLECALL_API std::string_view to_string(mutant::kind of) noexcept;

/// Changes the policy in every way, one after the other. Throws std::invalid_argument where an
/// exercise fails already: mend that first.
[[nodiscard]] ROLECALL_API mutation_result mutate(policy const& of,
                                                  mutation_options const& options = {});

}  // namespace rolecall::inline v0_1

#endif
