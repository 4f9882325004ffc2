// What guarantees and exercises say, in a sentence. Two that mean the same have the same sentence.
#ifndef ROLECALL_SRC_PROMISE_WORDS_HPP
#define ROLECALL_SRC_PROMISE_WORDS_HPP

#include <rolecall/detail/export.hpp>
#include <rolecall/document.hpp>

#include <string>

namespace rolecall::inline v0_1::promising {

/// `only who holds billing can do anything with payment.card`. Names are as written, lists sorted;
/// all of it but the name and `because`.
[[nodiscard]] ROLECALL_API std::string sentence_of(written_guarantee const& guarantee);

/// `open-ticket or (consent and dispute)`
[[nodiscard]] std::string condition_text(written_condition const& when);

/// `support, open-ticket is true: can view payment; cannot modify payment (undecided)`. All of it
/// but the name and the free text.
[[nodiscard]] ROLECALL_API std::string sentence_of(written_exercise const& exercise);

}  // namespace rolecall::inline v0_1::promising

#endif
