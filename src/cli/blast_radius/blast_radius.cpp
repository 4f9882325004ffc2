// `rolecall blast-radius`: what is exposed if somebody is taken over, and who can reach what.
#include "cli/blast_radius/arguments.hpp"
#include "cli/blast_radius/report.hpp"
#include "cli/commands.hpp"
#include "cli/load_policy.hpp"
#include "cli/users/store.hpp"
#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>
#include <rolecall/document.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::size_t usual_width = 100;

std::vector<std::string_view> level_names(policy const& of) {
    std::vector<std::string_view> names;
    for (written_name const& level : of.source().levels) names.push_back(level.text);
    if (names.empty()) names.assign(std::begin(default_levels), std::end(default_levels));
    return names;
}

// A question in which a name that the policy does not declare is the one that was asked about.
std::vector<std::string> words_of(exposure_report const& report) {
    if (report.asked->category) return {"view", *report.asked->category};
    auto const& categories = report.of->source().categories;
    if (categories.empty()) return {};
    return {"view", categories.front().name.text};
}

list_refusal refusal(exposure_report const& report, users_view directory, reason why) {
    question_arguments const& question = report.asked->question;
    if (why == reason::unavailable) return {why, {"The users can't be read to their end."}};
    list_refusal result = refusal_of(*report.of, directory, question, words_of(report), why);
    if (!report.asked->level) return result;
    auto const levels = level_names(*report.of);
    std::string const& level = *report.asked->level;
    if (std::find(levels.begin(), levels.end(), level) == levels.end())
        result.sentences.insert(result.sentences.begin(),
                                detail::in_backticks(level) + " is not a level of this policy" +
                                    detail::did_you_mean(detail::closest(level, levels)));
    return result;
}

template <class Answer>
void settle(exposure_report& report, users_view directory, Answer answer) {
    if (!answer) report.refused = refusal(report, directory, answer.why);
    report.answer = std::move(answer);
}

exposure_report make_report(policy const& of, users_view directory,
                            blast_radius_arguments const& asked) {
    question_arguments const& question = asked.question;
    exposure_report report;
    report.asked = &asked;
    report.of = &of;
    report.on = question.on.value_or(date::today());
    exposure_options const options{report.on, known_facts_of(of, question)};
    if (question.user)
        settle(report, directory, blast_radius_of_user(of, directory, *question.user, options));
    else if (!question.roles.empty())
        settle(report, directory, blast_radius_of_roles(of, question.roles, options));
    else if (asked.category)
        settle(report, directory,
               who_reaches(of, directory, *asked.category, asked.below, options));
    else
        settle(report, directory, rank_exposure(of, directory, options, asked.level));
    return report;
}

page page_of(exposure_report const& report) {
    if (auto const* radius = std::get_if<blast_radius>(&report.answer))
        return radius_page(report, *radius);
    if (auto const* ranking = std::get_if<exposure_ranking>(&report.answer))
        return ranking_page(report, *ranking);
    return reach_page(report, std::get<reach>(report.answer));
}

void write(exposure_report const& report, streams& to) {
    output_format const format = report.asked->format;
    bool const refused = report.refused.why != reason::granted;
    bool const for_people = format == output_format::text;
    if (format == output_format::json)
        write_exposure_json(report, to.out);
    else if (refused)
        write_refusal(report.refused, for_people ? to.out : to.err);
    else if (format == output_format::csv)
        write_exposure_csv(report, to.out);
    else if (format == output_format::markdown)
        write_page_markdown(page_of(report), to.out);
    else if (format == output_format::html)
        write_page_html(page_of(report), to.out);
    else
        write_page_text(page_of(report), to.out.columns().value_or(usual_width), to.out);
}

}  // namespace

bool exposure_report::found() const {
    if (auto const* radius = std::get_if<blast_radius>(&answer)) return radius->exposed();
    if (auto const* reached = std::get_if<reach>(&answer)) return reached->reached();
    auto const& ranking = std::get<exposure_ranking>(answer);
    return !ranking.roles.empty() || !ranking.users.empty();
}

int run_blast_radius(blast_radius_arguments const& arguments, streams& to) {
    loaded const policy = load_or_complain(arguments.policy, to);
    if (!policy.policy) return policy.code;
    return with_users(arguments.question.users, to, [&](users_view directory) {
        exposure_report const report = make_report(*policy.policy, directory, arguments);
        write(report, to);
        return report.found() ? exit_code::fine : exit_code::no;
    });
}

}  // namespace rolecall::inline v0_1::cli
