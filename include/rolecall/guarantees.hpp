// Whether a policy keeps what it guarantees, and where it doesn't, the smallest way to break it.
//
//     for (rolecall::guarantee_answer const& answer : rolecall::check_guarantees(shop, promises))
//         if (!answer) fmt::print("{}\n", answer.breaches.front().sentence);
//
// Loading asks this of the policy's own `guarantees`, and refuses one that breaks any: an
// application never runs with it. This asks about guarantees that another document makes.
// docs/guarantees.md defines them.
#ifndef ROLECALL_GUARANTEES_HPP
#define ROLECALL_GUARANTEES_HPP

#include <rolecall/detail/export.hpp>
#include <rolecall/document.hpp>
#include <rolecall/policy.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1 {

/// Something that somebody can do, or can't, in a state of the facts; all other facts unknown.
struct witnessed_act {
    std::string active;  ///< the role that is active
    std::string action, category;
    std::vector<std::string> is_true, is_false;  ///< facts known, by name
    /// Whether a check allows it: so of all but `keeps`, where it is refused.
    bool allowed = true;
    /// The line that grants it. For a refusal the guardrail or the requirement that refuses, or
    /// the grant whose condition does not hold; nothing where no line grants it.
    std::optional<place> line;
    std::string line_sentence;  ///< `billing may view payment.*`
};

/// A way to break a guarantee.
struct guarantee_breach {
    /// Who: the roles that they hold, by name, one or two. With `user`: all that this one holds.
    std::vector<std::string> held;
    std::string user;                 ///< a listed one, where only these can; else empty
    std::vector<witnessed_act> acts;  ///< two of `never_both`, else one
    std::string sentence;  ///< ``who holds `marketing` and `billing` can view `payment` ``
};

struct guarantee_answer {
    /// What became of it.
    enum class verdict : std::uint8_t {
        undecided,  ///< too much to look through: no promise
        broken,
        kept,
    };

    std::string name;
    verdict is = verdict::undecided;
    /// The smallest first: by how many roles are held, then by how many facts are known, then by
    /// how many roles those inherit, by action, category and names. One for each line that grants
    /// what should not be granted (of `never_both` the first of the two acts), so that all of them
    /// can be mended at once; at most `most_breaches`.
    std::vector<guarantee_breach> breaches;
    bool more = false;  ///< than these

    explicit operator bool() const noexcept { return is == verdict::kept; }
};

/// More of one guarantee are not told.
inline constexpr std::size_t most_breaches = 20;

/// The answer for each guarantee of the document, in its order. Of the document nothing else is
/// looked at. Names that the policy does not declare throw std::invalid_argument.
[[nodiscard]] ROLECALL_API std::vector<guarantee_answer> check_guarantees(policy const& of,
                                                                          document const& promised);

}  // namespace rolecall::inline v0_1

#endif
