#include "mutation/expectations.hpp"

#include <rolecall/detail/activate.hpp>
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <utility>

namespace rolecall::inline v0_1::mutating {

using exercising::asked_exercise;
using exercising::expected_cell;

expectations::expectations(policy const& of, exercise_options const& options)
    : of_(of), asked_(exercising::questions_of(of, options)) {
    detail::policy_data const& p = detail::data_of(of);
    asks_as_.resize(p.roles.size());
    for (std::uint32_t i = 0; i < asked_.size(); ++i) {
        asked_exercise const& asked = asked_[i];
        for (expected_cell const& cell : asked.expects)
            if (!is_met(p, asked, cell))
                throw std::invalid_argument(
                    "exercise " + detail::in_backticks(asked.written->name.text) + " fails");
        if (!asked.who.ok()) continue;
        for (std::uint32_t const role : detail::with_inherited(p, asked.who.active))
            asks_as_[role].push_back(i);
    }
}

bool expectations::is_met(detail::policy_data const& p, asked_exercise const& asked,
                          expected_cell const& cell) const {
    return exercising::meets(exercising::answer_of(p, asked, cell.action, cell.category), cell);
}

std::optional<std::string> expectations::failed_by_grant(detail::policy_data const& changed,
                                                         std::uint32_t role,
                                                         std::span<std::uint32_t const> categories,
                                                         std::uint32_t actions) const {
    for (std::uint32_t const i : asks_as_[role]) {
        asked_exercise const& asked = asked_[i];
        for (std::uint32_t const category : categories) {
            auto at = std::lower_bound(
                asked.expects.begin(), asked.expects.end(), category,
                [](expected_cell const& a, std::uint32_t b) { return a.category < b; });
            for (; at != asked.expects.end() && at->category == category; ++at)
                if ((actions >> at->action & 1U) != 0 && !is_met(changed, asked, *at))
                    return asked.written->name.text;
        }
    }
    return std::nullopt;
}

std::optional<std::string> expectations::failed(detail::policy_data const& changed,
                                                row_changes const& rows) {
    for (asked_exercise& asked : asked_) {
        detail::role_set who = exercising::who_asks(changed, *asked.written, asked.on);
        // Who is refused as before is answered as before.
        bool const same = who.refused == asked.who.refused && who.active == asked.who.active &&
                          who.held == asked.who.held;
        if (same && !who.ok()) continue;
        std::swap(asked.who, who);
        bool const fails =
            std::any_of(asked.expects.begin(), asked.expects.end(), [&](expected_cell const& cell) {
                if (same && (rows.anywhere()[cell.category] >> cell.action & 1U) == 0) return false;
                return !is_met(changed, asked, cell);
            });
        std::swap(asked.who, who);
        if (fails) return asked.written->name.text;
    }
    return std::nullopt;
}

std::optional<std::string> expectations::failed_of_user(detail::policy_data const& changed,
                                                        std::string_view user) {
    detail::policy_data const& p = detail::data_of(of_);
    for (asked_exercise& asked : asked_) {
        if (!asked.written->user) continue;
        std::string const& id = asked.written->user->text;
        if (id != user && p.users.find(id) != detail::name_table::none) continue;
        auto who = exercising::who_asks(changed, *asked.written, asked.on);
        std::swap(asked.who, who);
        bool const fails =
            std::any_of(asked.expects.begin(), asked.expects.end(),
                        [&](expected_cell const& cell) { return !is_met(changed, asked, cell); });
        std::swap(asked.who, who);
        if (fails) return asked.written->name.text;
    }
    return std::nullopt;
}

}  // namespace rolecall::inline v0_1::mutating
