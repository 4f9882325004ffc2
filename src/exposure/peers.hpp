// The others: whoever is of the same kind, with what they expose.
#ifndef ROLECALL_SRC_EXPOSURE_PEERS_HPP
#define ROLECALL_SRC_EXPOSURE_PEERS_HPP

#include "exposure/cells.hpp"
#include "review/people.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::exposure {

/// Some who expose the same.
struct peer {
    counts exposed;
    std::size_t many = 1;
    std::vector<std::string> names;  ///< the first of them by name: as many as a report names
};

struct peers {
    std::vector<peer> all;
    words exposed;          ///< by any of them
    std::size_t count = 0;  ///< how many they are

    void add(cells const& of, words const& them, std::size_t many, std::vector<std::string> names);

    [[nodiscard]] level_comparison compare_total(level_count const& mine) const;
    [[nodiscard]] level_comparison compare_level(level_count const& mine, std::size_t level) const;

    [[nodiscard]] std::size_t less(counts const& mine) const;
    [[nodiscard]] std::size_t as_much(counts const& mine) const;
};

/// All roles but these (sorted by number), each asking alone.
[[nodiscard]] peers roles_but(cells const& of, std::span<std::uint32_t const> these);

/// The users of each set of roles, by id: numbers of `people::users`.
[[nodiscard]] std::vector<std::vector<std::size_t>> users_of_sets(review::people const& all,
                                                                  review::role_sets const& sets);

/// All users who may ask for anything, but one.
[[nodiscard]] peers users_but(cells const& of, review::people const& all,
                              review::role_sets const& sets, std::string_view id);

}  // namespace rolecall::inline v0_1::exposure

#endif
