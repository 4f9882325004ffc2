# Tests: one executable per kind, every test case on its own in CTest.

set(ROLECALL_DATA_DIR "${PROJECT_SOURCE_DIR}/../shared/data" CACHE PATH
  "Folder of the real data sets; tests that need it are skipped where it is absent")
set(ROLECALL_TEST_TIMEOUT 120 CACHE STRING "Seconds that one test case may take")

# rolecall_add_tests(<target> <source>...): an executable of doctest cases. Without sources
# it makes nothing. Test cases in the suites "slow" and "threads" get these labels. Tests of
# concurrency and of the journal do without the program, so that ThreadSanitizer's build is that of
# the libraries alone.
function(rolecall_add_tests target)
  if(NOT ARGN)
    return()
  endif()
  add_executable(${target} ${ARGN})
  rolecall_compile_as_ours(${target})
  if(ROLECALL_UNITY)
    rolecall_compile_by_subject(${target} ${ARGN})
  endif()
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
  target_link_libraries(${target} PRIVATE rolecall_test_main rolecall::core fmt::fmt)
  if(ROLECALL_SANITIZE)  # what takes long is in the libraries, and clang takes thrice as long with -O1
    target_compile_options(${target} PRIVATE -O0)
  endif()
  set(program rolecall_program)
  if(target MATCHES "^(concurrency|journal)_tests$")
    set(program "")
  endif()
  foreach(library ${program} rolecall_json rolecall_users rolecall rolecall_yaml)
    if(TARGET ${library})
      target_link_libraries(${target} PRIVATE ${library})
    endif()
  endforeach()

  cmake_path(ABSOLUTE_PATH ROLECALL_DATA_DIR NORMALIZE OUTPUT_VARIABLE data_dir)
  target_compile_definitions(${target} PRIVATE
    ROLECALL_DATA_DIR="${data_dir}"
    ROLECALL_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  if(TARGET rolecall_cli AND program)
    target_compile_definitions(${target} PRIVATE ROLECALL_PROGRAM="$<TARGET_FILE:rolecall_cli>")
    add_dependencies(${target} rolecall_cli)
  endif()

  rolecall_discover_tests(${target})
endfunction()

# rolecall_compile_by_subject(<target> <source>...): what begins with the same word, as
# import_users_test.cpp and import_run_test.cpp, is one file to the compiler. It reads the headers
# once and makes the templates once; those files must not use one name for two things, and a name
# in one may hide a name of another. Which files go together depends on their names alone, and not
# on what else is in the folder.
function(rolecall_compile_by_subject target)
  foreach(source IN LISTS ARGN)
    cmake_path(GET source FILENAME name)
    string(REGEX REPLACE "[_.].*" "" subject "${name}")
    set_property(SOURCE "${source}" PROPERTY UNITY_GROUP "${subject}")
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()

# rolecall_discover_tests(<target>): asks the executable for its test cases after each build.
# doctest's own module does the same, but loses names with `;` or an unmatched bracket.
function(rolecall_discover_tests target)
  string(REGEX REPLACE "_tests$" "" kind "${target}")
  set(list "${CMAKE_CURRENT_BINARY_DIR}/${target}.ctest.cmake")
  add_custom_command(TARGET ${target} POST_BUILD
    BYPRODUCTS "${list}"
    COMMAND "${CMAKE_COMMAND}"
      -D "executable=$<TARGET_FILE:${target}>"
      -D "kind=${kind}"
      -D "timeout=${ROLECALL_TEST_TIMEOUT}"
      -D "list=${list}"
      -P "${PROJECT_SOURCE_DIR}/cmake/discover_tests.cmake"
    VERBATIM)

  set(include "${CMAKE_CURRENT_BINARY_DIR}/${target}.include.cmake")
  file(CONFIGURE OUTPUT "${include}" @ONLY CONTENT [[
if(EXISTS "@list@")
  include("@list@")
else()
  add_test("@kind@: @target@ was not built" "@target@ was not built")
endif()
]])
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${include}")
endfunction()
