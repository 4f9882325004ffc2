// Walks the policy as written, and holds each thing that an exercise could touch against what the
// exercises look at.
#include "exercise/coverage_items.hpp"
#include "exercise/coverage_touches.hpp"
#include "exercise/questions.hpp"
#include "review/written_rules.hpp"
#include <rolecall/detail/findings.hpp>
#include <rolecall/exercise_coverage.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {
namespace {

using exercising::asked_exercise;
using exercising::category_tree;
using exercising::found_item;
using exercising::seen;
using exercising::touches;
using review::alternatives;
using kind = covered_item::kind;

constexpr std::size_t kinds = 6;

class coverage_counter {
public:
    coverage_counter(policy const& of, std::vector<asked_exercise> const& asked)
        : p_(detail::data_of(of)), rules_(of), doc_(of.source()), tree_(of) {
        for (asked_exercise const& one : asked) asked_.push_back(touches_of(p_, tree_, one));
        found_ = exercising::cells_of(of, tree_, asked_);
    }

    exercise_coverage count() {
        sorted([&] {
            for (written_role const& role : doc_.roles)
                for (written_grant const& line : role.may)
                    for (written_right const& right : line.rights)
                        condition({&role, &line, &right});
        });
        sorted([&] {
            for (written_guardrail const& rail : doc_.guardrails) guardrail(rail);
        });
        sorted([&] {
            for (written_category const& category : doc_.categories)
                for (written_requirement const& required : category.required)
                    requirement({&category, &required});
        });
        sorted([&] {
            for (written_separation const& rule : doc_.separations) separation(rule);
        });
        sorted([&] {
            for (written_user const& user : doc_.users) listed_user(user);
        });
        return result();
    }

private:
    template <class Add>
    void sorted(Add const& add) {
        std::size_t const first = found_.size();
        add();
        std::stable_sort(found_.begin() + static_cast<std::ptrdiff_t>(first), found_.end(),
                         [](found_item const& a, found_item const& b) {
                             return std::tie(a.at.file, a.at.line, a.at.column) <
                                    std::tie(b.at.file, b.at.line, b.at.column);
                         });
    }

    void add(kind what, place const& at, std::string sentence, seen const& by, bool both) {
        found_.push_back(exercising::item_of(what, at, std::move(sentence), by, both));
    }

    // Exercises that are refused before any right is looked at touch no right.
    template <class Asks, class Holds, class Fails>
    [[nodiscard]] seen look(Asks const& asks, Holds const& holds, Fails const& fails) const {
        seen by;
        for (touches const& one : asked_) {
            if (!one.looked_at || !asks(one)) continue;
            ++by.exercises;
            by.holds = by.holds || holds(one);
            by.fails = by.fails || fails(one);
        }
        return by;
    }

    void condition(review::granting_line const& line) {
        if (line.right->when.always()) return;
        std::uint32_t const role = p_.roles.find(line.role->name.text);
        std::uint32_t const on = p_.categories.find(line.grant->category.text);
        std::uint32_t const mask = exercising::mask_of(p_, line.right->action.text);
        alternatives const when = rules_.masks(line.right->when);
        seen const by = look(
            [&](touches const& one) {
                auto const& actions = line.grant->below ? one.granted : one.expected;
                return one.asks_as[role] && (actions[on] & mask) != 0;
            },
            [&](touches const& one) { return one.can_hold(when); },
            [&](touches const& one) { return one.can_lack(when); });
        add(kind::condition, review::written_rules::place_of(line), rules_.sentence_of(line), by,
            true);
    }

    void guardrail(written_guardrail const& rail) {
        std::vector<std::uint32_t> roles;
        for (written_name const& role : rail.roles) roles.push_back(p_.roles.find(role.text));
        std::vector<std::uint32_t> on;
        for (written_name const& category : rail.categories)
            on.push_back(p_.categories.find(category.text));
        std::uint32_t mask = rail.actions.empty() ? exercising::mask_of(p_, "any") : 0;
        for (written_name const& action : rail.actions)
            mask |= exercising::mask_of(p_, action.text);
        alternatives const when = rules_.masks(rail.when);
        seen const by = look(
            [&](touches const& one) {
                bool const meant = roles.empty() ||
                                   std::any_of(roles.begin(), roles.end(),
                                               [&](std::uint32_t role) { return one.held[role]; });
                if (!meant) return false;
                auto const asks = [&](std::uint32_t actions) { return (actions & mask) != 0; };
                if (on.empty()) return std::any_of(one.expected.begin(), one.expected.end(), asks);
                return std::any_of(on.begin(), on.end(), [&](std::uint32_t category) {
                    return asks(one.inside[category]);
                });
            },
            [&](touches const& one) { return one.can_fire(when); },
            [&](touches const& one) { return one.can_be_stopped(when); });
        add(kind::guardrail, rail.name.at, rules_.sentence_of(rail), by, !rail.when.always());
    }

    void requirement(review::requiring_line const& line) {
        std::uint32_t const on = p_.categories.find(line.category->name.text);
        std::uint32_t const mask = exercising::mask_of(p_, line.requirement->action.text);
        alternatives const when = rules_.masks(line.requirement->when);
        seen const by = look([&](touches const& one) { return (one.inside[on] & mask) != 0; },
                             [&](touches const& one) { return one.can_hold(when); },
                             [&](touches const& one) { return one.can_lack(when); });
        add(kind::requirement, line.requirement->action.at, rules_.sentence_of(line), by, true);
    }

    void separation(written_separation const& rule) {
        std::vector<std::uint32_t> roles;
        for (written_name const& role : rule.roles) roles.push_back(p_.roles.find(role.text));
        bool const person = rule.per == separation_scope::person;
        seen by{0, true, true};
        for (touches const& one : asked_) {
            if (!one.known) continue;
            std::vector<bool> const& counted = person ? one.held : one.asks_as;
            auto const together =
                std::count_if(roles.begin(), roles.end(),
                              [&](std::uint32_t role) { return bool{counted[role]}; });
            if (static_cast<std::size_t>(together) > rule.at_most) ++by.exercises;
        }
        add(kind::separation, rule.name.at, review::written_rules::sentence_of(rule), by, false);
    }

    void listed_user(written_user const& user) {
        seen by{0, true, true};
        for (touches const& one : asked_)
            if (one.of->written->user && one.of->written->user->text == user.id.text)
                ++by.exercises;
        add(kind::user, user.id.at, user.id.text, by, false);
    }

    exercise_coverage result() {
        exercise_coverage all;
        all.kinds.resize(kinds);
        all.items.reserve(found_.size());
        detail::locator places(doc_.files);
        for (found_item& one : found_) {
            one.item.where = places.locate(one.at);
            coverage_count& of_kind = all.kinds[static_cast<std::size_t>(one.item.what)];
            for (coverage_count* const count : {&of_kind, &all.total}) {
                ++count->of;
                if (one.item.covered()) ++count->covered;
            }
            all.items.push_back(std::move(one.item));
        }
        return all;
    }

    detail::policy_data const& p_;
    review::written_rules rules_;
    document const& doc_;
    category_tree tree_;
    std::vector<touches> asked_;
    std::vector<found_item> found_;
};

}  // namespace

std::string_view to_string(covered_item::kind of) noexcept {
    constexpr std::array<std::string_view, kinds> words{"cells",        "conditions",  "guardrails",
                                                        "requirements", "separations", "users"};
    auto const number = static_cast<std::size_t>(of);
    return number < words.size() ? words[number] : std::string_view{};
}

exercise_coverage coverage_of(policy const& of, exercise_options const& options) {
    auto const asked = exercising::questions_of(of, options);
    return coverage_counter(of, asked).count();
}

}  // namespace rolecall::inline v0_1
