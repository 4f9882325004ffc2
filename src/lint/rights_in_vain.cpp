// Rights that change nothing, since their role has them anyway.
#include "lint/report.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::linting {
namespace {

using detail::in_backticks;

// Looks at the rights of one role. Whatever was found to be in vain no longer counts.
class role_pass {
public:
    role_pass(inspection const& on, std::uint32_t role)
        : on_(on),
          p_(on.policy.data()),
          role_(role),
          rights_(on.policy.rights_of(role)),
          gone_(rights_.size()) {
        for (right const& r : rights_) any_below_ |= r.below;
    }

    void run() {
        if (p_.juniors_of(role_).empty() && !any_below_) return;
        for (std::size_t i = 0; i < rights_.size(); ++i) {
            if (covers_nothing(rights_[i])) continue;
            gone_[i] = look(i);
        }
    }

private:
    // What of others counts: their own, what is inherited, or both.
    enum class of : std::uint8_t { inherited, all };

    bool look(std::size_t i) {
        right const& r = rights_[i];
        if (!r.always() &&
            on_.policy.each_cell(r, [&](cell const& c) { return holds_anyway(i, c, 0, of::all); }))
            return tell_condition(i);
        if (covered(i, of::inherited)) return tell_inherited(i);
        if (any_below_ && covered(i, of::all)) return tell_covered(i);
        return false;
    }

    [[nodiscard]] bool covers_nothing(right const& r) const {
        return on_.policy.each_cell(r, [](cell const&) { return false; });
    }

    // Whether others grant each cell of the right in every state in which it does.
    [[nodiscard]] bool covered(std::size_t i, of which) const {
        right const& r = rights_[i];
        return on_.policy.each_cell(r, [&](cell const& c) {
            if (r.always()) return holds_anyway(i, c, 0, which);
            return std::all_of(r.when.begin(), r.when.end(), [&](std::uint64_t facts) {
                return holds_anyway(i, c, facts, which);
            });
        });
    }

    // Whether others grant the cell where exactly these facts are known true.
    [[nodiscard]] bool holds_anyway(std::size_t i, cell const& c, std::uint64_t facts,
                                    of which) const {
        for (std::uint32_t const junior : p_.juniors_of(role_))
            if (grants(junior, c, facts)) return true;
        if (which == of::inherited || !any_below_) return false;
        for (std::size_t other = 0; other < rights_.size(); ++other)
            if (other != i && !gone_[other] && within(rights_[other], facts) &&
                on_.policy.covers(rights_[other], c))
                return true;
        return false;
    }

    [[nodiscard]] bool grants(std::uint32_t role, cell const& c, std::uint64_t facts) const {
        std::uint32_t const row = p_.rows_of_role[role].grants;
        std::uint32_t const word = p_.row(row)[c.category] >> c.action;
        if ((word & 1U) != 0) return true;
        if ((word & 0x10000U) == 0) return false;
        for (detail::cell_item const& item : p_.conditions.find(row, c.category))
            if ((item.actions >> c.action & 1U) != 0 &&
                p_.conditions.holds(item.condition, {facts, 0}))
                return true;
        return false;
    }

    static bool within(right const& r, std::uint64_t facts) {
        return r.always() || std::any_of(r.when.begin(), r.when.end(),
                                         [&](std::uint64_t mask) { return (mask & ~facts) == 0; });
    }

    // ---- What is told ------------------------------------------------------------------------

    [[nodiscard]] std::string words(right const& r) const {
        return in_backticks(r.written->action.text) + " on " +
               in_backticks(policy_index::line_text(*r.line));
    }

    void tell(diagnostic_code code, std::size_t i, std::string text,
              std::vector<detail::related_place> related) const {
        right const& r = rights_[i];
        // Whoever wrote a condition meant it: the other line may be the one that goes.
        std::optional<document_part> removal;
        if (code != diagnostic_code::condition_without_effect) removal = r.part;
        on_.tell(code, r.written->action.at, std::move(text), std::move(related),
                 {std::string(on_.policy.role_name(role_)), policy_index::line_text(*r.line),
                  r.written->action.text},
                 removal);
    }

    [[nodiscard]] cell first_cell(right const& r) const {
        cell first;
        static_cast<void>(on_.policy.each_cell(r, [&](cell const& c) {
            first = c;
            return false;
        }));
        return first;
    }

    // Whether the other right alone makes this one superfluous.
    [[nodiscard]] bool covers_all(right const& other, right const& r) const {
        return on_.policy.each_cell(r, [&](cell const& c) {
            return on_.policy.covers(other, c) &&
                   (r.always() ? other.always()
                               : std::all_of(r.when.begin(), r.when.end(),
                                             [&](auto facts) { return within(other, facts); }));
        });
    }

    // The first right of the role's own that grants the cell where these facts are known true.
    [[nodiscard]] right const* own(std::size_t i, cell const& c, std::uint64_t facts) const {
        for (std::size_t other = 0; other < rights_.size(); ++other)
            if (other != i && !gone_[other] && within(rights_[other], facts) &&
                on_.policy.covers(rights_[other], c))
                return &rights_[other];
        return nullptr;
    }

    // The nearest role that is inherited and itself says so; breadth first. It is for the message
    // alone, and not looked for too far away.
    static constexpr std::size_t farthest = 200;
    [[nodiscard]] right const* inherited(cell const& c, std::uint64_t facts) const {
        std::vector<std::uint32_t> queue{role_};
        for (std::size_t at = 0; at < queue.size() && at < farthest; ++at) {
            std::uint32_t const role = queue[at];
            for (right const& r : on_.policy.rights_of(role))
                if (role != role_ && within(r, facts) && on_.policy.covers(r, c)) return &r;
            for (std::uint32_t const junior : p_.juniors_of(role))
                if (queue.size() < farthest && grants(junior, c, facts) &&
                    std::find(queue.begin(), queue.end(), junior) == queue.end())
                    queue.push_back(junior);
        }
        return nullptr;
    }

    bool tell_condition(std::size_t i) const {
        right const& r = rights_[i];
        cell const c = first_cell(r);
        right const* const by_own = own(i, c, 0);
        right const* const other = by_own != nullptr ? by_own : inherited(c, 0);
        std::vector<detail::related_place> related;
        std::string from;
        if (other != nullptr) {
            related.push_back({other->written->action.at, "granted without a condition here"});
            from = by_own == nullptr
                       ? ", by what it inherits from " +
                             in_backticks(on_.policy.role_name(other->role))
                       : ", by its line " + in_backticks(policy_index::line_text(*other->line));
        }
        tell(diagnostic_code::condition_without_effect, i,
             "this condition has no effect: " + in_backticks(on_.policy.role_name(role_)) +
                 " may " + in_backticks(r.written->action.text) + ' ' +
                 in_backticks(policy_index::line_text(*r.line)) + " anyway" + from,
             std::move(related));
        return true;
    }

    bool tell_inherited(std::size_t i) const {
        right const& r = rights_[i];
        right const* const other = inherited(first_cell(r), r.always() ? 0 : r.when.front());
        std::vector<detail::related_place> related;
        std::string from;
        if (other != nullptr) {
            related.push_back({other->written->action.at, "granted here"});
            from = " from " + in_backticks(on_.policy.role_name(other->role)) +
                   (covers_all(*other, r) ? "" : " and others");
        }
        tell(diagnostic_code::grant_inherited, i,
             in_backticks(on_.policy.role_name(role_)) + " inherits " + words(r) + from +
                 "; leave it out here",
             std::move(related));
        return true;
    }

    bool tell_covered(std::size_t i) const {
        right const& r = rights_[i];
        right const* const other = own(i, first_cell(r), r.always() ? 0 : r.when.front());
        std::vector<detail::related_place> related;
        std::string by = " by other lines";
        if (other != nullptr) {
            related.push_back({other->line->category.at, "granted here"});
            by = " by its line " + in_backticks(policy_index::line_text(*other->line)) +
                 (covers_all(*other, r) ? "" : " and others");
        }
        tell(diagnostic_code::grant_covered, i,
             in_backticks(on_.policy.role_name(role_)) + " has " + words(r) + by +
                 "; leave it out here",
             std::move(related));
        return true;
    }

    inspection const& on_;
    detail::policy_data const& p_;
    std::uint32_t role_;
    std::span<right const> rights_;
    std::vector<bool> gone_;
    bool any_below_ = false;
};

}  // namespace

void look_for_rights_in_vain(inspection const& on) {
    for (std::uint32_t const role : on.policy.juniors_first()) role_pass(on, role).run();
}

}  // namespace rolecall::inline v0_1::linting
