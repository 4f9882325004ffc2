// What stands behind one name in each section. A broken body still gives an entry: the name
// is declared, so that nothing that refers to it is reported in vain.
#ifndef ROLECALL_SRC_DOCUMENT_ENTRIES_HPP
#define ROLECALL_SRC_DOCUMENT_ENTRIES_HPP

#include "document/checker.hpp"
#include <rolecall/document.hpp>

namespace rolecall::inline v0_1::yaml {

written_action read_action(checker& check, written_name name, node const& body);
written_fact read_fact(checker& check, written_name name, node const& body);
written_category read_category(checker& check, written_name name, node const& body);
written_role read_role(checker& check, written_name name, node const& body);
written_user read_user(checker& check, written_name id, node const& body);
written_guardrail read_guardrail(checker& check, written_name name, node const& body);
written_separation read_separation(checker& check, written_name name, node const& body);

}  // namespace rolecall::inline v0_1::yaml

#endif
