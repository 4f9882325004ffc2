#include "cli/matrix/matrix_text.hpp"

#include <rolecall/detail/suggest.hpp>
#include <rolecall/diagnostic_text.hpp>

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::string_view nothing = "·";  // two bytes, one column
constexpr std::size_t gap = 2;

// Bits by the place of an action in the table's list.
struct cell_rights {
    std::uint32_t always = 0;
    std::uint32_t conditional = 0;
};

std::string spaces(std::size_t count) { return std::string(count, ' '); }

std::string padded(std::string_view text, std::size_t width) {
    return std::string(text) + spaces(width > text.size() ? width - text.size() : 0);
}

std::size_t longest(std::vector<std::string> const& names) {
    std::size_t most = 0;
    for (std::string const& name : names) most = std::max(most, name.size());
    return most;
}

// Rows and columns of the grid, either way round; columns cut into blocks that fit.
struct grid_layout {
    bool roles_down = true;
    std::vector<std::string> const* rows = nullptr;
    std::vector<std::string> const* columns = nullptr;
    std::vector<std::size_t> blocks;  // where each ends, in columns

    [[nodiscard]] std::size_t lines() const { return blocks.size() * (rows->size() + 2); }
};

class matrix_writer {
public:
    matrix_writer(rights_table const& table, std::size_t width, output& out)
        : table_(table),
          width_(width),
          out_(out),
          colour_(out.colour()),
          letters_(action_letters(table.actions)),
          cells_(cells_of(table)) {}

    void write() {
        if (!table_.title.empty()) {
            out_.line(std::string(colour_.heading) + table_.title + std::string(colour_.reset));
            out_.write("\n");
        }
        grid_layout const down = layout(true);
        grid_layout const across = layout(false);
        grid_layout const& grid = across.blocks.size() < down.blocks.size() ? across : down;
        if (grid.blocks.size() > 1 && grid.lines() > list_lines()) return write_list();
        write_grid(grid);
        write_legend();
        write_conditions();
    }

private:
    // ---- The grid ------------------------------------------------------------------------

    [[nodiscard]] std::size_t column_width(std::string const& name) const {
        return gap + std::max(name.size(), letters_.size());
    }

    [[nodiscard]] grid_layout layout(bool roles_down) const {
        grid_layout result;
        result.roles_down = roles_down;
        result.rows = roles_down ? &table_.roles : &table_.categories;
        result.columns = roles_down ? &table_.categories : &table_.roles;
        std::size_t const label = longest(*result.rows);
        std::size_t used = label;
        std::size_t first = 0;
        for (std::size_t i = 0; i < result.columns->size(); ++i) {
            std::size_t const needed = column_width((*result.columns)[i]);
            if (i > first && used + needed > width_) {
                result.blocks.push_back(i);
                used = label;
                first = i;
            }
            used += needed;
        }
        result.blocks.push_back(result.columns->size());
        return result;
    }

    void write_grid(grid_layout const& grid) {
        std::map<std::pair<std::string_view, std::string_view>, cell_rights> rights;
        for (rights_of_cell const& cell : cells_)
            rights[{cell.front().role, cell.front().category}] = bits(cell);

        std::size_t const label = longest(*grid.rows);
        std::size_t first = 0;
        for (std::size_t const end : grid.blocks) {
            std::string head = spaces(label);
            for (std::size_t i = first; i < end; ++i)
                head += spaces(gap) +
                        padded((*grid.columns)[i], column_width((*grid.columns)[i]) - gap);
            head.erase(head.find_last_not_of(' ') + 1);
            out_.line(std::string(colour_.heading) + head + std::string(colour_.reset));
            for (std::string const& row : *grid.rows) {
                std::string line =
                    std::string(colour_.heading) + padded(row, label) + std::string(colour_.reset);
                std::size_t pending = 0;
                for (std::size_t i = first; i < end; ++i) {
                    std::string const& column = (*grid.columns)[i];
                    std::pair<std::string_view, std::string_view> key{row, column};
                    if (!grid.roles_down) std::swap(key.first, key.second);
                    auto const found = rights.find(key);
                    cell_rights const cell = found == rights.end() ? cell_rights{} : found->second;
                    line += spaces(pending + gap) + cell_text(cell);
                    pending = column_width(column) - gap - cell_columns(cell);
                }
                out_.line(line);
            }
            out_.write("\n");
            first = end;
        }
    }

    [[nodiscard]] cell_rights bits(rights_of_cell cell) const {
        cell_rights result;
        for (effective_right const& right : cell) {
            auto const found =
                std::find(table_.actions.begin(), table_.actions.end(), right.action);
            assert(found != table_.actions.end());
            std::uint32_t const bit = 1U
                                      << static_cast<std::uint32_t>(found - table_.actions.begin());
            (right.condition.empty() ? result.always : result.conditional) |= bit;
        }
        return result;
    }

    [[nodiscard]] std::size_t cell_columns(cell_rights cell) const {
        return (cell.always | cell.conditional) == 0 ? 1 : letters_.size();
    }

    [[nodiscard]] std::string in_colour(std::string_view colour, std::string_view text) const {
        return std::string(colour) + std::string(text) + std::string(colour_.reset);
    }

    [[nodiscard]] std::string cell_text(cell_rights cell) const {
        if ((cell.always | cell.conditional) == 0) return in_colour(colour_.faint, nothing);
        std::string text;
        for (std::size_t i = 0; i < letters_.size(); ++i) {
            std::string_view const letter = std::string_view(letters_).substr(i, 1);
            if ((cell.always >> i & 1U) != 0)
                text += in_colour(colour_.allow, letter);
            else if ((cell.conditional >> i & 1U) != 0)
                text +=
                    in_colour(colour_.condition, std::string(1, detail::ascii_lower(letter[0])));
            else
                text += in_colour(colour_.faint, nothing);
        }
        return text;
    }

    // Its parts, in as many lines as they need.
    void write_legend() {
        std::size_t used = 0;
        auto const add = [&](std::string_view colour, std::string_view key,
                             std::string const& meaning) {
            std::size_t const needed = detail::display_width(key) + meaning.size();
            bool const fits = used + gap + needed <= width_;
            if (used > 0) out_.write(fits ? spaces(gap) : std::string("\n"));
            used = (used > 0 && fits ? used + gap : 0) + needed;
            out_.write(in_colour(colour, key) + meaning);
        };
        for (std::size_t i = 0; i < letters_.size(); ++i)
            add(colour_.allow, letters_.substr(i, 1), ' ' + table_.actions[i]);
        add(colour_.faint, nothing, " no");
        if (has_conditions()) add(colour_.condition, "small letters", " under a condition");
        out_.write("\n");
    }

    [[nodiscard]] bool has_conditions() const {
        return std::any_of(table_.rights.begin(), table_.rights.end(),
                           [](effective_right const& r) { return !r.condition.empty(); });
    }

    // Every right under a condition, in four columns.
    void write_conditions() {
        if (!has_conditions()) return;
        std::size_t role = 0;
        std::size_t category = 0;
        std::size_t actions = 0;
        std::vector<std::pair<rights_of_cell, rights_in_words>> rows;
        for (rights_of_cell const& cell : cells_)
            for (rights_in_words const& words : in_words(cell, table_.actions)) {
                if (words.condition.empty()) continue;
                rows.emplace_back(cell, words);
                role = std::max(role, cell.front().role.size());
                category = std::max(category, cell.front().category.size());
                actions = std::max(actions, words.actions.size());
            }
        out_.line('\n' + in_colour(colour_.heading, "Under conditions"));
        for (auto const& [cell, words] : rows)
            out_.line("  " + padded(cell.front().role, role + gap) +
                      padded(cell.front().category, category + gap) +
                      padded(words.actions, actions + gap) + "if " +
                      in_colour(colour_.condition, words.condition));
    }

    // ---- The list ------------------------------------------------------------------------

    [[nodiscard]] std::size_t list_lines() const { return cells_.size() + 2 * table_.roles.size(); }

    void write_list() {
        std::size_t const label = longest(table_.categories);
        auto cell = cells_.begin();
        for (std::string const& role : table_.roles) {
            out_.line(in_colour(colour_.heading, role));
            bool const any = cell != cells_.end() && cell->front().role == role;
            if (!any) out_.line("  " + in_colour(colour_.faint, "nothing"));
            for (; cell != cells_.end() && cell->front().role == role; ++cell)
                out_.line("  " + padded(cell->front().category, label + gap) + list_text(*cell));
            out_.write("\n");
        }
    }

    [[nodiscard]] std::string list_text(rights_of_cell cell) const {
        std::string text;
        for (rights_in_words const& words : in_words(cell, table_.actions)) {
            if (!text.empty()) text += "; ";
            bool const always = words.condition.empty();
            text += in_colour(always ? colour_.allow : colour_.condition, words.actions);
            if (!always) text += " if " + words.condition;
        }
        return text;
    }

    rights_table const& table_;
    std::size_t width_;
    output& out_;
    colours const& colour_;
    std::string letters_;
    std::vector<rights_of_cell> cells_;
};

}  // namespace

std::string action_letters(std::vector<std::string> const& actions) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    std::string letters;
    auto const free = [&](char letter) { return letters.find(letter) == std::string::npos; };
    for (std::string const& action : actions) {
        std::string wanted;
        for (char const c : action)
            if (c >= 'a' && c <= 'z') wanted += static_cast<char>(c - 'a' + 'A');
        wanted += alphabet;
        letters += *std::find_if(wanted.begin(), wanted.end(), free);
    }
    return letters;
}

void write_matrix_text(rights_table const& table, std::size_t width, output& out) {
    matrix_writer(table, width, out).write();
}

}  // namespace rolecall::inline v0_1::cli
