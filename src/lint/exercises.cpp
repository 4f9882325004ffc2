// Exercises that should have been held.
#include "lint/report.hpp"
#include <rolecall/exercise_records.hpp>

#include <optional>
#include <string>

namespace rolecall::inline v0_1::linting {

void look_for_overdue_exercises(inspection const& on) {
    auto const& header = on.policy.source().header;
    if (!on.options.exercises || !header || !header->exercise_every) return;
    date const today = on.options.today;
    std::optional<date> const last = last_held(*on.options.exercises, today);
    date const due = last ? header->exercise_every->after(*last) : today;
    if (last && today <= due) return;
    std::string when = "no exercise was ever recorded";
    if (last)
        when = "exercises were last held on " + last->to_string() + ", and again due by " +
               due.to_string();
    else if (!on.options.exercises->empty())
        when = "all exercises that are recorded are of days to come";
    on.tell(
        diagnostic_code::exercise_overdue, header->exercise_every_at,
        when +
            "; hold one, and record it with `rolecall exercise-report POLICY --who NAME --record`",
        {}, {header->name});
}

}  // namespace rolecall::inline v0_1::linting
