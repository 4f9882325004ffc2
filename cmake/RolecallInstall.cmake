# What is installed: the headers; the CMake package and the pkg-config files, each of core,
# yaml, rolecall and users; and the program with its page for man. An application that asks for core
# alone needs no other library to be there. Everything is found from where it lies, so an
# installed folder can be moved.
#
# The components of an installation: `runtime` is what programs that link us need to run,
# `development` what it takes to build them, and `program` is the program.

include(CMakePackageConfigHelpers)
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/rolecall")

install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/rolecall"
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
  COMPONENT development
  FILES_MATCHING PATTERN "*.hpp")
if(NOT ROLECALL_DEBIAN_PACKAGES)  # which name the license in a file of their own
  install(FILES "${PROJECT_SOURCE_DIR}/LICENSE"
    DESTINATION "${CMAKE_INSTALL_DOCDIR}"
    COMPONENT development)
endif()

# ---- The libraries, for CMake ------------------------------------------------------------

# rolecall_install_library(<target> <set>): a library in an export set of its own, which is
# named like the file that it becomes.
function(rolecall_install_library target set)
  install(TARGETS ${target}
    EXPORT ${set}
    RUNTIME COMPONENT runtime
    LIBRARY COMPONENT runtime NAMELINK_COMPONENT development
    ARCHIVE COMPONENT development
    INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
  install(EXPORT ${set}
    NAMESPACE rolecall::
    DESTINATION "${package_dir}"
    COMPONENT development)
endfunction()

# Installed in a folder of their own, shared libraries and the program find each other.
function(rolecall_find_each_other target from)
  if(NOT CMAKE_INSTALL_RPATH AND NOT ROLECALL_DEBIAN_PACKAGES AND NOT IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
    file(RELATIVE_PATH way "/${from}" "/${CMAKE_INSTALL_LIBDIR}")
    cmake_path(APPEND origin "$ORIGIN" "${way}")
    set_target_properties(${target} PROPERTIES INSTALL_RPATH "${origin}")
  endif()
endfunction()

rolecall_install_library(rolecall_core rolecall-core-targets)
set(components core)
foreach(component yaml rolecall users)
  set(target rolecall_${component})
  if(component STREQUAL "rolecall")
    set(target rolecall)
  endif()
  if(TARGET ${target})
    list(APPEND components ${component})
    get_target_property(type ${target} TYPE)
    if(type STREQUAL "SHARED_LIBRARY")
      rolecall_find_each_other(${target} "${CMAKE_INSTALL_LIBDIR}")
      rolecall_install_library(${target} rolecall-${component}-shared-targets)
    else()
      rolecall_install_library(${target} rolecall-${component}-static-targets)
    endif()
    if(TARGET ${target}_shared)
      rolecall_find_each_other(${target}_shared "${CMAKE_INSTALL_LIBDIR}")
      rolecall_install_library(${target}_shared rolecall-${component}-shared-targets)
    endif()
  endif()
endforeach()

configure_package_config_file(
  "${PROJECT_SOURCE_DIR}/cmake/rolecall-config.cmake.in"
  "${PROJECT_BINARY_DIR}/rolecall-config.cmake"
  INSTALL_DESTINATION "${package_dir}"
  NO_SET_AND_CHECK_MACRO)
# Before 1.0 a minor release may change the interface.
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/rolecall-config-version.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES
  "${PROJECT_BINARY_DIR}/rolecall-config.cmake"
  "${PROJECT_BINARY_DIR}/rolecall-config-version.cmake"
  DESTINATION "${package_dir}"
  COMPONENT development)

# ---- The libraries, for pkg-config -------------------------------------------------------

# Debian's packages are never moved, and say where they are in plain words.
set(pc_dir "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
set(pc_prefix "${CMAKE_INSTALL_PREFIX}")
if(NOT ROLECALL_DEBIAN_PACKAGES AND NOT IS_ABSOLUTE "${pc_dir}")
  file(RELATIVE_PATH up "/${pc_dir}" "/")
  string(REGEX REPLACE "/$" "" up "${up}")
  set(pc_prefix "\${pcfiledir}/${up}")
endif()
foreach(kind include lib)
  string(TOUPPER "CMAKE_INSTALL_${kind}DIR" variable)
  set(pc_${kind}dir "\${prefix}")
  cmake_path(APPEND pc_${kind}dir "${${variable}}")  # an absolute one stands alone
endforeach()

foreach(component IN LISTS components)
  set(name rolecall-${component})
  if(component STREQUAL "rolecall")
    set(name rolecall)
  endif()
  configure_file("${PROJECT_SOURCE_DIR}/cmake/${name}.pc.in" "${PROJECT_BINARY_DIR}/${name}.pc" @ONLY)
  install(FILES "${PROJECT_BINARY_DIR}/${name}.pc"
    DESTINATION "${pc_dir}"
    COMPONENT development)
endforeach()

# ---- The program -------------------------------------------------------------------------

if(NOT TARGET rolecall_cli)
  return()
endif()

get_target_property(type rolecall TYPE)
if(type STREQUAL "SHARED_LIBRARY")
  rolecall_find_each_other(rolecall_cli "${CMAKE_INSTALL_BINDIR}")
endif()
install(TARGETS rolecall_cli RUNTIME COMPONENT program)

get_target_property(man_page rolecall_cli ROLECALL_MAN_PAGE)
if(man_page)
  install(FILES "${man_page}"
    DESTINATION "${CMAKE_INSTALL_MANDIR}/man1"
    COMPONENT program)
endif()
install(FILES "${PROJECT_SOURCE_DIR}/cmake/rolecall.bash"
  DESTINATION "${CMAKE_INSTALL_DATAROOTDIR}/bash-completion/completions"
  RENAME rolecall
  COMPONENT program)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/policies/"
  DESTINATION "${CMAKE_INSTALL_DOCDIR}/examples"
  COMPONENT program
  FILES_MATCHING PATTERN "*.yaml" PATTERN "*.schema.json")
