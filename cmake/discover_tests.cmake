# cmake -D executable=… -D kind=… -D timeout=… -D list=… -P discover_tests.cmake
# Writes a CTest file with one test for each doctest case of the executable.

cmake_minimum_required(VERSION 3.25)

# The names that the executable lists under a filter, one a line, as one string: a CMake list
# would split names at `;` and join them at `[`.
function(list_names out)
  execute_process(
    COMMAND "${executable}" --list-test-cases ${ARGN}
    OUTPUT_VARIABLE output
    RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${executable} does not list its tests (${result}):\n${output}")
  endif()
  string(REGEX REPLACE "(^|\n)(\\[doctest\\] [^\n]*|=====+)" "" output "${output}")
  string(REGEX REPLACE "^\n+" "" output "${output}")
  set(${out} "${output}" PARENT_SCOPE)
endfunction()

# The text as one argument in a CMake file, whatever it holds.
function(quote out text)
  set(fence "")
  while(text MATCHES "\\]${fence}\\]" OR text MATCHES "\\]${fence}$")
    string(APPEND fence "=")
  endwhile()
  set(${out} "[${fence}[${text}]${fence}]" PARENT_SCOPE)
endfunction()

list_names(names)
foreach(suite slow threads)  # these suites are labels
  list_names(${suite}_names --test-suite=${suite})
endforeach()
quote(program "${executable}")
set(script "")
set(seen "\n")

while(names MATCHES "^([^\n]+)\n*")
  set(name "${CMAKE_MATCH_1}")
  string(LENGTH "${CMAKE_MATCH_0}" length)
  string(SUBSTRING "${names}" ${length} -1 names)

  # doctest takes the name as a filter: commas part filters, and a backslash keeps them.
  string(REPLACE "\\" "\\\\" filter "${name}")
  string(REPLACE "," "\\," filter "${filter}")

  string(FIND "${seen}" "\n${name}\n" twice)
  if(NOT twice EQUAL -1)
    message(FATAL_ERROR "two tests of ${executable} are called\n  ${name}")
  endif()
  string(APPEND seen "${name}\n")

  set(labels ${kind})
  set(seconds ${timeout})
  set(cost "")
  foreach(suite slow threads)
    string(FIND "\n${${suite}_names}" "\n${name}\n" in_suite)
    if(NOT in_suite EQUAL -1)
      string(APPEND labels ";${suite}")
    endif()
  endforeach()
  if("slow" IN_LIST labels)  # begun first, so that no processor waits for them at the end
    math(EXPR seconds "5 * ${timeout}")
    set(cost " COST 100")
  endif()

  quote(test "${kind}: ${name}")
  quote(filter "--test-case=${filter}")
  # A filter that matches nothing is no success.
  string(APPEND script
    "add_test(${test} ${program} --case-sensitive=true ${filter})\n"
    "set_tests_properties(${test} PROPERTIES"
    " FAIL_REGULAR_EXPRESSION \"test cases: +0 \" SKIP_RETURN_CODE 77"
    " TIMEOUT ${seconds}${cost} LABELS \"${labels}\")\n")
endwhile()

if(names)
  message(FATAL_ERROR "could not read the test names of ${executable} from here on:\n${names}")
endif()
file(WRITE "${list}" "${script}")
