// The file system of this machine.
#include "document/file_io.hpp"
#include "journal/files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1::trail {
namespace {

using yaml::descriptor;

constexpr int safely = O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW;

// Nobody else can change it: it is ours, or root's where root runs this.
bool only_owner_writes(struct stat const& is) noexcept {
    return is.st_uid == ::geteuid() && (is.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

int error_unless(bool fine) noexcept { return fine ? 0 : errno; }

class real_file final : public file {
public:
    explicit real_file(descriptor opened) : opened_(std::move(opened)) {}

    io_result read_at(std::uint64_t offset, std::span<std::byte> to) noexcept override {
        return result(::pread(opened_.number(), to.data(), to.size(), static_cast<off_t>(offset)));
    }
    io_result write_at(std::uint64_t offset, bytes_view from) noexcept override {
        return result(
            ::pwrite(opened_.number(), from.data(), from.size(), static_cast<off_t>(offset)));
    }
    int sync() noexcept override {
        return repeated([&] { return ::fdatasync(opened_.number()); });
    }
    int resize(std::uint64_t size) noexcept override {
        return repeated([&] { return ::ftruncate(opened_.number(), static_cast<off_t>(size)); });
    }

    // Zeros that were written once: to write over them changes nothing but the data.
    int allocate(std::uint64_t size) noexcept override {
        std::uint64_t at = 0;
        if (int const error = this->size(at)) return error;
        // In one piece, where the file system can; and a full disk says so before it is filled.
        if (at < size &&
            ::fallocate(opened_.number(), FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(size)) != 0 &&
            (errno == ENOSPC || errno == EDQUOT || errno == EFBIG))
            return errno;
        static constexpr std::array<std::byte, std::size_t{64} << 10U> zeros{};
        while (at < size) {
            std::size_t const piece =
                static_cast<std::size_t>(std::min<std::uint64_t>(zeros.size(), size - at));
            if (int const error = write_all(*this, at, bytes_view(zeros).first(piece))) {
                return error;
            }
            at += piece;
        }
        return 0;
    }

    int size(std::uint64_t& is) noexcept override {
        struct stat found {};
        if (::fstat(opened_.number(), &found) != 0) return errno;
        is = static_cast<std::uint64_t>(found.st_size);
        return 0;
    }
    bool is_private() noexcept override {
        struct stat found {};
        return ::fstat(opened_.number(), &found) == 0 && S_ISREG(found.st_mode) &&
               only_owner_writes(found);
    }
    // Of the open file, as flock's, but it can be looked at without being taken.
    int lock() noexcept override {
        struct flock whole = all_of_it();
        return repeated([&] { return ::fcntl(opened_.number(), F_OFD_SETLK, &whole); });
    }
    int is_locked(bool& is) noexcept override {
        struct flock whole = all_of_it();
        int const error = repeated([&] { return ::fcntl(opened_.number(), F_OFD_GETLK, &whole); });
        is = error == 0 && whole.l_type != F_UNLCK;
        return error;
    }

private:
    static io_result result(ssize_t done) noexcept {
        if (done < 0) return {0, errno};
        return {static_cast<std::size_t>(done), 0};
    }
    static struct flock all_of_it() noexcept {
        struct flock whole {};
        whole.l_type = F_WRLCK;
        whole.l_whence = SEEK_SET;
        return whole;
    }
    // An interrupted sync says nothing of what was written; asked again, it does.
    template <class Call>
    static int repeated(Call&& call) noexcept {
        while (call() != 0)
            if (errno != EINTR) return errno;
        return 0;
    }

    descriptor opened_;
};

class real_file_system final : public file_system {
public:
    std::unique_ptr<file> open(std::string const& path, open_how how, int& error) override {
        int flags = safely;
        switch (how) {
            case open_how::read: flags |= O_RDONLY; break;
            case open_how::write: flags |= O_RDWR; break;
            case open_how::create_new: flags |= O_RDWR | O_CREAT | O_EXCL; break;
            case open_how::create: flags |= O_RDWR | O_CREAT; break;
        }
        descriptor opened(::open(path.c_str(), flags, 0600));
        struct stat found {};
        error = error_unless(opened && ::fstat(opened.number(), &found) == 0);
        if (error == 0 && !S_ISREG(found.st_mode)) error = S_ISDIR(found.st_mode) ? EISDIR : EINVAL;
        return error == 0 ? std::make_unique<real_file>(std::move(opened)) : nullptr;
    }

    int make_folder(std::string const& path) override {
        return error_unless(::mkdir(path.c_str(), 0700) == 0);
    }

    int list(std::string const& path, std::vector<std::string>& names) override {
        struct closer {
            void operator()(DIR* open) const noexcept { ::closedir(open); }
        };
        std::unique_ptr<DIR, closer> const folder(::opendir(path.c_str()));
        if (!folder) return errno;
        names.clear();
        for (;;) {
            errno = 0;
            dirent const* const entry = ::readdir(folder.get());  // one thread has this folder
            if (entry == nullptr) break;
            std::string_view const name = entry->d_name;
            if (name != "." && name != "..") names.emplace_back(name);
        }
        if (errno != 0) return errno;
        std::sort(names.begin(), names.end());
        return 0;
    }

    int folder_is_private(std::string const& path, bool& is) override {
        struct stat found {};
        if (::lstat(path.c_str(), &found) != 0) return errno;
        is = S_ISDIR(found.st_mode) && only_owner_writes(found);
        return 0;
    }

    // A link takes no place that is taken, on every file system that a journal may lie on.
    int publish(std::string const& temporary, std::string const& path) override {
        if (::link(temporary.c_str(), path.c_str()) != 0) return errno;
        return error_unless(::unlink(temporary.c_str()) == 0);
    }

    int remove(std::string const& path) override {
        return error_unless(::unlink(path.c_str()) == 0);
    }

    int sync_folder(std::string const& path) override {
        descriptor const folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        return error_unless(folder && ::fsync(folder.number()) == 0);
    }
};

}  // namespace

file_system& real_files() {
    static real_file_system files;
    return files;
}

}  // namespace rolecall::inline v0_1::trail
