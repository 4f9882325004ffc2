// The numbers of names in a document that nobody may have checked: it may name anything.
#ifndef ROLECALL_SRC_MEANING_DECLARED_NUMBERS_HPP
#define ROLECALL_SRC_MEANING_DECLARED_NUMBERS_HPP

#include <rolecall/detail/activate.hpp>
#include <rolecall/detail/name_table.hpp>
#include <rolecall/detail/text.hpp>
#include <rolecall/document.hpp>

#include <cstdint>
#include <stdexcept>
#include <vector>

namespace rolecall::inline v0_1::review {

/// Throws std::invalid_argument for a name that the policy does not declare.
[[nodiscard]] inline std::uint32_t number_in(detail::name_table const& names,
                                             written_name const& name) {
    std::uint32_t const number = names.find(name.text);
    if (number == detail::name_table::none)
        throw std::invalid_argument("the policy does not declare " +
                                    detail::in_backticks(name.text));
    return number;
}

/// Sorted, each once. Throws likewise.
[[nodiscard]] inline std::vector<std::uint32_t> numbers_in(detail::name_table const& names,
                                                           std::vector<written_name> const& list) {
    std::vector<std::uint32_t> numbers;
    numbers.reserve(list.size());
    for (written_name const& name : list) numbers.push_back(number_in(names, name));
    detail::sort_unique(numbers);
    return numbers;
}

}  // namespace rolecall::inline v0_1::review

#endif
