// A report of `blast-radius` on its way to a reader, whatever it is about and however it is
// shown: what it says, in tables.
#ifndef ROLECALL_CLI_BLAST_RADIUS_PAGE_HPP
#define ROLECALL_CLI_BLAST_RADIUS_PAGE_HPP

#include "cli/streams.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// What is meant by a text, so that it can have a colour.
enum class tone : std::uint8_t { plain, name, certain, condition, alarm, soft };

/// So many of so many: a bar.
struct page_share {
    std::size_t certain = 0;
    std::size_t possible = 0;
    std::size_t of = 0;
};

/// A cell of a table. Texts are as somebody wrote them: whoever shows them makes them fit.
struct page_cell {
    std::vector<std::string> items;  ///< each by itself, with commas between
    tone how = tone::plain;
    std::optional<page_share> share;
    bool number = false;  ///< stands to the right

    page_cell() = default;
    // NOLINTNEXTLINE(google-explicit-constructor): a text is a cell
    page_cell(std::string text, tone as = tone::plain) : items{std::move(text)}, how(as) {}
    explicit page_cell(std::vector<std::string> texts, tone as = tone::plain)
        : items(std::move(texts)), how(as) {}
    [[nodiscard]] static page_cell of_number(std::size_t value) {
        page_cell cell(with_commas(value));
        cell.number = true;
        return cell;
    }
    [[nodiscard]] static page_cell of_share(page_share share) {
        page_cell cell;
        cell.share = share;
        return cell;
    }
};

struct page_table {
    std::vector<std::string> columns;
    std::vector<std::vector<page_cell>> rows;
};

/// Sentences begin with a capital, have no full stop, and hold no name that a user chose.
struct page_section {
    std::string heading;
    std::vector<std::string> labels;  ///< beside the heading: laws
    std::vector<std::string> sentences;
    page_table table;
    std::vector<std::string> notes;  ///< sentences below the table
};

struct page {
    std::string title;  ///< holds names that a user may have chosen
    std::vector<std::pair<std::string, page_cell>> facts;  ///< `Holds`, `On`, `Policy`
    std::vector<std::string> summary;                      ///< sentences
    std::vector<page_section> sections;
};

void write_page_text(page const& of, std::size_t width, output& to);
void write_page_markdown(page const& of, output& to);
void write_page_html(page const& of, output& to);

}  // namespace rolecall::inline v0_1::cli

#endif
