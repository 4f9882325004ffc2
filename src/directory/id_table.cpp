#include "directory/id_table.hpp"

#include <rolecall/detail/name_table.hpp>

#include <algorithm>
#include <cstring>
#include <random>
#include <stdexcept>

namespace rolecall::inline v0_1::directory {
namespace {

constexpr std::size_t least_slots = 16;

// 70 % are full at most: of 10 slots, 7.
constexpr std::size_t slots_for(std::size_t users) noexcept { return users / 7 * 10 + 11; }

std::uint64_t random_seed() {
    std::random_device random;
    return std::uint64_t{random()} << 32U | random();
}

}  // namespace

id_table::id_table() : seed_(random_seed()), slots_(least_slots) {}

std::uint32_t id_table::hash(std::string_view id) const noexcept {
    return detail::hash_name(id, seed_);
}

std::size_t id_table::slot_of(std::string_view id) const noexcept {
    std::uint32_t const wanted = hash(id);
    for (std::size_t at = home(wanted);; at = after(at)) {
        entry const& s = slots_[at];
        if (s.row == none) return no_slot;
        if (s.hash == wanted && text(s.where) == id) return at;
    }
}

void id_table::reserve(std::size_t users, std::size_t id_bytes) {
    // An id may leave the rest of a piece empty, 256 bytes at most.
    std::size_t const more = id_bytes + users;
    std::size_t const dead = next_text_ - live_text_;
    if (dead > live_text_ + more && dead > piece_bytes) compact();
    constexpr std::size_t longest = 257;
    std::size_t const worst =
        next_text_ + more + more / (piece_bytes - longest) * longest + longest;
    if (worst >= std::size_t{none}) throw std::length_error("more than 4 GiB of user ids");
    std::size_t const pieces = worst / piece_bytes + 1;
    pieces_.reserve(pieces);
    // A vector of the pieces that are sure to be used; the others are made as they are needed,
    // which is why they are made here.
    while (pieces_.size() < pieces)
        pieces_.push_back(std::make_unique_for_overwrite<char[]>(piece_bytes));

    std::size_t const needed = slots_for(size_ + users);
    if (needed > slots_.size()) rehash(std::max(needed, slots_.size() + slots_.size() * 3 / 10));
}

std::uint32_t id_table::write(std::string_view id) noexcept {
    std::size_t const bytes = id.size() + 1;
    if (next_text_ % piece_bytes + bytes > piece_bytes)
        next_text_ = (next_text_ / piece_bytes + 1) * piece_bytes;
    char* const to = pieces_[next_text_ / piece_bytes].get() + next_text_ % piece_bytes;
    *to = static_cast<char>(static_cast<unsigned char>(id.size() - 1));
    std::memcpy(to + 1, id.data(), id.size());
    auto const where = static_cast<std::uint32_t>(next_text_);
    next_text_ += bytes;
    live_text_ += bytes;
    return where;
}

void id_table::insert(entry what) noexcept {
    std::size_t at = home(what.hash);
    while (slots_[at].row != none) at = after(at);
    slots_[at] = what;
}

void id_table::add(std::string_view id, std::uint32_t row) noexcept {
    insert({hash(id), write(id), row});
    ++size_;
}

void id_table::set(std::string_view id, std::uint32_t row) noexcept {
    slots_[slot_of(id)].row = row;
}

void id_table::remove(std::string_view id) noexcept {
    std::size_t free = slot_of(id);
    live_text_ -= id.size() + 1;
    --size_;
    // Whoever comes next and may stand here moves here: not those whose own place lies behind.
    for (std::size_t at = after(free); slots_[at].row != none; at = after(at)) {
        std::size_t const own = home(slots_[at].hash);
        bool const between = free <= at ? own > free && own <= at : own > free || own <= at;
        if (between) continue;
        slots_[free] = slots_[at];
        free = at;
    }
    slots_[free] = {};
}

void id_table::rehash(std::size_t slots) {
    std::vector<entry> old(slots);
    old.swap(slots_);
    for (entry const& s : old)
        if (s.row != none) insert(s);
}

// Writes the ids of those who are there into new pieces.
void id_table::compact() {
    std::size_t const pieces = live_text_ / (piece_bytes - 257) + 1;
    std::vector<piece> old;
    old.reserve(pieces);
    while (old.size() < pieces) old.push_back(std::make_unique_for_overwrite<char[]>(piece_bytes));
    old.swap(pieces_);
    next_text_ = 0;
    live_text_ = 0;
    for (entry& s : slots_) {
        if (s.row == none) continue;
        char const* const at = old[s.where / piece_bytes].get() + s.where % piece_bytes;
        s.where = write({at + 1, std::size_t{static_cast<unsigned char>(*at)} + 1});
    }
}

std::size_t id_table::memory_bytes() const noexcept {
    return slots_.capacity() * sizeof(entry) + pieces_.size() * piece_bytes +
           pieces_.capacity() * sizeof(piece);
}

}  // namespace rolecall::inline v0_1::directory
