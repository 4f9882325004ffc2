// Tables of comma-separated values, row by row, with the place of every cell.
//
// RFC 4180, and what spreadsheets make of it: cells are parted by commas, semicolons or tabs,
// whichever the header has most of; rows end with LF or CR LF; a cell in quotes may hold
// delimiters, line breaks, and quotes that are doubled. Blanks around a cell are not part of
// it (within quotes: if the reader is told to keep them), and rows without any text don't
// count. What RFC 4180 leaves open is refused: a quote
// within an unquoted cell, text after a closing quote, a row with more or fewer cells than
// the header. Reading it one way or another would move rights into other columns.
#ifndef ROLECALL_IMPORT_CSV_READER_HPP
#define ROLECALL_IMPORT_CSV_READER_HPP

#include "import/problems.hpp"
#include <rolecall/document.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::csv {

struct csv_cell {
    std::string text;  ///< without its quotes and the blanks around it
    place at;          ///< of its first line, quotes included
};

using csv_row = std::vector<csv_cell>;

class csv_reader {
public:
    /// A row with more bytes is no row of a table that people keep.
    static constexpr std::size_t max_row_bytes = std::size_t{128} << 10U;

    /// What becomes of blanks that stand within the quotes of a cell.
    enum class quoted_blanks : std::uint8_t { removed, kept };

    /// Reads the header. The file must have passed `check_text`; it and the problems must
    /// outlive the reader.
    csv_reader(source_file const& file, std::uint32_t number, problems& found,
               quoted_blanks blanks = quoted_blanks::removed);

    /// The cells of the first row; none if there is no row, which has been reported.
    [[nodiscard]] csv_row const& header() const noexcept { return header_; }

    /// Reads the next row, which has as many cells as the header. False at the end. What is
    /// wrong is reported (csv-syntax) and left out.
    bool next(csv_row& row);

    /// Whether a row was left out: the table may hold more than what was read.
    [[nodiscard]] bool left_out_any() const noexcept { return left_out_; }

private:
    [[nodiscard]] bool at_end() const noexcept { return offset_ == text_.size(); }
    [[nodiscard]] place here() const noexcept { return {number_, line_, column_, 1}; }

    bool read_row(csv_row& row);
    bool read_cell(csv_row& row);
    bool read_quoted_cell(csv_row& row);
    bool check_after_quote(place opened);
    bool check_width(csv_row const& row);
    void advance_to(std::size_t offset) noexcept;
    void skip_row() noexcept;
    void stop() noexcept { offset_ = text_.size(); }

    std::string_view text_;
    std::uint32_t number_;
    problems* found_;
    char delimiter_;
    quoted_blanks blanks_;
    csv_row header_;
    std::size_t offset_ = 0;
    std::uint32_t line_ = 1, column_ = 1;  // of offset_
    bool left_out_ = false;
};

}  // namespace rolecall::inline v0_1::csv

#endif
