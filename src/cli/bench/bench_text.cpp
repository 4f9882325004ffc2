#include "cli/bench/bench_text.hpp"

#include <rolecall/detail/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

struct unit {
    double nanoseconds;
    std::string_view name;
};

unit unit_of(double nanoseconds) noexcept {
    for (unit const one : {unit{1e9, "s"}, unit{1e6, "ms"}, unit{1e3, "µs"}})
        if (nanoseconds >= one.nanoseconds * 0.9995) return one;
    return {1, "ns"};
}

// So many digits after the point that there are three.
std::string digits(double value) {
    return fmt::format("{:.{}f}", value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
}

std::string range_text(bench::spread const& each) {
    unit const in = unit_of(each.median);
    return digits(each.p10 / in.nanoseconds) + " – " + digits(each.p90 / in.nanoseconds) + ' ' +
           std::string(in.name);
}

std::string bytes_text(std::size_t bytes) {
    if (bytes < 10'000) return with_commas(bytes) + " bytes";
    if (bytes < 10'000'000) return with_commas(bytes / 1000) + " kB";
    return with_commas(bytes / 1'000'000) + " MB";
}

// ---- The table ---------------------------------------------------------------------------

constexpr std::size_t columns = 6;
constexpr std::array<bool, columns> to_the_right{false, true, true, false, true, true};

struct table_row {
    bool heading = false;
    std::array<std::string, columns> cells;
};

std::vector<table_row> rows_of(bench::report const& measured) {
    std::vector<table_row> rows;
    std::string group;
    for (bench::measure const& one : measured.measures) {
        if (one.group != group)
            rows.push_back({true, {one.group, "each", "8 of 10 within", "floor", "each", "ratio"}});
        group = one.group;
        table_row row{false, {"  " + one.name, time_text(one.each.median), range_text(one.each)}};
        for (bench::floor_result const& floor : one.floors) {
            row.cells[3] = floor.name;
            row.cells[4] = time_text(floor.each.median);
            row.cells[5] = ratio_text(floor.ratio);
            rows.push_back(std::move(row));
            row = {};
        }
        if (one.floors.empty()) rows.push_back(std::move(row));
    }
    return rows;
}

constexpr std::size_t spread_column = 2;

// Takes the column that can be done without out of a table that is too wide.
void fit(std::vector<table_row>& rows, std::array<std::size_t, columns>& widths,
         std::optional<std::size_t> most) {
    std::size_t width = 2 * (columns - 1);
    for (std::size_t const one : widths) width += one;
    if (!most || width <= *most) return;
    for (table_row& row : rows) row.cells[spread_column].clear();
    widths[spread_column] = 0;
}

void write_rows(std::vector<table_row> rows, output& to) {
    using rolecall::detail::count_code_points;
    std::array<std::size_t, columns> widths{};
    for (table_row const& row : rows)
        for (std::size_t i = 0; i < columns; ++i)
            widths[i] = std::max(widths[i], count_code_points(row.cells[i]));
    fit(rows, widths, to.columns());
    colours const& colour = to.colour();
    for (table_row const& row : rows) {
        if (row.heading) to.write("\n");
        std::string line;
        for (std::size_t i = 0; i < columns; ++i) {
            if (widths[i] == 0) continue;
            std::string const& cell = row.cells[i];
            std::string const padding(widths[i] - count_code_points(cell), ' ');
            bool const faint = !row.heading && i >= spread_column && i < columns - 1;
            std::string_view const on = row.heading ? colour.heading
                                        : faint     ? colour.faint
                                                    : std::string_view{};
            std::string_view const off = on.empty() ? std::string_view{} : colour.reset;
            std::string const text =
                cell.empty() ? std::string() : fmt::format("{}{}{}", on, cell, off);
            line += (i == 0 ? "" : "  ") + (to_the_right[i] ? padding + text : text + padding);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        to.line(line);
    }
}

// ---- What stands above and below it ------------------------------------------------------

std::string counted(std::size_t count, std::string_view one, std::string_view many = {}) {
    std::string text = count_text(count, one, many);
    std::size_t const digits = text.find(' ');
    return with_commas(count) + text.substr(digits);
}

std::string policy_line(bench::policy_size const& size, std::string_view path) {
    std::string text = rolecall::detail::printable(path) + ": " + counted(size.roles, "role") +
                       ", " + counted(size.categories, "category", "categories") + ", " +
                       counted(size.actions, "action") + ", " + counted(size.facts, "fact") + ", " +
                       counted(size.users, "user") + "; " + counted(size.files, "file") + ", " +
                       bytes_text(size.bytes);
    return text;
}

std::string machine_line(bench::machine const& on) {
    std::string text = on.cpu + ", " + count_text(on.cpus, "CPU") + "; " + on.compiler;
    if (!on.build.empty()) text += ", " + on.build;
    if (!on.flags.empty()) text += " (" + on.flags + ')';
    return text;
}

std::string question_line(bench::question_summary const& asked) {
    if (!asked.from_requests) {
        std::string text = counted(asked.count, "random question") + " of each kind, seed " +
                           std::to_string(asked.seed);
        if (!asked.asker.empty())
            text += "; by session as " + rolecall::detail::printable(asked.asker);
        return text;
    }
    std::string text = counted(asked.count, "recorded request") + ", " +
                       with_commas(asked.allowed) + " allowed, " + with_commas(asked.by_facts) +
                       " depending on facts";
    if (asked.left_aside > 0) text += "; " + with_commas(asked.left_aside) + " more left aside";
    return text;
}

void write_omissions(bench::report const& measured, output& to) {
    if (measured.omissions.empty()) return;
    colours const& colour = to.colour();
    to.line(fmt::format("\n{}Left out{}", colour.heading, colour.reset));
    std::size_t width = 0;
    auto const name_of = [](bench::omission const& one) {
        return one.name.empty() ? one.group : fmt::format("{}, {}", one.group, one.name);
    };
    for (bench::omission const& one : measured.omissions)
        width = std::max(width, rolecall::detail::count_code_points(name_of(one)));
    for (bench::omission const& one : measured.omissions) {
        std::string const name = name_of(one);
        std::string const padding(width - rolecall::detail::count_code_points(name), ' ');
        to.line(fmt::format("  {}{}  {}", name, padding, one.why));
    }
}

}  // namespace

std::string time_text(double nanoseconds) {
    unit const in = unit_of(nanoseconds);
    return digits(nanoseconds / in.nanoseconds) + ' ' + std::string(in.name);
}

std::string ratio_text(double ratio) {
    if (!(ratio > 0)) return "-";
    if (ratio < 0.0995) return fmt::format("{:.{}f}", ratio, ratio < 0.00995 ? 4 : 3);
    if (ratio < 999.5) return digits(ratio);
    return with_commas(static_cast<std::size_t>(std::min(ratio + 0.5, 1e15)));
}

void write_bench_text(bench::report const& measured, std::string_view path, output& to) {
    to.line(policy_line(measured.size, path));
    to.line(machine_line(measured.on));
    if (measured.asked.count > 0) to.line(question_line(measured.asked));
    write_rows(rows_of(measured), to);
    write_omissions(measured, to);
}

}  // namespace rolecall::inline v0_1::cli
