// The folder of a journal: made, checked, and a writer taken in it.
#ifndef ROLECALL_SRC_JOURNAL_FOLDER_HPP
#define ROLECALL_SRC_JOURNAL_FOLDER_HPP

#include "journal/chain_writer.hpp"
#include "journal/files.hpp"
#include "journal/frame.hpp"
#include <rolecall/detail/export.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::trail {

/// Reads whose journal a folder is. With `make`, makes the folder and its identity where there is
/// none (an empty folder becomes a journal; one with anything else in it is trouble). Two processes
/// that make it at once get the same one. Refuses folders and files that others may write to.
/// `random` gives the identity of a new one.
[[nodiscard]] ROLECALL_API trouble open_folder(file_system& files, std::string const& path,
                                               bool make, identity const& random, identity& is);

/// The writers in a folder, ascending.
[[nodiscard]] trouble list_writers(file_system& files, std::string const& path,
                                   std::vector<std::uint32_t>& writers);

/// The segments of a writer, ascending; a file that is neither segment, ring, lock nor request is
/// trouble.
[[nodiscard]] trouble list_segments(file_system& files, std::string const& writer_folder,
                                    std::vector<std::uint64_t>& segments);

/// A writer that is locked for this process, until it goes.
struct taken_writer {
    std::uint32_t number = 0;
    std::string folder;
    std::unique_ptr<file> lock;
};

/// Takes the lowest writer that nobody has locked, or makes the next.
[[nodiscard]] trouble take_writer(file_system& files, std::string const& path, taken_writer& taken);

/// Takes this one; trouble with EWOULDBLOCK where somebody has it.
[[nodiscard]] trouble take_writer(file_system& files, std::string const& path, std::uint32_t number,
                                  taken_writer& taken);

}  // namespace rolecall::inline v0_1::trail

#endif
