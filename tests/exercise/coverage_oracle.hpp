// What coverage_of() must find, from docs/exercises.md alone: each thing to touch, and each
// exercise held against it.

#pragma once

#include <rolecall/date.hpp>
#include <rolecall/document.hpp>
#include <rolecall/exercise_coverage.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace exercised {

struct judged_item {
    rolecall::covered_item::kind what{};
    rolecall::place at;  // of cells: of the role's name
    std::string of;      // of a cell: `role action category`; of others the name, for reading
    std::size_t exercises = 0;  // that touch it
    bool holds = false;         // asked where the condition holds, or where the guardrail fires
    bool fails = false;         // and where it doesn't
    bool both = false;          // both are needed, else the first alone

    [[nodiscard]] bool covered() const { return holds && (fails || !both); }
};

std::vector<judged_item> judged_items(rolecall::document const& of, rolecall::date today);

}  // namespace exercised
