#include "journal/run_notes.hpp"

#include "journal/open_writer.hpp"
#include "journal/trusted_keys.hpp"
#include <rolecall/version.hpp>

#include <unistd.h>

#include <array>
#include <bit>
#include <span>

namespace rolecall::inline v0_1::trail {
namespace {

std::string name_of_host() {
    char name[256] = {};
    return ::gethostname(name, sizeof name - 1) == 0 ? name : "";
}

std::string name_of_program() {
    char path[4096] = {};
    ssize_t const size = ::readlink("/proc/self/exe", path, sizeof path - 1);
    return size > 0 ? std::string(path, static_cast<std::size_t>(size)) : "";
}

}  // namespace

std::uint64_t new_run() {
    std::array<std::byte, 8> bytes{};
    fill_randomly(bytes);
    auto const number = std::bit_cast<std::uint64_t>(bytes);
    return number == 0 ? 1 : number;
}

note_details started_details(std::uint64_t run, std::string_view origin, signing_key const* key) {
    return {{"program", name_of_program()},
            {"pid", std::to_string(::getpid())},
            {"host", name_of_host()},
            {"origin", std::string(origin)},
            {"version", ROLECALL_VERSION_STRING},
            {"run", std::to_string(run)},
            {"key", key != nullptr ? key->fingerprint() : ""}};
}

note_details stopped_details(std::uint64_t run, std::uint64_t records) {
    return {{"run", std::to_string(run)}, {"records", std::to_string(records)}};
}

note_details read_details(std::string_view by, std::string_view how, std::string_view what) {
    return {{"by", std::string(by)}, {"how", std::string(how)}, {"what", std::string(what)}};
}

bool key_changes(std::string const& before, signing_key const* now) {
    return now != nullptr && !before.empty() && before != now->fingerprint();
}

note_details key_changed_details(identity const& journal, std::string const& before,
                                 signing_key const* before_key, signing_key const& now) {
    std::string signature;
    if (before_key != nullptr)
        signature = before_key->sign(key_change_text(hex(journal), before, now.public_raw()));
    return {{"from", before},
            {"to", now.fingerprint()},
            {"public", now.public_pem()},
            {"signature", hex(std::as_bytes(std::span(signature.data(), signature.size())))}};
}

}  // namespace rolecall::inline v0_1::trail
