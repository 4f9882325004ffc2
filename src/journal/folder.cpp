#include "journal/folder.hpp"

#include "journal/folder_reading.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <string_view>

namespace rolecall::inline v0_1::trail {
namespace {

constexpr std::string_view identity_name = "journal";
constexpr std::string_view identity_begin = "rolecall-journal 1 ";
constexpr std::string_view temporary_begin = "journal.new-";  // and the identity that it has
constexpr std::string_view lock_name = "lock";
constexpr std::size_t identity_line = identity_begin.size() + 2 * sizeof(identity) + 1;
constexpr std::uint32_t most_writers = 100'000;

trouble trouble_with(std::string const& path, std::string const& what, int error = 0) {
    return {'`' + path + "` " + what, error};
}

// The folder in which a path is a name.
std::string parent_of(std::string path) {
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    std::size_t const slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

int digit(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

std::string line_of(identity const& is) { return std::string(identity_begin) + hex(is) + '\n'; }

std::optional<identity> identity_in(std::string_view line) {
    identity is{};
    if (line.size() != identity_line || !line.starts_with(identity_begin)) return std::nullopt;
    std::string_view const digits = line.substr(identity_begin.size());
    for (std::size_t i = 0; i < is.size(); ++i) {
        int const high = digit(digits[2 * i]);
        int const low = digit(digits[2 * i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        is[i] = static_cast<std::byte>(high << 4 | low);
    }
    if (digits.back() != '\n') return std::nullopt;
    return is;
}

trouble check_private(file_system& files, std::string const& path) {
    bool is = false;
    if (int const error = files.folder_is_private(path, is))
        return trouble_with(path, "can't be looked at", error);
    if (!is) return trouble_with(path, "is no folder of this user that nobody else may write to");
    return {};
}

// `found` says whether there is one.
trouble read_identity(file_system& files, std::string const& folder, identity& is, bool& found) {
    std::string const path = folder + '/' + std::string(identity_name);
    int error = 0;
    auto const opened = files.open(path, open_how::read, error);
    found = opened != nullptr;
    if (!opened) return error == ENOENT ? trouble{} : trouble_with(path, "can't be opened", error);
    if (!opened->is_private())
        return trouble_with(path, "is no file of this user that nobody else may write to");
    std::array<char, identity_line + 1> text{};
    io_result const got = read_all(*opened, 0, std::as_writable_bytes(std::span(text)));
    if (!got.ok()) return trouble_with(path, "can't be read", got.error);
    auto const read = identity_in({text.data(), got.done});
    if (!read) return trouble_with(path, "does not say which journal it is");
    is = *read;
    return {};
}

bool is_temporary(std::string const& name) { return name.starts_with(temporary_begin); }

// Nothing but what a process left that was killed while it did the same.
trouble check_empty(file_system& files, std::string const& path) {
    std::vector<std::string> names;
    if (int const error = files.list(path, names))
        return trouble_with(path, "can't be read", error);
    for (std::string const& name : names)
        if (!is_temporary(name) && name != identity_name)
            return trouble_with(path, "is no journal, and has something in it");
    return {};
}

// Writes the identity under another name first: a journal has it whole or not at all. The name is
// drawn, so that two processes that do it at once have one each.
trouble make_identity(file_system& files, std::string const& folder, identity const& random) {
    std::string const temporary = folder + '/' + std::string(temporary_begin) + hex(random);
    std::string const path = folder + '/' + std::string(identity_name);
    int error = 0;
    auto const opened = files.open(temporary, open_how::create, error);
    if (!opened) return trouble_with(temporary, "can't be made", error);
    std::string const line = line_of(random);
    error = opened->resize(0);
    while (error == EINTR) error = opened->resize(0);
    if (error == 0) error = write_all(*opened, 0, std::as_bytes(std::span(line)));
    if (error == 0) error = opened->sync();
    if (error != 0) {
        static_cast<void>(files.remove(temporary));
        return trouble_with(temporary, "can't be written", error);
    }
    error = files.publish(temporary, path);
    // Somebody else was faster, and may have tidied up after us already.
    if (error == EEXIST || error == ENOENT) {
        static_cast<void>(files.remove(temporary));
        return {};
    }
    if (error != 0) return trouble_with(path, "can't be made", error);
    return {};
}

// What was left of an identity that nobody has.
void tidy(file_system& files, std::string const& path) {
    std::vector<std::string> names;
    if (files.list(path, names) != 0) return;
    for (std::string const& name : names)
        if (is_temporary(name))
            static_cast<void>(files.remove(std::string(path).append("/").append(name)));
}

// Locks a writer whose folder is there. `held`: somebody else has it.
trouble lock_writer(file_system& files, std::string const& folder, bool& held,
                    std::unique_ptr<file>& lock) {
    held = false;
    if (trouble why = check_private(files, folder)) return why;
    std::string const path = folder + '/' + std::string(lock_name);
    int error = 0;
    auto opened = files.open(path, open_how::create, error);
    if (!opened) return trouble_with(path, "can't be opened", error);
    if (!opened->is_private())
        return trouble_with(path, "is no file of this user that nobody else may write to");
    error = opened->lock();
    held = error == EWOULDBLOCK;
    if (held) return {};
    if (error != 0) return trouble_with(path, "can't be locked", error);
    lock = std::move(opened);
    return {};
}

// Whoever made them may have been stopped before the names were on the disk. A parent that this
// user may not read is somebody else's work.
trouble sync_names(file_system& files, std::string const& path) {
    if (int const error = files.sync_folder(path))
        return trouble_with(path, "can't be synced", error);
    std::string const parent = parent_of(path);
    if (int const error = files.sync_folder(parent); error != 0 && error != EACCES)
        return trouble_with(parent, "can't be synced", error);
    return {};
}

trouble make_writer(file_system& files, std::string const& path, std::uint32_t number) {
    std::string const folder = path + '/' + writer_name(number);
    int const error = files.make_folder(folder);
    if (error != 0 && error != EEXIST) return trouble_with(folder, "can't be made", error);
    return {};
}

}  // namespace

trouble open_folder(file_system& files, std::string const& path, bool make, identity const& random,
                    identity& is) {
    if (make) {
        int const error = files.make_folder(path);
        if (error != 0 && error != EEXIST) return trouble_with(path, "can't be made", error);
    }
    if (trouble why = check_private(files, path)) return why;
    bool found = false;
    if (trouble why = read_identity(files, path, is, found)) return why;
    if (!found) {
        if (!make) return trouble_with(path, "is no journal");
        if (trouble why = check_empty(files, path)) return why;
        if (trouble why = make_identity(files, path, random)) return why;
        if (trouble why = read_identity(files, path, is, found)) return why;
        if (!found) return trouble_with(path, "lost its identity while it was made");
    }
    if (make) tidy(files, path);
    return {};
}

trouble list_writers(file_system& files, std::string const& path,
                     std::vector<std::uint32_t>& writers) {
    writers.clear();
    if (int const error = find_writers(files, path, writers))
        return trouble_with(path, "can't be read", error);
    return {};
}

trouble list_segments(file_system& files, std::string const& writer_folder,
                      std::vector<std::uint64_t>& segments) {
    segments.clear();
    std::vector<std::string> names;
    if (int const error = files.list(writer_folder, names))
        return trouble_with(writer_folder, "can't be read", error);
    for (std::string const& name : names) {
        if (std::uint64_t const number = segment_number(name))
            segments.push_back(number);
        else if (name != lock_name && !name.starts_with("request") && !name.starts_with("ring-"))
            return trouble_with(std::string(writer_folder).append("/").append(name),
                                "is no file of a journal");
    }
    std::sort(segments.begin(), segments.end());
    return {};
}

trouble take_writer(file_system& files, std::string const& path, taken_writer& taken) {
    // Before there is anything else in it, it is on the disk that it is a journal.
    if (trouble why = sync_names(files, path)) return why;
    // Two processes that find all of them locked make the next at once, and one of them gets it.
    for (std::uint32_t number = 1; number <= most_writers; ++number) {
        if (trouble why = make_writer(files, path, number)) return why;
        trouble why = take_writer(files, path, number, taken);
        if (!why || why.error != EWOULDBLOCK) return why;
    }
    return trouble_with(path, "has more writers than a journal can have");
}

trouble take_writer(file_system& files, std::string const& path, std::uint32_t number,
                    taken_writer& taken) {
    taken = {};
    std::string const folder = path + '/' + writer_name(number);
    std::unique_ptr<file> lock;
    bool held = false;
    if (trouble why = lock_writer(files, folder, held, lock)) return why;
    if (held) return trouble_with(folder, "is in use by another process", EWOULDBLOCK);
    if (trouble why = sync_names(files, path)) return why;
    taken.number = number;
    taken.folder = folder;
    taken.lock = std::move(lock);
    return {};
}

}  // namespace rolecall::inline v0_1::trail
