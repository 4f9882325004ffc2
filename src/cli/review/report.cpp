#include "cli/review/report.hpp"

#include "cli/matrix/rights_table.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace rolecall::inline v0_1::cli {
namespace {

// Things that are said in the same words are one.
class concerns {
public:
    void add(review_concern::kind what, std::string const& name, std::string text,
             std::vector<std::size_t> const& users) {
        auto const [at, added] = found_.try_emplace(std::tuple(what, name, std::move(text)));
        at->second.insert(at->second.end(), users.begin(), users.end());
    }

    [[nodiscard]] std::vector<review_concern> take() {
        std::vector<review_concern> result;
        result.reserve(found_.size());
        for (auto& [said, users] : found_) {
            std::sort(users.begin(), users.end());
            auto const& [what, name, text] = said;
            result.push_back({what, name, text, std::move(users)});
        }
        return result;
    }

private:
    std::map<std::tuple<review_concern::kind, std::string, std::string>, std::vector<std::size_t>>
        found_;
};

}  // namespace

review_report make_review_report(access_review review, policy const& by) {
    concerns all;
    for (holding const& has : review.holdings) {
        for (separation_violation const& broken : has.violations)
            all.add(review_concern::kind::separation, broken.rule, broken.sentence, has.users);
        for (std::string const& role : has.unknown_roles)
            all.add(review_concern::kind::undeclared_role, role,
                    "assigned " + detail::in_backticks(role) +
                        ", which the policy does not declare: they are denied everything",
                    has.users);
    }
    return {std::move(review), {}, {}, actions_in_order(by), all.take()};
}

std::string title_of(review_report const& report) {
    return report.review.policy_name.empty() ? detail::printable(report.policy_path)
                                             : report.review.policy_name;
}

std::string through_text(reviewed_role const& role) {
    std::string text;
    for (std::size_t i = 0; i + 1 < role.through.size(); ++i)
        text += (i == 0 ? "through " : ", ") + role.through[i];
    return text;
}

std::string source_text(reviewed_role const& role) {
    std::string text = role.from_policy ? "policy" : "";
    if (role.from_directory) text += text.empty() ? "store" : " and store";
    return text;
}

std::string way_text(access_way const& way) {
    bool const alike =
        std::all_of(way.through.begin(), way.through.end(),
                    [&](granting_role const& part) { return part.condition == way.condition; });
    std::string text;
    for (granting_role const& part : way.through) {
        if (!text.empty()) text += alike ? " or " : ", or ";
        text += part.role;
        if (!alike && !part.condition.empty()) text += " if " + part.condition;
    }
    if (alike && !way.condition.empty()) text += " if " + way.condition;
    return text;
}

std::vector<access_table> access_tables(review_report const& report) {
    // Where an action stands in the order, by its name.
    std::map<std::string_view, std::size_t> place;
    for (std::string const& action : report.actions) place.emplace(action, place.size());
    using key = std::tuple<std::string, bool, std::vector<std::size_t>>;
    std::vector<access_table> tables;
    auto const& all = report.review.access;
    for (auto first = all.begin(); first != all.end();) {
        access_table& table = tables.emplace_back();
        table.category = &*first;
        std::vector<reviewed_access const*> of_category;
        for (; first != all.end() && first->category == table.category->category; ++first)
            of_category.push_back(&*first);
        std::sort(of_category.begin(), of_category.end(), [&](auto const* a, auto const* b) {
            return place.at(a->action) < place.at(b->action);
        });
        std::map<key, std::size_t> rows;
        for (reviewed_access const* access : of_category)
            for (access_way const& way : access->ways) {
                auto const [row, added] =
                    rows.try_emplace({way_text(way), way.apart, way.holdings}, table.rows.size());
                if (added) table.rows.push_back({{}, &way});
                table.rows[row->second].actions.push_back(access->action);
            }
    }
    return tables;
}

std::vector<std::pair<std::size_t, std::optional<date>>> users_of(access_review const& review,
                                                                  access_way const& way) {
    std::vector<std::pair<std::size_t, std::optional<date>>> result;
    result.reserve(way.users);
    for (std::size_t const number : way.holdings) {
        auto const until = review.until(way, number);
        for (std::size_t const user : review.holdings[number].users)
            result.emplace_back(user, until);
    }
    std::sort(result.begin(), result.end());
    return result;
}

}  // namespace rolecall::inline v0_1::cli
