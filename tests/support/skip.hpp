// How a test says that it could not run here, for want of data.
#ifndef ROLECALL_TESTS_SUPPORT_SKIP_HPP
#define ROLECALL_TESTS_SUPPORT_SKIP_HPP

#include <string_view>

namespace rolecall::testing {

/// Prints why, and lets the run end with the code that CTest reports as skipped, unless a
/// check fails. It returns: `if (!exists(folder)) { skip("no such folder"); return; }`
void skip(std::string_view why);

}  // namespace rolecall::testing

#endif
