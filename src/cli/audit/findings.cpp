#include "cli/audit/findings.hpp"

#include "cli/progress.hpp"
#include <rolecall/detail/text.hpp>

#include <filesystem>
#include <system_error>

namespace rolecall::inline v0_1::cli {

std::string finding_text(journal_finding const& of) {
    std::string text;
    if (of.writer != 0) text += "writer " + std::to_string(of.writer);
    if (of.segment != 0)
        text += ", segment " + std::to_string(of.segment) + ", byte " + with_commas(of.offset);
    return (text.empty() ? text : text + ": ") + detail::printable(of.text);
}

// A journal that lost its file `journal` has writers: that is for the check to say.
bool is_no_journal(std::string const& folder, streams& to) {
    namespace fs = std::filesystem;
    std::error_code ignored;
    fs::path const is(folder);
    if (fs::exists(is / "journal", ignored) || fs::exists(is / "writer-1", ignored)) return false;
    to.complain(detail::in_backticks(folder) +
                (fs::exists(is, ignored) ? " is no journal: there is no file `journal` in it"
                                         : " is no journal: there is no such folder"));
    return true;
}

}  // namespace rolecall::inline v0_1::cli
