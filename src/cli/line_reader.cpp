#include "cli/line_reader.hpp"

#include <algorithm>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::size_t read_at_once = std::size_t{64} << 10U;

}  // namespace

// INVARIANT: buffer_ holds at most one line of the allowed length, its end, and one piece.
std::optional<line_reader::line> line_reader::next() {
    std::size_t searched = 0;
    bool too_long = false;
    while (true) {
        std::size_t const found = buffer_.find('\n', begin_ + searched);
        if (found != std::string::npos) {
            line result = take(found - begin_, 1);
            if (too_long) result = {{}, true};
            return result;
        }
        searched = buffer_.size() - begin_;
        if (searched > longest_ + 1) {  // the one may be a carriage return
            too_long = true;
            begin_ = buffer_.size();
            searched = 0;
        }
        if (refill()) continue;
        if (too_long) {
            ++count_;
            begin_ = buffer_.size();
            return line{{}, true};
        }
        if (searched == 0) return std::nullopt;
        return take(searched, 0);
    }
}

bool line_reader::refill() {
    if (at_end_) return false;
    buffer_.erase(0, begin_);
    begin_ = 0;
    std::size_t const kept = buffer_.size();
    buffer_.resize(kept + read_at_once);
    std::size_t const got = from_({buffer_.data() + kept, read_at_once});
    buffer_.resize(kept + got);
    bytes_ += got;
    at_end_ = got == 0;
    return !at_end_;
}

line_reader::line line_reader::take(std::size_t length, std::size_t line_break) {
    std::string_view text = std::string_view(buffer_).substr(begin_, length);
    begin_ += length + line_break;
    ++count_;
    if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
    if (text.size() > longest_) return {{}, true};
    return {text, false};
}

}  // namespace rolecall::inline v0_1::cli
