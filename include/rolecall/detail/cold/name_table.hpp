// How a table of names grows.
#ifndef ROLECALL_DETAIL_COLD_NAME_TABLE_HPP
#define ROLECALL_DETAIL_COLD_NAME_TABLE_HPP

#include <rolecall/detail/name_table.hpp>

namespace rolecall::inline v0_1::detail {

ROLECALL_COLD std::uint32_t name_table::add(std::string_view name) {
    auto const number = static_cast<std::uint32_t>(ends_.size());
    while ((ends_.size() + 1) * 4 > slots_.size()) grow();
    if (ends_.size() == ends_.capacity()) ends_.reserve(ends_.size() * 2 + 8);
    text_ += name;
    ends_.push_back(text_.size());
    insert({hash_name(name), number});
    return number;
}

ROLECALL_COLD void name_table::add_gap() { ends_.push_back(text_.size()); }

inline void name_table::insert(slot entry) noexcept {
    std::size_t i = entry.hash & mask();
    while (slots_[i].number != none) i = (i + 1) & mask();
    slots_[i] = entry;
}

inline void name_table::grow() {
    std::vector<slot> old(slots_.empty() ? 8 : slots_.size() * 2);
    old.swap(slots_);
    for (slot const& s : old)
        if (s.number != none) insert(s);
}

}  // namespace rolecall::inline v0_1::detail

#endif
