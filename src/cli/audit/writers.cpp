#include "cli/audit/writers.hpp"

#include "cli/audit/findings.hpp"
#include "core/list_text.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <cerrno>

namespace rolecall::inline v0_1::cli {
namespace {

std::string no_such_writer(std::string const& journal, std::uint32_t writer,
                           std::vector<trail::writer_state> const& writers) {
    std::vector<std::string> numbers;
    numbers.reserve(writers.size());
    for (trail::writer_state const& one : writers) numbers.push_back(std::to_string(one.number));
    return detail::in_backticks(journal) + " has no writer " + std::to_string(writer) +
           (numbers.empty() ? "; it has none" : "; it has " + detail::list_text(numbers));
}

}  // namespace

std::optional<std::vector<trail::writer_state>> chosen_writers(std::string const& journal,
                                                               std::uint32_t writer, streams& to) {
    if (is_no_journal(journal, to)) return std::nullopt;
    std::vector<trail::writer_state> writers;
    if (trail::trouble const why = trail::look_at_writers(journal, writers)) {
        to.complain(detail::printable(why.text()));
        return std::nullopt;
    }
    if (writer == 0) return writers;
    for (trail::writer_state const& one : writers)
        if (one.number == writer) return std::vector{one};
    to.complain(no_such_writer(journal, writer, writers));
    return std::nullopt;
}

void complain_of_writer(std::uint32_t writer, trail::trouble const& why, streams& to) {
    std::string const which = "writer " + std::to_string(writer) + ": ";
    if (why.error == ENOKEY)
        to.complain(which +
                    "its checkpoints are signed, and no process has it: name the private key with "
                    "`--sign`; nothing was changed");
    else if (why.error == ETIMEDOUT)
        to.complain(which + "its process did not answer in time; it may still do it");
    else
        to.complain(which + detail::printable(why.text()));
}

}  // namespace rolecall::inline v0_1::cli
