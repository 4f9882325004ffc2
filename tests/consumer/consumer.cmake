# The application of both consumers: it links what CONSUMER_LINKS names, and is strict.

add_executable(application ../${CONSUMER_LINKS}.cpp)
target_link_libraries(application PRIVATE rolecall::${CONSUMER_LINKS})
target_compile_options(application PRIVATE -Wall -Wextra -Werror)
if(CONSUMER_LINKS STREQUAL "core")
  target_compile_options(application PRIVATE -fno-exceptions)
endif()

enable_testing()
add_test(NAME application COMMAND application "${CONSUMER_POLICY}")
