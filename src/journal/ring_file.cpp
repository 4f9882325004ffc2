#include "journal/ring_file.hpp"

#include "document/file_io.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <new>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::trail {
namespace {

constexpr std::size_t name_digits = 3;
constexpr std::string_view name_begin = "ring-";
constexpr std::uint64_t most_lines = std::uint64_t{1} << 21U;

// Which start of the machine this is.
void read_boot(char (&to)[40]) {
    std::memset(to, 0, sizeof to);
    yaml::descriptor const file(::open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC));
    if (file && ::read(file.number(), to, sizeof to - 1) < 0) std::memset(to, 0, sizeof to);
}

// All of it is in memory before the first decision has to wait for a page. Where the system does
// not know how, each page costs one wait.
void bring_in([[maybe_unused]] void* memory, [[maybe_unused]] std::size_t bytes) noexcept {
#if defined(MADV_POPULATE_WRITE)
    static_cast<void>(::madvise(memory, bytes, MADV_POPULATE_WRITE));
#endif
}

}  // namespace

std::string ring_name(std::uint32_t index) {
    std::string const digits = std::to_string(index);
    std::string name(name_begin);
    if (digits.size() < name_digits) name.append(name_digits - digits.size(), '0');
    return name + digits;
}

std::int64_t ring_index(std::string const& name) {
    std::uint32_t index = 0;
    if (!name.starts_with(name_begin)) return -1;
    std::from_chars(name.data() + name_begin.size(), name.data() + name.size(), index);
    return name == ring_name(index) ? std::int64_t{index} : -1;
}

ring_file::ring_file(ring_file&& other) noexcept
    : memory_(std::exchange(other.memory_, nullptr)), bytes_(other.bytes_), ring_(other.ring_) {}

ring_file& ring_file::operator=(ring_file&& other) noexcept {
    std::swap(memory_, other.memory_);
    std::swap(bytes_, other.bytes_);
    std::swap(ring_, other.ring_);
    return *this;
}

ring_file::~ring_file() {
    if (memory_ != nullptr) ::munmap(memory_, bytes_);
}

trouble ring_file::map(int descriptor, std::size_t bytes, std::string const& path) {
    void* const at = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (at == MAP_FAILED) return {'`' + path + "` can't be mapped into memory", errno};
    memory_ = at;
    bytes_ = bytes;
    ring_.head = static_cast<ring_head*>(at);
    ring_.lines = reinterpret_cast<ring_line*>(static_cast<std::byte*>(at) + ring_head_bytes);
    return {};
}

trouble ring_file::make(std::string const& writer_folder, std::uint32_t index, std::uint64_t room,
                        std::uint64_t run) {
    std::string const path = writer_folder + '/' + ring_name(index);
    if (::unlink(path.c_str()) != 0 && errno != ENOENT)
        return {'`' + path + "` can't be replaced", errno};
    yaml::descriptor const made(
        ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0600));
    if (!made) return {'`' + path + "` can't be made", errno};
    std::uint64_t const lines = room * 2;
    std::size_t const bytes = ring_head_bytes + static_cast<std::size_t>(lines) * ring_line_bytes;
    for (;;) {
        int const error = ::posix_fallocate(made.number(), 0, static_cast<off_t>(bytes));
        if (error == 0) break;
        if (error == EINTR) continue;
        ::unlink(path.c_str());
        return {'`' + path + "` can't be allocated", error};
    }
    if (trouble why = map(made.number(), bytes, path)) return why;
    bring_in(memory_, bytes);

    auto* const head = new (memory_) ring_head{};
    head->index = index;
    head->lines = static_cast<std::uint32_t>(lines);
    head->run = run;
    read_boot(head->boot);
    std::atomic_thread_fence(std::memory_order_release);
    std::memcpy(head->magic, ring_magic, sizeof ring_magic);
    return {};
}

trouble ring_file::open(std::string const& writer_folder, std::uint32_t index) {
    std::string const path = writer_folder + '/' + ring_name(index);
    yaml::descriptor const found(
        ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK));
    struct stat is {};
    if (!found || ::fstat(found.number(), &is) != 0)
        return {'`' + path + "` can't be opened", errno};
    trouble no_ring{'`' + path + "` is not a ring of this version", 0};
    auto const bytes = static_cast<std::uint64_t>(is.st_size);
    if (!S_ISREG(is.st_mode) || bytes > ring_head_bytes + most_lines * ring_line_bytes)
        return no_ring;
    char magic[sizeof ring_magic]{};
    bool const begun = ::pread(found.number(), magic, sizeof magic, 0) > 0 &&
                       std::any_of(magic, magic + sizeof magic, [](char c) { return c != 0; });
    if (!begun) return {};
    if (bytes < ring_head_bytes) return no_ring;
    if (trouble why = map(found.number(), static_cast<std::size_t>(bytes), path)) return why;
    ring_head const& head = *ring_.head;
    std::uint64_t const tail = head.tail.load(std::memory_order_acquire);
    std::uint64_t const end = head.head.load(std::memory_order_acquire);
    bool const fits = std::memcmp(head.magic, ring_magic, sizeof ring_magic) == 0 &&
                      head.index == index && std::has_single_bit(head.lines) && head.lines >= 2 &&
                      bytes == ring_head_bytes + std::uint64_t{head.lines} * ring_line_bytes &&
                      tail <= end && end - tail <= head.lines / 2;
    return fits ? trouble{} : no_ring;
}

bool ring_file::from_before_start() const {
    char now[40];
    read_boot(now);
    return std::memcmp(now, ring_.head->boot, sizeof now) != 0;
}

}  // namespace rolecall::inline v0_1::trail
