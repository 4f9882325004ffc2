// Changes of one grant: they are written into the compiled rows, since there are as many as cells.
#include "mutation/changeable.hpp"
#include "mutation/conditions.hpp"
#include "mutation/tried.hpp"
#include "promise/checker.hpp"
#include <rolecall/detail/compile/conditions.hpp>

#include <bit>
#include <utility>

namespace rolecall::inline v0_1::mutating {

class trial::grants {
public:
    grants(trial& of, changeable& changed)
        : of_(of),
          changed_(changed),
          rights_(changed.data()),
          guarantees_(rights_, of.doc_),
          differs_(of.p_, changed.data(), nullptr, of.options_.exercises.on) {}

    verdict judge(grant_change const& change) {
        if (!changed_.apply(change)) return {};
        verdict told = of_.judge([&] { return refused(change); }, [&] { return killed(change); },
                                 [&] { return differs(change); });
        changed_.restore();
        return told;
    }

private:
    // The first guarantee by name that is not kept.
    [[nodiscard]] std::optional<std::string> refused(grant_change const& change) const {
        std::optional<std::string> first;
        if (guarantees_.guarantees().empty()) return first;
        for (std::uint32_t const category : change.categories)
            for (std::uint32_t left = change.actions; left != 0; left &= left - 1) {
                auto const action = static_cast<std::uint32_t>(std::countr_zero(left));
                auto broken = guarantees_.broken_on({action, category});
                if (broken && (!first || *broken < *first)) first = std::move(broken);
            }
        return first;
    }

    [[nodiscard]] std::optional<std::string> killed(grant_change const& change) const {
        return of_.expected_.failed_by_grant(changed_.data(), change.role, change.categories,
                                             change.actions);
    }

    // What nobody is answered differently who has the role alone, nobody is.
    [[nodiscard]] found_difference differs(grant_change const& change) const {
        found_difference unsure;
        for (std::uint32_t const category : change.categories) {
            found_difference found = differs_.alone(change.role, category, change.actions);
            if (found.how) return found;
            if (found.differs) unsure = std::move(found);
        }
        return unsure;
    }

    trial& of_;
    changeable& changed_;
    promising::rights_source rights_;
    promising::checker guarantees_;
    differences differs_;
};

void trial::try_grants() {
    changeable changed(p_, rights_);
    grants by(*this, changed);
    try_cells(by);
    try_conditions(by);
}

void trial::try_cells(grants& by) {
    for (written_role const& role : doc_.roles)
        for (written_category const& category : doc_.categories)
            for (std::uint32_t action = 0; action < p_.actions.size(); ++action) {
                if (!p_.actions.declared(action)) continue;
                std::uint32_t const on = p_.categories.find(category.name.text);
                grant_change change;
                change.role = p_.roles.find(role.name.text);
                change.categories = {&on, 1};
                change.actions = std::uint32_t{1} << action;
                own_right const* const own = rights_.first_on(change.role, on, change.actions);
                (own != nullptr ? change.taken : change.given) = change.actions;
                mutant made;
                made.what = mutant::kind::cell;
                made.role = role.name.text;
                made.action = p_.actions.name(action);
                made.category = category.name.text;
                made.sentence = made.role + (own != nullptr ? " may not " : " may ") + made.action +
                                ' ' + made.category;
                verdict told = by.judge(change);
                take(std::move(made), own != nullptr ? place_of(*own) : role.name.at,
                     std::move(told));
            }
}

void trial::try_conditions(grants& by) {
    for (std::uint32_t number = 0; number < rights_.all().size(); ++number) {
        own_right const& right = rights_.all()[number];
        written_right const& written = *right.written.right;
        if (right.when.empty()) continue;
        grant_change change;
        change.role = right.role;
        change.categories = right.categories;
        change.actions = right.actions;
        change.right = number;
        std::string const subject = right.written.role->name.text + " may " + written.action.text +
                                    ' ' + right.written.grant->category.text +
                                    (right.written.grant->below ? ".*" : "");
        std::string const was = rules_.text(written.when);
        auto const become = [&](std::string sentence, place const& at) {
            mutant made;
            made.what = mutant::kind::condition;
            made.sentence = subject + sentence;
            verdict told = by.judge(change);
            take(std::move(made), at.in_file() ? at : place_of(right), std::move(told));
        };
        become(" always, not only if " + was, place_of(right));
        for (changed_condition const& one : changed_conditions(written.when)) {
            change.when = detail::shortest(rules_.masks(one.when));
            become(" if " + rules_.text(one.when) + ", not if " + was, one.at);
        }
    }
}

}  // namespace rolecall::inline v0_1::mutating
