// The changes of a policy that are not about one right: each as an edit of its document.
#ifndef ROLECALL_SRC_MUTATION_STRUCTURE_HPP
#define ROLECALL_SRC_MUTATION_STRUCTURE_HPP

#include <rolecall/document.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/policy_mutation.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::mutating {

struct structural_change {
    mutant::kind what{};
    place at;
    std::string sentence;
    /// Of a document with the sections of the policy's own in the same order; of an assignment
    /// one whose first user is the one it is about.
    std::function<void(document&)> edit;
    std::optional<std::size_t> user{};  ///< of an assignment: which of the policy's users
};

/// By kind, in the order of the document. They keep references to the policy's document.
[[nodiscard]] std::vector<structural_change> structural_changes(policy const& of);

}  // namespace rolecall::inline v0_1::mutating

#endif
