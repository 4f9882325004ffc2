// From files that were read to a policy, or to everything that is wrong with them.
#ifndef ROLECALL_SRC_DOCUMENT_LOAD_FILES_HPP
#define ROLECALL_SRC_DOCUMENT_LOAD_FILES_HPP

#include "document/policy_files.hpp"
#include <rolecall/detail/export.hpp>
#include <rolecall/policy_result.hpp>
#include <rolecall/yaml.hpp>

#include <vector>

namespace rolecall::inline v0_1::yaml {

/// What `load` does after reading: nothing is opened again.
ROLECALL_API policy_result load_files(std::vector<policy_file> files, load_options const& options);

}  // namespace rolecall::inline v0_1::yaml

#endif
