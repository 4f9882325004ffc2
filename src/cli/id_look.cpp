#include "cli/id_look.hpp"

#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include <cstdint>
#include <memory>

namespace rolecall::inline v0_1::cli {
namespace {

struct close_checker {
    void operator()(USpoofChecker* checker) const noexcept { uspoof_close(checker); }
};

// Null where ICU has no data.
USpoofChecker const* checker() {
    static std::unique_ptr<USpoofChecker, close_checker> const one = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<USpoofChecker, close_checker> made(uspoof_open(&status));
        if (U_FAILURE(status)) made.reset();
        return made;
    }();
    return one.get();
}

}  // namespace

std::string id_look(std::string_view id) {
    icu::UnicodeString text = icu::UnicodeString::fromUTF8(
        icu::StringPiece(id.data(), static_cast<std::int32_t>(id.size())));
    text.foldCase();
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString skeleton;
    if (checker() != nullptr)
        uspoof_getSkeletonUnicodeString(checker(), 0, text, skeleton, &status);
    bool const known = checker() != nullptr && U_SUCCESS(status);
    std::string result;
    // A skeleton has capitals of its own: that of `0` is `O`.
    return (known ? skeleton.foldCase() : text).toUTF8String(result);
}

}  // namespace rolecall::inline v0_1::cli
