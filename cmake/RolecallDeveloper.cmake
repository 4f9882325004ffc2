# Comfort for those who build rolecall itself. A project that adds us decides these things
# for itself, so nothing here applies to it.

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

if(NOT CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(ROLECALL_CCACHE ccache)
  mark_as_advanced(ROLECALL_CCACHE)
  if(ROLECALL_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${ROLECALL_CCACHE}")
  endif()
endif()

set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
