# How our own targets are compiled. Nothing here reaches a target that links to us.

# Where several files are compiled as one, a name of one may hide a name of another.
set(together $<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>)

add_library(rolecall_warnings INTERFACE)
target_compile_options(rolecall_warnings INTERFACE
  -Wall -Wextra -Wpedantic $<$<NOT:${together}>:-Wshadow> -Wconversion -Wsign-conversion
  -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Wcast-align -Wextra-semi
  -Wimplicit-fallthrough
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond;-Wsuggest-override>
  $<$<AND:${together},$<CXX_COMPILER_ID:GNU>>:-Wshadow=local>
  $<$<BOOL:${ROLECALL_WARNINGS_AS_ERRORS}>:-Werror>)

add_library(rolecall_sanitizers INTERFACE)
if(ROLECALL_SANITIZE)
  list(JOIN ROLECALL_SANITIZE "," sanitizers)
  set(sanitizer_flags
    -fsanitize=${sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_options(rolecall_sanitizers INTERFACE ${sanitizer_flags})
  target_link_options(rolecall_sanitizers INTERFACE ${sanitizer_flags})
endif()

# rolecall_sources(<variable> <pattern>...): the .cpp files, sorted; seen again on each build.
function(rolecall_sources out)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS LIST_DIRECTORIES false ${ARGN})
  list(SORT sources)
  set(${out} "${sources}" PARENT_SCOPE)
endfunction()

# rolecall_compile_as_ours(<target>): our warnings and sanitizers, our private headers.
function(rolecall_compile_as_ours target)
  target_compile_features(${target} PRIVATE cxx_std_20)
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/src")
  target_link_libraries(${target} PRIVATE
    $<BUILD_INTERFACE:rolecall_warnings> $<BUILD_INTERFACE:rolecall_sanitizers>)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
endfunction()

# rolecall_compile_by_folder(<target>): with ROLECALL_UNITY, the files of a folder are one file to
# the compiler. It reads the headers once and makes the templates once; those files must not use one
# name for two things.
function(rolecall_compile_by_folder target)
  if(NOT ROLECALL_UNITY)
    return()
  endif()
  get_target_property(sources ${target} SOURCES)
  list(FILTER sources INCLUDE REGEX "\\.cpp$")
  foreach(source IN LISTS sources)
    cmake_path(GET source PARENT_PATH folder)
    cmake_path(RELATIVE_PATH folder BASE_DIRECTORY "${PROJECT_SOURCE_DIR}")
    string(REPLACE "/" "_" folder "${folder}")
    set_property(SOURCE "${source}" PROPERTY UNITY_GROUP "${folder}")
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()

# rolecall_public_library(<target> <name> SOURCES <source>... [OBJECTS <objects>...]
#   [BASE <target>] [PRIVATE <library>...]): a compiled part that others link as
# rolecall::<name>. BASE is the public library that it stands on. With ROLECALL_SHARED_TOO it
# becomes a static library and, of the same objects, the shared <target>_shared.
function(rolecall_public_library target name)
  cmake_parse_arguments(PARSE_ARGV 2 part "" "BASE" "SOURCES;OBJECTS;PRIVATE")
  add_library(${target} ${part_SOURCES} ${part_OBJECTS})
  add_library(rolecall::${name} ALIAS ${target})
  rolecall_compile_as_ours(${target})
  rolecall_compile_by_folder(${target})
  target_link_libraries(${target} PUBLIC rolecall::core ${part_BASE} PRIVATE ${part_PRIVATE})
  target_compile_definitions(${target} PUBLIC ROLECALL_COMPILED)  # see detail/export.hpp
  set_target_properties(${target} PROPERTIES
    EXPORT_NAME ${name}
    POSITION_INDEPENDENT_CODE ON)

  # It shows only what ROLECALL_API marks. Our tests reach private parts too, so a shared
  # library that is built to be tested shows everything.
  get_target_property(type ${target} TYPE)
  if(NOT (type STREQUAL "SHARED_LIBRARY" AND ROLECALL_BUILD_TESTS))
    set_target_properties(${target} PROPERTIES
      CXX_VISIBILITY_PRESET hidden
      VISIBILITY_INLINES_HIDDEN ON)
  endif()

  if(type STREQUAL "SHARED_LIBRARY")
    rolecall_shared_library(${target})
  elseif(ROLECALL_SHARED_TOO)
    target_compile_definitions(${target} PRIVATE ROLECALL_SHARED)
    add_library(${target}_shared SHARED $<TARGET_OBJECTS:${target}> ${part_OBJECTS})
    rolecall_compile_as_ours(${target}_shared)
    target_link_libraries(${target}_shared PUBLIC rolecall::core PRIVATE ${part_PRIVATE})
    target_compile_definitions(${target}_shared PUBLIC ROLECALL_COMPILED)
    if(part_BASE)
      target_link_libraries(${target}_shared PUBLIC ${part_BASE}_shared)
    endif()
    set_target_properties(${target}_shared PROPERTIES
      EXPORT_NAME ${name}
      OUTPUT_NAME ${target}
      LINKER_LANGUAGE CXX)
    rolecall_shared_library(${target}_shared)
  endif()
endfunction()

# rolecall_shared_library(<target>): its version, and what it hides beyond the compiler's flags.
# Before 1.0 a minor release may change the interface, so it belongs to the name.
function(rolecall_shared_library target)
  set(soversion ${PROJECT_VERSION_MAJOR})
  if(PROJECT_VERSION_MAJOR EQUAL 0)
    string(APPEND soversion ".${PROJECT_VERSION_MINOR}")
  endif()
  set_target_properties(${target} PROPERTIES
    VERSION ${PROJECT_VERSION}
    SOVERSION ${soversion})
  target_compile_definitions(${target} PUBLIC ROLECALL_SHARED)
  if(UNIX AND NOT APPLE)
    set(script "${PROJECT_SOURCE_DIR}/cmake/exported_names.map")
    target_link_options(${target} PRIVATE "LINKER:--version-script=${script}")
    set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS "${script}")
  endif()
endfunction()

# rolecall_internal_library(<target> <source>...): a library of this build, never installed.
function(rolecall_internal_library target)
  add_library(${target} STATIC ${ARGN})
  rolecall_compile_as_ours(${target})
  rolecall_compile_by_folder(${target})
endfunction()
