// `rolecall test`: does the policy answer as its exercises expect, and would they notice if not?
#include "cli/commands.hpp"
#include "cli/load_policy.hpp"
#include "cli/test/arguments.hpp"
#include "cli/test/mutation_report.hpp"
#include "cli/test/report.hpp"
#include "import/files.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/exercise_suggestions.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

class tester {
public:
    tester(test_arguments const& asked, streams& to) : asked_(asked), to_(to) {
        options_.only = asked.only;
        if (asked.on) options_.on = *asked.on;
        unknown_ = asked.only;
    }

    [[nodiscard]] date on() const noexcept { return options_.on; }
    [[nodiscard]] exercise_options const& options() const noexcept { return options_; }

    // A filter that nothing fits is a slip of the hand, and must not look like success.
    [[nodiscard]] std::vector<std::string> const& unknown_filters() const noexcept {
        return unknown_;
    }
    [[nodiscard]] std::size_t seen() const noexcept { return seen_; }

    // The policy, or nothing where it is refused: then `err` has said why.
    [[nodiscard]] std::optional<policy> load(policy_arguments const& of, tested_policy& into) {
        into.path = of.path;
        policy_result const result = cli::load(of);
        if (result) {
            into.valid = true;
            return *result;
        }
        into.findings.assign(result.findings().begin(), result.findings().end());
        into.code = complain_of(result, of.path, to_);
        unknown_.clear();  // perhaps they fit what it holds
        return std::nullopt;
    }

    [[nodiscard]] tested_policy test(policy_arguments const& of) {
        tested_policy result;
        if (std::optional<policy> const loaded = load(of, result)) look(*loaded, result);
        return result;
    }

    void run(policy const& of, tested_policy& into) {
        into.run = run_exercises(of, options_);
        seen_ += into.count() + into.run.left_out;
        if (!into.run.passed()) into.code = exit_code::no;
        std::erase_if(unknown_, [&](std::string const& text) {
            if (asked_.only.size() == 1) return into.count() > 0;
            return !run_exercises(of, {options_.on, {text}}).exercises.empty();
        });
    }

    [[nodiscard]] mutation_result changes_of(policy const& of) {
        mutation_progress shown(to_);
        return mutate(of, {options_, asked_.all, &shown});
    }

private:
    void look(policy const& of, tested_policy& into) {
        run(of, into);
        if (into.count() == 0 && into.run.left_out > 0) return;
        if (asked_.coverage) into.coverage = coverage_of(of, options_);
        if (asked_.mutate && into.run.passed()) into.mutation = changes_of(of);
        into.too_little = is_too_little(into);
        if (into.too_little) into.code = exit_code::no;
    }

    [[nodiscard]] bool is_too_little(tested_policy const& of) const {
        if (!asked_.fail_under) return false;
        auto const least = static_cast<double>(*asked_.fail_under);
        return of.count() == 0 || (of.coverage && of.coverage->total.percent() < least) ||
               (of.mutation && of.mutation->total.percent() < least);
    }

    test_arguments const& asked_;
    streams& to_;
    exercise_options options_;
    std::vector<std::string> unknown_;
    std::size_t seen_ = 0;  // exercises, those that the filter leaves out as well
};

std::string report_of(test_report const& report) {
    if (report.asked->format == test_format::json) return test_json(report);
    if (report.asked->format == test_format::junit) return test_junit(report);
    std::string all;
    for (tested_policy const& policy : report.policies)
        if (policy.valid) all += test_text(policy, *report.asked, colours_off());
    return all;
}

bool complain_of_filters(tester const& of, streams& to) {
    for (std::string const& text : of.unknown_filters())
        to.complain("no exercise has " + detail::in_backticks(text) +
                    " in its name, title, role, user or file; there are " + with_commas(of.seen()));
    return !of.unknown_filters().empty();
}

// What is suggested is a policy file: everything else goes to `err`.
int suggest(test_arguments const& asked, streams& to) {
    tester look(asked, to);
    tested_policy tested;
    std::optional<policy> const of = look.load(asked.policies.front(), tested);
    if (!of) return tested.code;
    look.run(*of, tested);
    if (complain_of_filters(look, to)) return exit_code::usage;
    if (!tested.run.passed()) {
        to.err.write(test_text(tested, asked, to.err.colour()));
        to.complain("nothing is suggested: first mend the exercises that fail, or the policy");
        return exit_code::no;
    }
    mutation_result const found = look.changes_of(*of);
    exercise_suggestions const made =
        suggest_exercises(*of, found, {look.options(), false, nullptr});
    to.out.write(made.yaml);
    std::size_t const survivors = found.survivors.size();
    if (survivors == 0) {
        to.complain("nothing to suggest: every change of the policy is noticed");
        return exit_code::fine;
    }
    to.complain(count_text(made.exercises.size(), "exercise") +
                (made.exercises.size() == 1 ? " notices " : " notice ") + with_commas(made.notice) +
                " of " +
                count_text(survivors, "change that nobody noticed", "changes that nobody noticed") +
                "; read them before you keep them");
    return exit_code::fine;
}

}  // namespace

std::string too_little_text(tested_policy const& policy, test_arguments const& asked) {
    std::string const least = std::to_string(asked.fail_under.value_or(0)) + " percent";
    if (policy.count() == 0) return "there are no exercises, and --fail-under wants " + least;
    return "less than the " + least + " of --fail-under";
}

int run_test(test_arguments const& asked, streams& to) {
    if (asked.suggest) return suggest(asked, to);
    tester look(asked, to);
    test_report report;
    report.asked = &asked;
    report.on = look.on();
    bool const as_text = asked.output || asked.format == test_format::text;
    for (policy_arguments const& one : asked.policies) {
        report.policies.push_back(look.test(one));
        tested_policy const& tested = report.policies.back();
        report.exit_code = std::max(report.exit_code, tested.code);
        if (!as_text || !tested.valid) continue;
        if (report.policies.size() > 1) to.out.write("\n");
        to.out.write(test_text(tested, asked, to.out.colour()));
    }
    to.out.flush();
    if (complain_of_filters(look, to))
        report.exit_code = std::max(report.exit_code, exit_code::usage);
    if (asked.output) {
        if (auto const problem = csv::write_whole_file(*asked.output, report_of(report))) {
            to.complain(*problem);
            return exit_code::usage;
        }
    } else if (!as_text) {
        to.out.write(report_of(report));
    }
    return report.exit_code;
}

}  // namespace rolecall::inline v0_1::cli
