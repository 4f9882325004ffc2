// Reads words one behind the other: scalars and keys that lie on one line, and what stands
// between them. Knows nothing of how they make up a tree.
#ifndef ROLECALL_SRC_YAML_WORD_READER_HPP
#define ROLECALL_SRC_YAML_WORD_READER_HPP

#include "yaml/character_check.hpp"
#include "yaml/cursor.hpp"
#include "yaml/node.hpp"
#include "yaml/reporter.hpp"
#include "yaml/spans.hpp"
#include "yaml/text_places.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::yaml {

class word_reader {
public:
    static constexpr std::size_t max_key_bytes = 1024;  ///< YAML's own limit

protected:
    /// Thrown where reading can't go on; why was reported before.
    struct broken_off {};

    word_reader(std::string_view text, std::uint32_t file, reporter& report);

    /// To the next word, over blanks, comments and lines.
    void skip_to_word();
    void skip_comment();

    /// Over anchors and tags, which are reported.
    void skip_properties(context in);

    /// Takes a scalar that lies on one line, and is closed, as value or key. What the format
    /// refuses becomes `nothing`.
    void take_value(node& out, scalar_span const& span);
    void take_key(node& out, scalar_span const& span);
    void take_alias(node& out, context in);

    /// The scalar on one line, or the key, that must begin here. Fails where none can, or where
    /// its quote is not closed.
    scalar_span expect_word(context in);
    scalar_span expect_key_word(context in);

    /// The offset of the `:` behind a key, or npos. Fails where a space is missing.
    std::size_t colon_of_key(scalar_span const& key, context in);

    void expect_plain_begin(context in);
    void expect_line_end();

    void report_unclosed(scalar_span const& word);
    void report_empty(scalar_span const& key);

    [[nodiscard]] bool at_key() const noexcept;
    [[nodiscard]] bool at_document_end() const noexcept;

    /// Whether nothing more stands on this line, or a comment.
    [[nodiscard]] bool line_is_over() const noexcept {
        return cursor_.at_line_end() || cursor_.at_comment();
    }

    /// Both report and end the reading: with yaml-syntax, or with a code of its own. The
    /// first has a form that points at the word here.
    [[noreturn]] void fail(std::string text);
    [[noreturn]] void fail(std::size_t begin, std::size_t end, std::string text);
    [[noreturn]] void refuse(diagnostic_code code, std::size_t begin, std::size_t end,
                             std::string text);
    [[noreturn]] void refuse_complex_key(std::size_t begin);

    std::string_view text_;
    cursor cursor_;
    text_places places_;  // of nodes: their offsets only grow
    reporter& report_;
    character_check characters_;

private:
    void take_scalar(node& out, scalar_span const& span);
    bool refuse_null(node& out, scalar_span const& span);
    [[noreturn]] void fail_tight_colon(std::size_t colon);
};

}  // namespace rolecall::inline v0_1::yaml

#endif
