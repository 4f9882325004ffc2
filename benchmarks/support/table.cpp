#include "support/table.hpp"

#include "bench/measure.hpp"
#include <rolecall/date.hpp>
#include <rolecall/version.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

namespace rolecall::benchmarks {

namespace {

// Three digits that count: `0.92 ns`, `14.3 µs`, `208 ms`.
std::string time_text(double seconds) {
    constexpr std::array<std::pair<double, std::string_view>, 4> units{
        {{1e-9, "ns"}, {1e-6, "µs"}, {1e-3, "ms"}, {1, "s"}}};
    auto unit = units.begin();
    while (unit + 1 != units.end() && seconds >= 999.5 * unit->first) ++unit;
    double const value = seconds / unit->first;
    int const digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return fmt::format("{:.{}f} {}", value, digits, unit->second);
}

std::string ratio_text(double ratio) {
    int const digits = ratio < 0.0995 ? 3 : ratio < 9.995 ? 2 : ratio < 99.95 ? 1 : 0;
    return fmt::format("{:.{}f}×", ratio, digits);
}

std::optional<double> median(std::vector<double> const& sorted) {
    if (sorted.empty()) return std::nullopt;
    return bench::quantile(sorted, 0.5);
}

// Half of what lies between the tenth and the ninetieth of 100, in parts of the median.
std::string spread_text(std::vector<double> const& sorted) {
    if (sorted.size() < 3) return "";
    double const middle = bench::quantile(sorted, 0.5);
    double const width = (bench::quantile(sorted, 0.9) - bench::quantile(sorted, 0.1)) / 2;
    return fmt::format("{:.0f} %", 100 * width / middle);
}

enum class verdict { none, met, missed };

struct row {
    static constexpr std::size_t columns = 9;
    std::array<std::string, columns> cells{};
    verdict how = verdict::none;
    std::string reached{};  // `1.78×`, of what it is to reach
};

constexpr std::array<std::string_view, row::columns> titles{
    "", "each", "±", "floor", "each", "ratio", "instructions", "aim", ""};
constexpr std::array<bool, row::columns> to_the_right{false, true, true,  false, true,
                                                      true,  true, false, false};

// What is above an aim by less than would be shown counts as met.
verdict judge(double value, double at_most, std::string& text) {
    if (value <= at_most * 1.005) {
        text = "met";
        return verdict::met;
    }
    text = fmt::format("missed by {:.0f} %", 100 * (value / at_most - 1));
    return verdict::missed;
}

row row_of(suite const& all, line const& l, gathered_runs const& measured,
           std::map<std::string, double> const& counts) {
    auto const count_of = [&](contestant_id id) -> std::optional<double> {
        auto const found = id == none ? counts.end() : counts.find(all.name(id));
        return found == counts.end() ? std::nullopt : std::optional<double>(found->second);
    };
    row result;
    auto& [text, each, spread, floor, floor_each, ratio, instructions, aim_text, outcome] =
        result.cells;
    text = l.text;
    floor = l.floor_text;

    auto const& seconds = measured.seconds(all.name(l.measured), l.counter);
    std::optional<double> const time = median(seconds);
    std::optional<double> floor_time;
    if (l.floor != none) floor_time = median(measured.seconds(all.name(l.floor), l.floor_counter));
    each = time ? time_text(*time) : "–";
    if (time) spread = spread_text(seconds);
    if (floor_time) floor_each = time_text(*floor_time);
    std::optional<double> time_ratio;
    if (time && floor_time) time_ratio = *time / *floor_time;
    if (time_ratio) ratio = ratio_text(*time_ratio);

    auto const own = count_of(l.measured);
    auto const least = count_of(l.floor);
    std::optional<double> count_ratio;
    if (own && least) {
        count_ratio = *own / *least;
        instructions = fmt::format("{:.1f} / {:.1f} = {}", *own, *least, ratio_text(*count_ratio));
    }

    switch (l.reach.what) {
        case aim::of::nothing: return result;
        case aim::of::time: aim_text = fmt::format("≤ {:.2f}× time", l.reach.at_most); break;
        case aim::of::instructions:
            aim_text = fmt::format("≤ {:.2f}× instructions", l.reach.at_most);
            break;
    }
    auto const value = l.reach.what == aim::of::time ? time_ratio : count_ratio;
    if (value) {
        result.how = judge(*value, l.reach.at_most, outcome);
        result.reached = ratio_text(*value);
    } else {
        outcome = l.reach.what == aim::of::time ? "not measured" : "not counted";
    }
    return result;
}

std::string cpu_model() {
    std::ifstream file("/proc/cpuinfo");
    for (std::string text; std::getline(file, text);)
        if (text.starts_with("model name")) return text.substr(text.find(':') + 2);
    return "an unknown processor";
}

std::string compiler() {
#if defined(__clang__)
    return fmt::format("clang {}.{}.{}", __clang_major__, __clang_minor__, __clang_patchlevel__);
#else
    return fmt::format("GCC {}.{}.{}", __GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__);
#endif
}

std::string where() {
    std::string text = fmt::format(
        "{}, {} cores · {} {} · rolecall {} · {}", cpu_model(), std::thread::hardware_concurrency(),
        compiler(), ROLECALL_BENCHMARK_FLAGS, ROLECALL_VERSION_STRING, date::today().to_string());
#if !defined(NDEBUG) || !defined(__OPTIMIZE__)
    text += " · NOT OPTIMISED, or with asserts: these numbers say nothing";
#endif
    return text;
}

// As many columns as a terminal shows it in, of the few letters beyond ASCII that we use.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

std::string padded(std::string_view text, std::size_t width, bool right) {
    std::string const space(width - std::min(width, width_of(text)), ' ');
    return right ? space + std::string(text) : std::string(text) + space;
}

// The columns in which a row of the section says something.
std::vector<std::size_t> columns_of(std::vector<row> const& rows) {
    std::vector<std::size_t> result;
    for (std::size_t i = 0; i < row::columns; ++i)
        if (std::any_of(rows.begin(), rows.end(),
                        [&](row const& r) { return !r.cells[i].empty(); }))
            result.push_back(i);
    return result;
}

std::string text_section(std::vector<row> const& rows, bool colour) {
    row header;
    for (std::size_t i = 0; i < row::columns; ++i) header.cells[i] = titles[i];
    std::vector<row> lines{header};
    lines.insert(lines.end(), rows.begin(), rows.end());

    std::vector<std::string> texts(lines.size(), " ");
    for (std::size_t const column : columns_of(rows)) {
        std::size_t width = 0;
        for (row const& r : lines) width = std::max(width, width_of(r.cells[column]));
        for (std::size_t i = 0; i < lines.size(); ++i) {
            row const& r = lines[i];
            std::string cell = padded(r.cells[column], width, to_the_right[column]);
            if (colour && column + 1 == row::columns && r.how != verdict::none)
                cell = (r.how == verdict::met ? "\x1b[32m" : "\x1b[31m") + cell + "\x1b[0m";
            texts[i] += ' ' + cell + ' ';
        }
    }
    std::string result;
    for (std::string& text : texts) {
        while (text.ends_with(' ')) text.pop_back();
        result += text + '\n';
    }
    return result;
}

std::string markdown_section(std::vector<row> const& rows) {
    std::string header = "|";
    std::string rule = "|";
    std::vector<std::string> texts(rows.size(), "|");
    for (std::size_t const column : columns_of(rows)) {
        header += fmt::format(" {} |", titles[column]);
        rule += to_the_right[column] ? "--:|" : "---|";
        for (std::size_t i = 0; i < rows.size(); ++i)
            texts[i] += fmt::format(" {} |", rows[i].cells[column]);
    }
    std::string result = header + '\n' + rule + '\n';
    for (std::string const& text : texts) result += text + '\n';
    return result;
}

// What is to be reached, alone.
std::string aims(suite const& all, std::vector<std::vector<row>> const& rows) {
    std::string result = "\n### Aims\n\n| | is | beside | aim | |\n|---|--:|---|---|---|\n";
    for (std::size_t p = 0; p < rows.size(); ++p)
        for (row const& r : rows[p]) {
            auto const& [text, each, spread, floor, floor_each, ratio, counts, aim_text, outcome] =
                r.cells;
            if (aim_text.empty()) continue;
            result += fmt::format("| {}: {} | {} | {} | {} | {} |\n", all.sections()[p].title, text,
                                  r.reached, floor, aim_text, outcome);
        }
    return result;
}

std::string count_of_aims(std::vector<std::vector<row>> const& rows) {
    std::size_t met = 0;
    std::size_t missed = 0;
    for (auto const& part : rows)
        for (row const& r : part) {
            met += r.how == verdict::met ? 1U : 0U;
            missed += r.how == verdict::missed ? 1U : 0U;
        }
    return fmt::format("\naims met: {}, missed: {}\n", met, missed);
}

}  // namespace

std::string write_table(suite const& all, gathered_runs const& measured,
                        std::map<std::string, double> const& counts, table_format format,
                        bool colour) {
    std::vector<std::vector<row>> rows;
    for (section const& part : all.sections()) {
        auto& of = rows.emplace_back();
        for (line const& l : part.lines) of.push_back(row_of(all, l, measured, counts));
    }

    bool const text = format == table_format::text;
    std::string result = where() + '\n';
    if (!text) result += aims(all, rows);
    for (std::size_t p = 0; p < rows.size(); ++p) {
        section const& part = all.sections()[p];
        if (text) {
            result += fmt::format("\n{0}{2}{1}\n{3}\n", colour ? "\x1b[1m" : "",
                                  colour ? "\x1b[0m" : "", part.title, part.about);
            result += text_section(rows[p], colour);
        } else {
            result += fmt::format("\n### {}\n\n{}\n\n", part.title, part.about);
            result += markdown_section(rows[p]);
        }
    }
    if (text) result += count_of_aims(rows);
    return result;
}

}  // namespace rolecall::benchmarks
