#include "import/csv_reader.hpp"

#include "import/text_check.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace rolecall::inline v0_1::csv {

namespace {

constexpr char quote = '"';

// The delimiter that the first line with any text has most of, outside quotes.
char detect_delimiter(std::string_view text) noexcept {
    constexpr std::array candidates{',', ';', '\t'};
    std::array<std::size_t, candidates.size()> counts{};
    bool in_quotes = false, any_text = false;
    for (char const c : text.substr(0, csv_reader::max_row_bytes)) {
        if (c == '\n' && !in_quotes && any_text) break;
        if (c == quote) in_quotes = !in_quotes;
        any_text = any_text || (c != '\r' && c != '\n' && c != ' ');
        auto const found = std::find(candidates.begin(), candidates.end(), c);
        if (found != candidates.end() && !in_quotes)
            ++counts[static_cast<std::size_t>(found - candidates.begin())];
    }
    auto const most = std::max_element(counts.begin(), counts.end());
    return candidates[static_cast<std::size_t>(most - counts.begin())];
}

std::uint32_t length_of(std::string_view word) noexcept {
    return std::max(static_cast<std::uint32_t>(detail::count_code_points(word)), 1U);
}

bool is_blank(csv_row const& row) noexcept {
    return std::all_of(row.begin(), row.end(),
                       [](csv_cell const& cell) { return cell.text.empty(); });
}

}  // namespace

csv_reader::csv_reader(source_file const& file, std::uint32_t number, problems& found,
                       quoted_blanks blanks)
    : text_(file.text),
      number_(number),
      found_(&found),
      delimiter_(detect_delimiter(text_)),
      blanks_(blanks) {
    csv_row first;
    while (!at_end() && is_blank(first))
        if (!read_row(first)) {
            left_out_ = true;
            stop();  // without a header no row means anything
            return;
        }
    if (!is_blank(first)) header_ = std::move(first);
    if (header_.empty())
        found.add(diagnostic_code::csv_syntax, {number, 0, 0, 0},
                  "this file is empty; the first row of a table names its columns");
}

bool csv_reader::next(csv_row& row) {
    while (!at_end()) {
        bool const whole = read_row(row);
        if (whole && is_blank(row)) continue;
        if (whole && check_width(row)) return true;
        left_out_ = true;
    }
    return false;
}

bool csv_reader::read_row(csv_row& row) {
    row.clear();
    place const first = here();
    std::size_t const begin = offset_;
    for (;;) {
        if (!read_cell(row)) return false;
        if (offset_ - begin > max_row_bytes) {
            found_->add(diagnostic_code::csv_syntax, first,
                        "this row has more than " + std::to_string(max_row_bytes >> 10U) +
                            " KiB; a quote may be missing, or this is no table");
            stop();
            return false;
        }
        if (at_end()) return true;
        bool const more = text_[offset_] == delimiter_;
        if (!more) skip_row();
        if (!more) return true;
        advance_to(offset_ + 1);
    }
}

bool csv_reader::read_cell(csv_row& row) {
    if (!at_end() && text_[offset_] == quote) return read_quoted_cell(row);
    std::array const ends{delimiter_, quote, '\r', '\n'};
    std::size_t const end =
        std::min(text_.find_first_of({ends.data(), ends.size()}, offset_), text_.size());
    std::string_view const raw = text_.substr(offset_, end - offset_);
    std::string_view const word = trimmed(raw);
    place at = here();
    if (!word.empty()) {
        auto const before = static_cast<std::size_t>(word.data() - raw.data());
        at.column += static_cast<std::uint32_t>(detail::count_code_points(raw.substr(0, before)));
    }
    at.length = length_of(word);
    advance_to(end);
    if (!at_end() && text_[offset_] == quote) {
        found_->add(diagnostic_code::csv_syntax, here(),
                    "a quote within a cell; put the whole cell in quotes, and double this one");
        skip_row();
        return false;
    }
    row.push_back({std::string(word), at});
    return true;
}

bool csv_reader::read_quoted_cell(csv_row& row) {
    place opened = here();
    std::string value;
    std::size_t from = offset_ + 1;
    for (;;) {
        std::size_t const end = text_.find(quote, from);
        if (end == std::string_view::npos) {
            found_->add(diagnostic_code::csv_syntax, opened,
                        "this quote is never closed; what follows it can't be read");
            stop();
            return false;
        }
        value += text_.substr(from, end - from);
        from = end + 1;
        if (from == text_.size() || text_[from] != quote) break;
        value += quote;
        ++from;
    }
    std::string_view const raw = text_.substr(offset_, from - offset_);
    opened.length = length_of(raw.substr(0, raw.find_first_of("\r\n")));
    advance_to(from);
    if (!check_after_quote(opened)) return false;
    if (blanks_ == quoted_blanks::removed) value = std::string(trimmed(value));
    row.push_back({std::move(value), opened});
    return true;
}

// A cell ends with its closing quote. If it does not, the quote that opened it may be the
// wrong one, lines above.
bool csv_reader::check_after_quote(place opened) {
    if (at_end()) return true;
    char const c = text_[offset_];
    if (c == delimiter_ || c == '\r' || c == '\n') return true;
    std::vector<detail::related_place> related;
    if (opened.line != line_) related.push_back({opened, "the cell begins here"});
    found_->add(diagnostic_code::csv_syntax, here(),
                "text after the quote that closes a cell; double a quote that is part of the "
                "text",
                std::move(related));
    skip_row();
    return false;
}

bool csv_reader::check_width(csv_row const& row) {
    if (row.size() == header_.size()) return true;
    place const at = row.size() > header_.size() ? row[header_.size()].at : row.back().at;
    found_->add(diagnostic_code::csv_syntax, at,
                "this row has " + std::to_string(row.size()) +
                    (row.size() == 1 ? " cell" : " cells") + ", and the header has " +
                    std::to_string(header_.size()));
    return false;
}

void csv_reader::advance_to(std::size_t offset) noexcept {
    std::string_view passed = text_.substr(offset_, offset - offset_);
    offset_ = offset;
    for (std::size_t end = passed.find('\n'); end != std::string_view::npos;
         end = passed.find('\n')) {
        ++line_;
        column_ = 1;
        passed.remove_prefix(end + 1);
    }
    column_ += static_cast<std::uint32_t>(detail::count_code_points(passed));
}

// To the beginning of the next line.
void csv_reader::skip_row() noexcept {
    std::size_t const end = text_.find('\n', offset_);
    advance_to(end == std::string_view::npos ? text_.size() : end + 1);
}

}  // namespace rolecall::inline v0_1::csv
