// Ids of users, and a word for each: which row of roles they have.
//
//     slots   [ hash | where | row ]  12 bytes, open addressing, 54 to 70 % full once it is large
//     text    [ length - 1 | bytes ] [ length - 1 | bytes ] …  in pieces of 64 KiB
//
// A lookup finds its slot by the hash, mostly in one line of the cache, and compares the text
// once. The hash has a seed of its own for each table, because ids may come from outside. To
// remove a user moves those back that had to go further, so nothing fills up with the dead.
//
// INVARIANT: a slot with `row == none` is free, and every user lies between the slot that the
// hash says and the next free one.
#ifndef ROLECALL_SRC_DIRECTORY_ID_TABLE_HPP
#define ROLECALL_SRC_DIRECTORY_ID_TABLE_HPP

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::directory {

class id_table {
public:
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    id_table();

    /// The row of a user; `none` for an unknown one.
    [[nodiscard]] std::uint32_t find(std::string_view id) const noexcept {
        std::size_t const slot = slot_of(id);
        return slot == no_slot ? none : slots_[slot].row;
    }

    /// Makes room for so many more users, with so many bytes of ids. Throws std::bad_alloc, and
    /// std::length_error beyond 4 GiB of ids.
    void reserve(std::size_t users, std::size_t id_bytes);

    /// Adds a user who is not there, of 1 to 256 bytes, for whom there is room.
    void add(std::string_view id, std::uint32_t row) noexcept;
    /// Gives a user who is there another row.
    void set(std::string_view id, std::uint32_t row) noexcept;
    /// Removes a user who is there.
    void remove(std::string_view id) noexcept;

    /// Calls `each(id, row)` for every user, until it says false.
    template <class Each>
    void for_each(Each&& each) const {
        for (entry const& s : slots_)
            if (s.row != none && !each(text(s.where), s.row)) return;
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] std::size_t memory_bytes() const noexcept;
    /// Bytes of the ids themselves.
    [[nodiscard]] std::size_t id_bytes() const noexcept { return live_text_ - size_; }

private:
    struct entry {
        std::uint32_t hash = 0;
        std::uint32_t where = 0;
        std::uint32_t row = none;
    };

    static constexpr std::size_t piece_bytes = std::size_t{64} << 10U;
    static constexpr std::size_t no_slot = ~std::size_t{0};
    using piece = std::unique_ptr<char[]>;

    [[nodiscard]] std::uint32_t hash(std::string_view id) const noexcept;
    [[nodiscard]] std::size_t home(std::uint32_t hash) const noexcept {
        return static_cast<std::size_t>((std::uint64_t{hash} * slots_.size()) >> 32U);
    }
    [[nodiscard]] std::size_t after(std::size_t slot) const noexcept {
        return slot + 1 == slots_.size() ? 0 : slot + 1;
    }
    [[nodiscard]] std::size_t slot_of(std::string_view id) const noexcept;
    [[nodiscard]] std::string_view text(std::uint32_t where) const noexcept {
        char const* const at = pieces_[where / piece_bytes].get() + where % piece_bytes;
        return {at + 1, std::size_t{static_cast<unsigned char>(*at)} + 1};
    }
    [[nodiscard]] std::uint32_t write(std::string_view id) noexcept;
    void insert(entry what) noexcept;
    void rehash(std::size_t slots);
    void compact();

    std::uint64_t seed_;
    std::vector<entry> slots_;
    std::vector<piece> pieces_;
    std::size_t size_ = 0;
    std::size_t next_text_ = 0;  // where the next id goes: counted over all pieces
    std::size_t live_text_ = 0;  // bytes of ids, and a length for each, that are in use
};

}  // namespace rolecall::inline v0_1::directory

#endif
