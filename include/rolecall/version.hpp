// The version, in one place: CMake, pkg-config and the program read it from here.
#ifndef ROLECALL_VERSION_HPP
#define ROLECALL_VERSION_HPP

#define ROLECALL_VERSION_MAJOR 0
#define ROLECALL_VERSION_MINOR 1
#define ROLECALL_VERSION_PATCH 0
#define ROLECALL_VERSION_STRING "0.1.0"

#endif
