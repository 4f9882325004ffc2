#include "promise/breaches.hpp"

#include "core/list_text.hpp"
#include "promise/deciding_line.hpp"
#include "promise/words.hpp"
#include <rolecall/detail/activate.hpp>
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace rolecall::inline v0_1::promising {
namespace {

using detail::in_backticks;
using kind = written_guarantee::kind;

// A guarantee that is broken in more ways is told by those that were found first.
constexpr std::size_t most_ways = 50'000;

// What looking for the lines of a way costs, for each grant of the policy, and what a line with its
// words does, beside a look at a cell.
constexpr std::uint64_t cost_of_grant = 4;
constexpr std::uint64_t cost_of_line = 2'500;

std::size_t facts_known(found_way const& way) noexcept {
    std::size_t count = 0;
    for (found_act const& act : way.acts)
        count += static_cast<std::size_t>(std::popcount(act.state.is_true) +
                                          std::popcount(act.state.is_false));
    return count;
}

class breach_writer {
public:
    breach_writer(detail::policy_data const& p, written_guarantee const& of) : p_(p), of_(of) {}

    // Ways are compared by what people would call smaller.
    [[nodiscard]] auto rank(found_way const& way) const {
        found_act const& first = way.acts.front();
        auto const four = first.on.action < 4 ? first.on.action : 4U;
        return std::tuple(way.held.size(), facts_known(way), inherited(way.held), four,
                          p_.actions.name(first.on.action), p_.categories.name(first.on.category),
                          p_.roles.name(first.role), names(way.held), first.state);
    }

    [[nodiscard]] guarantee_breach write(found_way const& way) const {
        guarantee_breach result;
        result.held = names(way.held);
        if (way.user) result.user = p_.users.name(*way.user);
        for (found_act const& act : way.acts) result.acts.push_back(write(act, way));
        result.sentence = sentence(result);
        return result;
    }

    [[nodiscard]] std::vector<std::string> names(std::vector<std::uint32_t> const& roles) const {
        std::vector<std::string> result;
        result.reserve(roles.size());
        for (std::uint32_t const role : roles) result.emplace_back(p_.roles.name(role));
        std::sort(result.begin(), result.end());
        return result;
    }

private:
    // How many roles these are, with those that each inherits.
    [[nodiscard]] std::size_t inherited(std::vector<std::uint32_t> const& held) const {
        std::size_t count = 0;
        for (std::uint32_t const role : held) {
            std::size_t& known = inherited_[role];
            if (known == 0) known = detail::with_inherited(p_, {role}).size();
            count += known;
        }
        return count;
    }

    [[nodiscard]] std::vector<std::string> facts(std::uint64_t mask) const {
        std::vector<std::string> result;
        for (std::string_view const name : review::names_of(mask, p_.facts))
            result.emplace_back(name);
        return result;
    }

    [[nodiscard]] witnessed_act write(found_act const& act, found_way const& way) const {
        witnessed_act result;
        result.active = p_.roles.name(act.role);
        result.action = p_.actions.name(act.on.action);
        result.category = p_.categories.name(act.on.category);
        result.is_true = facts(act.state.is_true);
        result.is_false = facts(act.state.is_false);
        result.allowed = of_.what != kind::keeps;
        std::optional<deciding_line> line;
        if (result.allowed)
            line = granting_line(p_, act);
        else
            line = refusing_line(p_, act, way.held);
        if (line && line->statement != nullptr) {
            result.line = line->at;
            result.line_sentence = std::move(line->sentence);
        }
        return result;
    }

    // ` when `dispute` is true and `legal-hold` is false`
    static std::string when(witnessed_act const& act) {
        std::vector<std::string> known;
        for (std::string const& fact : act.is_true)
            known.push_back(in_backticks(fact) + " is true");
        for (std::string const& fact : act.is_false)
            known.push_back(in_backticks(fact) + " is false");
        return known.empty() ? std::string() : " when " + detail::list_text(known, " and ");
    }

    static std::string what(witnessed_act const& act) {
        return in_backticks(act.action) + ' ' + in_backticks(act.category) + when(act);
    }

    [[nodiscard]] std::string who(guarantee_breach const& breach) const {
        if (!breach.user.empty()) return in_backticks(breach.user);
        std::vector<std::string> roles;
        for (std::string const& role : breach.held) roles.push_back(in_backticks(role));
        return "who holds " + detail::list_text(roles, " and ");
    }

    // What the guarantee asks for, and is not there.
    [[nodiscard]] std::string missing(witnessed_act const& act) const {
        if (of_.what != kind::may) return {};
        std::string text;
        if (!of_.only_if.always()) text += ", where " + only_if_text();
        std::vector<std::string> not_false;
        for (written_name const& fact : of_.unless)
            if (std::find(act.is_false.begin(), act.is_false.end(), fact.text) ==
                act.is_false.end())
                not_false.push_back(in_backticks(fact.text));
        if (!not_false.empty())
            text += ", where " + detail::list_text(not_false, " and ") +
                    (not_false.size() == 1 ? " is" : " are") + " not known to be false";
        return text;
    }

    [[nodiscard]] std::string only_if_text() const {
        bool const one_fact =
            of_.only_if.any_of.size() == 1 && of_.only_if.any_of.front().size() == 1;
        return in_backticks(condition_text(of_.only_if)) +
               (one_fact ? " is not known to be true" : " is not known to hold");
    }

    [[nodiscard]] std::string sentence(guarantee_breach const& breach) const {
        witnessed_act const& first = breach.acts.front();
        if (!first.allowed) return who(breach) + " cannot " + what(first);
        std::string text = who(breach) + " can " + what(first);
        if (breach.acts.size() > 1) return text + ", and can " + what(breach.acts[1]);
        return text + missing(first);
    }

    detail::policy_data const& p_;
    written_guarantee const& of_;
    mutable std::map<std::uint32_t, std::size_t> inherited_;
};

// What telling may cost, in looks, beside looking.
class word_budget {
public:
    explicit word_budget(std::uint64_t& looks_left) : looks_left_(looks_left) {}

    void spend(std::uint64_t cost) noexcept {
        looks_left_ -= std::min(looks_left_, cost);
        left_ -= std::min(left_, cost);
    }
    [[nodiscard]] bool is_spent() const noexcept { return left_ == 0 || looks_left_ == 0; }

private:
    std::uint64_t& looks_left_;
    std::uint64_t left_ = enough_looks / 20;  // so that other guarantees are looked at as well
};

std::uint64_t count_grants(document const& in) {
    std::uint64_t count = 0;
    for (written_role const& role : in.roles) count += role.may.size();
    return count;
}

// The same way by each line that grants its first act, in the smallest state in which that line
// alone would. Gives whether there is such a line: one alone may have too many states.
template <class Take>
bool each_line(detail::policy_data const& p, resolved_guarantee const& of, found_way const& way,
               word_budget& budget, Take const& take) {
    bool told = false;
    found_act const& act = way.acts.front();
    auto const rows = guard_rows_of(p, way.held);
    auto const lines = granting_lines(p, act.role, act.on);
    budget.spend(lines.size() * cost_of_line);
    for (granting_right const& one : lines) {
        if (budget.is_spent()) break;
        review::formula f =
            review::formula_of(p, {{&act.role, 1}, rows}, act.on.action, act.on.category);
        f.granted = one.when;
        auto const right = review::settled(std::move(f), {});
        std::uint64_t compared = 0;
        auto states = right ? review::terms_of(*right, compared) : std::nullopt;
        budget.spend(compared / comparisons_of_look);
        if (!states) continue;
        keep_breaking(*states, of, act.role);
        if (states->empty()) continue;
        found_way by_line = way;
        by_line.acts.front().state = smallest_of(*states);
        by_line.acts.front().by = one.right;
        take(static_cast<void const*>(one.right), std::move(by_line));
        told = true;
    }
    return told;
}

}  // namespace

answered answer(checker const& by, detail::policy_data const& p, resolved_guarantee const& of,
                std::uint64_t& looks_left) {
    breach_writer const writer(p, *of.written);
    std::size_t ways_left = most_ways;
    std::uint64_t const cost_of_way = count_grants(*p.source) * cost_of_grant;
    word_budget budget(looks_left);
    std::map<void const*, found_way> smallest;  // by the line that grants, or the right not kept
    auto const keep = [&](void const* line, found_way way) {
        auto const [known, is_new] = smallest.try_emplace(line, way);
        if (!is_new && writer.rank(way) < writer.rank(known->second))
            known->second = std::move(way);
    };
    checker::result const result = by.look(
        of,
        [&](found_way const& way) {
            budget.spend(cost_of_way);
            if (way.kept != nullptr)
                keep(way.kept->written, way);
            else if (!each_line(p, of, way, budget, keep))
                keep(granting_line(p, way.acts.front()).statement, way);
            return --ways_left > 0 && !budget.is_spent();
        },
        looks_left);

    bool const all = result.is == checker::outcome::looked_through;
    using verdict = guarantee_answer::verdict;
    answered found;
    found.too_much = result.at;
    found.answer.name = of.written->name.text;
    found.answer.is = !smallest.empty() ? verdict::broken
                      : all             ? verdict::kept
                                        : verdict::undecided;
    std::vector<found_way const*> ways;
    ways.reserve(smallest.size());
    for (auto const& [line, way] : smallest) ways.push_back(&way);
    auto const in_order = [&](found_way const* way) {
        place const at = way->kept != nullptr ? way->kept->written->action.at
                                              : granting_line(p, way->acts.front()).at;
        return std::tuple(writer.rank(*way), at.file, at.line, at.column);
    };
    std::sort(ways.begin(), ways.end(),
              [&](found_way const* a, found_way const* b) { return in_order(a) < in_order(b); });
    found.answer.more = !ways.empty() && (ways.size() > most_breaches || !all);
    if (ways.size() > most_breaches) ways.resize(most_breaches);
    for (found_way const* way : ways) {
        found.answer.breaches.push_back(writer.write(*way));
        found.kept.push_back(way->kept);
    }
    return found;
}

}  // namespace rolecall::inline v0_1::promising

namespace rolecall::inline v0_1 {

std::vector<guarantee_answer> check_guarantees(policy const& of, document const& promised) {
    detail::policy_data const& p = detail::data_of(of);
    promising::policy_rights const rights(p);
    promising::checker const checker(rights, promised);
    std::vector<guarantee_answer> result;
    std::uint64_t looks_left = promising::enough_looks;
    for (promising::resolved_guarantee const& g : checker.guarantees())
        result.push_back(promising::answer(checker, p, g, looks_left).answer);
    return result;
}

}  // namespace rolecall::inline v0_1
