# What is installed, and the CMake package `rolecall` with the components core, yaml and
# rolecall. An application that asks for core alone needs no other library to be there.

include(CMakePackageConfigHelpers)
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/rolecall")

install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/rolecall"
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
  COMPONENT development
  FILES_MATCHING PATTERN "*.hpp")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE"
  DESTINATION "${CMAKE_INSTALL_DOCDIR}"
  COMPONENT development)

# Each component has an export set of its own, named like the file it becomes.
set(components "")
foreach(component core yaml rolecall)
  if(component STREQUAL "rolecall")
    set(target rolecall)
  else()
    set(target rolecall_${component})
  endif()
  if(TARGET ${target})
    list(APPEND components ${component})
    install(TARGETS ${target}
      EXPORT rolecall-${component}-targets
      RUNTIME COMPONENT runtime
      LIBRARY COMPONENT runtime NAMELINK_COMPONENT development
      ARCHIVE COMPONENT development
      INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
    install(EXPORT rolecall-${component}-targets
      NAMESPACE rolecall::
      DESTINATION "${package_dir}"
      COMPONENT development)
  endif()
endforeach()

if(TARGET rolecall_cli)
  install(TARGETS rolecall_cli RUNTIME COMPONENT runtime)
endif()

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
