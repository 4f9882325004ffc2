// From files to one document: each is read, shaped, and united with the others.
#ifndef ROLECALL_SRC_DOCUMENT_READ_DOCUMENT_HPP
#define ROLECALL_SRC_DOCUMENT_READ_DOCUMENT_HPP

#include "document/policy_files.hpp"
#include <rolecall/detail/findings.hpp>
#include <rolecall/document.hpp>

#include <vector>

namespace rolecall::inline v0_1::yaml {

struct document_reading {
    rolecall::document document;
    detail::findings found;
};

/// Reads the files in their order. A policy that lists its files is compared with the
/// relative paths that are here.
document_reading read_document(std::vector<policy_file> files, bool demand_end_marker);

}  // namespace rolecall::inline v0_1::yaml

#endif
