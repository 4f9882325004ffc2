#include "exercise/coverage_items.hpp"
#include "review/written_rules.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace rolecall::inline v0_1::exercising {
namespace {

class cell_counter {
public:
    cell_counter(policy const& of, category_tree const& tree, std::vector<touches> const& asked)
        : p_(detail::data_of(of)), doc_(of.source()), tree_(tree), asked_(asked) {
        for (std::uint32_t action = 0; action < 4; ++action) actions_.push_back(action);
        for (written_action const& action : doc_.actions) {
            std::uint32_t const number = p_.actions.find(action.name.text);
            if (number >= 4) actions_.push_back(number);
        }
    }

    std::vector<found_item> run() {
        std::vector<written_role const*> roles;
        for (written_role const& role : doc_.roles) roles.push_back(&role);
        std::stable_sort(roles.begin(), roles.end(), [](auto const* a, auto const* b) {
            place const& left = a->name.at;
            place const& right = b->name.at;
            return std::tie(left.file, left.line, left.column) <
                   std::tie(right.file, right.line, right.column);
        });
        for (written_role const* role : roles) count(*role);
        return std::move(found_);
    }

private:
    void count(written_role const& role) {
        using by_action = std::array<std::size_t, 16>;
        std::uint32_t const number = p_.roles.find(role.name.text);
        std::vector<by_action> exercises(tree_.size());
        for (touches const& one : asked_) {
            if (!one.looked_at || !one.active[number]) continue;
            for (expected_cell const& cell : one.of->expects)
                ++exercises[cell.category][cell.action];
        }
        std::vector<std::array<place const*, 16>> const lines = lines_of(role);
        for (written_category const& category : doc_.categories) {
            std::uint32_t const on = p_.categories.find(category.name.text);
            for (std::uint32_t const action : actions_) {
                seen const by{exercises[on][action], true, true};
                place const* const line = lines[on][action];
                std::string name(p_.actions.name(action));
                found_.push_back(
                    item_of(covered_item::kind::cell, line != nullptr ? *line : role.name.at,
                            "whether " + role.name.text + " may " + name + ' ' + category.name.text,
                            by, false));
                covered_item& item = found_.back().item;
                item.role = role.name.text;
                item.action = std::move(name);
                item.category = category.name.text;
            }
        }
    }

    // The first line of the role itself that grants each cell.
    [[nodiscard]] std::vector<std::array<place const*, 16>> lines_of(
        written_role const& role) const {
        std::vector<std::array<place const*, 16>> lines(tree_.size());
        for (written_grant const& line : role.may) {
            std::uint32_t const on = p_.categories.find(line.category.text);
            for (written_right const& right : line.rights) {
                std::uint32_t const mask = mask_of(p_, right.action.text);
                place const& at = review::written_rules::place_of({&role, &line, &right});
                for (std::uint32_t category = 0; category < tree_.size(); ++category) {
                    if (line.below ? !covers_below(on, category) : category != on) continue;
                    for (std::uint32_t const action : actions_)
                        if ((mask >> action & 1U) != 0 && lines[category][action] == nullptr)
                            lines[category][action] = &at;
                }
            }
        }
        return lines;
    }

    [[nodiscard]] bool covers_below(std::uint32_t above, std::uint32_t category) const {
        for (std::uint32_t at = category; at != category_tree::none; at = tree_.above(at)) {
            if (at == above) return category != above;
            if (tree_.named_only(at)) return false;
        }
        return false;
    }

    detail::policy_data const& p_;
    document const& doc_;
    category_tree const& tree_;
    std::vector<touches> const& asked_;
    std::vector<std::uint32_t> actions_;  // the four, and those of the policy's own in their order
    std::vector<found_item> found_;
};

}  // namespace

std::vector<found_item> cells_of(policy const& of, category_tree const& tree,
                                 std::vector<touches> const& asked) {
    return cell_counter(of, tree, asked).run();
}

}  // namespace rolecall::inline v0_1::exercising
