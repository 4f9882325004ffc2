// Files of JSON lines: events to record, and what a file says afterwards.
#ifndef ROLECALL_TESTS_SUPPORT_RECORDED_LINES_HPP
#define ROLECALL_TESTS_SUPPORT_RECORDED_LINES_HPP

#include "support/small_shop.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/json_lines.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <vector>

namespace rolecall::testing {

/// Tells a sink that support may view the account of a customer.
inline recorded tell_of(json_lines_sink& sink, std::string_view customer) {
    static policy const shop = tests::small_shop();
    static category_ref const account = *shop.category("account");
    rolecall::detail::told event(shop);
    event.user = "dana";
    event.action = &view;
    event.category = &account;
    event.record = customer;
    event.answer = shop.evaluate(*shop.role("support"), view, account);
    return sink(audit_event(event));
}

inline std::vector<json_line> lines_of(std::string const& path,
                                       json_lines_reader_options const& options = {}) {
    std::vector<json_line> lines;
    json_lines_reader reader(path, options);
    while (auto line = reader.next()) lines.push_back(std::move(*line));
    return lines;
}

/// `1 p-1, 2 p-2`: the number and the customer of each record; `[the problem]` with it, or
/// alone where there is no record.
inline std::string summary(std::string const& path, json_lines_reader_options const& options = {}) {
    std::string result;
    for (json_line const& line : lines_of(path, options)) {
        if (!result.empty()) result += ", ";
        if (!line.problem.empty()) result += '[' + line.problem + ']';
        if (line.record && !line.problem.empty()) result += ' ';
        if (line.record)
            result += std::to_string(line.record->sequence) + ' ' + line.record->record;
    }
    return result;
}

/// The line of a record of one customer.
inline std::string line_of(std::uint64_t sequence, std::string_view customer = "p") {
    audit_record record;
    record.sequence = sequence;
    record.record = customer;
    return to_json_line(record) + '\n';
}

/// What `run` returns in a child process: 0 to 255; -1 where a signal ended it.
template <class Run>
int in_child(Run&& run) {
    pid_t const child = ::fork();
    if (child == 0) ::_exit(run());
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {}
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace rolecall::testing

#endif
