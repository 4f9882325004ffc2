#include "journal/retain.hpp"

#include "journal/folder.hpp"
#include "journal/segment_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace rolecall::inline v0_1::trail {
namespace {

// What a segment begins with and how long it is.
struct beginning {
    std::uint64_t first = 0;
    hash previous{};
    std::int64_t last_time = 0;
    std::uint64_t bytes = 0;
};

trouble look_into(file_system& files, std::string const& path, bool whole, beginning& is) {
    int error = 0;
    auto opened = files.open(path, open_how::read, error);
    if (!opened) return {'`' + path + "` can't be opened", error};
    if (int const failed = opened->size(is.bytes))
        return {'`' + path + "` can't be looked at", failed};
    segment_reader reader(std::move(opened));
    frame const* next = reader.next();
    if (next == nullptr) return {'`' + path + "` has no whole frame", reader.error()};
    is.first = next->head.first;
    is.previous = next->head.previous;
    is.last_time = next->head.time;
    while (whole && (next = reader.next()) != nullptr)
        is.last_time = std::max(is.last_time, next->head.time);
    return {};
}

}  // namespace

std::vector<std::pair<std::string, std::string>> retained_segments::details(
    std::int64_t before) const {
    return {{"through", std::to_string(through)},
            {"sequence", std::to_string(sequence)},
            {"hash", hex(last)},
            {"before", std::to_string(before)}};
}

// What counts of a segment is what the opening of the next names.
trouble find_old_segments(file_system& files, std::string const& writer_folder,
                          std::uint64_t newest, std::int64_t before, retained_segments& found) {
    found = {};
    std::vector<std::uint64_t> numbers;
    if (trouble why = list_segments(files, writer_folder, numbers)) return why;
    for (std::size_t i = 0; i + 1 < numbers.size() && numbers[i] < newest; ++i) {
        beginning is;
        beginning next;
        std::string const at = writer_folder + '/';
        if (trouble why = look_into(files, at + segment_name(numbers[i]), true, is)) return why;
        if (is.last_time >= before) break;
        if (trouble why = look_into(files, at + segment_name(numbers[i + 1]), false, next))
            return why;
        ++found.count;
        found.through = numbers[i];
        found.sequence = next.first - 1;
        found.last = next.previous;
        found.bytes += is.bytes;
    }
    return {};
}

trouble segments_through(file_system& files, std::string const& writer_folder, std::uint64_t newest,
                         std::uint64_t through, retained_segments& found) {
    found = {};
    if (through >= newest) return {"the segment that is written now can't be dropped", EINVAL};
    std::vector<std::uint64_t> numbers;
    if (trouble why = list_segments(files, writer_folder, numbers)) return why;
    auto const end = std::upper_bound(numbers.begin(), numbers.end(), through);
    if (end == numbers.begin()) return {};  // they are gone already
    beginning next;
    if (trouble why = look_into(files, writer_folder + '/' + segment_name(*end), false, next))
        return why;
    found.count = static_cast<std::uint64_t>(end - numbers.begin());
    found.through = *(end - 1);
    found.sequence = next.first - 1;
    found.last = next.previous;
    return {};
}

}  // namespace rolecall::inline v0_1::trail
