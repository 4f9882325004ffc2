#include "yaml/tree_reader.hpp"

namespace rolecall::inline v0_1::yaml {

// Reads a value that begins on the line of its key or dash, or deeper on the lines below.
// False: there is none, and the cursor is at the next word.
bool tree_reader::value_behind(behind what, node& out, std::size_t least) {
    bool first_on_line = what != behind::key;
    for (;;) {
        cursor_.skip_blanks();
        std::size_t const column = cursor_.column();
        skip_properties(context::block);
        if (!line_is_over()) {
            // Behind a dash, a collection may begin as if on a line of its own.
            if (first_on_line)
                block_node(out, column, least);
            else
                lone_value(out, least);
            return true;
        }

        skip_to_word();
        if (at_document_end()) return false;
        bool const beside_keys = what == behind::key && cursor_.column() + 1 == least;
        if (beside_keys && cursor_.at_indicator('-')) {
            block_sequence(out, cursor_.column(), true);
            return true;
        }
        if (cursor_.column() < least) return false;
        first_on_line = true;
    }
}

void tree_reader::block_node(node& out, std::size_t column, std::size_t least) {
    if (cursor_.at_indicator('-'))
        block_sequence(out, column, false);
    else if (at_key())
        block_mapping(out, column);
    else
        lone_value(out, least);
}

// To the next key or dash of a collection. False: the collection ended.
bool tree_reader::next_stands_in(std::size_t column) {
    skip_to_word();
    if (at_document_end() || cursor_.column() < column) return false;
    if (cursor_.column() > column)
        fail("this line belongs to nothing above it; check its indentation");
    return true;
}

void tree_reader::block_mapping(node& out, std::size_t column) {
    open(out, node_kind::mapping);
    do {
        block_entry(out, column);
    } while (next_stands_in(column));
    close(out);
}

void tree_reader::block_entry(node& mapping, std::size_t column) {
    skip_properties(context::block);
    if (cursor_.at_indicator('-'))
        fail(cursor_.offset(), cursor_.offset() + 1,
             "a list item can't stand among keys; check its indentation");
    scalar_span const key = expect_key_word(context::block);
    std::size_t const colon = colon_of_key(key, context::block);
    if (colon == std::string_view::npos)
        fail("expected `:` behind the key " + detail::in_backticks(key.inside(text_)));

    entry& added = mapping.entries.emplace_back();
    take_key(added.key, key);
    added.value.at = added.key.at;
    cursor_.move_to(colon + 1);
    if (!value_behind(behind::key, added.value, column + 1)) report_empty(key);
}

// A list may stand in the column of the key that it belongs to: it ends where a key stands.
void tree_reader::block_sequence(node& out, std::size_t column, bool beside_keys) {
    open(out, node_kind::sequence);
    do {
        block_item(out, column);
        if (!next_stands_in(column)) break;
        if (!cursor_.at_indicator('-') && !beside_keys)
            fail("expected `- ` as on the lines above; check the indentation");
    } while (cursor_.at_indicator('-'));
    close(out);
}

void tree_reader::block_item(node& sequence, std::size_t column) {
    std::size_t const dash = cursor_.offset();
    node& item = sequence.items.emplace_back();
    item.at = places_.at(dash, dash + 1);
    item.dash = static_cast<std::uint32_t>(dash);
    cursor_.advance();
    if (!value_behind(behind::dash, item, column + 1))
        report_.add(diagnostic_code::empty_value, dash, dash + 1,
                    "this list item is empty; give it a value, or remove it");
}

}  // namespace rolecall::inline v0_1::yaml
