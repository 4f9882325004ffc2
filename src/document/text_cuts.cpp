#include "document/text_cuts.hpp"

#include "yaml/cursor.hpp"

#include <algorithm>
#include <utility>

namespace rolecall::inline v0_1::yaml {

namespace {

bool only_blanks(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), is_blank);
}

}  // namespace

bool text_cuts::at_comment(std::size_t at) const noexcept {
    return text_[at] == '#' && (at == 0 || text_[at - 1] == '\n' || is_blank(text_[at - 1]));
}

void text_cuts::take(std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end;) {
        if (is_blank_or_line_end(text_, at)) {
            ++at;
        } else if (at_comment(at)) {
            at = std::min(text_.find('\n', at), end);
        } else {
            if (pieces_.empty() || pieces_.back().end != at) pieces_.push_back({at, at});
            pieces_.back().end = ++at;
        }
    }
}

std::size_t text_cuts::comma(std::size_t begin, std::size_t end) const noexcept {
    for (std::size_t at = begin; at < end; ++at) {
        if (text_[at] == ',') return at;
        if (at_comment(at)) at = std::min(text_.find('\n', at), end);
    }
    return std::string_view::npos;
}

// In order, with nothing but blanks between them made one.
void text_cuts::join_pieces() {
    std::sort(pieces_.begin(), pieces_.end(),
              [](piece const& a, piece const& b) { return a.begin < b.begin; });
    std::vector<piece> joined;
    for (piece const& p : pieces_) {
        if (joined.empty() || joined.back().end < p.begin) {
            bool const near =
                !joined.empty() &&
                only_blanks(text_.substr(joined.back().end, p.begin - joined.back().end));
            if (!near) {
                joined.push_back(p);
                continue;
            }
        }
        joined.back().end = std::max(joined.back().end, p.end);
    }
    pieces_ = std::move(joined);
}

// Appends what stays of a line, without its line break; nothing where the line goes.
void text_cuts::cut_line(std::size_t begin, std::size_t end, piece const* from, piece const* to,
                         std::string& into) const {
    std::size_t kept_from = begin;
    for (; from != to; ++from) {
        piece cut = *from;
        bool const first = only_blanks(text_.substr(begin, cut.begin - begin));
        std::size_t const next = std::min(behind_blanks(text_, cut.end), end);
        bool const last = next == end || text_[next] == '#';
        if (first && last) return;
        std::size_t before = cut.begin;
        while (before > kept_from && is_blank(text_[before - 1])) --before;
        bool const closes = !last && (text_[next] == ']' || text_[next] == '}');
        if (last || (closes && !first))
            cut.begin = before;
        else
            cut.end = next;
        into += text_.substr(kept_from, cut.begin - kept_from);
        kept_from = cut.end;
    }
    into += text_.substr(kept_from, end - kept_from);
}

text_cuts::outcome text_cuts::apply() && {
    join_pieces();
    outcome result;
    result.text.reserve(text_.size());
    piece const* next = pieces_.data();
    piece const* const all = next + pieces_.size();
    std::uint32_t number = 1;
    for (std::size_t begin = 0; begin < text_.size(); ++number) {
        std::size_t const feed = std::min(text_.find('\n', begin), text_.size());
        std::size_t const behind = std::min(feed + 1, text_.size());
        std::size_t const end = feed > begin && text_[feed - 1] == '\r' ? feed - 1 : feed;
        piece const* const first = next;
        while (next != all && next->begin < behind) ++next;
        std::size_t const size = result.text.size();
        if (first == next)
            result.text += text_.substr(begin, end - begin);
        else
            cut_line(begin, end, first, next, result.text);
        if (first == next || result.text.size() > size) {
            result.text += text_.substr(end, behind - end);
            result.lines.push_back(number);
        }
        begin = behind;
    }
    return result;
}

}  // namespace rolecall::inline v0_1::yaml
