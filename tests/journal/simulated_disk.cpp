#include "journal/simulated_disk.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string_view>

namespace rolecall::testing {

using trail::bytes_view;
using trail::io_result;
using extent = disk_fault::extent;

/// What `open` gives: an inode, and the disk that it is on.
class simulated_file final : public trail::file {
public:
    using inode = simulated_disk::inode;

    simulated_file(simulated_disk& disk, std::shared_ptr<inode> of, bool writable)
        : disk_(disk), inode_(std::move(of)), writable_(writable) {}
    ~simulated_file() override {
        if (locked_) inode_->locked = false;
    }

    io_result read_at(std::uint64_t offset, std::span<std::byte> to) noexcept override {
        disk_fault const fault = disk_.begin(disk_call::read, false);
        if (fault.error != 0) return {0, fault.error};
        std::uint64_t const size = inode_->cache.size();
        std::size_t count =
            offset < size
                ? static_cast<std::size_t>(std::min<std::uint64_t>(to.size(), size - offset))
                : 0;
        if (fault.done == extent::half && count > 1) count /= 2;
        for (std::size_t i = 0; i < count; ++i)
            to[i] = inode_->cache[static_cast<std::size_t>(offset) + i];
        return {count, 0};
    }

    io_result write_at(std::uint64_t offset, bytes_view from) noexcept override {
        disk_fault const fault = disk_.begin(disk_call::write, true);
        if (!writable_) return {0, EBADF};
        std::size_t count = from.size();
        if (fault.done == extent::nothing) return {0, fault.error};
        if (fault.done == extent::half) count = fault.error == 0 ? (count + 1) / 2 : count / 2;
        if (int const error = disk_.write(*inode_, offset, from.first(count))) return {0, error};
        return fault.error != 0 ? io_result{0, fault.error} : io_result{count, 0};
    }

    int sync() noexcept override { return disk_.sync(*inode_, disk_.begin(disk_call::sync, true)); }

    int resize(std::uint64_t size) noexcept override {
        return resize(disk_call::resize, size, false);
    }

    int allocate(std::uint64_t size) noexcept override {
        if (size < inode_->cache.size()) size = inode_->cache.size();
        return resize(disk_call::allocate, size, true);
    }

    int size(std::uint64_t& is) noexcept override {
        is = inode_->cache.size();
        return disk_.begin(disk_call::size, false).error;
    }

    bool is_private() noexcept override { return true; }

    int lock() noexcept override {
        if (int const error = disk_.begin(disk_call::lock, false).error) return error;
        if (inode_->locked && !locked_) return EWOULDBLOCK;
        return inode_->locked = locked_ = true, 0;
    }
    int is_locked(bool& is) noexcept override {
        if (int const error = disk_.begin(disk_call::lock, false).error) return error;
        return is = inode_->locked && !locked_, 0;
    }

private:
    int resize(disk_call call, std::uint64_t size, bool allocated) noexcept {
        disk_fault const fault = disk_.begin(call, true);
        if (!writable_) return EINVAL;
        if (fault.refuses()) return fault.error;
        int const error = disk_.resize(*inode_, size, allocated);
        return error != 0 ? error : fault.error;
    }

    simulated_disk& disk_;
    std::shared_ptr<inode> inode_;
    bool writable_;
    bool locked_ = false;
};

simulated_disk::simulated_disk(unsigned seed) : root_(std::make_shared<folder>()), random_(seed) {}

disk_fault simulated_disk::begin(disk_call call, bool changes) {
    if (undisturbed_ != 0) return {};
    if (changes && before_change) before_change();
    ++calls_;
    return faults ? faults(call) : disk_fault{};
}

void simulated_disk::complain(std::string what) { violations_.push_back(std::move(what)); }

simulated_disk::entry simulated_disk::find(std::string const& path) const {
    std::string name;
    std::shared_ptr<folder> const in = parent_of(path, name);
    if (!in) return {};
    if (name.empty()) return {nullptr, in};
    auto const found = in->live.find(name);
    return found == in->live.end() ? entry{} : found->second;
}

// The folder that holds the last name of a path; of the root itself the root, and no name.
std::shared_ptr<simulated_disk::folder> simulated_disk::parent_of(std::string const& path,
                                                                  std::string& name) const {
    std::shared_ptr<folder> in = root_;
    name.clear();
    for (std::string_view rest = path; !rest.empty();) {
        std::size_t const end = std::min(rest.find('/'), rest.size());
        std::string_view const part = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (part.empty() || part == ".") continue;
        if (!name.empty()) {
            auto const next = in->live.find(name);
            if (next == in->live.end() || !next->second.sub) return nullptr;
            in = next->second.sub;
        }
        name = part;
    }
    return in;
}

std::unique_ptr<trail::file> simulated_disk::open(std::string const& path, trail::open_how how,
                                                  int& error) {
    bool const makes = how == trail::open_how::create_new || how == trail::open_how::create;
    disk_fault const fault = begin(disk_call::open, makes);
    error = fault.error;
    if (fault.refuses()) return nullptr;
    entry is = find(path);
    if (is.sub) return error = EISDIR, nullptr;
    if (is.file && how == trail::open_how::create_new) return error = EEXIST, nullptr;
    if (!is.file) {
        if (!makes) return error = ENOENT, nullptr;
        std::string name;
        std::shared_ptr<folder> const in = parent_of(path, name);
        if (!in || name.empty()) return error = ENOENT, nullptr;
        is.file = std::make_shared<inode>();
        rename_or_make(*in, name, is, -1);
    }
    if (error != 0) return nullptr;
    return std::make_unique<simulated_file>(*this, is.file, how != trail::open_how::read);
}

void simulated_disk::rename_or_make(folder& in, std::string const& name, entry is,
                                    std::ptrdiff_t only_with) {
    if (is.is_nothing())
        in.live.erase(name);
    else
        in.live[name] = is;
    in.pending.push_back({name, std::move(is), only_with});
}

int simulated_disk::make_folder(std::string const& path) {
    disk_fault const fault = begin(disk_call::make_folder, true);
    if (fault.refuses()) return fault.error;
    std::string name;
    std::shared_ptr<folder> const in = parent_of(path, name);
    if (!in) return ENOENT;
    if (name.empty() || in->live.count(name) != 0) return EEXIST;
    rename_or_make(*in, name, {nullptr, std::make_shared<folder>()}, -1);
    return fault.error;
}

int simulated_disk::list(std::string const& path, std::vector<std::string>& names) {
    if (int const error = begin(disk_call::list, false).error) return error;
    entry const is = find(path);
    if (!is.sub) return is.file ? ENOTDIR : ENOENT;
    names.clear();
    for (auto const& [name, what] : is.sub->live) names.push_back(name);
    return 0;
}

int simulated_disk::folder_is_private(std::string const& path, bool& is) {
    if (int const error = begin(disk_call::look, false).error) return error;
    entry const found = find(path);
    if (found.is_nothing()) return ENOENT;
    is = found.sub != nullptr;
    return 0;
}

int simulated_disk::publish(std::string const& temporary, std::string const& path) {
    disk_fault const fault = begin(disk_call::publish, true);
    if (fault.refuses()) return fault.error;
    std::string from, to;
    std::shared_ptr<folder> const in = parent_of(path, to);
    if (!in || parent_of(temporary, from) != in) return EXDEV;
    auto const found = in->live.find(from);
    if (found == in->live.end() || !found->second.file) return ENOENT;
    if (in->live.count(to) != 0) return EEXIST;
    rename_or_make(*in, to, entry(found->second), -1);
    rename_or_make(*in, from, {}, static_cast<std::ptrdiff_t>(in->pending.size()) - 1);
    return fault.error;
}

int simulated_disk::remove(std::string const& path) {
    disk_fault const fault = begin(disk_call::remove, true);
    if (fault.refuses()) return fault.error;
    std::string name;
    std::shared_ptr<folder> const in = parent_of(path, name);
    if (!in) return ENOENT;
    auto const found = in->live.find(name);
    if (found == in->live.end()) return ENOENT;
    if (found->second.sub) return EISDIR;
    rename_or_make(*in, name, {}, -1);
    return fault.error;
}

int simulated_disk::sync_folder(std::string const& path) {
    disk_fault const fault = begin(disk_call::sync_folder, true);
    entry const is = find(path);
    if (!is.sub) return is.file ? ENOTDIR : ENOENT;
    if (fault.refuses()) return fault.error;
    is.sub->durable = is.sub->live;
    is.sub->pending.clear();
    return fault.error;
}

void simulated_disk::protect(std::string const& path, std::uint64_t bytes) {
    entry const is = find(path);
    if (!is.file) throw std::logic_error("no such file: " + path);
    is.file->protected_bytes = std::max(is.file->protected_bytes, bytes);
}

void simulated_disk::copy_to(std::string const& path, std::string const& real_folder) const {
    namespace fs = std::filesystem;
    entry const is = find(path);
    if (!is.sub) throw std::logic_error("no such folder: " + path);
    fs::create_directory(real_folder);
    fs::permissions(real_folder, fs::perms::owner_all);
    for (auto const& [name, what] : is.sub->live) {
        std::string const to = real_folder + '/' + name;
        if (what.sub) {
            copy_to(path + '/' + name, to);
            continue;
        }
        std::ofstream out(to, std::ios::binary);
        auto const& bytes = what.file->cache;
        out.write(reinterpret_cast<char const*>(bytes.data()),
                  static_cast<std::streamsize>(bytes.size()));
        if (!out.flush()) throw std::runtime_error("can't write " + to);
        fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write);
    }
}

}  // namespace rolecall::testing
