// A hash of a list of numbers.
#ifndef ROLECALL_SRC_DIFF_HASH_OF_NUMBERS_HPP
#define ROLECALL_SRC_DIFF_HASH_OF_NUMBERS_HPP

#include <rolecall/detail/name_table.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace rolecall::inline v0_1::diff {

struct hash_of_numbers {
    std::size_t operator()(std::vector<std::uint32_t> const& numbers) const noexcept {
        std::uint64_t hash = numbers.size();
        for (std::uint32_t const number : numbers)
            hash = detail::fold_multiply(hash ^ number, 0x9E3779B97F4A7C15);
        return static_cast<std::size_t>(hash);
    }
};

}  // namespace rolecall::inline v0_1::diff

#endif
