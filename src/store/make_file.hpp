// A file of users without users.
#ifndef ROLECALL_SRC_STORE_MAKE_FILE_HPP
#define ROLECALL_SRC_STORE_MAKE_FILE_HPP

#include <string>

namespace rolecall::inline v0_1::user_file {

/// Makes a file that only its owner may read. It gets its name when it is whole and on the disk,
/// and never takes the place of another: where one has come there meanwhile, that one stays, and
/// this is no error.
void make_file(std::string const& path);

}  // namespace rolecall::inline v0_1::user_file

#endif
