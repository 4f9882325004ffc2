#include "cli/audit/reading.hpp"

#include "journal/tend.hpp"
#include <rolecall/detail/clock.hpp>
#include <rolecall/detail/text.hpp>

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {
namespace {

std::string name_of_user() {
    ::uid_t const id = ::getuid();
    passwd entry{};
    passwd* found = nullptr;
    std::array<char, 16'384> room{};
    if (::getpwuid_r(id, &entry, room.data(), room.size(), &found) == 0 && found != nullptr)
        return found->pw_name;
    return "user " + std::to_string(id);
}

// What to do about it.
std::string advice_for(int error) {
    if (error == ENOKEY)
        return "; no process writes to it that could record who reads, so name its private key "
               "with `--sign`, or read without a record with `--no-record`";
    return "; who reads is recorded, and with `--no-record` it is read without that";
}

std::string value_of(journal_record const& record, std::string_view name) {
    for (auto const& [key, value] : record.details)
        if (key == name) return value;
    return {};
}

}  // namespace

bool recorded_reading::made(journal_record const& record) const {
    if (record.writer != writer || record.event.time < since) return false;
    switch (record.note) {
        case journal_note::read:
            return value_of(record, "by") == by && value_of(record, "how") == how;
        case journal_note::started:
        case journal_note::key_changed:
        case journal_note::stopped: return !by_process;
        default: return false;
    }
}

recorded_reading record_reading(audit_reading const& reading, streams& to) {
    recorded_reading result;
    result.may_read = true;
    if (!reading.record) return result;
    result.since = detail::unix_nanoseconds();
    result.by = name_of_user();
    result.how = reading.how;
    trail::wish wanted;
    wanted.what = trail::wish::kind::read;
    wanted.by = result.by;
    wanted.how = reading.how;
    wanted.about = reading.what;
    trail::tended done;
    if (trail::trouble const why =
            trail::record_reading(reading.journal, reading.key, wanted, done)) {
        to.complain(detail::printable(why.text()) + advice_for(why.error));
        result.may_read = false;
        return result;
    }
    result.by_process = done.by_process;
    result.writer = done.writer;
    return result;
}

}  // namespace rolecall::inline v0_1::cli
