// From a policy of one lineage to the same policy in another: known names keep the numbers
// that the lineage gave them, new names get new ones, and a number whose name has vanished
// keeps a row, a column or a bit of nothing.
#ifndef ROLECALL_DETAIL_ADOPT_HPP
#define ROLECALL_DETAIL_ADOPT_HPP

#include <rolecall/detail/activate.hpp>
#include <rolecall/detail/numbering.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/policy.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace rolecall::inline v0_1::detail {

/// The same rules under other numbers. Keeps the policy that was compiled, and with it the rules
/// as written; but none of those that it may have been adopted as on the way.
struct adopted_policy : policy_data {
    explicit adopted_policy(policy const& original) : of(compiled(original)) {
        policy_data const& from = data_of(original);
        source = from.source;
        compute_digest = from.compute_digest;
        promises = from.promises;
        if (auto const* const known = from.digest.load(std::memory_order_acquire))
            digest = new std::string(*known);
        destroy = destroy_this;
    }

    static void destroy_this(policy_data const* data) noexcept {
        delete static_cast<adopted_policy const*>(data);
    }

    static policy compiled(policy const& p) noexcept {
        policy_data const& data = data_of(p);
        return data.destroy == destroy_this ? static_cast<adopted_policy const&>(data).of : p;
    }

    policy of;
};

/// The numbering of a policy's lineage, made from its own names where it is the first.
inline numbering& numbering_of(policy_data const& p) {
    numbering* known = p.names_of_lineage.load(std::memory_order_acquire);
    if (known != nullptr) return *known;
    auto* const made = new numbering;
    made->roles = p.roles;
    made->actions = p.actions;
    made->categories = p.categories;
    made->facts = p.facts;
    made->max_roles = static_cast<std::uint32_t>(p.rows_of_role.size());
    made->max_categories = p.width;
    if (p.names_of_lineage.compare_exchange_strong(known, made, std::memory_order_acq_rel))
        return *made;
    made->release();
    return *known;
}

class adoption {
public:
    adoption(policy const& fresh, policy_data const& elder)
        : fresh_(fresh), from_(data_of(fresh)), elder_(elder), names_(numbering_of(elder)) {}

    /// The policy in the elder's lineage; nothing where its numbers have run out.
    std::optional<policy> run() {
        locked const hold(names_.lock);
        if (!fits()) return std::nullopt;
        into_ = new adopted_policy(fresh_);
        // From here on a policy owns it, whatever throws.
        auto const result = access::make_policy<policy>(static_cast<policy_data const*>(into_));
        names_.acquire();
        into_->names_of_lineage = &names_;
        into_->lineage = elder_.lineage;
        into_->width = names_.max_categories;
        number(roles_, from_.roles, names_.roles, into_->roles);
        number(actions_, from_.actions, names_.actions, into_->actions);
        for (std::uint32_t a = 0; a < actions_.size(); ++a) same_actions_ &= actions_[a] == a;
        number(categories_, from_.categories, names_.categories, into_->categories);
        number(facts_, from_.facts, names_.facts, into_->facts);
        move_rows();
        move_conditions();
        move_audit_modes();
        move_people();
        move_hierarchy();
        into_->finish();
        return result;
    }

private:
    using numbers = std::vector<std::uint32_t>;  // from the policy's own to the lineage's

    static std::uint32_t new_names(name_table const& own, name_table const& lineage) {
        std::uint32_t count = 0;
        for (std::uint32_t n = 0; n < own.size(); ++n)
            if (own.declared(n) && lineage.find(own.name(n)) == name_table::none) ++count;
        return count;
    }

    [[nodiscard]] bool fits() const {
        auto const room = [](name_table const& own, name_table const& lineage, std::size_t limit) {
            return lineage.size() + std::size_t{new_names(own, lineage)} <= limit;
        };
        // Wider rows take more memory: a policy with many rows does not come into a lineage
        // that has had many more categories.
        std::size_t const rows = from_.cells.size() / from_.width;
        std::size_t const bytes = rows * names_.max_categories * sizeof(std::uint32_t);
        std::size_t const most =
            std::max(std::size_t{64} << 20U, from_.cells.size() * 2 * sizeof(std::uint32_t));
        return bytes <= most && room(from_.roles, names_.roles, names_.max_roles) &&
               room(from_.categories, names_.categories, names_.max_categories) &&
               room(from_.actions, names_.actions, max_actions) &&
               room(from_.facts, names_.facts, max_facts);
    }

    static void number(numbers& map, name_table const& own, name_table& lineage, name_table& into) {
        map.assign(own.size(), 0);
        for (std::uint32_t n = 0; n < own.size(); ++n) {
            if (!own.declared(n)) continue;
            std::uint32_t const known = lineage.find(own.name(n));
            map[n] = known != name_table::none ? known : lineage.add(own.name(n));
        }
        for (std::uint32_t n = 0; n < lineage.size(); ++n) {
            if (own.find(lineage.name(n)) != name_table::none) {
                into.add(lineage.name(n));
            } else {
                into.add_gap();
            }
        }
    }

    [[nodiscard]] std::uint32_t actions(std::uint32_t mask) const noexcept {
        if (same_actions_) return mask;
        std::uint32_t moved = 0;
        for (std::uint32_t a = 0; a < actions_.size(); ++a)
            if ((mask >> a & 1U) != 0 && from_.actions.declared(a)) moved |= 1U << actions_[a];
        return moved;
    }

    void move_rows() {
        std::size_t const rows = from_.cells.size() / from_.width;
        into_->cells.resize(rows * into_->width);
        for (std::size_t row = 0; row < rows; ++row)
            for (std::uint32_t c = 0; c < categories_.size(); ++c) {
                if (!from_.categories.declared(c)) continue;
                std::uint32_t const cell = from_.cells[row * from_.width + c];
                into_->cells[row * into_->width + categories_[c]] =
                    actions(cell & always_bits) | actions(cell >> 16U) << 16U;
            }
        into_->rows_of_role.resize(names_.max_roles);
        for (std::uint32_t r = 0; r < roles_.size(); ++r)
            if (from_.roles.declared(r)) into_->rows_of_role[roles_[r]] = from_.rows_of_role[r];
        into_->guards_of_everyone = from_.guards_of_everyone;
        into_->required = from_.required;
    }

    // INVARIANT: a number without a name has row 0, which is the same in every policy.
    void move_audit_modes() {
        audit_modes const& from = from_.audit;
        audit_modes& into = into_->audit;
        into.denials = from.denials;
        into.rows = from.rows;
        if (!same_actions_)
            for (std::size_t row = 1; row < from.rows.size(); ++row) {
                into.rows[row] = required_audit_row();
                for (std::uint32_t a = 0; a < actions_.size(); ++a)
                    if (from_.actions.declared(a)) into.rows[row][actions_[a]] = from.rows[row][a];
            }
        into.row_of_category.resize(into_->width);
        for (std::uint32_t c = 0; c < categories_.size(); ++c)
            if (from_.categories.declared(c))
                into.row_of_category[categories_[c]] = from.row_of_category[c];
    }

    void move_conditions() {
        condition_table const& from = from_.conditions;
        condition_table& into = into_->conditions;
        for (std::uint64_t const mask : from.masks) {
            std::uint64_t moved = 0;
            for (std::uint32_t f = 0; f < facts_.size(); ++f)
                if ((mask >> f & 1U) != 0) moved |= std::uint64_t{1} << facts_[f];
            into.masks.push_back(moved);
        }
        into.conditions = from.conditions;
        for (cell_item const& item : from.items)
            into.items.push_back({actions(item.actions), item.condition});
        into.slots.resize(from.slots.size());
        for (condition_table::slot const& s : from.slots)
            if (s.row != condition_table::empty_slot)
                into.insert({s.row, categories_[s.category], s.items});
    }

    void move_people() {
        into_->users = from_.users;
        into_->other_users = from_.other_users;
        into_->says_other_users = from_.says_other_users;
        into_->assignments_of_user = from_.assignments_of_user;
        for (role_assignment const& a : from_.assignments)
            into_->assignments.push_back({roles_[a.role], a.until});
    }

    void move_hierarchy() {
        into_->juniors_of_role.resize(into_->roles.size());
        into_->separation_members_of_role.resize(into_->roles.size());
        into_->separations = from_.separations;
        for (std::uint32_t r = 0; r < roles_.size(); ++r) {
            if (!from_.roles.declared(r)) continue;
            std::uint32_t const role = roles_[r];
            into_->juniors_of_role[role] = from_.juniors_of_role[r];
            into_->separation_members_of_role[role] = from_.separation_members_of_role[r];
        }
        for (std::uint32_t const junior : from_.juniors) into_->juniors.push_back(roles_[junior]);
        for (separation_member const& m : from_.separation_members)
            into_->separation_members.push_back({m.rule, roles_[m.role]});
        for (slice const s : into_->separation_members_of_role) {
            auto const first = into_->separation_members.begin() + s.first;
            std::sort(first, first + s.count);
        }
    }

    policy const& fresh_;
    policy_data const& from_;
    policy_data const& elder_;
    numbering& names_;
    adopted_policy* into_ = nullptr;
    numbers roles_, actions_, categories_, facts_;
    bool same_actions_ = true;
};

/// `fresh` with the numbers of `elder`'s lineage, so that references made before still mean
/// the same; nothing where the lineage has no numbers left.
inline std::optional<policy> adopt(policy const& fresh, policy const& elder) {
    if (data_of(fresh).lineage == data_of(elder).lineage) return fresh;
    return adoption(fresh, data_of(elder)).run();
}

}  // namespace rolecall::inline v0_1::detail

#endif
