// Sets of roles with their ends, each kept once and counted.
#ifndef ROLECALL_SRC_DIRECTORY_ROW_POOL_HPP
#define ROLECALL_SRC_DIRECTORY_ROW_POOL_HPP

#include <rolecall/date.hpp>
#include <rolecall/detail/name_table.hpp>
#include <rolecall/user_directory.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rolecall::inline v0_1::directory {

/// A role by its number in the pool, and its last day.
struct assigned {
    static constexpr std::int32_t no_end = 0x7FFFFFFF;

    std::uint32_t role = 0;
    std::int32_t until = no_end;

    friend bool operator==(assigned const&, assigned const&) = default;
};

/// What one user has: by the names of the roles, each role once.
using assigned_row = std::vector<assigned>;

class row_pool {
public:
    /// The row of nobody's roles: always there.
    static constexpr std::uint32_t empty_row = 0;

    row_pool();

    /// The number of a role's name, which it keeps as long as the pool lives.
    std::uint32_t role(std::string_view name);
    [[nodiscard]] std::string_view name(std::uint32_t role) const noexcept {
        return roles_.name(role);
    }

    /// The number of a row, counted once more. Throws std::bad_alloc, and then nothing changed.
    std::uint32_t use(assigned_row const& row);
    /// Counts it once less; nobody's row is forgotten.
    void release(std::uint32_t row) noexcept;

    [[nodiscard]] assigned_row const& row(std::uint32_t number) const noexcept {
        return rows_[number].roles;
    }

    /// Puts a role into a row, or gives it another end. Whether that changes anything.
    bool assign(assigned_row& row, std::uint32_t role, std::int32_t until) const;
    /// Takes a role out of a row. Whether it was there.
    static bool deassign(assigned_row& row, std::uint32_t role) noexcept;

    [[nodiscard]] user_role shown(assigned const& a) const noexcept {
        return {name(a.role), a.until == assigned::no_end
                                  ? std::nullopt
                                  : std::optional<date>(date::from_days(a.until))};
    }

    /// How many different rows somebody has.
    [[nodiscard]] std::size_t size() const noexcept { return used_; }
    [[nodiscard]] std::size_t memory_bytes() const noexcept;

private:
    struct counted {
        assigned_row roles;
        std::uint32_t uses = 0;
    };

    static std::size_t hash(assigned_row const& row) noexcept;

    detail::name_table roles_;
    std::vector<counted> rows_;
    std::vector<std::uint32_t> free_;  // INVARIANT: has room for every row
    std::unordered_multimap<std::size_t, std::uint32_t> by_hash_;
    std::size_t used_ = 0;
};

}  // namespace rolecall::inline v0_1::directory

#endif
