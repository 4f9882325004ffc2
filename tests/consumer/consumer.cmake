# The application of the CMake consumers: it links what CONSUMER_LINKS names, and is strict.

enable_testing()
foreach(standard 20 23)
  set(application application_${standard})
  add_executable(${application} ../${CONSUMER_LINKS}.cpp)
  target_link_libraries(${application} PRIVATE rolecall::${CONSUMER_LINKS})
  set_target_properties(${application} PROPERTIES
    CXX_STANDARD ${standard}
    CXX_EXTENSIONS OFF
    NO_SYSTEM_FROM_IMPORTED ON)  # warnings in our headers count
  target_compile_options(${application} PRIVATE -Wall -Wextra -Wpedantic -Werror)
  target_include_directories(${application} BEFORE PRIVATE ../without_boost)
  if(CONSUMER_LINKS STREQUAL "core")
    target_compile_options(${application} PRIVATE -fno-exceptions)
  endif()
  add_test(NAME ${application} COMMAND ${application} "${CONSUMER_POLICY}")
endforeach()

if(CONSUMER_KIND STREQUAL "shared")
  add_executable(two_makers ../two_makers.cpp)
  target_link_libraries(two_makers PRIVATE rolecall::${CONSUMER_LINKS})
  add_test(NAME two_makers COMMAND two_makers "${CONSUMER_POLICY}")
endif()
