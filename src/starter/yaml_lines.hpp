// YAML with comments, a line at a time: what is written for people to go on with.
#ifndef ROLECALL_SRC_STARTER_YAML_LINES_HPP
#define ROLECALL_SRC_STARTER_YAML_LINES_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::starter {

/// Lines of `key: value`, each so many steps deep. A comment stands behind its line.
class yaml_lines {
public:
    void key(std::size_t depth, std::string_view name);
    /// Any text, in quotes where it needs them.
    void text(std::size_t depth, std::string_view name, std::string_view value);
    /// A value as it is to stand there.
    void word(std::size_t depth, std::string_view name, std::string_view value,
              std::string_view comment = {});
    /// A list of names; one alone stands without brackets.
    void list(std::size_t depth, std::string_view name, std::vector<std::string_view> const& items,
              std::string_view comment = {});
    void blank() { lines_ += '\n'; }

    [[nodiscard]] std::string done() { return std::move(lines_); }

private:
    std::string lines_;
};

/// A text as a value or key: as it is where YAML takes it for itself, else in single quotes.
[[nodiscard]] std::string quoted(std::string_view text);

/// Lines of text as lines of a comment; nothing for none.
[[nodiscard]] std::string as_comment(std::string_view text);

}  // namespace rolecall::inline v0_1::starter

#endif
