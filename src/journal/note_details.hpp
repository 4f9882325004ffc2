// What a note in a journal says beside its kind, by name.
#ifndef ROLECALL_SRC_JOURNAL_NOTE_DETAILS_HPP
#define ROLECALL_SRC_JOURNAL_NOTE_DETAILS_HPP

#include <rolecall/journal_record.hpp>

#include <string>
#include <string_view>

namespace rolecall::inline v0_1::trail {

/// Empty where the note does not say it.
inline std::string const& detail_of(journal_record const& note, std::string_view name) {
    static std::string const none;
    for (auto const& [is, value] : note.details)
        if (is == name) return value;
    return none;
}

}  // namespace rolecall::inline v0_1::trail

#endif
