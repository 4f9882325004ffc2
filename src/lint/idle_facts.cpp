// Facts on which no decision depends.
//
// A fact counts in two ways. Known true, it can open: then it does so for one role that asks
// alone, since every other role could only bring guardrails. Known false, it can stop a
// guardrail: then two roles are enough, one that grants and one that brings the guardrail.
#include "lint/report.hpp"
#include <rolecall/detail/activate.hpp>
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace rolecall::inline v0_1::linting {
namespace {

using detail::in_backticks;

class fact_search {
public:
    fact_search(inspection const& on, abilities& of) : p_(on.policy.data()), abilities_(of) {}

    // The facts that count.
    std::uint64_t run() {
        for (ability const& one : abilities_.kinds())
            for (conditional_cell const& c : one.conditional) {
                review::term const facts = abilities_.pool().facts(c.when);
                counting_ |= facts.is_true | facts.is_false;
            }
        for (std::uint32_t h = 0; h < p_.roles.size(); ++h) look_at_guards_of(h);
        return counting_;
    }

private:
    // What the guardrails of one role stop of what others grant.
    void look_at_guards_of(std::uint32_t h) {
        std::uint32_t const guards = p_.rows_of_role[h].guards;
        if (guards == p_.guards_of_everyone) return;
        if (p_.separated(h).empty() && !seen_guards_.insert(guards).second) return;
        std::uint32_t const* const row = p_.row(guards);
        for (std::uint32_t category = 0; category < p_.categories.size(); ++category)
            for (std::uint32_t left = row[category] >> 16U; left != 0; left &= left - 1) {
                auto const action = static_cast<std::uint32_t>(std::countr_zero(left));
                if (names_open_fact(guards, {category, action}))
                    look_at_cell(h, {category, action});
            }
    }

    [[nodiscard]] bool names_open_fact(std::uint32_t row, cell const& c) const {
        for (detail::cell_item const& item : p_.conditions.find(row, c.category))
            if ((item.actions >> c.action & 1U) != 0)
                for (std::uint64_t const mask : p_.conditions.alternatives(item.condition))
                    if ((mask & ~counting_) != 0) return true;
        return false;
    }

    void look_at_cell(std::uint32_t h, cell const& c) {
        std::set<std::pair<std::uint32_t, std::uint32_t>> seen;  // rows of those who need no check
        for (std::uint32_t x = 0; x < p_.roles.size(); ++x) {
            auto const [grants, guards, effective] = p_.rows_of_role[x];
            std::uint32_t const word = p_.row(grants)[c.category] >> c.action;
            if ((word & 0x10001U) == 0) continue;
            if ((p_.row(guards)[c.category] >> c.action & 1U) != 0) continue;
            if (seen.contains({grants, guards}) || !may_meet(x, h)) continue;
            seen.insert({grants, guards});
            std::uint32_t const both[] = {guards, p_.rows_of_role[h].guards};
            auto const when =
                abilities_.pool().of(conditions_of(p_, {&grants, 1}, both, c.action, c.category));
            review::term const facts = abilities_.pool().facts(when);
            counting_ |= facts.is_true | facts.is_false;
            if (!names_open_fact(p_.rows_of_role[h].guards, c)) return;
        }
    }

    [[nodiscard]] bool may_meet(std::uint32_t x, std::uint32_t h) const {
        if (x == h || p_.separated(x).empty() || p_.separated(h).empty()) return true;
        std::uint32_t const pair[] = {x, h};
        return !detail::breaks_separation(p_, pair, true);
    }

    detail::policy_data const& p_;
    abilities& abilities_;
    std::uint64_t counting_ = 0;
    std::set<std::uint32_t> seen_guards_;
};

bool names(written_condition const& when, std::string const& fact) {
    return std::any_of(when.any_of.begin(), when.any_of.end(), [&](auto const& together) {
        return std::any_of(together.begin(), together.end(),
                           [&](written_name const& name) { return name.text == fact; });
    });
}

bool is_named(document const& doc, std::string const& fact) {
    for (written_category const& c : doc.categories)
        for (written_requirement const& r : c.required)
            if (names(r.when, fact)) return true;
    for (written_role const& role : doc.roles)
        for (written_grant const& line : role.may)
            for (written_right const& r : line.rights)
                if (names(r.when, fact)) return true;
    return std::any_of(doc.guardrails.begin(), doc.guardrails.end(),
                       [&](written_guardrail const& g) { return names(g.when, fact); });
}

// Facts of guardrails that were told of already: the cause is enough.
std::uint64_t of_idle_guardrails(inspection const& on) {
    std::uint64_t facts = 0;
    for (raw_finding const& one : on.found) {
        if (one.what.code != diagnostic_code::guardrail_without_effect) continue;
        for (written_guardrail const& g : on.policy.source().guardrails)
            if (g.name.text == one.about.front())
                for (std::uint64_t const mask : on.policy.masks(g.when)) facts |= mask;
    }
    return facts;
}

}  // namespace

void look_for_idle_facts(inspection const& on, abilities& of) {
    document const& doc = on.policy.source();
    if (doc.facts.empty()) return;
    std::uint64_t const counting = fact_search(on, of).run() | of_idle_guardrails(on);
    for (written_fact const& fact : doc.facts) {
        std::uint32_t const number = on.policy.data().facts.find(fact.name.text);
        if ((counting >> number & 1U) != 0) continue;
        std::string const name = in_backticks(fact.name.text);
        on.tell(diagnostic_code::fact_without_effect, fact.name.at,
                is_named(doc, fact.name.text)
                    ? "no decision depends on fact " + name + ", though conditions name it"
                    : "no condition names fact " + name,
                {}, {fact.name.text});
    }
}

}  // namespace rolecall::inline v0_1::linting
