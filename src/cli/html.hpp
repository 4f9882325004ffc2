// Text on its way into a page of HTML.
#ifndef ROLECALL_CLI_HTML_HPP
#define ROLECALL_CLI_HTML_HPP

#include <rolecall/detail/text.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {

/// The text as a reader sees it: inside an element, or an attribute in quotes of either kind.
inline std::string html_text(std::string_view text) {
    std::string result;
    for (char const c : text) {
        switch (c) {
            case '&': result += "&amp;"; break;
            case '<': result += "&lt;"; break;
            case '>': result += "&gt;"; break;
            case '"': result += "&quot;"; break;
            case '\'': result += "&#39;"; break;
            default: result += c;
        }
    }
    return result;
}

/// A name that somebody chose, such as the id of a user: what can't be seen is spelled out, and
/// its direction of writing is its own.
inline std::string html_name(std::string_view name) {
    return "<bdi>" + html_text(detail::printable(name)) + "</bdi>";
}

/// A sentence of ours: what stands between backticks is shown as code.
inline std::string html_sentence(std::string_view text) {
    std::string result = html_text(detail::printable(text));
    for (std::size_t open = result.find('`'); open != std::string::npos;
         open = result.find('`', open)) {
        std::size_t const close = result.find('`', open + 1);
        if (close == std::string::npos) break;
        result.replace(close, 1, "</code>").replace(open, 1, "<code>");
    }
    if (!result.empty() && result[0] >= 'a' && result[0] <= 'z')
        result[0] = static_cast<char>(result[0] - 'a' + 'A');
    return result + '.';
}

}  // namespace rolecall::inline v0_1::cli

#endif
