// Guarantees and exercises in the words of the library, and what those say in the words of the
// model.

#pragma once

#include "model.hpp"
#include <rolecall/document.hpp>

namespace model {

// The guarantees and exercises of a policy, and nothing else of it.
rolecall::document as_document(policy const& rules);

// Of a document nothing but its guarantees and exercises is read.
void read_promises(rolecall::document const& from, policy& into);

}  // namespace model
