#include "exercise/questions.hpp"

#include "meaning/declared_numbers.hpp"
#include <rolecall/detail/activate.hpp>
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace rolecall::inline v0_1::exercising {
namespace {

using review::number_in;
using review::numbers_in;

reason reason_of(written_name const& word) {
    for (reason const r :
         {reason::unknown_name, reason::expired, reason::not_assigned, reason::separation,
          reason::forbidden, reason::not_granted, reason::undecided, reason::unmet})
        if (to_string(r) == word.text) return r;
    throw std::invalid_argument("a denial has no reason " + detail::in_backticks(word.text));
}

// Whoever has the account chooses what is active together, so that no session separates.
detail::role_set settled(detail::policy_data const& p, std::vector<std::uint32_t> held,
                         std::vector<std::uint32_t> active, bool compromised) {
    bool const apart = compromised && detail::breaks_separation(p, held, true);
    detail::role_set who = detail::settle(p, std::move(held), std::move(active));
    if (compromised) who.refused = apart ? reason::separation : reason::granted;
    return who;
}

class question_maker {
public:
    explicit question_maker(policy const& of) : p_(detail::data_of(of)) {
        for (std::uint32_t a = 0; a < p_.actions.size(); ++a)
            if (p_.actions.declared(a)) every_action_ |= 1U << a;
        for (std::uint32_t c = 0; c < p_.categories.size(); ++c)
            if (p_.categories.declared(c)) categories_.emplace_back(p_.categories.name(c), c);
        std::sort(categories_.begin(), categories_.end());
    }

    [[nodiscard]] asked_exercise question(written_exercise const& written, date today) const {
        asked_exercise asked;
        asked.written = &written;
        asked.on = written.on.value_or(today);
        asked.compromised = written.compromised;
        asked.who = who_asks(p_, written, asked.on);
        for (written_fact_value const& one : written.facts) {
            std::uint64_t const bit = std::uint64_t{1} << number_in(p_.facts, one.fact);
            asked.fixed_facts |= bit;
            if (one.value) (*one.value ? asked.facts.is_true : asked.facts.is_false) |= bit;
        }
        asked.expects = expectations(written);
        return asked;
    }

private:
    // Of the words about one cell the first counts: they agree, but not all of them say why.
    struct word {
        expected_cell cell;
        unsigned rank = 0;
    };

    [[nodiscard]] std::vector<expected_cell> expectations(written_exercise const& written) const {
        std::vector<word> words;
        add(written.can, true, words);
        add(written.exactly, true, words);
        add(written.cannot, false, words);
        if (written.says_exactly())
            for (auto const& [name, category] : categories_)
                add_cells(category, every_action_, {0, 0, false, {}, written.exactly_at}, 2, words);
        std::stable_sort(words.begin(), words.end(), [](word const& a, word const& b) {
            return std::tie(a.cell.category, a.cell.action, a.rank) <
                   std::tie(b.cell.category, b.cell.action, b.rank);
        });
        std::vector<expected_cell> cells;
        for (word const& one : words)
            if (cells.empty() || cells.back().category != one.cell.category ||
                cells.back().action != one.cell.action)
                cells.push_back(one.cell);
        return cells;
    }

    void add(std::vector<written_expectation> const& lines, bool allowed,
             std::vector<word>& words) const {
        for (written_expectation const& line : lines)
            for (written_expectation::item const& item : line.actions) {
                expected_cell cell{0, 0, allowed, {}, item.action.at};
                if (item.reason) cell.why = reason_of(*item.reason);
                unsigned const rank = cell.why ? 0 : 1;
                std::uint32_t const actions = actions_of(item.action);
                std::uint32_t const on = number_in(p_.categories, line.category);
                if (!line.below) add_cells(on, actions, cell, rank, words);
                if (line.below) add_below(line.category.text, actions, cell, rank, words);
            }
    }

    void add_below(std::string_view above, std::uint32_t actions, expected_cell const& like,
                   unsigned rank, std::vector<word>& words) const {
        std::string const prefix = std::string(above) + '.';
        auto at = std::lower_bound(categories_.begin(), categories_.end(), prefix,
                                   [](auto const& one, auto const& b) { return one.first < b; });
        for (; at != categories_.end() && at->first.starts_with(prefix); ++at)
            add_cells(at->second, actions, like, rank, words);
    }

    static void add_cells(std::uint32_t category, std::uint32_t actions, expected_cell cell,
                          unsigned rank, std::vector<word>& words) {
        cell.category = category;
        for (cell.action = 0; actions >> cell.action != 0; ++cell.action)
            if ((actions >> cell.action & 1U) != 0) words.push_back({cell, rank});
    }

    [[nodiscard]] std::uint32_t actions_of(written_name const& name) const {
        constexpr std::uint32_t four_actions = 0xF;
        if (name.text == "any") return every_action_;
        if (name.text == "all") return four_actions;
        return 1U << number_in(p_.actions, name);
    }

    detail::policy_data const& p_;
    std::uint32_t every_action_ = 0;
    std::vector<std::pair<std::string_view, std::uint32_t>> categories_;  // by name
};

bool is_meant(written_exercise const& one, document const& in,
              std::vector<std::string> const& only) {
    if (only.empty()) return true;
    auto const within = [&](std::string_view text) {
        return std::any_of(only.begin(), only.end(), [&](std::string const& part) {
            return text.find(part) != std::string_view::npos;
        });
    };
    std::size_t const file = one.name.at.file;
    return within(one.name.text) || within(one.title) || (one.user && within(one.user->text)) ||
           (file < in.files.size() && within(in.files[file].path)) ||
           std::any_of(one.roles.begin(), one.roles.end(),
                       [&](written_name const& role) { return within(role.text); });
}

}  // namespace

std::vector<asked_exercise> questions_of(policy const& of, exercise_options const& options) {
    document const& doc = of.source();
    std::vector<asked_exercise> asked;
    if (doc.exercises.empty()) return asked;
    question_maker const make(of);
    for (written_exercise const& written : doc.exercises)
        if (is_meant(written, doc, options.only))
            asked.push_back(make.question(written, options.on));
    std::stable_sort(asked.begin(), asked.end(), [](auto const& a, auto const& b) {
        return a.written->name.text < b.written->name.text;
    });
    return asked;
}

detail::role_set who_asks(detail::policy_data const& p, written_exercise const& written, date on) {
    auto const named = numbers_in(p.roles, written.roles);
    auto const lost = numbers_in(p.roles, written.lost);
    std::vector<std::uint32_t> left;
    std::set_difference(named.begin(), named.end(), lost.begin(), lost.end(),
                        std::back_inserter(left));
    if (!written.user) return settled(p, left, left, written.compromised);

    std::uint32_t const user = p.users.find(written.user->text);
    if (user == detail::name_table::none) {
        if (!p.other_users || left.empty()) return detail::refuse(reason::unknown_name);
        return settled(p, left, left, written.compromised);
    }
    std::vector<std::uint32_t> held;
    bool passed = false;
    for (detail::role_assignment const& a : p.assigned(user)) {
        if (std::binary_search(lost.begin(), lost.end(), a.role)) continue;
        if (on.days() <= a.until)
            held.push_back(a.role);
        else
            passed = true;
    }
    detail::sort_unique(held);
    if (held.empty() && passed) return detail::refuse(reason::expired);
    if (named.empty()) return settled(p, held, held, written.compromised);
    if (!detail::all_held(p, held, named)) return detail::refuse(reason::not_assigned);
    return settled(p, std::move(held), named, written.compromised);
}

}  // namespace rolecall::inline v0_1::exercising
