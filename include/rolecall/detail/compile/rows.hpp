// The rows of the table: each role's statements and those of all that it inherits, put into
// one word a category; rows that are alike are made once.
#ifndef ROLECALL_DETAIL_COMPILE_ROWS_HPP
#define ROLECALL_DETAIL_COMPILE_ROWS_HPP

#include <rolecall/detail/activate.hpp>
#include <rolecall/detail/compile/resolve.hpp>
#include <rolecall/detail/compile/symbols.hpp>
#include <rolecall/detail/policy_data.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::detail {

/// Builds rows into a policy_data, up to a limit on its bytes.
///
///     recipe  = own statements + rows inherited   ── known? ──▶ its row
///     content = cells + items of the cells        ── known? ──▶ that row
///
/// The recipe is looked up first, because it is short where a row is long.
class row_builder {
public:
    static constexpr std::uint32_t empty_row = 0;

    row_builder(policy_data& into, category_tree const& tree, std::size_t max_bytes)
        : into_(into), tree_(tree), max_bytes_(max_bytes) {
        scratch_.resize(into_.width);
        into_.cells.assign(into_.width, 0);
        spans_.push_back({});
        contents_.emplace(content_hash(scratch_), empty_row);
    }

    /// The row of these statements and these rows; nothing where it would pass the limit.
    std::optional<std::uint32_t> build(std::vector<statement> own,
                                       std::vector<std::uint32_t> inherited) {
        sort_unique(own);
        sort_unique(inherited);
        std::erase(inherited, empty_row);
        if (own.empty() && inherited.empty()) return empty_row;
        if (own.empty() && inherited.size() == 1) return inherited.front();
        auto const known = recipes_.find({own, inherited});
        if (known != recipes_.end()) return known->second;

        std::fill(scratch_.begin(), scratch_.end(), 0);
        gathered_.clear();
        for (std::uint32_t const row : inherited)
            if (!inherit(row)) return std::nullopt;
        for (statement const& s : own)
            if (!apply(s)) return std::nullopt;
        auto const row = finish();
        if (row) {
            recipe_bytes_ += own.size() * sizeof(statement) + inherited.size() * 4 + 128;
            recipes_.emplace(recipe{std::move(own), std::move(inherited)}, *row);
        }
        return row;
    }

    /// The row that grants, guards and requirements leave together.
    std::optional<std::uint32_t> combine(std::uint32_t grants, std::uint32_t guards,
                                         std::uint32_t required) {
        if (guards == empty_row && required == empty_row) return grants;
        if (grants == empty_row) return empty_row;
        auto const [known, is_new] = combined_.try_emplace({grants, guards}, empty_row);
        if (!is_new) return known->second;
        for (std::uint32_t c = 0; c < into_.width; ++c)
            scratch_[c] =
                effective_cell(into_.row(grants)[c], into_.row(guards)[c], into_.row(required)[c]);
        auto const row = intern(std::nullopt);
        if (row) known->second = *row;
        return row;
    }

    /// Puts the items of all rows into the table that a check looks them up in.
    void finish_conditions() {
        condition_table& table = into_.conditions;
        if (entries_.empty()) return;
        table.slots.resize(std::bit_ceil(entries_.size() * 2));
        for (std::uint32_t row = 0; row < spans_.size(); ++row)
            for (entry const& e : entries_of(row)) table.insert({row, e.category, lists_[e.list]});
    }

private:
    struct recipe {
        std::vector<statement> own;
        std::vector<std::uint32_t> inherited;

        friend auto operator<=>(recipe const&, recipe const&) = default;
    };

    // The items of one cell of a row, by the number of their list.
    struct entry {
        std::uint32_t category = 0;
        std::uint32_t list = 0;

        friend bool operator==(entry const&, entry const&) = default;
    };

    struct gathered_item {
        std::uint32_t category = 0;
        cell_item item;
    };

    [[nodiscard]] std::span<entry const> entries_of(std::uint32_t row) const noexcept {
        return {entries_.data() + spans_[row].first, spans_[row].count};
    }

    // False where the conditions gathered for one row already pass the limit.
    bool inherit(std::uint32_t row) {
        std::uint32_t const* const cells = into_.row(row);
        for (std::uint32_t c = 0; c < into_.width; ++c) scratch_[c] |= cells[c];
        for (entry const& e : entries_of(row)) {
            slice const list = lists_[e.list];
            for (std::uint32_t i = 0; i < list.count; ++i)
                gathered_.push_back({e.category, into_.conditions.items[list.first + i]});
        }
        return gathered_fits();
    }

    bool apply(statement const& s) {
        auto const add = [&](std::uint32_t position) {
            std::uint32_t const category = tree_.number[position];
            if (s.condition == no_condition) {
                scratch_[category] |= s.actions;
            } else {
                scratch_[category] |= s.actions << 16U;
                gathered_.push_back({category, {s.actions, s.condition}});
            }
        };
        if (s.reach == reach::everything) {
            for (std::uint32_t at = 0; at < tree_.number.size(); ++at) add(at);
        } else {
            std::uint32_t const at = tree_.position[s.category];
            if (s.reach != reach::below) add(at);
            if (s.reach == reach::itself_and_below)
                for (std::uint32_t below = at + 1; below < tree_.end[at]; ++below) add(below);
            // What is named-only, and all below it, is not covered from above.
            if (s.reach == reach::below)
                for (std::uint32_t below = at + 1; below < tree_.end[at];) {
                    if (tree_.named_only[below]) {
                        below = tree_.end[below];
                    } else {
                        add(below++);
                    }
                }
        }
        return gathered_fits();
    }

    [[nodiscard]] bool gathered_fits() const noexcept {
        return gathered_.size() * sizeof(gathered_item) <= max_bytes_;
    }

    // Drops what "always" makes superfluous, and gives each cell's items their list.
    std::optional<std::uint32_t> finish() {
        for (std::uint32_t& cell : scratch_) cell &= ~((cell & always_bits) << 16U);
        std::erase_if(gathered_, [&](gathered_item& g) {
            g.item.actions &= scratch_[g.category] >> 16U;
            return g.item.actions == 0;
        });
        std::sort(gathered_.begin(), gathered_.end(), [](auto const& a, auto const& b) {
            return std::pair(a.category, a.item.condition) <
                   std::pair(b.category, b.item.condition);
        });
        std::vector<entry> entries;
        std::vector<cell_item> items;
        for (std::size_t i = 0; i < gathered_.size();) {
            std::uint32_t const category = gathered_[i].category;
            items.clear();
            for (; i < gathered_.size() && gathered_[i].category == category; ++i) {
                cell_item const& item = gathered_[i].item;
                if (!items.empty() && items.back().condition == item.condition) {
                    items.back().actions |= item.actions;
                } else {
                    items.push_back(item);
                }
            }
            entries.push_back({category, intern_list(items)});
        }
        return intern(std::move(entries));
    }

    std::uint32_t intern_list(std::vector<cell_item> const& items) {
        auto const [known, is_new] =
            list_numbers_.try_emplace(items, static_cast<std::uint32_t>(lists_.size()));
        if (is_new) {
            std::vector<cell_item>& all = into_.conditions.items;
            lists_.push_back(
                {static_cast<std::uint32_t>(all.size()), static_cast<std::uint32_t>(items.size())});
            all.insert(all.end(), items.begin(), items.end());
        }
        return known->second;
    }

    static std::uint64_t content_hash(std::vector<std::uint32_t> const& cells) noexcept {
        return hash_name({reinterpret_cast<char const*>(cells.data()), cells.size() * 4});
    }

    // The row with the cells in scratch_. With entries these must be equal too; a row that
    // is only looked at, never asked for conditions, needs none.
    std::optional<std::uint32_t> intern(std::optional<std::vector<entry>> entries) {
        std::uint64_t const hash = content_hash(scratch_);
        auto const [first, last] = contents_.equal_range(hash);
        for (auto it = first; it != last; ++it) {
            std::uint32_t const row = it->second;
            if (std::memcmp(into_.row(row), scratch_.data(), scratch_.size() * 4) != 0) continue;
            auto const known = entries_of(row);
            if (!entries ||
                std::equal(known.begin(), known.end(), entries->begin(), entries->end()))
                return row;
        }
        std::size_t const count = entries ? entries->size() : 0;
        if (bytes() + scratch_.size() * 4 + count * bytes_an_entry > max_bytes_)
            return std::nullopt;
        auto const row = static_cast<std::uint32_t>(spans_.size());
        into_.cells.insert(into_.cells.end(), scratch_.begin(), scratch_.end());
        spans_.push_back(
            {static_cast<std::uint32_t>(entries_.size()), static_cast<std::uint32_t>(count)});
        if (entries) entries_.insert(entries_.end(), entries->begin(), entries->end());
        contents_.emplace(hash, row);
        return row;
    }

    // An entry here, and up to four slots in the table of a check.
    static constexpr std::size_t bytes_an_entry = sizeof(entry) + 4 * sizeof(condition_table::slot);

    [[nodiscard]] std::size_t bytes() const noexcept {
        return into_.cells.size() * 4 + entries_.size() * bytes_an_entry +
               into_.conditions.items.size() * 2 * sizeof(cell_item) + recipe_bytes_;
    }

    policy_data& into_;
    category_tree const& tree_;
    std::size_t max_bytes_;
    std::size_t recipe_bytes_ = 0;

    std::vector<std::uint32_t> scratch_;
    std::vector<gathered_item> gathered_;
    std::vector<slice> spans_;  // row → its entries
    std::vector<entry> entries_;
    std::vector<slice> lists_;  // list → its items
    std::map<std::vector<cell_item>, std::uint32_t> list_numbers_;
    std::map<recipe, std::uint32_t> recipes_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> combined_;
    std::unordered_multimap<std::uint64_t, std::uint32_t> contents_;
};

/// Builds every row of the policy. False where the table would pass the limit.
inline bool build_rows(resolved_policy const& policy, category_tree const& tree,
                       std::vector<std::uint32_t> const& juniors_first, std::size_t max_bytes,
                       policy_data& into) {
    row_builder rows(into, tree, max_bytes);
    auto const everyone = rows.build(policy.guards_of_everyone, {});
    auto const required = rows.build(policy.requirements, {});
    if (!everyone || !required) return false;
    into.guards_of_everyone = *everyone;
    into.required = *required;

    into.rows_of_role.resize(policy.roles.size());
    for (std::uint32_t const number : juniors_first) {
        resolved_role const& role = policy.roles[number];
        std::vector<std::uint32_t> grants;
        std::vector<std::uint32_t> guards{*everyone};
        for (std::uint32_t const junior : role.juniors) {
            grants.push_back(into.rows_of_role[junior].grants);
            guards.push_back(into.rows_of_role[junior].guards);
        }
        auto const granted = rows.build(role.grants, std::move(grants));
        if (!granted) return false;
        auto const guarded = rows.build(role.guards, std::move(guards));
        if (!guarded) return false;
        auto const effective = rows.combine(*granted, *guarded, *required);
        if (!effective) return false;
        into.rows_of_role[number] = {*granted, *guarded, *effective};
    }
    rows.finish_conditions();
    return true;
}

}  // namespace rolecall::inline v0_1::detail

#endif
