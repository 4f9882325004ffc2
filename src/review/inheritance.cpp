#include "review/inheritance.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace rolecall::inline v0_1::review {
namespace {

constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();

// Breadth first. INVARIANT: roles that are equally far away are found in the order in which the
// names of their ways stand, so the first way to a role is the one that is wanted.
class walk {
public:
    explicit walk(detail::policy_data const& p) : p_(p), place_(p.roles.size(), nowhere) {}

    std::vector<reached_role> run(std::vector<std::uint32_t> next) {
        sort_by_name(next);
        for (std::uint32_t const role : next) find(role, nullptr);
        std::size_t done = 0;
        while (done < found_.size()) {
            auto const juniors = p_.juniors_of(found_[done].role);
            next.assign(juniors.begin(), juniors.end());
            sort_by_name(next);
            std::vector<std::uint32_t> const way = found_[done++].through;
            for (std::uint32_t const role : next) find(role, &way);
        }
        return std::move(found_);
    }

private:
    void sort_by_name(std::vector<std::uint32_t>& roles) const {
        std::sort(roles.begin(), roles.end(), [&](std::uint32_t a, std::uint32_t b) {
            return p_.roles.name(a) < p_.roles.name(b);
        });
    }

    void find(std::uint32_t role, std::vector<std::uint32_t> const* way) {
        if (place_[role] != nowhere) return;
        place_[role] = found_.size();
        reached_role& added = found_.emplace_back();
        added.role = role;
        if (way != nullptr) added.through = *way;
        added.through.push_back(role);
    }

    detail::policy_data const& p_;
    std::vector<std::size_t> place_;
    std::vector<reached_role> found_;
};

}  // namespace

std::vector<reached_role> reached_from(detail::policy_data const& p,
                                       std::span<std::uint32_t const> given) {
    auto reached = walk(p).run({given.begin(), given.end()});
    std::sort(reached.begin(), reached.end(), [&](reached_role const& a, reached_role const& b) {
        return p.roles.name(a.role) < p.roles.name(b.role);
    });
    std::vector<std::size_t> place(p.roles.size(), nowhere);
    for (std::size_t i = 0; i < reached.size(); ++i) place[reached[i].role] = i;
    for (std::uint32_t const from : given)
        for (reached_role const& below : walk(p).run({from}))
            reached[place[below.role]].from.push_back(from);
    return reached;
}

}  // namespace rolecall::inline v0_1::review
