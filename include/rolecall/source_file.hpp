// A policy file as text.
#ifndef ROLECALL_SOURCE_FILE_HPP
#define ROLECALL_SOURCE_FILE_HPP

#include <string>

namespace rolecall::inline v0_1 {

/// A file that was read, byte for byte.
struct source_file {
    std::string path;
    std::string text;
};

}  // namespace rolecall::inline v0_1

#endif
