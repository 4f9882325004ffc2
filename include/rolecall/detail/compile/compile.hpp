// From a document to a policy, or to everything that is wrong with it.
#ifndef ROLECALL_DETAIL_COMPILE_COMPILE_HPP
#define ROLECALL_DETAIL_COMPILE_COMPILE_HPP

#include <rolecall/date.hpp>
#include <rolecall/detail/compile/symbols.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/detail/findings.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/document.hpp>
#include <rolecall/policy_result.hpp>

#include <cstddef>
#include <string>

namespace rolecall::inline v0_1::detail {

/// What the library looks at besides: guarantees and exercises.
struct promise_checks {
    /// Their names, by what the document declares.
    void (*check_names)(document const&, symbols const&, findings&) = nullptr;
    /// Whether a policy that has no error otherwise keeps its guarantees.
    void (*check_kept)(policy_data const&, findings&) = nullptr;
};

struct compile_options {
    std::size_t max_table_bytes = std::size_t{256} << 20U;
    date today;
    std::string (*compute_digest)(policy_data const&) = nullptr;
    promise_checks const* promises = nullptr;
};

/// Checks a document and compiles it. Problems found while it was read go along, and one
/// error among all means no policy.
ROLECALL_COLD policy_result compile(document doc, findings found, compile_options const& options);

}  // namespace rolecall::inline v0_1::detail

#if !defined(ROLECALL_COMPILED)
#include <rolecall/detail/cold/compile.hpp>
#endif

#endif
