#include "promise/checks.hpp"
#include <rolecall/detail/compile/name_finder.hpp>
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::promising {
namespace {

using detail::in_backticks;

constexpr std::uint32_t every_action = 0xFFFF;
constexpr std::uint32_t four_actions = 0xF;

// More words on one way down the tree than a valid exercise can have.
constexpr std::size_t most_around = 1000;

// So many seniors of roles that are lost in vain are looked at for advice.
constexpr std::size_t most_seniors = 1'000'000;

// One word of an expectation: some actions on a range of the category tree. Ranges contain each
// other, or have nothing in common.
struct expected {
    std::uint32_t begin = 0, end = 0;  // positions
    std::uint32_t actions = 0;
    bool allowed = false;
    written_name const* action = nullptr;
    std::string const* reason = nullptr;

    [[nodiscard]] bool clashes(expected const& other) const noexcept {
        if ((actions & other.actions) == 0) return false;
        if (allowed != other.allowed) return true;
        return reason != nullptr && other.reason != nullptr && *reason != *other.reason;
    }
};

class exercise_names : detail::name_finder {
public:
    exercise_names(document const& doc, detail::symbols const& names, detail::findings& found)
        : name_finder(doc, names, found) {}

    void check(written_exercise const& of) {
        check_roles(of.roles);
        check_roles(of.lost);
        if (of.user) check_user(of);
        check_lost(of);
        for (written_fact_value const& fact : of.facts)
            find(fact.fact, names_.facts, "fact", diagnostic_code::unknown_fact);
        expected_.clear();
        gather(of.can, true);
        gather(of.exactly, true);
        gather(of.cannot, false);
        check_clashes();
        if (of.compromised) check_reasons(of);
    }

private:
    using sorted_names = std::vector<std::string_view>;

    void check_roles(std::vector<written_name> const& roles) {
        check_repeated(roles, "role");
        for (written_name const& name : roles) role(name);
    }

    [[nodiscard]] written_user const* listed(std::string_view id) {
        if (users_.empty())
            for (written_user const& user : doc_.users) users_.push_back(&user);
        auto const before = [](written_user const* a, std::string_view b) {
            return std::string_view(a->id.text) < b;
        };
        if (!sorted_)
            std::stable_sort(users_.begin(), users_.end(),
                             [](auto const* a, auto const* b) { return a->id.text < b->id.text; });
        sorted_ = true;
        auto const at = std::lower_bound(users_.begin(), users_.end(), id, before);
        return at != users_.end() && (*at)->id.text == id ? *at : nullptr;
    }

    void check_user(written_exercise const& of) {
        if (doc_.incomplete) return;
        if (listed(of.user->text) != nullptr) {
            if (of.compromised && !of.roles.empty())
                report(diagnostic_code::expectation_clash, of.roles.front().at,
                       "whoever has a compromised account chooses the roles; leave `roles` out");
            return;
        }
        // Whoever is vouched for may be a stranger on purpose: the policy says what they get.
        if (!of.roles.empty()) return;
        std::string const near = known_ids(of.user->text);
        std::string const told = near.empty()
                                     ? "; the policy does not list them: say with `roles` what "
                                       "they would be given, as in `{user: ..., roles: ...}`"
                                     : near;
        report(diagnostic_code::unknown_user, of.user->at,
               "unknown user " + in_backticks(of.user->text) + told);
    }

    std::string known_ids(std::string_view id) {
        constexpr std::uint32_t most = 10'000;
        if (names_.users.size() > most || looked_for_ > most) return std::string();
        looked_for_ += names_.users.size();
        std::vector<std::string_view> ids;
        for (std::uint32_t i = 0; i < names_.users.size(); ++i) ids.push_back(names_.users.name(i));
        return detail::did_you_mean(detail::closest(id, ids));
    }

    void check_lost(written_exercise const& of) {
        if (of.lost.empty() || doc_.incomplete) return;
        written_user const* const user = of.user ? listed(of.user->text) : nullptr;
        if (of.user && user == nullptr && of.roles.empty()) return;  // told already
        sorted_names asking;
        if (user == nullptr) {
            for (written_name const& name : of.roles) asking.emplace_back(name.text);
            std::sort(asking.begin(), asking.end());
        }
        sorted_names const& held = user != nullptr ? assigned_to(*user) : asking;
        for (written_name const& name : of.lost) {
            bool const known = names_.roles.find(name.text) != detail::name_table::none;
            if (!known || has(held, name.text)) continue;
            report(diagnostic_code::role_not_held, name.at,
                   (of.user ? in_backticks(of.user->text) + " is not assigned "
                            : std::string("who asks does not have ")) +
                       in_backticks(name.text) + ", and so can't lose it" +
                       seniors_text(held, name.text));
        }
    }

    // `; `billing`, which inherits it, could be lost`
    std::string seniors_text(sorted_names const& held, std::string_view junior) {
        if (seniors_.empty())
            for (written_role const& role : doc_.roles)
                for (written_name const& name : role.inherits)
                    seniors_[name.text].emplace_back(role.name.text);
        auto const found = seniors_.find(junior);
        if (found == seniors_.end()) return {};
        for (std::string_view const senior : found->second) {
            if (seniors_looked_at_ == most_seniors) return {};
            ++seniors_looked_at_;
            if (has(held, senior))
                return "; " + in_backticks(senior) + ", which inherits it, could be lost";
        }
        return {};
    }

    [[nodiscard]] static bool has(sorted_names const& list, std::string_view name) {
        return std::binary_search(list.begin(), list.end(), name);
    }

    [[nodiscard]] sorted_names const& assigned_to(written_user const& user) {
        auto const [at, is_new] = assigned_.try_emplace(&user);
        sorted_names& roles = at->second;
        if (!is_new) return roles;
        for (written_assignment const& a : user.assignments)
            for (written_name const& name : a.roles) roles.emplace_back(name.text);
        std::sort(roles.begin(), roles.end());
        return roles;
    }

    // ---- Expectations --------------------------------------------------------------------

    std::uint32_t mask_of(written_name const& name) {
        if (name.text == "any") return every_action;
        if (name.text == "all") return four_actions;
        return action(name);
    }

    void check_overlaps(written_expectation const& line) {
        std::vector<written_name> actions;
        written_name const* wide = nullptr;
        for (auto const& item : line.actions) {
            actions.push_back(item.action);
            if (item.action.text == "any") wide = &item.action;
            if (item.action.text == "all" && wide == nullptr) wide = &item.action;
        }
        check_repeated(actions, "action");
        if (wide == nullptr) return;
        for (auto const& item : line.actions) {
            if (item.action.text == wide->text) continue;
            std::uint32_t const number = names_.actions.find(item.action.text);
            bool const of_four = number != detail::name_table::none && number < 4;
            if (wide->text == "all" && !of_four) continue;
            report(diagnostic_code::overlapping_rights, item.action.at,
                   in_backticks(wide->text) + " covers " + in_backticks(item.action.text) +
                       " already; leave one out",
                   {{wide->at, in_backticks(wide->text) + " stands here"}});
        }
    }

    void gather(std::vector<written_expectation> const& lines, bool allowed) {
        for (written_expectation const& line : lines) {
            auto const on = category(line.category);
            if (on && line.below && !doc_.incomplete && nothing_below(*on))
                report(diagnostic_code::nothing_below, line.category.at,
                       "nothing lies below category " + in_backticks(line.category.text) + "; " +
                           in_backticks(line.category.text) +
                           " without `.*` names the category itself");
            check_overlaps(line);
            for (auto const& item : line.actions) {
                std::uint32_t const mask = mask_of(item.action);
                if (!on || mask == 0) continue;
                std::uint32_t const at = names_.tree.position[*on];
                expected_.push_back({line.below ? at + 1 : at,
                                     line.below ? names_.tree.end[at] : at + 1, mask, allowed,
                                     &item.action, item.reason ? &item.reason->text : nullptr});
            }
        }
    }

    // Outer ranges first: what a range can clash with are those that it lies in.
    void check_clashes() {
        std::stable_sort(expected_.begin(), expected_.end(),
                         [](expected const& a, expected const& b) {
                             return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
                         });
        std::vector<expected const*> around;
        for (expected const& one : expected_) {
            while (!around.empty() && around.back()->end <= one.begin) around.pop_back();
            auto const other = std::find_if(around.begin(), around.end(),
                                            [&](expected const* o) { return o->clashes(one); });
            if (other != around.end()) report_clash(one, **other);
            around.push_back(&one);
            if (around.size() > most_around)
                return;  // only where words are repeated, which is told
        }
    }

    void report_clash(expected const& one, expected const& other) {
        std::string const category(names_.categories.name(names_.tree.number[one.begin]));
        std::string const what = one.allowed != other.allowed
                                     ? "is expected both to be allowed and to be denied"
                                     : "is expected to be denied for two different reasons";
        bool const wide =
            one.action->text == "any" || (one.action->text == "all" && other.action->text != "any");
        std::string const& action = wide ? other.action->text : one.action->text;
        report(diagnostic_code::expectation_clash, one.action->at,
               in_backticks(action) + " on " + in_backticks(category) + ' ' + what,
               {{other.action->at, "the other expectation"}});
    }

    void check_reasons(written_exercise const& of) {
        for (written_expectation const& line : of.cannot)
            for (auto const& item : line.actions)
                if (item.reason)
                    report(
                        diagnostic_code::expectation_clash, item.reason->at,
                        "of a compromised account no reason can be expected, since whoever has it "
                        "tries in many ways; leave the reason out");
    }

    std::vector<expected> expected_;
    std::vector<written_user const*> users_;
    bool sorted_ = false;
    std::size_t looked_for_ = 0;
    std::map<written_user const*, sorted_names> assigned_;
    std::map<std::string_view, std::vector<std::string_view>> seniors_;  // direct, by junior
    std::size_t seniors_looked_at_ = 0;
};

}  // namespace

void check_exercise_names(document const& doc, detail::symbols const& names,
                          detail::findings& found) {
    if (doc.exercises.empty()) return;
    detail::declared(detail::exercise_names, doc.exercises, found);
    exercise_names check(doc, names, found);
    for (written_exercise const& exercise : doc.exercises) check.check(exercise);
}

}  // namespace rolecall::inline v0_1::promising
