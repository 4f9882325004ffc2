#include "cli/validate/unified_diff.hpp"

#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace rolecall::inline v0_1::cli {

namespace {

constexpr std::size_t context = 3;

// Without their line feeds.
std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        std::size_t const end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

// A line before, and what became of it.
struct step {
    std::string_view before;
    std::string_view after;
    bool gone = false;

    [[nodiscard]] bool same() const noexcept { return !gone && before == after; }
};

std::vector<step> steps_of(line_changes const& of) {
    auto const before = lines_of(of.before);
    auto const after = lines_of(of.after);
    std::vector<step> steps;
    steps.reserve(before.size());
    std::size_t next = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        bool const stays = next < after.size() && of.lines[next] == i + 1;
        steps.push_back({before[i], stays ? after[next] : std::string_view{}, !stays});
        if (stays) ++next;
    }
    return steps;
}

class diff_writer {
public:
    diff_writer(std::vector<step> const& steps, colours const& colour)
        : steps_(&steps), colour_(&colour) {}

    // Changes with no more than twice the context between them share a hunk.
    std::string run() {
        std::size_t const size = steps_->size();
        std::size_t begin = next_change(0);
        while (begin < size) {
            std::size_t end = begin + 1;
            std::size_t next = next_change(end);
            while (next < size && next - end <= 2 * context) {
                end = next + 1;
                next = next_change(end);
            }
            hunk(begin - std::min(begin, context), std::min(end + context, size));
            begin = next;
        }
        return std::move(text_);
    }

private:
    [[nodiscard]] std::size_t next_change(std::size_t from) const {
        while (from < steps_->size() && (*steps_)[from].same()) ++from;
        return from;
    }

    void line(std::string_view style, char mark, std::string_view text) {
        text_ += style;
        if (mark != '@') text_ += mark;
        text_ += text;
        if (!style.empty()) text_ += colour_->reset;
        text_ += '\n';
    }

    // `5`, `5,2`; of no lines, the number of the line before them.
    static std::string range(std::size_t begin, std::size_t count) {
        if (count == 0) return std::to_string(begin) + ",0";
        std::string const first = std::to_string(begin + 1);
        return count == 1 ? first : first + ',' + std::to_string(count);
    }

    void hunk(std::size_t begin, std::size_t end) {
        std::size_t gone = 0;
        for (std::size_t i = begin; i < end; ++i)
            if ((*steps_)[i].gone) ++gone;
        // `passed_` lines are gone so far.
        line(colour_->heading, '@',
             "@@ -" + range(begin, end - begin) + " +" +
                 range(begin - passed_, end - begin - gone) + " @@");
        passed_ += gone;
        for (std::size_t i = begin; i < end;) {
            if ((*steps_)[i].same()) {
                line({}, ' ', (*steps_)[i++].before);
                continue;
            }
            std::size_t const first = i;
            for (; i < end && !(*steps_)[i].same(); ++i)
                line(colour_->deny, '-', (*steps_)[i].before);
            for (std::size_t j = first; j < i; ++j)
                if (!(*steps_)[j].gone) line(colour_->allow, '+', (*steps_)[j].after);
        }
    }

    std::vector<step> const* steps_;
    colours const* colour_;
    std::string text_;
    std::size_t passed_ = 0;
};

}  // namespace

std::string unified_diff(std::string_view path, line_changes const& of, colours const& colour) {
    if (of.before == of.after) return {};
    // A tab ends a path with spaces in it.
    std::string name = detail::printable(path);
    if (name.find(' ') != std::string::npos) name += '\t';
    auto const header = [&](std::string_view text) {
        return std::string(colour.heading) + std::string(text) + name + std::string(colour.reset) +
               '\n';
    };
    return header("--- a/") + header("+++ b/") + diff_writer(steps_of(of), colour).run();
}

}  // namespace rolecall::inline v0_1::cli
