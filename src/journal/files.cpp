#include "journal/files.hpp"

#include <cerrno>

namespace rolecall::inline v0_1::trail {

int write_all(file& to, std::uint64_t offset, bytes_view from) noexcept {
    while (!from.empty()) {
        io_result const wrote = to.write_at(offset, from);
        if (wrote.error == EINTR) continue;
        if (!wrote.ok()) return wrote.error;
        if (wrote.done == 0) return ENOSPC;
        offset += wrote.done;
        from = from.subspan(wrote.done);
    }
    return 0;
}

io_result read_all(file& from, std::uint64_t offset, std::span<std::byte> to) noexcept {
    io_result result;
    while (result.done < to.size()) {
        io_result const got = from.read_at(offset + result.done, to.subspan(result.done));
        if (got.error == EINTR) continue;
        if (!got.ok()) {
            result.error = got.error;
            break;
        }
        if (got.done == 0) break;
        result.done += got.done;
    }
    return result;
}

}  // namespace rolecall::inline v0_1::trail
