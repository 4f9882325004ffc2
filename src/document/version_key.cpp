#include "document/version_key.hpp"

#include <rolecall/detail/text.hpp>

namespace rolecall::inline v0_1::yaml {

bool is_version_1(checker& check, node const& root) {
    entry const& first = root.entries.front();
    for (entry const& e : root.entries) {
        if (e.key.text != "rolecall") continue;
        auto const number = check.word(e.value, "the number of the format, `1`");
        if (number && number->text != "1") {
            check.report(diagnostic_code::unsupported_version, number->at,
                         "this version of rolecall reads `rolecall: 1`, found " +
                             detail::in_backticks(number->text));
            return false;
        }
        if (&e != &first)
            check.report(diagnostic_code::missing_version, e.key.at,
                         "`rolecall: 1` must be the first key of the file; move it up");
    }
    return true;
}

}  // namespace rolecall::inline v0_1::yaml
