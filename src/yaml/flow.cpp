#include "yaml/tree_reader.hpp"

#include <string>

namespace rolecall::inline v0_1::yaml {

void tree_reader::flow_collection(node& out, std::size_t least) {
    bool const is_mapping = cursor_.peek() == '{';
    bracket const in{cursor_.offset(), cursor_.peek(), is_mapping ? '}' : ']', least};
    open(out, is_mapping ? node_kind::mapping : node_kind::sequence);
    do {
        cursor_.advance();  // over the bracket, or a comma
        skip_to_flow_word(in);
        if (cursor_.peek() == in.closer) break;
        if (cursor_.peek() == ',') {
            report_.add(diagnostic_code::empty_value, cursor_.offset(), cursor_.offset() + 1,
                        "nothing stands before this comma; remove it");
            continue;
        }
        if (is_mapping)
            flow_entry(out, in);
        else
            flow_node(out.items.emplace_back(), in);
        skip_to_flow_word(in);
        if (!at_flow_end(in)) fail_in(in);
    } while (cursor_.peek() == ',');
    cursor_.advance();
    close(out);
}

void tree_reader::flow_entry(node& mapping, bracket const& in) {
    skip_properties(context::flow);
    scalar_span const key = expect_key_word(context::flow);
    std::size_t const colon = colon_of_key(key, context::flow);

    entry& added = mapping.entries.emplace_back();
    take_key(added.key, key);
    added.value.at = added.key.at;
    bool const has_colon = colon != std::string_view::npos;
    if (has_colon) cursor_.move_to(colon + 1);
    skip_to_flow_word(in);
    if (at_flow_end(in))
        report_empty(key);
    else if (has_colon)
        flow_node(added.value, in);
    else
        fail_in(in);
}

void tree_reader::flow_node(node& out, bracket const& in) {
    skip_properties(context::flow);
    skip_to_flow_word(in);
    char const c = cursor_.peek();
    if (c == '[' || c == '{')
        flow_collection(out, in.least);
    else if (c == '*')
        take_alias(out, context::flow);
    else if (!at_flow_end(in))  // only a refused property can end so
        take_value(out, expect_word(context::flow));
}

// Lines between brackets are indented like everything below their key; only a closing
// bracket may stand in the column of the key.
void tree_reader::skip_to_flow_word(bracket const& in) {
    std::size_t const line = cursor_.line_begin();
    skip_to_word();
    if (at_document_end()) fail_not_closed(in);
    bool const closes = cursor_.peek() == in.closer;
    bool const is_new_line = cursor_.line_begin() != line;
    if (is_new_line && cursor_.column() + (closes ? 1 : 0) < in.least) fail_not_closed(in);
}

bool tree_reader::at_flow_end(bracket const& in) const noexcept {
    return cursor_.peek() == ',' || cursor_.peek() == in.closer;
}

void tree_reader::fail_in(bracket const& in) {
    std::size_t const at = cursor_.offset();
    if (cursor_.peek() == ':' && in.closer == ']')
        fail(at, at + 1, "put braces around a key and its value in a list: `{key: value}`");
    std::string const closer(1, in.closer);
    if (cursor_.peek() == ']' || cursor_.peek() == '}')
        fail(at, at + 1,
             "expected `" + closer + "`, which closes the last bracket that was opened");
    fail(at, scalar_at(text_, at, context::flow).end, "expected `,` or `" + closer + '`');
}

void tree_reader::fail_not_closed(bracket const& in) {
    std::vector<detail::related_place> related;
    if (!cursor_.at_end())
        related.push_back({report_.at(cursor_.offset(), cursor_.offset() + 1),
                           "this line does not belong to it"});
    report_.add(diagnostic_code::yaml_syntax, in.offset, in.offset + 1,
                "this `" + std::string(1, in.opener) + "` is not closed", std::move(related));
    throw broken_off{};
}

}  // namespace rolecall::inline v0_1::yaml
