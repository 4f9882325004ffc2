#include "yaml/read.hpp"

#include "yaml/cursor.hpp"
#include "yaml/reporter.hpp"
#include "yaml/second_reading.hpp"
#include "yaml/tree_reader.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::yaml {

namespace {

constexpr std::size_t max_bytes = std::size_t{1} << 30U;  // yaml-cpp counts in int

// Whether reading byte by byte makes sense at all.
bool is_readable(std::string_view text, reporter& report) {
    bool const is_utf16 = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
    if (is_utf16)
        report.add(diagnostic_code::invalid_utf8, 0, 1, "this file is UTF-16; save it as UTF-8");
    else if (text.size() > max_bytes)
        report.add(diagnostic_code::file_too_large, 0, 1, "this file is larger than 1 GiB");
    return report.empty();
}

// The last line that is neither blank nor a comment.
std::string_view last_line_with_content(std::string_view text) noexcept {
    while (!text.empty()) {
        std::size_t const begin = text.rfind('\n') + 1;  // npos + 1 is the first byte
        std::string_view line = text.substr(begin);
        line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
        std::size_t const content = line.find_first_not_of(" \t");
        if (content != std::string_view::npos && line[content] != '#') return line;
        text = text.substr(0, begin == 0 ? 0 : begin - 1);
    }
    return {};
}

void check_file_end(std::string_view text, read_options const& options, reporter& report) {
    if (!text.empty() && !text.ends_with('\n'))
        report.add(diagnostic_code::no_final_line_break, text.size(), text.size(),
                   "the file does not end with a line break; is its end missing?");
    if (!options.demand_end_marker) return;
    std::string_view const last = last_line_with_content(text);
    if (cursor(last, 0).at_marker("...")) return;
    std::size_t const begin =
        last.empty() ? 0 : static_cast<std::size_t>(last.data() - text.data());
    report.add(diagnostic_code::no_end_marker, begin, begin + last.size(),
               "the file does not end with the line `...`; is its end missing?");
}

// Of keys that are the same, the first stays. Keys that were refused are not compared.
void drop_duplicate_keys(node& in, reporter& report) {
    for (node& item : in.items) drop_duplicate_keys(item, report);
    for (entry& e : in.entries) drop_duplicate_keys(e.value, report);
    if (in.entries.size() < 2) return;

    std::vector<std::size_t> order(in.entries.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    auto const key = [&](std::size_t i) -> node const& { return in.entries[i].key; };
    auto const word = [&](std::size_t i) { return std::tie(key(i).kind, key(i).text); };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return word(a) < word(b); });

    std::vector<bool> repeats(in.entries.size(), false);
    std::size_t first = order.front();
    for (std::size_t const i : order) {
        if (i == first || word(i) != word(first) || key(i).kind != node_kind::scalar) {
            first = i;
            continue;
        }
        repeats[i] = true;
        report.add(diagnostic_code::duplicate_key, key(i).at,
                   "the key " + detail::in_backticks(key(i).text) + " stands here a second time",
                   {{key(first).at, "the first is here"}});
    }
    std::size_t i = 0;
    std::erase_if(in.entries, [&](entry const&) { return repeats[i++]; });
}

}  // namespace

reading read(std::string_view text, std::uint32_t file, read_options const& options) {
    reading result;
    reporter report(text, file);
    result.complete = is_readable(text, report);
    if (result.complete) {
        check_file_end(text, options, report);
        result.complete = tree_reader(text, file, report).read(result.root);
        drop_duplicate_keys(result.root, report);
    }
    if (report.empty()) result.complete = confirm(text, file, result.root, report);
    result.found = std::move(report).take();
    return result;
}

}  // namespace rolecall::inline v0_1::yaml
