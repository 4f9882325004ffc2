#include "starter/yaml_lines.hpp"

#include <algorithm>

namespace rolecall::inline v0_1::starter {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Begins with a letter, ends with no blank, has only characters without a meaning in YAML, and is
// none of the words that mean nothing.
bool is_plain(std::string_view text) {
    constexpr std::string_view harmless = " .,'()+/;@_-&!?";
    if (text.empty() || !is_letter(text.front()) || text.back() == ' ') return false;
    for (std::string_view const nothing : {"null", "Null", "NULL"})
        if (text == nothing) return false;
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80 ||
               harmless.find(c) != std::string_view::npos;
    });
}

}  // namespace

std::string quoted(std::string_view text) {
    if (is_plain(text)) return std::string(text);
    std::string result = "'";
    for (char const c : text) result.append(c == '\'' ? 2U : 1U, c);
    return result + '\'';
}

void yaml_lines::key(std::size_t depth, std::string_view name) {
    lines_.append(2 * depth, ' ').append(name).append(":\n");
}

void yaml_lines::text(std::size_t depth, std::string_view name, std::string_view value) {
    word(depth, name, quoted(value));
}

void yaml_lines::word(std::size_t depth, std::string_view name, std::string_view value,
                      std::string_view comment) {
    constexpr std::size_t comment_column = 32;
    std::string line(2 * depth, ' ');
    line.append(name).append(": ").append(value);
    if (!comment.empty()) {
        line.append(line.size() + 2 < comment_column ? comment_column - line.size() : 2, ' ');
        line.append("# ").append(comment);
    }
    lines_ += line + '\n';
}

void yaml_lines::list(std::size_t depth, std::string_view name,
                      std::vector<std::string_view> const& items, std::string_view comment) {
    std::string all;
    for (std::string_view const item : items) all.append(all.empty() ? "" : ", ").append(item);
    word(depth, quoted(name), items.size() == 1 ? all : '[' + all + ']', comment);
}

std::string as_comment(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        std::size_t const end = std::min(text.find('\n'), text.size());
        result.append(end == 0 ? "#" : "# ").append(text.substr(0, end)).append("\n");
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return result;
}

}  // namespace rolecall::inline v0_1::starter
