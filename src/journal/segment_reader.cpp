#include "journal/segment_reader.hpp"

#include "journal/byte_order.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <utility>

namespace rolecall::inline v0_1::trail {
namespace {

constexpr char magic[4] = {'R', 'C', 'J', '1'};
constexpr std::size_t opening_bytes = 28;
constexpr std::size_t least_record = 4;     // the type and size of an entry
constexpr std::size_t longest_head = 4096;  // of a checkpoint's text
constexpr std::size_t piece = std::size_t{64} << 10U;
// Twice the largest segment: zeros beyond are not counted, for a file without data may be of any
// size.
constexpr std::uint64_t most_zeros = std::uint64_t{8} << 30U;

bool all_zero(bytes_view bytes) noexcept {
    return std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b == std::byte{}; });
}

// What is wrong with a frame that has no payload of entries; null: nothing.
char const* refusal(frame_head const& is) noexcept {
    switch (is.kind) {
        case frame_kind::batch:
            return is.records <= is.payload / least_record
                       ? nullptr
                       : "it says that it has more records than bytes for them";
        case frame_kind::opening:
            if (is.payload != opening_bytes) return "it is an opening of another size";
            break;
        case frame_kind::checkpoint:
            if (is.payload == 0 || is.payload > longest_head)
                return "it is a checkpoint of a size that none has";
            break;
        case frame_kind::closing:
            if (is.payload != 0) return "it is a closing with a payload";
            break;
    }
    return is.records == 0 ? nullptr : "it has records where none can be";
}

// What is wrong with the fixed part of a frame; null: nothing.
char const* parse(std::span<std::byte const, frame_head_bytes> bytes, frame_head& is) noexcept {
    std::byte const* const at = bytes.data();
    if (std::memcmp(at, magic, sizeof magic) != 0) return "what stands there is no frame";
    auto const kind = load<std::uint8_t>(at + 4);
    if (kind < 1 || kind > 4) return "its kind is none";
    if (!all_zero({at + 5, 3})) return "it has bytes that should be zero";
    is.kind = static_cast<frame_kind>(kind);
    is.payload = load<std::uint32_t>(at + 8);
    is.records = load<std::uint32_t>(at + 12);
    is.first = load<std::uint64_t>(at + 16);
    is.time = load<std::int64_t>(at + 24);
    std::copy_n(at + 32, sizeof(hash), is.previous.begin());
    if (is.payload > longest_payload) return "it says that it is larger than a frame can be";
    if (is.first == 0) return "its sequence number is none";
    if (is.records > ~std::uint64_t{0} - is.first) return "its sequence number is too large";
    return refusal(is);
}

}  // namespace

frame const* segment_reader::refuse(char const* what) {
    why_ = frames_end::not_whole;
    what_ = what;
    return nullptr;
}

frame const* segment_reader::fail(int error) {
    why_ = frames_end::unreadable;
    what_ = "it can't be read";
    error_ = error;
    return nullptr;
}

frame const* segment_reader::next() {
    error_ = 0;
    what_.clear();
    std::array<std::byte, frame_head_bytes> head;  // NOLINT(cppcoreguidelines-pro-type-member-init)
    io_result const got = read_all(*file_, offset_, head);
    if (!got.ok()) return fail(got.error);
    bytes_view const there(head.data(), std::min(got.done, head.size()));
    if (all_zero(there)) return end_with_zeros(offset_ + there.size(), there.size() < head.size());
    if (there.size() < head.size()) return refuse("the file ends within it");
    if (char const* const wrong = parse(head, frame_.head)) return refuse(wrong);

    // A size is only believed where the file has as many bytes.
    std::uint64_t size = 0;
    if (int const error = file_->size(size)) return fail(error);
    std::size_t const rest = frame_.head.payload + sizeof(hash);
    if (size < offset_ + frame_head_bytes || size - offset_ - frame_head_bytes < rest)
        return refuse("the file ends within it");
    frame_.payload.resize(rest);
    io_result const body = read_all(*file_, offset_ + frame_head_bytes, frame_.payload);
    if (!body.ok()) return fail(body.error);
    if (body.done < rest) return refuse("the file ends within it");
    std::memcpy(frame_.own.data(), frame_.payload.data() + frame_.head.payload, sizeof(hash));
    frame_.payload.resize(frame_.head.payload);
    hash_.add(head);
    hash_.add(frame_.payload);
    if (hash_.finish() != frame_.own) return refuse("its hash is not that of its bytes");

    frame_.offset = offset_;
    offset_ += frame_extra_bytes + frame_.head.payload;
    why_ = frames_end::not_yet;
    return &frame_;
}

// Zeros that were seen once are not read again: a writer only makes them fewer, from the front.
frame const* segment_reader::end_with_zeros(std::uint64_t from, bool at_end) {
    if (!at_end) {
        zeros_to_ = std::max(zeros_to_, from);
        std::vector<std::byte> bytes(piece);
        for (std::size_t done = piece; done == piece; zeros_to_ += done) {
            if (zeros_to_ > most_zeros) return refuse("more zeros follow than a segment can have");
            io_result const got = read_all(*file_, zeros_to_, bytes);
            if (!got.ok()) return fail(got.error);
            done = std::min(got.done, piece);
            if (!all_zero({bytes.data(), done}))
                return refuse("zeros stand there, and after them bytes that are none");
        }
    }
    why_ = frames_end::end;
    return nullptr;
}

void segment_reader::skip_to(std::uint64_t offset) noexcept {
    offset_ = offset;
    why_ = frames_end::not_yet;
}

std::optional<opening> read_opening(bytes_view payload) {
    if (payload.size() != opening_bytes) return std::nullopt;
    opening is;
    std::memcpy(is.journal.data(), payload.data(), is.journal.size());
    is.writer = load<std::uint32_t>(payload.data() + 16);
    is.segment = load<std::uint64_t>(payload.data() + 20);
    return is;
}

}  // namespace rolecall::inline v0_1::trail
