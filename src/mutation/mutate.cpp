#include "mutation/conditions.hpp"
#include "mutation/structure.hpp"
#include "mutation/tried.hpp"
#include <rolecall/yaml.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <tuple>
#include <utility>

namespace rolecall::inline v0_1 {

namespace mutating {

namespace {

constexpr std::size_t kinds = 8;

bool stands_before(mutant const& a, mutant const& b) {
    return std::tie(a.what, a.where.path, a.where.line, a.where.column) <
           std::tie(b.what, b.where.path, b.where.line, b.where.column);
}

}  // namespace

trial::trial(policy const& of, mutation_options const& options)
    : of_(of),
      p_(detail::data_of(of)),
      doc_(of.source()),
      options_(options),
      rights_(of),
      rules_(of),
      expected_(of, options.exercises) {
    result_.kinds.resize(kinds);
}

mutation_result trial::run() {
    std::size_t actions = 0;
    for (std::uint32_t action = 0; action < p_.actions.size(); ++action)
        if (p_.actions.declared(action)) ++actions;
    auto const edits = structural_changes(of_);
    total_ = doc_.roles.size() * doc_.categories.size() * actions + edits.size();
    for (own_right const& right : rights_.all())
        if (!right.when.empty()) total_ += 1 + changed_conditions(right.written.right->when).size();
    try_grants();
    try_structure(edits);
    for (mutation_count const& one : result_.kinds) {
        result_.total.noticed += one.noticed;
        result_.total.survived += one.survived;
        result_.total.no_effect += one.no_effect;
    }
    std::stable_sort(result_.survivors.begin(), result_.survivors.end(), stands_before);
    std::stable_sort(result_.all.begin(), result_.all.end(), stands_before);
    return std::move(result_);
}

void trial::take(mutant made, place const& at, verdict&& told) {
    mutation_count& count = result_.kinds[static_cast<std::size_t>(made.what)];
    if (told.refused_by) {
        made.is = mutant::outcome::refused;
        made.by = std::move(*told.refused_by);
        ++count.noticed;
    } else if (told.killed_by) {
        made.is = mutant::outcome::killed;
        made.by = std::move(*told.killed_by);
        ++count.noticed;
    } else if (told.survives.differs) {
        made.is = mutant::outcome::survived;
        made.difference = std::move(told.survives.how);
        ++count.survived;
    } else {
        made.is = mutant::outcome::no_effect;
        ++count.no_effect;
    }
    bool const survived = made.is == mutant::outcome::survived;
    ++done_;
    if (options_.listener != nullptr)
        options_.listener->at(done_, total_, result_.survivors.size() + (survived ? 1U : 0U),
                              to_string(made.what));
    // Two edits at one word may read alike, where a condition says a thing twice.
    if (made.what != mutant::kind::cell)
        while (!said_.emplace(made.what, at.file, at.line, at.column, made.sentence).second)
            made.sentence += " (again)";
    if (!survived && !options_.keep_all) return;
    made.where = locate(at);
    if (survived) result_.survivors.push_back(made);
    if (options_.keep_all) result_.all.push_back(std::move(made));
}

// A file is read for its lines once.
location trial::locate(place const& at) {
    if (!at.in_file() || at.file >= doc_.files.size()) return {};
    source_file const& file = doc_.files[at.file];
    auto const lines = lines_.try_emplace(at.file, file.text).first;
    return {file.path, at.line, at.column, at.length, std::string(lines->second.line(at.line))};
}

place trial::place_of(own_right const& right) {
    place const& action = right.written.right->action.at;
    return action.in_file() ? action : right.written.grant->category.at;
}

}  // namespace mutating

std::string_view to_string(mutant::kind of) noexcept {
    constexpr std::array<std::string_view, mutating::kinds> words{
        "cells",       "conditions",  "requirements", "guardrails",
        "separations", "inheritance", "categories",   "users"};
    auto const number = static_cast<std::size_t>(of);
    return number < words.size() ? words[number] : std::string_view{};
}

mutation_result mutate(policy const& of, mutation_options const& options) {
    // Numbered anew: a policy that came into another's lineage has the numbers of that one.
    yaml::load_options without_limit;
    without_limit.max_table_bytes = std::numeric_limits<std::size_t>::max();
    policy const numbered = yaml::compile(of.source(), without_limit).value();
    return mutating::trial(numbered, options).run();
}

}  // namespace rolecall::inline v0_1
