// The folder of a journal as those see it who only read, whoever owns it.
#ifndef ROLECALL_SRC_JOURNAL_FOLDER_READING_HPP
#define ROLECALL_SRC_JOURNAL_FOLDER_READING_HPP

#include "journal/files.hpp"
#include "journal/frame.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::trail {

/// Reads which journal a folder is, from its file `journal`: to the letter, and whoever owns it.
/// Nothing, and why in `problem`, where it is none.
std::optional<identity> read_identity(file_system& files, std::string const& folder,
                                      std::string& problem);

/// The numbers of the writers in a folder, ascending; errno, or 0.
int find_writers(file_system& files, std::string const& folder,
                 std::vector<std::uint32_t>& writers);

}  // namespace rolecall::inline v0_1::trail

#endif
