// The document that says what the tables say.
#ifndef ROLECALL_IMPORT_POLICY_DOCUMENT_HPP
#define ROLECALL_IMPORT_POLICY_DOCUMENT_HPP

#include "import/rights_table.hpp"
#include <rolecall/document.hpp>

#include <string>
#include <vector>

namespace rolecall::inline v0_1::csv {

/// Writes the rights under the names of roles and categories, given by number. Originals stay
/// as titles where they differ, and are what a category is about. The role that stands for
/// everybody is inherited by every other.
document to_document(rights_table const& table, std::vector<std::string> const& roles,
                     std::vector<std::string> const& categories);

}  // namespace rolecall::inline v0_1::csv

#endif
