# What the compiled parts need. Nothing is downloaded: what is missing is named, with the
# package that brings it.

# rolecall_require(<package> <Debian's name> [<arguments of find_package>...])
macro(rolecall_require package debian)
  find_package(${package} ${ARGN} QUIET)
  if(NOT ${package}_FOUND)
    message(FATAL_ERROR
      "rolecall needs ${package} ${ARGN} and did not find it. On Debian 12 or newer:\n"
      "  apt-get install ${debian}\n"
      "Only the headers of rolecall::core? They need nothing: -DROLECALL_CORE_ONLY=ON")
  endif()
endmacro()

rolecall_require(yaml-cpp libyaml-cpp-dev)
rolecall_require(fmt libfmt-dev)
rolecall_require(OpenSSL libssl-dev 3.0 COMPONENTS Crypto)
find_package(Threads REQUIRED)

# rolecall::users alone needs SQLite. 3.37 was the first release with STRICT tables.
option(ROLECALL_BUILD_USERS "Build rolecall::users, which keeps users in SQLite" ON)
if(ROLECALL_BUILD_USERS)
  rolecall_require(SQLite3 libsqlite3-dev 3.37)
elseif(ROLECALL_BUILD_PROGRAM OR ROLECALL_BUILD_TESTS)
  message(FATAL_ERROR "the program and the tests need ROLECALL_BUILD_USERS=ON")
endif()

# yaml-cpp 0.8 renamed its target.
if(TARGET yaml-cpp::yaml-cpp)
  set(ROLECALL_YAML_CPP yaml-cpp::yaml-cpp)
else()
  set(ROLECALL_YAML_CPP yaml-cpp)
endif()

# Boost.JSON is compiled from its headers into our library: neither a Boost library nor
# Boost's CMake package is needed. 1.81 is the oldest release that we test.
find_path(ROLECALL_BOOST_INCLUDE_DIR boost/json/src.hpp
  DOC "The folder that holds boost/json/src.hpp, 1.81 or newer")
set(boost_version 0)
if(ROLECALL_BOOST_INCLUDE_DIR)
  file(STRINGS "${ROLECALL_BOOST_INCLUDE_DIR}/boost/version.hpp" boost_version
    REGEX "^#define BOOST_VERSION [0-9]+")
  string(REGEX REPLACE "[^0-9]" "" boost_version "${boost_version}")
endif()
if(boost_version LESS 108100)
  message(FATAL_ERROR
    "rolecall needs the headers of Boost 1.81 or newer"
    " (found: ${ROLECALL_BOOST_INCLUDE_DIR}, version ${boost_version}). On Debian 12:\n"
    "  apt-get install libboost1.81-dev\n"
    "It takes the place of libboost1.74-dev, if that is installed. Elsewhere, point"
    " ROLECALL_BOOST_INCLUDE_DIR to a Boost."
    " Only the headers of rolecall::core? They need nothing: -DROLECALL_CORE_ONLY=ON")
endif()

# What we compile of Boost is called rolecall_boost instead of boost, so that it never meets
# the Boost of an application that links us. Boost's headers include some others by a macro,
# in which the name is replaced as well: these are found by a link.
set(ROLECALL_RENAMED_BOOST "${PROJECT_BINARY_DIR}/renamed_boost")
file(MAKE_DIRECTORY "${ROLECALL_RENAMED_BOOST}")
file(CREATE_LINK "${ROLECALL_BOOST_INCLUDE_DIR}/boost"
  "${ROLECALL_RENAMED_BOOST}/rolecall_boost" SYMBOLIC)

if(ROLECALL_BUILD_PROGRAM)
  rolecall_require(CLI11 libcli11-dev)
  rolecall_require(pugixml libpugixml-dev)
  rolecall_require(ICU libicu-dev COMPONENTS uc i18n)
endif()
