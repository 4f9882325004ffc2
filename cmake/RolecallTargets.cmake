# How our own targets are compiled. Nothing here reaches a target that links to us.

add_library(rolecall_warnings INTERFACE)
target_compile_options(rolecall_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
  -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Wcast-align -Wextra-semi
  -Wimplicit-fallthrough
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond;-Wsuggest-override>
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

# rolecall_public_library(<target> <name> <source>...): a compiled part that others link as
# rolecall::<name>. It shows only what ROLECALL_API marks. Our tests reach private parts too,
# so a shared library that is built to be tested shows everything.
function(rolecall_public_library target name)
  add_library(${target} ${ARGN})
  add_library(rolecall::${name} ALIAS ${target})
  rolecall_compile_as_ours(${target})
  target_link_libraries(${target} PUBLIC rolecall::core)
  set_target_properties(${target} PROPERTIES
    EXPORT_NAME ${name}
    POSITION_INDEPENDENT_CODE ON
    VERSION ${PROJECT_VERSION}
    SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
  get_target_property(type ${target} TYPE)
  if(type STREQUAL "SHARED_LIBRARY")
    target_compile_definitions(${target} PUBLIC ROLECALL_SHARED)
  endif()
  if(NOT (type STREQUAL "SHARED_LIBRARY" AND ROLECALL_BUILD_TESTS))
    set_target_properties(${target} PROPERTIES
      CXX_VISIBILITY_PRESET hidden
      VISIBILITY_INLINES_HIDDEN ON)
  endif()
endfunction()

# rolecall_internal_library(<target> <source>...): a library of this build, never installed.
function(rolecall_internal_library target)
  add_library(${target} STATIC ${ARGN})
  rolecall_compile_as_ours(${target})
endfunction()
