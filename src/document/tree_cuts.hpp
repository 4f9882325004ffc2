// What is taken out of the tree of a file, and the text of the file without it.
//
//     file ─ sections ─ entries ─ body of a role ─ `may` ─ a line ─ its rights
//     0      1          2         from here on things can go, and with the last that a mapping
//                                 or list has, the mapping or list itself
#ifndef ROLECALL_SRC_DOCUMENT_TREE_CUTS_HPP
#define ROLECALL_SRC_DOCUMENT_TREE_CUTS_HPP

#include "document/text_cuts.hpp"
#include "yaml/node.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rolecall::inline v0_1::yaml {

/// The roles and users of a file, each word of which can be found by its place.
class tree_index {
public:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    /// An entry of a mapping, or an item of a list.
    struct child {
        node const* of;       ///< the mapping or list
        std::size_t number;   ///< in it
        std::size_t outer;    ///< the child that `of` is, or is the value of
        std::uint32_t depth;  ///< of `of`; 0 for that of the file

        [[nodiscard]] node const& value() const noexcept {
            return of->kind == node_kind::mapping ? of->entries[number].value : of->items[number];
        }
    };

    /// Keeps pointers into the tree.
    explicit tree_index(node const& root);

    /// The entry whose key or value the word at that place is, or the item that it is; or none.
    [[nodiscard]] std::size_t find(place const& at) const noexcept;

    /// The first child of a mapping or list; the others follow. None where it has none.
    [[nodiscard]] std::size_t first_of(node const& collection) const noexcept;

    [[nodiscard]] child const& operator[](std::size_t number) const noexcept {
        return children_[number];
    }

private:
    void add(node const& collection, std::size_t outer, std::uint32_t depth);
    void remember(node const& word, std::size_t number);

    std::vector<child> children_;
    std::unordered_map<std::uint64_t, std::size_t> by_place_;
    std::unordered_map<node const*, std::size_t> first_;
};

class tree_cuts {
public:
    static constexpr std::uint32_t body = 2;  ///< the depth of the body of a role or user

    /// Keeps the index.
    explicit tree_cuts(tree_index const& index) noexcept : index_(&index) {}

    /// Takes out an entry or item. False: nothing would be left of the body around it.
    bool take(std::size_t number);

    /// Takes out several of one list; all or none. False: nothing would be left of it.
    bool take_all(std::span<std::size_t const> children);

    void apply(std::string_view text, text_cuts& to) const;

private:
    struct marks {
        std::vector<bool> gone;
        std::size_t count = 0;
    };

    marks& marks_of(node const& collection);
    void mark(tree_index::child const& what);
    static void cut_block(node const& from, marks const& which, text_cuts& to);
    static void cut_flow(node const& from, marks const& which, std::string_view text,
                         text_cuts& to);

    tree_index const* index_;
    std::unordered_map<node const*, marks> marks_;
};

}  // namespace rolecall::inline v0_1::yaml

#endif
