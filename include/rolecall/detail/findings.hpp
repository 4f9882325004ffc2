// Problems while they are being gathered: places are still numbers, and become paths and
// lines once, at the end.
#ifndef ROLECALL_DETAIL_FINDINGS_HPP
#define ROLECALL_DETAIL_FINDINGS_HPP

#include <rolecall/diagnostic.hpp>
#include <rolecall/document.hpp>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::detail {

struct related_place {
    place at;
    std::string text;
};

struct finding {
    diagnostic_code code{};
    place at;
    std::string text;
    std::vector<related_place> related;
};

using findings = std::vector<finding>;

/// The lines of a text; line 1 begins at byte 0. Keeps a view: the text must outlive it.
class line_index {
public:
    explicit line_index(std::string_view text) : text_(text) {
        starts_.push_back(0);
        for (std::size_t i = 0; i < text.size(); ++i)
            if (text[i] == '\n') starts_.push_back(i + 1);
    }

    /// The text of a line counted from 1, without its line break; empty past the end.
    [[nodiscard]] std::string_view line(std::uint32_t number) const noexcept {
        if (number == 0 || number > starts_.size()) return {};
        std::size_t const begin = starts_[number - 1];
        std::size_t end = number < starts_.size() ? starts_[number] - 1 : text_.size();
        if (end > begin && text_[end - 1] == '\r') --end;
        return text_.substr(begin, end - begin);
    }

private:
    std::string_view text_;
    std::vector<std::size_t> starts_;
};

/// Whether any of these refuses the policy.
inline bool has_errors(std::span<diagnostic const> found) noexcept {
    return std::any_of(found.begin(), found.end(),
                       [](diagnostic const& d) { return d.level() == severity::error; });
}

/// From places to locations, with the text of their lines. Keeps a view of the files.
class locator {
public:
    explicit locator(std::span<source_file const> files) : files_(files), index_(files.size()) {}

    [[nodiscard]] location locate(place const& at) {
        location where;
        if (at.file >= files_.size()) return where;
        where.path = files_[at.file].path;
        where.line = at.line;
        where.column = at.column;
        where.length = at.length;
        if (!at.in_file()) return where;
        std::vector<line_index>& lines = index_[at.file];
        if (lines.empty()) lines.emplace_back(files_[at.file].text);
        std::string_view const line = lines.front().line(at.line);
        if (line.size() <= text_left_) {
            text_left_ -= line.size();
            where.text = line;
        }
        return where;
    }

    [[nodiscard]] diagnostic locate(finding const& f) {
        diagnostic d{f.code, f.text, locate(f.at), {}};
        for (related_place const& r : f.related) d.related.push_back({locate(r.at), r.text});
        return d;
    }

private:
    std::span<source_file const> files_;
    std::vector<std::vector<line_index>> index_;  // each empty or holding one
    // Lines are copied, and a hostile file has as many findings as it likes on one long line.
    std::size_t text_left_ = std::size_t{16} << 20U;
};

/// Gives the findings their paths and lines, sorts them, and drops exact repetitions.
inline std::vector<diagnostic> to_diagnostics(findings const& found,
                                              std::span<source_file const> files) {
    locator places(files);
    std::vector<diagnostic> result;
    result.reserve(found.size());
    for (finding const& f : found) result.push_back(places.locate(f));
    std::stable_sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

}  // namespace rolecall::inline v0_1::detail

#endif
