// Words that are taken out of a text, and what then becomes of their lines.
#ifndef ROLECALL_SRC_DOCUMENT_TEXT_CUTS_HPP
#define ROLECALL_SRC_DOCUMENT_TEXT_CUTS_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::yaml {

/// Every line on which nothing is taken out stays byte for byte. One on which nothing but blanks
/// and a comment is left goes with its line break. On the others, blanks go where there would be
/// two, or where the line would end with them.
class text_cuts {
public:
    /// Keeps a view of the text.
    explicit text_cuts(std::string_view text) noexcept : text_(text) {}

    /// Takes out the words from `begin` to `end`, over several lines perhaps, but no comment
    /// that stands between them. A word begins at `begin`, and none has ` #` in it, not even
    /// in quotes: they are names.
    void take(std::size_t begin, std::size_t end);

    struct outcome {
        std::string text;
        std::vector<std::uint32_t> lines;  ///< of each line, its number before, from 1
    };
    [[nodiscard]] outcome apply() &&;

    /// The first comma from `begin` to `end` that stands in no comment, or npos. No word begins
    /// there.
    [[nodiscard]] std::size_t comma(std::size_t begin, std::size_t end) const noexcept;

private:
    /// Lies on one line.
    struct piece {
        std::size_t begin, end;
    };

    [[nodiscard]] bool at_comment(std::size_t at) const noexcept;
    void join_pieces();
    void cut_line(std::size_t begin, std::size_t end, piece const* from, piece const* to,
                  std::string& into) const;

    std::string_view text_;
    std::vector<piece> pieces_;
};

}  // namespace rolecall::inline v0_1::yaml

#endif
