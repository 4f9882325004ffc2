#include "yaml/tree_reader.hpp"

#include <algorithm>
#include <string>

namespace rolecall::inline v0_1::yaml {

bool tree_reader::read(node& root) {
    try {
        read_document(root);
        characters_.text_until(text_.size());
        return true;
    } catch (broken_off const&) {
        characters_.text_until(cursor_.offset());
        characters_.unread_until_end();
        return false;
    }
}

void tree_reader::read_document(node& root) {
    skip_to_document();
    if (!at_document_end()) value_behind(behind::nothing, root, 0);
    expect_document_end();
}

// Over directives and `---`. A file that has markers, but nothing between them, was meant to
// hold something.
void tree_reader::skip_to_document() {
    skip_to_word();
    while (cursor_.column() == 0 && cursor_.peek() == '%') {
        std::size_t const begin = cursor_.offset();
        cursor_.skip_to_line_end();
        report_.add(diagnostic_code::yaml_directive, begin, cursor_.offset(),
                    "directives are not part of the format; remove this line");
        skip_to_word();
    }
    if (cursor_.at_end()) return;

    std::size_t const marker = cursor_.offset();
    if (cursor_.at_marker("---")) {
        cursor_.advance(3);
        cursor_.skip_blanks();
        if (!line_is_over()) fail("nothing may stand behind `---`; begin on the next line");
        skip_to_word();
    }
    if (at_document_end())
        report_.add(diagnostic_code::empty_value, marker, marker + 3, "this document is empty");
}

void tree_reader::expect_document_end() {
    skip_to_word();
    if (cursor_.at_marker("...")) {
        cursor_.advance(3);
        expect_line_end();
        skip_to_word();
    } else if (!at_document_end()) {
        fail("this line belongs to nothing above it; check its indentation");
    }
    if (!cursor_.at_end())
        refuse(diagnostic_code::several_documents, cursor_.offset(),
               scalar_at(text_, cursor_.offset(), context::block).end,
               "a second document begins here; a policy file holds one");
}

void tree_reader::open(node& out, node_kind kind) {
    std::size_t const begin = cursor_.offset();
    if (depth_ == max_depth)
        refuse(diagnostic_code::too_deep, begin, begin + 1,
               "more than " + std::to_string(max_depth) + " mappings and lists within each other");
    ++depth_;
    out.kind = kind;
    out.at = places_.at(begin, begin + 1);
    out.begin = static_cast<std::uint32_t>(begin);
    out.open = true;
}

// A collection in block style ends with the last that is in it.
void tree_reader::close(node& out) {
    --depth_;
    out.open = false;
    if (text_[out.begin] == '[' || text_[out.begin] == '{')
        out.end = static_cast<std::uint32_t>(cursor_.offset());
    else if (out.kind == node_kind::sequence)
        out.end = out.items.back().end;
    else
        out.end = std::max(out.entries.back().key.end, out.entries.back().value.end);
}

}  // namespace rolecall::inline v0_1::yaml
