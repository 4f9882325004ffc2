// A frame of a segment, as docs/journal-format.md describes it.
#ifndef ROLECALL_SRC_JOURNAL_FRAME_HPP
#define ROLECALL_SRC_JOURNAL_FRAME_HPP

#include "journal/files.hpp"
#include <rolecall/detail/export.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::trail {

using hash = std::array<std::byte, 32>;
using identity = std::array<std::byte, 16>;

inline constexpr std::size_t frame_head_bytes = 64;
inline constexpr std::size_t frame_extra_bytes = frame_head_bytes + sizeof(hash);
inline constexpr std::uint32_t longest_payload = 33'554'432;

enum class frame_kind : std::uint8_t { opening = 1, batch = 2, checkpoint = 3, closing = 4 };

/// What a frame says besides its payload.
struct frame_head {
    frame_kind kind = frame_kind::batch;
    std::uint32_t payload = 0;  ///< bytes
    std::uint32_t records = 0;
    std::uint64_t first = 1;
    std::int64_t time = 0;
    hash previous{};
};

/// What an opening frame says.
struct opening {
    identity journal{};
    std::uint32_t writer = 0;
    std::uint64_t segment = 0;
};

/// The names of files, as the format has them.
std::string segment_name(std::uint64_t number);              // `000000000001.segment`
ROLECALL_API std::string writer_name(std::uint32_t number);  // `writer-1`
/// The number in a name of that form, to the letter; 0 for any other name.
std::uint64_t segment_number(std::string const& name);
std::uint32_t writer_number(std::string const& name);

/// 64 hexadecimal digits, in small letters; and of an identity 32.
ROLECALL_API std::string hex(bytes_view bytes);

}  // namespace rolecall::inline v0_1::trail

#endif
