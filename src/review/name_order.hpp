// The names of a policy in the order in which people look for them.
#ifndef ROLECALL_SRC_REVIEW_NAME_ORDER_HPP
#define ROLECALL_SRC_REVIEW_NAME_ORDER_HPP

#include <rolecall/detail/name_table.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace rolecall::inline v0_1::review {

/// The numbers that have a name, in the byte order of the names.
inline std::vector<std::uint32_t> by_name(detail::name_table const& names) {
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t n = 0; n < names.size(); ++n)
        if (names.declared(n)) numbers.push_back(n);
    std::sort(numbers.begin(), numbers.end(),
              [&](std::uint32_t a, std::uint32_t b) { return names.name(a) < names.name(b); });
    return numbers;
}

}  // namespace rolecall::inline v0_1::review

#endif
