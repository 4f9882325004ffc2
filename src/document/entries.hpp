// What stands behind one name in each section. A broken body still gives an entry: the name
// is declared, so that nothing that refers to it is reported in vain.
#ifndef ROLECALL_SRC_DOCUMENT_ENTRIES_HPP
#define ROLECALL_SRC_DOCUMENT_ENTRIES_HPP

#include "document/checker.hpp"
#include <rolecall/document.hpp>

#include <optional>

namespace rolecall::inline v0_1::yaml {

written_action read_action(checker& check, written_name name, node const& body);
written_fact read_fact(checker& check, written_name name, node const& body);
written_category read_category(checker& check, written_name name, node const& body);
written_role read_role(checker& check, written_name name, node const& body);
written_user read_user(checker& check, written_name id, node const& body);
written_guardrail read_guardrail(checker& check, written_name name, node const& body);
written_separation read_separation(checker& check, written_name name, node const& body);
written_guarantee read_guarantee(checker& check, written_name name, node const& body);
written_exercise read_exercise(checker& check, written_name name, node const& body);

/// The section `audit`. A line whose mode is broken says nothing.
written_audit read_audit(checker& check, node const& body);

/// A line of a role's `may`, or of what one keeps: `payment: view`, `payment.*: view`.
std::optional<written_grant> read_grant(checker& check, entry const& line);

/// A category before its colon, and whether `.*` stood behind it, which is taken away. Nothing
/// where there is no category.
struct category_key {
    written_name category;
    bool below = false;
};
std::optional<category_key> read_category_key(checker& check, node const& key);

}  // namespace rolecall::inline v0_1::yaml

#endif
