#include "directory/row_pool.hpp"

#include <algorithm>

namespace rolecall::inline v0_1::directory {

row_pool::row_pool() : rows_(1) {}

std::uint32_t row_pool::role(std::string_view name) {
    std::uint32_t const known = roles_.find(name);
    return known != detail::name_table::none ? known : roles_.add(name);
}

std::size_t row_pool::hash(assigned_row const& row) noexcept {
    std::uint64_t h = row.size();
    for (assigned const& a : row)
        h = detail::fold_multiply(
            h ^ a.role ^ std::uint64_t{static_cast<std::uint32_t>(a.until)} << 32U,
            0x9E3779B97F4A7C15);
    return static_cast<std::size_t>(h);
}

std::uint32_t row_pool::use(assigned_row const& row) {
    if (row.empty()) return empty_row;
    std::size_t const h = hash(row);
    auto const [first, last] = by_hash_.equal_range(h);
    for (auto at = first; at != last; ++at)
        if (rows_[at->second].roles == row) {
            ++rows_[at->second].uses;
            return at->second;
        }
    counted made{row, 1};
    auto number = static_cast<std::uint32_t>(rows_.size());
    if (!free_.empty()) {
        number = free_.back();
        by_hash_.emplace(h, number);
        free_.pop_back();
        rows_[number] = std::move(made);
    } else {
        rows_.reserve(rows_.size() == rows_.capacity() ? rows_.size() * 2 : 0);
        free_.reserve(rows_.capacity());
        by_hash_.emplace(h, number);
        rows_.push_back(std::move(made));
    }
    ++used_;
    return number;
}

void row_pool::release(std::uint32_t row) noexcept {
    if (row == empty_row || --rows_[row].uses > 0) return;
    auto const [first, last] = by_hash_.equal_range(hash(rows_[row].roles));
    by_hash_.erase(std::find_if(first, last, [&](auto const& e) { return e.second == row; }));
    rows_[row].roles = {};
    free_.push_back(row);
    --used_;
}

bool row_pool::assign(assigned_row& row, std::uint32_t role, std::int32_t until) const {
    auto const found =
        std::find_if(row.begin(), row.end(), [&](assigned const& a) { return a.role == role; });
    if (found != row.end()) {
        bool const other = found->until != until;
        found->until = until;
        return other;
    }
    auto const at = std::find_if(row.begin(), row.end(),
                                 [&](assigned const& a) { return name(role) < name(a.role); });
    row.insert(at, {role, until});
    return true;
}

bool row_pool::deassign(assigned_row& row, std::uint32_t role) noexcept {
    auto const found =
        std::find_if(row.begin(), row.end(), [&](assigned const& a) { return a.role == role; });
    if (found == row.end()) return false;
    row.erase(found);
    return true;
}

std::size_t row_pool::memory_bytes() const noexcept {
    constexpr std::size_t bytes_of_node = 4 * sizeof(void*);
    std::size_t bytes = rows_.capacity() * sizeof(counted) + free_.capacity() * sizeof free_[0] +
                        by_hash_.bucket_count() * sizeof(void*) + by_hash_.size() * bytes_of_node;
    for (counted const& r : rows_) bytes += r.roles.capacity() * sizeof(assigned);
    for (std::uint32_t n = 0; n < roles_.size(); ++n) bytes += roles_.name(n).size() + 40;
    return bytes;
}

}  // namespace rolecall::inline v0_1::directory
