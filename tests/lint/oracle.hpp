// What lint must find, computed slowly.
//
// Written from docs/lint.md and docs/format.md alone, over the reference model: every rule looks
// at every role, every set of roles, every cell and every state of the facts that its sentence
// speaks of, and remembers nothing. For policies with at most 6 facts and a handful of roles.

#pragma once

#include "decision_table.hpp"
#include "model/model.hpp"

#include <compare>
#include <string>
#include <vector>

namespace model {

// A finding, without its words and its place.
struct told {
    std::string code;
    names about;  // as lint_finding::about
    friend auto operator<=>(told const&, told const&) = default;
};

struct oracle_settings {
    date today;
    names vendor_words{"vendor", "vendors"};
};

// All of them, sorted.
std::vector<told> expected_findings(policy const& rules, oracle_settings const& with);

// The rules of each section of docs/lint.md, which add to what is found.
void find_rights_in_vain(decision_table const& table, std::vector<told>& found);
void find_idle_statements(decision_table const& table, std::vector<told>& found);
void find_like_roles(decision_table const& table, std::vector<told>& found);
void find_opened(decision_table const& table, std::vector<told>& found);
void find_forgotten(decision_table const& table, std::vector<told>& found);
void find_people(policy const& rules, oracle_settings const& with, std::vector<told>& found);
void find_like_names(policy const& rules, std::vector<told>& found);

// How a line is called: `category` or `category.*`.
std::string line_name(grant const& line);

// The level of a category: its own, or that of the nearest category above it that has one.
std::string level_of(policy const& rules, std::string const& category);

// How strict a level is, from 0; -1 where there is none.
int strictness(policy const& rules, std::string const& level);

// Whether it is of the last level; where there is one level alone, nothing is.
bool is_strictest(policy const& rules, std::string const& category);

// Whether the role has no rights, and neither a guardrail nor a separation names it.
bool is_without_grants(policy const& rules, std::string const& role);

// Whether something lies under a guardrail: somebody whom it stops has a right that it stops.
bool has_effect(decision_table const& table, guardrail const& rail);

std::string text(told const& one);

}  // namespace model
