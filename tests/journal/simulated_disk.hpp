// A disk in memory that crashes, refuses and forgets, for what is written over `file_system`.
//
// It keeps apart what the system says is there (the cache) and what the disk has: a write, a new
// size and a new name are on the disk once a sync of that file or that folder said yes, and not
// before. What a crash may leave of the others:
//   - Of each sector of 512 bytes as many of the writes to it as you like, the oldest first; the
//     last may have left other bytes than it should in its range, but where they were right before.
//     Sectors do not wait for each other, whatever was written first.
//   - Of the sizes of a file any that it had since; what was cut off with one is gone.
//   - Of the names of a folder, each for itself, as many of its changes as you like, the oldest
//     first. A file that is given its final name has at least one of its names.
// Bytes outside the range of a write stay as they are.
//
// A sync that fails drops what it should have written: some of it is on the disk, the rest never
// will be unless it is written again, and a later sync says yes without it. The cache may go on
// showing it, or not.
#ifndef ROLECALL_TESTS_JOURNAL_SIMULATED_DISK_HPP
#define ROLECALL_TESTS_JOURNAL_SIMULATED_DISK_HPP

#include "journal/files.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::testing {

/// What is asked of the disk.
enum class disk_call : std::uint8_t {
    open,
    read,
    write,
    sync,
    resize,
    allocate,
    size,
    look,  ///< whether others may write to it
    lock,
    make_folder,
    list,
    publish,
    remove,
    sync_folder
};

/// What goes wrong with a call.
struct disk_fault {
    enum class extent : std::uint8_t { all, half, nothing };

    int error = 0;              ///< what it says
    extent done = extent::all;  ///< and what it does, so far as it can be halved

    /// Of a call that can't be halved: whether it does nothing.
    [[nodiscard]] bool refuses() const noexcept { return error != 0 && done != extent::all; }
};

/// Of each thing that a crash leaves open, which of its outcomes; 0: the disk has nothing of it.
using crash_choice = std::vector<unsigned>;

class simulated_disk final : public trail::file_system {
public:
    /// The root folder, and nothing in it. The seed decides what a failing sync drops.
    explicit simulated_disk(unsigned seed = 1);

    std::unique_ptr<trail::file> open(std::string const& path, trail::open_how how,
                                      int& error) override;
    int make_folder(std::string const& path) override;
    int list(std::string const& path, std::vector<std::string>& names) override;
    int folder_is_private(std::string const& path, bool& is) override;
    int publish(std::string const& temporary, std::string const& path) override;
    int remove(std::string const& path) override;
    int sync_folder(std::string const& path) override;

    /// Told before each call that changes something: the moment for a crash.
    std::function<void()> before_change;
    /// Asked with each call what goes wrong with it.
    std::function<disk_fault(disk_call)> faults;

    /// As long as one of these lives, nothing goes wrong, and nobody is told: for who only looks.
    class undisturbed {
    public:
        explicit undisturbed(simulated_disk& of) : of_(of) { ++of_.undisturbed_; }
        undisturbed(undisturbed const&) = delete;
        undisturbed& operator=(undisturbed const&) = delete;
        ~undisturbed() { --of_.undisturbed_; }

    private:
        simulated_disk& of_;
    };

    /// How many outcomes everything has that a crash would leave open now.
    [[nodiscard]] crash_choice open_choices() const;
    /// What the machine finds when it starts anew.
    [[nodiscard]] std::unique_ptr<simulated_disk> after_crash(crash_choice const& choice) const;

    /// From now on these first bytes of a file are not to be written over with others, nor cut.
    void protect(std::string const& path, std::uint64_t bytes);
    /// Files may not take more bytes than this.
    void limit(std::uint64_t bytes) noexcept { limit_ = bytes; }

    /// What was done to it that is never right, in words.
    [[nodiscard]] std::vector<std::string> const& violations() const noexcept {
        return violations_;
    }
    /// Equal for disks that hold the same.
    [[nodiscard]] std::size_t fingerprint() const;
    /// Writes what the system shows of a folder to the real file system, for its owner only.
    void copy_to(std::string const& path, std::string const& real_folder) const;

    [[nodiscard]] std::uint64_t calls() const noexcept { return calls_; }
    [[nodiscard]] std::uint64_t bytes_taken() const noexcept;

private:
    friend class simulated_file;

    // A write, or (without bytes) a new size.
    struct change {
        std::uint64_t offset = 0;
        std::vector<std::byte> bytes;
        std::uint64_t size = 0;  // of the file afterwards
        bool sizes = false, cuts = false;
    };
    struct inode {
        std::vector<std::byte> durable, cache;
        std::vector<change> pending;
        std::set<std::uint64_t> dropped;  // sectors
        std::uint64_t written_since = 0;  // a sync failed: up to here
        std::uint64_t protected_bytes = 0, taken = 0;
        bool locked = false;
    };
    struct folder;
    struct entry {
        std::shared_ptr<inode> file;
        std::shared_ptr<folder> sub;

        [[nodiscard]] bool is_nothing() const noexcept { return !file && !sub; }
    };
    struct name_change {
        std::string name;
        entry is;                       // nothing: removed
        std::ptrdiff_t only_with = -1;  // the change that is on the disk if this one is
    };
    struct folder {
        std::map<std::string, entry> durable, live;
        std::vector<name_change> pending;
    };
    using chooser = std::function<unsigned(unsigned outcomes)>;
    struct rebuilt;

    disk_fault begin(disk_call call, bool changes);
    entry find(std::string const& path) const;
    std::shared_ptr<folder> parent_of(std::string const& path, std::string& name) const;
    void rename_or_make(folder& in, std::string const& name, entry is, std::ptrdiff_t only_with);
    bool takes(inode& of, std::uint64_t bytes);
    int write(inode& to, std::uint64_t offset, trail::bytes_view from);
    int resize(inode& of, std::uint64_t size, bool allocated);
    int sync(inode& of, disk_fault const& fault);
    void complain(std::string what);

    static std::vector<std::byte> image(inode const& of, chooser const& choose);
    static std::shared_ptr<inode> rebuild(std::shared_ptr<inode> const& of, rebuilt& done,
                                          chooser const& choose);
    static std::shared_ptr<folder> rebuild(std::shared_ptr<folder> const& of, rebuilt& done,
                                           chooser const& choose);

    std::shared_ptr<folder> root_;
    std::mt19937 random_;
    std::uint64_t limit_ = ~std::uint64_t{0};
    std::uint64_t calls_ = 0;
    int undisturbed_ = 0;
    std::vector<std::string> violations_;
};

}  // namespace rolecall::testing

#endif
