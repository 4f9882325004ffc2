// Our own reading of a file: from words to a tree.
//
// Columns decide the shape. A collection in block style has one column, in which all its keys
// or dashes stand. What is inside of them stands deeper: at `least`, or further right.
//
//     roles:               least for the value of `roles` is 1
//       support:           least for the value of `support` is 3
//         - view           least for this item is 5
//       billing: [view,
//         store]           brackets give the shape; the lines between them keep to least, 3
//
// INVARIANT: a block collection or value, once read, leaves nothing on its last line but
// blanks and a comment: the next word is the first on its line.
#ifndef ROLECALL_SRC_YAML_TREE_READER_HPP
#define ROLECALL_SRC_YAML_TREE_READER_HPP

#include "yaml/word_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::yaml {

class tree_reader : private word_reader {
public:
    static constexpr std::size_t max_depth = 16;  ///< mappings and sequences around a value

    /// Keeps a view of the text, and the reporter.
    tree_reader(std::string_view text, std::uint32_t file, reporter& report)
        : word_reader(text, file, report) {}

    /// Reads the document. False: the rest of the file could not be read. What was read until
    /// there is in the tree, with the collections that were not finished left `open`.
    bool read(node& root);

private:
    enum class behind { nothing, key, dash };  ///< what a value stands behind

    struct bracket {
        std::size_t offset;
        char opener;
        char closer;
        std::size_t least;
    };

    // tree_reader.cpp: the document, and what all collections have in common
    void read_document(node& root);
    void skip_to_document();
    void expect_document_end();
    void open(node& out, node_kind kind);
    void close(node& out);

    // block.cpp: collections that lines and indentation give their shape
    bool value_behind(behind what, node& out, std::size_t least);
    void block_node(node& out, std::size_t column, std::size_t least);
    void block_mapping(node& out, std::size_t column);
    void block_entry(node& mapping, std::size_t column);
    void block_sequence(node& out, std::size_t column, bool beside_keys);
    void block_item(node& sequence, std::size_t column);
    bool next_stands_in(std::size_t column);

    // flow.cpp: collections that brackets give their shape
    void flow_collection(node& out, std::size_t least);
    void flow_entry(node& mapping, bracket const& in);
    void flow_node(node& out, bracket const& in);
    void skip_to_flow_word(bracket const& in);
    [[nodiscard]] bool at_flow_end(bracket const& in) const noexcept;
    [[noreturn]] void fail_in(bracket const& in);
    [[noreturn]] void fail_not_closed(bracket const& in);

    // lone_value.cpp: what stands behind a key or dash, or alone, and is no block collection
    void lone_value(node& out, std::size_t least);
    void finish_line(node& value);
    void lone_alias(node& out);
    void lone_quoted(node& out, std::size_t least);
    void lone_plain(node& out, std::size_t least);
    void continue_plain(node& out, std::size_t breaks);
    [[nodiscard]] std::size_t skip_to_continuation(std::size_t least);
    void skip_deeper_lines(std::size_t least);

    // block_scalar.cpp: `|` and `>`
    void block_scalar(node& out, std::size_t least);
    [[nodiscard]] std::size_t block_indent(std::size_t least);
    [[nodiscard]] std::vector<std::string_view> take_block_lines(std::size_t indent);

    std::size_t depth_ = 0;
};

}  // namespace rolecall::inline v0_1::yaml

#endif
