#include "cli/audit/reading.hpp"

#include <rolecall/detail/text.hpp>
#include <rolecall/journal.hpp>

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <string>

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

}  // namespace

bool record_reading(audit_reading const& reading, streams& to) {
    if (!reading.record) return true;
    constexpr char const* advice =
        "; who reads is recorded, and with `--no-record` it is read without that";
    journal_options options;
    options.create = false;
    options.origin = "rolecall " + reading.how;
    options.ring_records = 64;
    journal trail(reading.journal, options);
    if (trail && trail.note_read(name_of_user(), reading.how, reading.what)) return true;
    to.complain(detail::printable(trail.problem()) + advice);
    return false;
}

}  // namespace rolecall::inline v0_1::cli
