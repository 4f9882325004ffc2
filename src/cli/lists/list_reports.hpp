// Lists of who can and what can, on their way to a reader: what was asked, and the answer.
#ifndef ROLECALL_CLI_LISTS_LIST_REPORTS_HPP
#define ROLECALL_CLI_LISTS_LIST_REPORTS_HPP

#include "cli/arguments.hpp"
#include "cli/streams.hpp"
#include <rolecall/date.hpp>
#include <rolecall/lists.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/user_directory.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// A list that could not be made: why, in sentences of which the first is the most important.
struct list_refusal {
    reason why = reason::granted;  ///< `granted`: there is a list
    std::vector<std::string> sentences;
};

/// The levels of the categories, as `rolecall::category_levels` gives them.
using levels_by_category = std::map<std::string, std::string>;

struct who_can_report {
    std::string action, category;
    levels_by_category levels;
    std::vector<stated_fact> facts;
    date on;
    who_can_result list;
    list_refusal refused;
};

struct what_can_report {
    std::optional<std::string> user;                ///< none: roles ask
    std::optional<std::vector<std::string>> roles;  ///< none: all that the user reaches
    std::vector<std::string> actions;               ///< in the order of the matrix
    levels_by_category levels;
    std::vector<stated_fact> facts;
    date on;
    what_can_result list;
    list_refusal refused;
};

/// The facts of a question; invalid where one of them is not of the policy.
[[nodiscard]] facts known_facts_of(policy const& of, question_arguments const& question);

/// Why there is no list: what refuses a question of theirs. `words` are the action and the
/// category of that question; without any, the reason's word has to do.
[[nodiscard]] list_refusal refusal_of(policy const& of, users_view directory,
                                      question_arguments question, std::vector<std::string> words,
                                      reason why);

/// Where facts are given, a list keeps apart what is then certain from what may be so once more
/// is known. Without facts, everything stands together, with its conditions.
enum class list_part : std::uint8_t { everything, certain, perhaps };

[[nodiscard]] std::vector<list_part> parts_of(std::vector<stated_fact> const& given);
[[nodiscard]] bool belongs(right_basis const& right, list_part to) noexcept;

/// Of a right that belongs there, the roles to show: a condition is no news beside `always`.
[[nodiscard]] bool belongs(granting_role const& role, list_part to) noexcept;

// ---- Text --------------------------------------------------------------------------------

/// `, given open-ticket=true and consent=false`, or nothing.
[[nodiscard]] std::string given_text(std::vector<stated_fact> const& given);

/// `, until 2027-12-31`, or nothing.
[[nodiscard]] std::string until_text(std::optional<date> const& until);

/// A title in the colour of headings, on a line of its own.
void write_heading(std::string_view text, output& to);

/// A line for each sentence, and on the first the reason's word.
void write_refusal(list_refusal const& refused, output& to);

/// Rows of cells whose columns stand under each other, two spaces apart and indented. The last
/// cell of a row is a condition, or empty.
class aligned_rows {
public:
    void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
    [[nodiscard]] bool empty() const noexcept { return rows_.empty(); }
    void write(output& to) const;

private:
    std::vector<std::vector<std::string>> rows_;
};

// ---- CSV ---------------------------------------------------------------------------------

/// The fields `through,effect,if,facts,until`, which both lists end with.
[[nodiscard]] std::string csv_fields(granting_role const& role);

}  // namespace rolecall::inline v0_1::cli

#endif
