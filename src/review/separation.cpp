#include "core/list_text.hpp"
#include "review/written_rules.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/separation.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {
namespace {

using detail::in_backticks;
using review::written_rules;

using numbers = std::vector<std::uint32_t>;  // of roles, sorted, each once

numbers united(numbers const& a, numbers const& b) {
    numbers result;
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(result));
    return result;
}

// A role that somebody has, and the roles of a rule that it is or inherits.
struct contributor {
    std::uint32_t role = 0;
    numbers members;
};

// Finds the smallest set of contributors that together have too many roles of a rule. There are
// few as a rule; where there are so many that to try all sets takes too long, a set from which
// nobody can be left out has to do.
class smallest_set {
public:
    smallest_set(std::vector<contributor> const& of, std::size_t at_most)
        : of_(of), at_most_(at_most) {}

    [[nodiscard]] std::vector<contributor> find() {
        for (std::size_t size = 1; size <= of_.size() && tries_ > 0; ++size)
            if (extend(0, size, {})) return chosen_;
        return without_the_needless();
    }

private:
    bool extend(std::size_t from, std::size_t more, numbers const& had) {
        if (had.size() > at_most_) return true;
        if (more == 0) return false;
        for (std::size_t i = from; i + more <= of_.size(); ++i) {
            if (tries_ == 0) return false;
            --tries_;
            chosen_.push_back(of_[i]);
            if (extend(i + 1, more - 1, united(had, of_[i].members))) return true;
            chosen_.pop_back();
        }
        return false;
    }

    [[nodiscard]] std::vector<contributor> without_the_needless() const {
        std::vector<contributor> kept = of_;
        for (std::size_t i = 0; i < kept.size();) {
            std::vector<contributor> fewer = kept;
            fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
            numbers had;
            for (contributor const& c : fewer) had = united(had, c.members);
            if (had.size() > at_most_) {
                kept = std::move(fewer);
            } else {
                ++i;
            }
        }
        return kept;
    }

    std::vector<contributor> const& of_;
    std::size_t at_most_;
    std::vector<contributor> chosen_;
    std::size_t tries_ = 100'000;
};

class violation_finder {
public:
    violation_finder(policy const& by, role_list given, separation_scope per)
        : rules_(by), p_(rules_.data()), per_(per) {
        auto const add = [&](std::uint32_t role) {
            if (p_.roles.declared(role)) given_.push_back(role);
        };
        given.visit([&](std::string_view name) { add(p_.roles.find(name)); },
                    [&](role_ref role) {
                        if (!by.name(role).empty()) add(detail::access::number(role));
                    });
        detail::sort_unique(given_);
        std::sort(given_.begin(), given_.end(), [&](std::uint32_t a, std::uint32_t b) {
            return p_.roles.name(a) < p_.roles.name(b);
        });
    }

    [[nodiscard]] std::vector<separation_violation> run() const {
        std::vector<separation_violation> result;
        if (!detail::breaks_separation(p_, given_, per_ == separation_scope::person)) return result;
        for (written_separation const& rule : rules_.source().separations)
            if (rule.per == per_)
                if (auto found = broken(rule)) result.push_back(std::move(*found));
        std::sort(result.begin(), result.end(),
                  [](auto const& a, auto const& b) { return a.rule < b.rule; });
        return result;
    }

private:
    [[nodiscard]] std::optional<separation_violation> broken(written_separation const& rule) const {
        numbers of_rule;
        for (written_name const& role : rule.roles) of_rule.push_back(p_.roles.find(role.text));
        detail::sort_unique(of_rule);

        std::vector<contributor> all;
        numbers had;
        for (std::uint32_t const role : given_) {
            contributor c{role, {}};
            numbers const reached = rules_.closure({&role, 1});
            std::set_intersection(reached.begin(), reached.end(), of_rule.begin(), of_rule.end(),
                                  std::back_inserter(c.members));
            if (c.members.empty()) continue;
            had = united(had, c.members);
            all.push_back(std::move(c));
        }
        if (had.size() <= rule.at_most) return std::nullopt;
        return described(rule, smallest_set(all, rule.at_most).find());
    }

    [[nodiscard]] separation_violation described(written_separation const& rule,
                                                 std::vector<contributor> const& by) const {
        separation_violation result;
        result.rule = rule.name.text;
        result.per = rule.per;
        result.at_most = rule.at_most;
        result.because = rule.because;
        result.where = rules_.locate(rule.name.at);
        for (contributor const& c : by) {
            result.roles.emplace_back(p_.roles.name(c.role));
            for (std::uint32_t const member : c.members)
                result.members.push_back(
                    {std::string(p_.roles.name(member)), std::string(p_.roles.name(c.role))});
        }
        // A role that several have is had directly, or by the first of them.
        std::sort(result.members.begin(), result.members.end(), [](auto const& a, auto const& b) {
            return std::tuple(std::string_view(a.role), a.through != a.role,
                              std::string_view(a.through)) <
                   std::tuple(std::string_view(b.role), b.through != b.role,
                              std::string_view(b.through));
        });
        result.members.erase(
            std::unique(result.members.begin(), result.members.end(),
                        [](auto const& a, auto const& b) { return a.role == b.role; }),
            result.members.end());
        result.sentence = sentence(rule, result);
        return result;
    }

    [[nodiscard]] static std::string sentence(written_separation const& rule,
                                              separation_violation const& found) {
        std::vector<std::string_view> of_rule;
        for (written_name const& role : rule.roles) of_rule.push_back(role.text);
        std::vector<std::string> had;
        for (auto const& [role, through] : found.members)
            had.push_back(role == through ? role : fmt::format("{} (through {})", role, through));
        std::vector<std::string_view> const views(had.begin(), had.end());
        std::string text =
            fmt::format("separation {}{}: {} at most {} of {}, and these are {}: {}",
                        in_backticks(found.rule), review::in_brackets(found.where),
                        found.per == separation_scope::person ? "one person may hold"
                                                              : "one session may have active",
                        found.at_most, detail::list_text(of_rule), found.members.size(),
                        detail::list_text(views));
        if (!found.because.empty()) text += "; because: " + detail::printable(found.because);
        while (text.back() == '.' || text.back() == ' ') text.pop_back();
        return text;
    }

    written_rules rules_;
    detail::policy_data const& p_;
    separation_scope per_;
    numbers given_;  // by name
};

}  // namespace

std::vector<separation_violation> person_violations(policy const& by, role_list held) {
    return violation_finder(by, held, separation_scope::person).run();
}

std::vector<separation_violation> session_violations(policy const& by, role_list active) {
    return violation_finder(by, active, separation_scope::session).run();
}

}  // namespace rolecall::inline v0_1
