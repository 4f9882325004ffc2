# Installs this build for the consumers, as CMakeLists.txt tells.
cmake_minimum_required(VERSION 3.25)

function(run)
  execute_process(COMMAND ${ARGN} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(REMOVE_RECURSE "${installed}")
run("${CMAKE_COMMAND}" --install "${binary_dir}" --prefix "${installed}/first")
file(RENAME "${installed}/first" "${installed}/moved")

# The program brings its page for man, with every command, and completion.
if(EXISTS "${installed}/moved/bin/rolecall")
  file(READ "${installed}/moved/share/man/man1/rolecall.1" page)
  execute_process(COMMAND "${installed}/moved/bin/rolecall" --help
    OUTPUT_VARIABLE help COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX MATCH "\nCommands\n(  [^\n]+\n)+" help "${help}")
  string(REGEX MATCHALL "\n  [a-z][a-z -]*[a-z]  " commands "${help}")
  if(NOT commands)
    message(FATAL_ERROR "the program lists no commands")
  endif()
  foreach(command IN LISTS commands)
    string(STRIP "${command}" command)
    string(REPLACE "-" "\\-" command "${command}")
    string(FIND "${page}" "\n.SS rolecall ${command}\n" at)
    if(at EQUAL -1)
      message(FATAL_ERROR "the page for man does not have the command ${command}")
    endif()
  endforeach()
  if(NOT EXISTS "${installed}/moved/share/bash-completion/completions/rolecall")
    message(FATAL_ERROR "there is no completion for bash")
  endif()
endif()

# No file may remember where it was. What is compiled names its sources, for debuggers.
file(GLOB_RECURSE files "${installed}/moved/*.cmake" "${installed}/moved/*.pc")
foreach(file IN LISTS files)
  file(STRINGS "${file}" lines)
  foreach(folder "${installed}" "${binary_dir}" "${source_dir}")
    string(FIND "${lines}" "${folder}" at)
    if(NOT at EQUAL -1)
      message(FATAL_ERROR "${file} names ${folder}")
    endif()
  endforeach()
endforeach()

file(COPY "${installed}/moved/" DESTINATION "${installed}/static")
file(GLOB_RECURSE shared
  "${installed}/static/*librolecall*.so*" "${installed}/static/*-shared-targets*.cmake")
if(shared)
  file(REMOVE ${shared})
endif()

run("${CMAKE_COMMAND}" -S "${source_dir}" -B "${binary_dir}/tests/consumer/core_build"
  -G "${generator}" ${compiler} -DROLECALL_CORE_ONLY=ON -DROLECALL_BUILD_TESTS=OFF)
run("${CMAKE_COMMAND}" --install "${binary_dir}/tests/consumer/core_build"
  --prefix "${installed}/core")
