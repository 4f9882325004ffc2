#include "cli/lists/list_reports.hpp"

#include "cli/check/question.hpp"
#include "cli/matrix/matrix_formats.hpp"
#include <rolecall/diagnostic_text.hpp>
#include <rolecall/document.hpp>
#include <rolecall/explain.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace rolecall::inline v0_1::cli {

facts known_facts_of(policy const& of, question_arguments const& question) {
    facts known;
    for (stated_fact const& fact : question.facts)
        known.add(of.fact(fact.name).value_or(fact_ref{}), fact.value);
    return known;
}

list_refusal refusal_of(policy const& of, users_view directory, question_arguments question,
                        std::vector<std::string> words, reason why) {
    list_refusal result{why, {}};
    if (words.empty()) return result;
    question.words = std::move(words);
    explanation const explained = explain(of, directory, to_request(question));
    if (explained.answer.reason != why) return result;
    if (why == reason::unknown_name)
        result.sentences = explained.missing;
    else
        result.sentences.push_back(explained.for_owner);
    return result;
}

std::vector<list_part> parts_of(std::vector<stated_fact> const& given) {
    if (given.empty()) return {list_part::everything};
    return {list_part::certain, list_part::perhaps};
}

bool belongs(right_basis const& right, list_part to) noexcept {
    return to == list_part::everything || right.always() == (to == list_part::certain);
}

bool belongs(granting_role const& role, list_part to) noexcept {
    return to != list_part::certain || role.condition.empty();
}

std::string given_text(std::vector<stated_fact> const& given) {
    std::string text;
    for (stated_fact const& fact : given) {
        text += (text.empty() ? ", given " : " and ") + fact.name + '=';
        text += fact.value ? (*fact.value ? "true" : "false") : "unknown";
    }
    return text;
}

std::string until_text(std::optional<date> const& until) {
    return until ? ", until " + until->to_string() : std::string{};
}

void write_heading(std::string_view text, output& to) {
    to.line(std::string(to.colour().heading) + std::string(text) + std::string(to.colour().reset));
}

void write_refusal(list_refusal const& refused, output& to) {
    std::string first = refused.sentences.empty() ? "There is no list." : refused.sentences.front();
    to.line(first.append(" ").append(verdict_code(refused.why, to.colour())));
    for (std::size_t i = 1; i < refused.sentences.size(); ++i) to.line(refused.sentences[i]);
}

void aligned_rows::write(output& to) const {
    constexpr std::size_t widest = 48;  // a longer cell moves only its own row
    std::vector<std::size_t> widths;
    for (auto const& row : rows_) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i + 1 < row.size(); ++i) {
            std::size_t const needed = detail::display_width(row[i]);
            if (needed <= widest) widths[i] = std::max(widths[i], needed);
        }
    }
    for (auto const& row : rows_) {
        std::string line;
        std::size_t pending = 2;
        for (std::size_t i = 0; i < row.size(); ++i) {
            bool const last = i + 1 == row.size();
            std::size_t const used = detail::display_width(row[i]);
            if (used > 0) {
                line += std::string(pending, ' ');
                line += last ? "if " + std::string(to.colour().condition) + row[i] +
                                   std::string(to.colour().reset)
                             : row[i];
                pending = 0;
            }
            if (!last && widths[i] > 0) pending += std::max(widths[i], used) - used + 2;
        }
        to.line(line);
    }
}

std::string csv_fields(granting_role const& role) {
    std::string names;
    for (std::string const& fact : role.facts) names += (names.empty() ? "" : " ") + fact;
    return csv_field(role.role) + ',' + (role.condition.empty() ? "allow" : "conditional") + ',' +
           csv_field(role.condition) + ',' + csv_field(names) + ',' +
           (role.until ? role.until->to_string() : std::string{});
}

}  // namespace rolecall::inline v0_1::cli
