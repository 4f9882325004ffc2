// The names of two policies in one numbering, in which a thing that has another name now has one
// number.
//
// INVARIANT: joint numbers go by name: the new policy's, or else the old one's.
#ifndef ROLECALL_SRC_DIFF_JOINT_NAMES_HPP
#define ROLECALL_SRC_DIFF_JOINT_NAMES_HPP

#include "review/name_order.hpp"
#include <rolecall/detail/name_table.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/document.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::diff {

/// Which of the two policies.
enum class side : std::uint8_t { before, after };
inline constexpr std::array sides{side::before, side::after};

/// One thing for each policy.
template <class T>
struct both {
    T before, after;

    [[nodiscard]] T& operator[](side s) noexcept { return s == side::before ? before : after; }
    [[nodiscard]] T const& operator[](side s) const noexcept {
        return s == side::before ? before : after;
    }
};

class joint_names {
public:
    static constexpr std::uint32_t none = detail::name_table::none;

    /// `now` are the entries of the new policy, with the names that they had.
    template <class Entry>
    joint_names(detail::name_table const& before, detail::name_table const& after,
                std::vector<Entry> const& now)
        : tables_{&before, &after} {
        std::vector<std::uint32_t> old_of(after.size(), none);
        std::vector<bool> matched(before.size());
        auto const match = [&](std::uint32_t to, std::uint32_t old) {
            if (old == none || matched[old]) return;
            old_of[to] = old;
            matched[old] = true;
        };
        for (std::uint32_t n = 0; n < after.size(); ++n)
            if (after.declared(n)) match(n, before.find(after.name(n)));
        for (Entry const& entry : now) match_former(entry, before, after, old_of, match);

        numbers_.before.assign(before.size(), none);
        numbers_.after.assign(after.size(), none);
        std::vector<both<std::uint32_t>> all;
        for (std::uint32_t n = 0; n < after.size(); ++n)
            if (after.declared(n)) all.push_back({old_of[n], n});
        for (std::uint32_t n = 0; n < before.size(); ++n)
            if (before.declared(n) && !matched[n]) all.push_back({n, none});
        std::sort(all.begin(), all.end(), [&](auto const& a, auto const& b) {
            return std::pair(name_of(a), a.after) < std::pair(name_of(b), b.after);
        });
        all_ = std::move(all);
        for (std::uint32_t joint = 0; joint < size(); ++joint)
            for (side const s : sides)
                if (all_[joint][s] != none) numbers_[s][all_[joint][s]] = joint;
    }

    [[nodiscard]] std::uint32_t size() const noexcept {
        return static_cast<std::uint32_t>(all_.size());
    }

    /// The number that it has in one of the policies; `none` where that has no such thing.
    [[nodiscard]] std::uint32_t in(side s, std::uint32_t joint) const noexcept {
        return all_[joint][s];
    }
    [[nodiscard]] bool declared(side s, std::uint32_t joint) const noexcept {
        return in(s, joint) != none;
    }
    /// The joint number of a number of one of the policies.
    [[nodiscard]] std::uint32_t of(side s, std::uint32_t number) const noexcept {
        return numbers_[s][number];
    }
    /// The joint number of a name of one of the policies; `none` where it declares none such.
    [[nodiscard]] std::uint32_t find(side s, std::string_view name) const noexcept {
        std::uint32_t const number = tables_[s]->find(name);
        return number == none ? none : of(s, number);
    }

    /// As the new policy calls it, or else the old one.
    [[nodiscard]] std::string_view name(std::uint32_t joint) const noexcept {
        return name_of(all_[joint]);
    }
    [[nodiscard]] std::string_view name(side s, std::uint32_t joint) const noexcept {
        return tables_[s]->name(in(s, joint));
    }
    [[nodiscard]] bool renamed(std::uint32_t joint) const noexcept {
        return declared(side::before, joint) && declared(side::after, joint) &&
               name(side::before, joint) != name(side::after, joint);
    }

private:
    [[nodiscard]] std::string_view name_of(both<std::uint32_t> const& numbers) const noexcept {
        return numbers.after != none ? tables_.after->name(numbers.after)
                                     : tables_.before->name(numbers.before);
    }

    // Of several former names, the first by name that the old policy has and the new one not.
    template <class Entry, class Match>
    static void match_former(Entry const& entry, detail::name_table const& before,
                             detail::name_table const& after,
                             std::vector<std::uint32_t> const& old_of, Match const& match) {
        std::vector<std::string_view> former;
        for (written_name const& name : entry.was) former.push_back(name.text);
        std::sort(former.begin(), former.end());
        std::uint32_t const to = after.find(entry.name.text);
        if (to == none) return;
        for (std::string_view const name : former)
            if (old_of[to] == none && after.find(name) == none) match(to, before.find(name));
    }

    both<detail::name_table const*> tables_;
    std::vector<both<std::uint32_t>> all_;
    both<std::vector<std::uint32_t>> numbers_;
};

/// Everything that has a name and takes part in decisions.
struct vocabulary {
    vocabulary(detail::policy_data const& old, detail::policy_data const& now)
        : policies{&old, &now},
          roles(old.roles, now.roles, now.source->roles),
          categories(old.categories, now.categories, now.source->categories),
          actions(old.actions, now.actions, now.source->actions),
          facts(old.facts, now.facts, now.source->facts) {}

    both<detail::policy_data const*> policies;
    joint_names roles, categories, actions, facts;
};

}  // namespace rolecall::inline v0_1::diff

#endif
