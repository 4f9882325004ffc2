#include "journal/folder_reading.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <string_view>

namespace rolecall::inline v0_1::trail {
std::optional<identity> read_identity(file_system& files, std::string const& folder,
                                      std::string& problem) {
    constexpr std::string_view begin = "rolecall-journal 1 ";
    constexpr std::string_view digits = "0123456789abcdef";
    constexpr std::size_t size = begin.size() + 2 * sizeof(identity) + 1;
    int error = 0;
    std::unique_ptr<file> const file = files.open(folder + "/journal", open_how::read, error);
    if (!file) {
        problem = "`" + folder +
                  "` is no journal: its file `journal` can't be opened: " + error_words(error);
        return std::nullopt;
    }
    std::array<char, size + 1> bytes{};
    io_result const got = read_all(*file, 0, std::as_writable_bytes(std::span(bytes)));
    std::string_view text(bytes.data(), std::min(got.done, bytes.size()));
    identity is{};
    bool good = got.ok() && text.size() == size && text.starts_with(begin) && text.back() == '\n';
    for (std::size_t i = 0; good && i < 2 * is.size(); ++i) {
        std::size_t const digit = digits.find(text[begin.size() + i]);
        good = digit != std::string_view::npos;
        if (good) is[i / 2] = is[i / 2] << 4U | static_cast<std::byte>(digit);
    }
    if (good) return is;
    problem = "`" + folder + "` is no journal: its file `journal` ";
    problem +=
        got.ok() ? "does not say which one it is" : "can't be read: " + error_words(got.error);
    return std::nullopt;
}

int find_writers(file_system& files, std::string const& folder,
                 std::vector<std::uint32_t>& writers) {
    std::vector<std::string> names;
    if (int const error = files.list(folder, names)) return error;
    for (std::string const& name : names)
        if (std::uint32_t const number = writer_number(name)) writers.push_back(number);
    std::sort(writers.begin(), writers.end());
    return 0;
}

}  // namespace rolecall::inline v0_1::trail
