// What somebody wants to know of a journal: which records.
#ifndef ROLECALL_SRC_TRAIL_STORE_QUESTION_HPP
#define ROLECALL_SRC_TRAIL_STORE_QUESTION_HPP

#include <rolecall/journal_record.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::trail {

/// Every list that is not empty narrows the answer: a record has to be in it. Names are compared
/// by their bytes.
struct question {
    std::vector<std::string> users{};
    std::vector<std::string> categories{};  ///< each with all below: `payment`, `payment.card`
    std::vector<std::string> actions{};
    std::vector<std::string> reasons{};  ///< `not-granted`
    std::vector<std::string> records{};
    std::vector<std::string> roles{};  ///< active or held
    std::vector<std::string> kinds{};  ///< `decision`, `gap`
    std::optional<rolecall::decision> decision{};
    std::optional<std::int64_t> from{};  ///< nanoseconds since 1970-01-01 UTC, inclusive
    std::optional<std::int64_t> to{};    ///< exclusive

    /// Whether it asks for what only a decision has: then no other record is an answer.
    [[nodiscard]] bool asks_for_decisions() const noexcept {
        return !categories.empty() || !actions.empty() || !reasons.empty() || !records.empty() ||
               decision.has_value();
    }
};

/// Whether a record is one that is asked for.
[[nodiscard]] bool matches(question const& asked, journal_record const& record);

/// Whether a category is that one, or below it.
[[nodiscard]] constexpr bool is_within(std::string_view category, std::string_view of) noexcept {
    return category.substr(0, of.size()) == of &&
           (category.size() == of.size() || category[of.size()] == '.');
}

}  // namespace rolecall::inline v0_1::trail

#endif
