#include "journal/frames_behind.hpp"

#include "journal/byte_order.hpp"
#include "journal/segment_reader.hpp"

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::trail {
namespace {

constexpr std::size_t most_checkpoints = 100;

// How long the frame at a place says that it is; nothing where it says nothing
// to go by.
std::optional<std::uint64_t> stated_length(file& of, std::uint64_t offset) {
    std::array<std::byte, frame_head_bytes> head{};
    io_result const got = read_all(of, offset, head);
    if (!got.ok() || got.done < head.size()) return std::nullopt;
    auto const payload = load<std::uint32_t>(head.data() + 8);
    if (payload > longest_payload) return std::nullopt;
    return frame_extra_bytes + std::uint64_t{payload};
}

}  // namespace

frames_behind look_behind(file_system& files, std::string const& path, std::uint64_t offset,
                          hash const& end) {
    frames_behind found;
    int error = 0;
    auto heads = files.open(path, open_how::read, error);
    auto whole = heads ? files.open(path, open_how::read, error) : nullptr;
    if (!whole) return found;
    std::string const last = hex(end);
    segment_reader reader(std::move(whole));
    reader.skip_to(offset);
    for (;;) {
        frame const* const is = reader.next();
        if (is == nullptr) {
            if (reader.why() != frames_end::not_whole) return found;
            auto const length = stated_length(*heads, reader.offset());
            if (!length) return found;
            reader.skip_to(reader.offset() + *length);
            continue;
        }
        if (is->offset == offset) found.begins_whole = true;
        ++found.frames;
        found.records += is->head.records;
        if (is->head.kind != frame_kind::checkpoint) continue;
        std::string_view const text(reinterpret_cast<char const*>(is->payload.data()),
                                    is->payload.size());
        auto head = parse_journal_head(text);
        if (head && head->head != last && found.checkpoints.size() < most_checkpoints)
            found.checkpoints.push_back(std::move(*head));
    }
}

}  // namespace rolecall::inline v0_1::trail
