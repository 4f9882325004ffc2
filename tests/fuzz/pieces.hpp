// A long text in pieces that stand alone, so that what a change of each byte costs grows with the
// text and not with its square.
#ifndef ROLECALL_TESTS_FUZZ_PIECES_HPP
#define ROLECALL_TESTS_FUZZ_PIECES_HPP

#include "fuzz/libyaml_judge.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::testing {

/// Some lines of a text, below the lines that they hang from. Only the bytes from `first` on are
/// its own: those before are another piece's.
struct piece {
    std::string text;
    std::size_t first = 0;
};

namespace pieces_of_text {

inline std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> result;
    while (!text.empty()) {
        std::size_t const end = std::min(text.find('\n'), text.size() - 1) + 1;
        result.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return result;
}

/// The column of a line's first character that is no space; npos where it says nothing.
inline std::size_t column_of(std::string_view line) {
    std::size_t const column = line.find_first_not_of(" \r\n");
    return column == std::string_view::npos || line[column] == '#' ? std::string_view::npos
                                                                   : column;
}

/// The lines that line `n` hangs from: upwards, each that begins further left than all below it.
inline std::string above(std::vector<std::string_view> const& lines, std::size_t n) {
    std::string result;
    std::size_t column = column_of(lines[n]);
    while (n-- > 0) {
        std::size_t const here = column_of(lines[n]);
        if (here == std::string_view::npos || here >= column) continue;
        result.insert(0, lines[n]);
        column = here;
    }
    return result;
}

inline std::string joined(std::vector<std::string_view> const& lines, std::size_t begin,
                          std::size_t end) {
    std::string result;
    for (std::size_t i = begin; i < end; ++i) result += lines[i];
    return result;
}

inline piece made_of(std::vector<std::string_view> const& lines, std::size_t begin,
                     std::size_t end) {
    std::string const before = begin == 0 ? std::string() : above(lines, begin);
    return {before + joined(lines, begin, end), before.size()};
}

}  // namespace pieces_of_text

/// An accepted text in accepted pieces of about `size` bytes at most; every byte is one piece's
/// own. A text no longer than that is one piece.
inline std::vector<piece> pieces(std::string_view text, std::size_t size = 400) {
    using namespace pieces_of_text;
    auto const lines = lines_of(text);
    std::vector<piece> result;
    for (std::size_t begin = 0; begin < lines.size();) {
        // The last place to cut at which both sides stand alone; none is within a list in
        // brackets, say, or within quotes.
        std::size_t end = begin;
        for (std::size_t bytes = 0; end < lines.size(); ++end)
            if ((bytes += lines[end].size()) > size) break;
        auto const can_end = [&](std::size_t at) {
            if (at == lines.size()) return true;
            return at > begin && column_of(lines[at]) != std::string_view::npos &&
                   judge(made_of(lines, begin, at).text).accepted &&
                   judge(made_of(lines, at, lines.size()).text).accepted;
        };
        std::size_t const wanted = end;
        while (end > begin && !can_end(end)) --end;
        if (end == begin)
            for (end = std::max(wanted, begin + 1); !can_end(end);) ++end;
        result.push_back(made_of(lines, begin, end));
        begin = end;
    }
    return result;
}

}  // namespace rolecall::testing

#endif
