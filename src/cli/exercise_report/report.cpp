#include "cli/exercise_report/report.hpp"

#include "cli/streams.hpp"
#include <rolecall/category_levels.hpp>
#include <rolecall/detail/text.hpp>
#include <rolecall/digest.hpp>
#include <rolecall/document.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::string_view usual_actions[] = {"view", "modify", "store", "delete"};

std::vector<std::string> actions_of(exercise_run const& run) {
    std::set<std::string> used;
    for (exercise_outcome const& one : run.exercises)
        for (open_right const& right : one.open) used.insert(right.action);
    std::vector<std::string> result;
    for (std::string_view const usual : usual_actions)
        if (auto const found = used.find(std::string(usual)); found != used.end()) {
            result.push_back(*found);
            used.erase(found);
        }
    result.insert(result.end(), used.begin(), used.end());
    return result;
}

std::vector<expected_line> expected_of(written_exercise const& written) {
    std::vector<expected_line> result;
    auto const add = [&](std::string const& must, std::vector<written_expectation> const& lines) {
        for (written_expectation const& line : lines) {
            std::vector<std::string> actions;
            for (written_expectation::item const& item : line.actions)
                actions.push_back(item.action.text +
                                  (item.reason ? " (" + item.reason->text + ')' : std::string()));
            result.push_back(
                {must, line.category.text + (line.below ? ".*" : ""), std::move(actions)});
        }
    };
    add("allowed", written.can);
    add("allowed, and nothing else", written.exactly);
    if (written.exactly_nothing) result.push_back({"denied", {}, {}});
    add("denied", written.cannot);
    return result;
}

// Levels, laws and exercises of a policy, by their names.
class policy_texts {
public:
    explicit policy_texts(document const& source)
        : ranks_(level_names(source)), levels_(category_levels(source)) {
        for (written_category const& one : source.categories) categories_[one.name.text] = &one;
        for (written_exercise const& one : source.exercises) exercises_[one.name.text] = &one;
    }

    // The strictest first, and last what has no level.
    [[nodiscard]] std::size_t rank(std::string_view level) const {
        auto const at = std::find(ranks_.begin(), ranks_.end(), level);
        return at == ranks_.end() ? ranks_.size() : static_cast<std::size_t>(ranks_.end() - at) - 1;
    }

    [[nodiscard]] std::string level(std::string const& category) const {
        auto const found = levels_.find(category);
        return found == levels_.end() ? std::string() : found->second;
    }

    [[nodiscard]] std::vector<std::string> laws(std::string category) const {
        std::set<std::string> result;
        while (true) {
            if (auto const at = categories_.find(category); at != categories_.end())
                result.insert(at->second->laws.begin(), at->second->laws.end());
            std::size_t const dot = category.rfind('.');
            if (dot == std::string::npos) return {result.begin(), result.end()};
            category.erase(dot);
        }
    }

    [[nodiscard]] written_exercise const* exercise(std::string const& name) const {
        auto const found = exercises_.find(name);
        return found == exercises_.end() ? nullptr : found->second;
    }

private:
    std::vector<std::string> ranks_;
    std::map<std::string, std::string> levels_;
    std::map<std::string, written_category const*> categories_;
    std::map<std::string, written_exercise const*> exercises_;
};

std::vector<open_category> open_categories(exercise_outcome const& of, policy_texts const& texts) {
    std::vector<open_category> result;
    for (open_right const& right : of.open) {
        if (result.empty() || result.back().category != right.category)
            result.push_back(
                {right.category, texts.level(right.category), texts.laws(right.category), {}, {}});
        (right.certain ? result.back().certain : result.back().possible).push_back(right.action);
    }
    std::stable_sort(result.begin(), result.end(),
                     [&](open_category const& a, open_category const& b) {
                         return texts.rank(a.level) < texts.rank(b.level);
                     });
    return result;
}

void count(std::vector<std::string> const& open, bool certain,
           std::vector<std::string> const& actions, open_level& into) {
    for (std::string const& action : open) {
        auto const at = std::find(actions.begin(), actions.end(), action) - actions.begin();
        exposure_count& counted = into.actions[static_cast<std::size_t>(at)];
        ++counted.possible;
        counted.certain += certain ? 1U : 0U;
    }
}

// Of categories that are sorted by level.
std::vector<open_level> open_levels(std::vector<open_category> const& categories,
                                    std::vector<std::string> const& actions) {
    std::vector<open_level> result;
    for (open_category const& one : categories) {
        if (result.empty() || result.back().level != one.level)
            result.push_back({one.level, {}, std::vector<exposure_count>(actions.size()), {}});
        open_level& level = result.back();
        ++level.categories.possible;
        level.categories.certain += one.certain.empty() ? 0U : 1U;
        count(one.certain, true, actions, level);
        count(one.possible, false, actions, level);
        std::vector<std::string> laws;
        std::set_union(level.laws.begin(), level.laws.end(), one.laws.begin(), one.laws.end(),
                       std::back_inserter(laws));
        level.laws = std::move(laws);
    }
    return result;
}

// `12 of 40 cells, 1 of 2 guardrails`
std::string uncovered(exercise_coverage const& of) {
    std::string text;
    for (std::size_t i = 0; i < of.kinds.size(); ++i) {
        coverage_count const& kind = of.kinds[i];
        if (kind.covered == kind.of) continue;
        text += (text.empty() ? "" : ", ") + with_commas(kind.of - kind.covered) + " of " +
                with_commas(kind.of) + ' ' +
                std::string(to_string(static_cast<covered_item::kind>(i)));
    }
    return text;
}

std::vector<open_point> open_points(exercise_report const& report,
                                    std::vector<std::string> const& said) {
    std::vector<open_point> result;
    result.reserve(said.size() + report.scenarios.size() + 2);
    for (std::string const& one : said) result.push_back({one, true});
    for (scenario const& one : report.scenarios)
        if (std::size_t const failures = one.outcome.failures.size(); failures > 0)
            result.push_back({detail::in_backticks(one.outcome.name) +
                              " fails: " + count_text(failures, "answer is", "answers are") +
                              " not as expected"});
    if (report.left_out > 0)
        result.push_back({count_text(report.left_out, "exercise was", "exercises were") +
                          " left out this time"});
    if (std::string const left = uncovered(report.coverage); !left.empty())
        result.push_back({"No exercise covers " + left});
    return result;
}

}  // namespace

exposure_count scenario::rights() const {
    exposure_count result;
    for (open_level const& level : levels)
        for (exposure_count const& one : level.actions) {
            result.certain += one.certain;
            result.possible += one.possible;
        }
    return result;
}

bool scenario::has_more() const {
    exposure_count const all = rights();
    return all.certain < all.possible;
}

exercise_report make_exercise_report(policy const& of, exercise_report_arguments const& asked) {
    exercise_report report;
    report.policy_path = asked.policy.path;
    document const& source = of.source();
    if (source.header) {
        report.name = source.header->name;
        report.owner = source.header->owner;
    }
    report.digest = digest(of);
    report.who = asked.who;
    report.on = asked.on.value_or(date::today());
    exercise_run run = run_exercises(of, {report.on, asked.only});
    report.left_out = run.left_out;
    report.failed = run.failed;
    report.actions = actions_of(run);
    policy_texts const texts(source);
    for (exercise_outcome& outcome : run.exercises) {
        scenario added;
        if (written_exercise const* written = texts.exercise(outcome.name))
            added.expected = expected_of(*written);
        added.categories = open_categories(outcome, texts);
        added.levels = open_levels(added.categories, report.actions);
        added.outcome = std::move(outcome);
        report.scenarios.push_back(std::move(added));
    }
    report.coverage = coverage_of(of, {report.on, {}});
    report.open = open_points(report, asked.open);
    return report;
}

std::string result_text(exercise_report const& report) {
    std::size_t const count = report.scenarios.size();
    return with_commas(count - report.failed) + " of " + count_text(count, "exercise") + " passed";
}

std::string result_text(exercise_outcome const& outcome) {
    std::size_t const count = outcome.expectations;
    std::size_t const wrong = outcome.failures.size();
    std::string const end = wrong == 0 ? "as expected" : "not as expected";
    if (count == 1) return "The answer is " + end;
    if (wrong == 0 || wrong == count) return "All " + with_commas(count) + " answers are " + end;
    return with_commas(wrong) + " of " + with_commas(count) + " answers " +
           (wrong == 1 ? "is " : "are ") + end;
}

std::string failure_text(failed_expectation const& failed) {
    std::string const because =
        failed.expected_reason
            ? " (" + detail::in_backticks(to_string(*failed.expected_reason)) + ')'
            : std::string();
    return detail::in_backticks(failed.action) + " on " + detail::in_backticks(failed.category) +
           " must be " + (failed.expected ? "allowed" : "denied") + because + ", and is " +
           (failed.allowed ? "allowed" : "denied") + " (" +
           detail::in_backticks(to_string(failed.why)) + ')';
}

std::string situation_text(exercise_outcome const& of) {
    if (!of.compromised) return of.situation;
    return "somebody else has the account" + (of.situation.empty() ? "" : ", " + of.situation);
}

std::string exposure_text(scenario const& of) {
    bool const taken = of.outcome.compromised;
    exposure_count const rights = of.rights();
    if (rights.possible == 0)
        return taken ? "Whoever has the account can do nothing" : "Nothing is open";
    std::string text = (taken ? "Whoever has the account can get " : "") +
                       count_text(rights.possible, "right") + " on " +
                       count_text(of.categories.size(), "category", "categories");
    std::size_t const more = rights.possible - rights.certain;
    if (more == 0) return text;
    return text + ", " + (rights.certain == 0 ? "" : with_commas(more) + " of these ") +
           (taken ? "by waiting for other facts" : "only once other facts become known");
}

std::vector<std::string> level_columns(exercise_report const& report) {
    std::vector<std::string> result{"Level", "Categories"};
    result.insert(result.end(), report.actions.begin(), report.actions.end());
    result.emplace_back("Laws");
    return result;
}

std::vector<std::string> category_columns(scenario const& of) {
    if (of.has_more())
        return {"Category", "Level", "Open", "Once other facts become known", "Laws"};
    return {"Category", "Level", "Open", "Laws"};
}

std::string one_line(std::string_view text) {
    std::string result(text);
    std::replace(result.begin(), result.end(), '\n', ' ');
    return result;
}

std::string count_text(exposure_count const& of) {
    if (of.possible == 0) return {};
    std::size_t const more = of.possible - of.certain;
    return with_commas(of.certain) + (more == 0 ? std::string() : " + " + with_commas(more));
}

}  // namespace rolecall::inline v0_1::cli
