// `rolecall validate`: every problem of every file, and whether a change may be merged.
#include "cli/commands.hpp"
#include "cli/id_look.hpp"
#include "cli/load_policy.hpp"
#include "cli/validate/arguments.hpp"
#include "cli/validate/baseline.hpp"
#include "cli/validate/fix.hpp"
#include "cli/validate/reports.hpp"
#include "cli/validate/validated_policy.hpp"
#include "import/files.hpp"
#include <rolecall/detail/findings.hpp>
#include <rolecall/detail/text.hpp>
#include <rolecall/document.hpp>
#include <rolecall/exercise_records.hpp>
#include <rolecall/lint.hpp>
#include <rolecall/lint_settings.hpp>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

// A run that can't go on: why, for a complaint.
struct stopped {
    std::string why;
};

validated_finding to_finding(lint_finding found, std::string const& policy) {
    validated_finding result{.what = std::move(found.what),
                             .about = std::move(found.about),
                             .fixable = found.removal.has_value(),
                             .off_because = std::move(found.off_because)};
    result.fingerprint = fingerprint_of(result, policy);
    return result;
}

validated_finding to_finding(diagnostic found, std::string const& policy) {
    return to_finding(lint_finding{std::move(found), {}, {}, {}}, policy);
}

class validator {
public:
    validator(validate_arguments const& arguments, streams& to) : arguments_(arguments), to_(to) {
        if (!arguments.settings) return;
        shared_ = load_lint_settings(*arguments.settings);
        if (!shared_->found && !detail::has_errors(shared_->findings))
            throw stopped{"there are no settings at " + detail::in_backticks(*arguments.settings)};
    }

    [[nodiscard]] validated_policy validate(policy_arguments const& policy) {
        lint_settings_result const settings = settings_of(policy.path);
        exercise_records const records = records_of(policy.path);
        bool const settings_valid =
            !detail::has_errors(settings.findings) && !detail::has_errors(records.findings);
        lint_options options;
        options.settings = settings.settings;
        options.exercises = records.held;
        options.look = id_look;
        if (arguments_.on) options.today = *arguments_.on;
        if (arguments_.fix && settings_valid) fix(policy, options);

        yaml::load_options load = options_of(policy);
        load.today = options.today;
        policy_result const result = yaml::load(policy.path, load);
        validated_policy checked{.path = policy.path, .valid = bool{result}};
        checked.settings_valid = settings_valid;
        if (result) count(checked, result->source());
        if (arguments_.no_lint || !settings_valid) {
            for (diagnostic const& d : result.findings())
                checked.findings.push_back(to_finding(d, policy.path));
        } else {
            lint_result told = lint(result, options);
            for (lint_finding& f : told.findings)
                checked.findings.push_back(to_finding(std::move(f), policy.path));
            for (lint_finding& f : told.switched_off)
                checked.switched_off.push_back(to_finding(std::move(f), policy.path));
        }
        for (auto const* beside : {&settings.findings, &records.findings})
            for (diagnostic const& d : *beside)
                checked.findings.push_back(to_finding(d, policy.path));
        std::stable_sort(
            checked.findings.begin(), checked.findings.end(),
            [](validated_finding const& a, validated_finding const& b) { return a.what < b.what; });
        return checked;
    }

    [[nodiscard]] bool failed_to_fix() const noexcept { return failed_to_fix_; }

private:
    static void count(validated_policy& checked, document const& source) {
        checked.categories = source.categories.size();
        checked.roles = source.roles.size();
        for (source_file const& file : source.files) checked.files.push_back(file.path);
    }

    [[nodiscard]] lint_settings_result settings_of(std::string const& policy) const {
        if (arguments_.no_lint || arguments_.no_settings) return {};
        return shared_ ? *shared_ : load_lint_settings(lint_settings_path(policy));
    }

    // A mistake in the record must not silence what it is read for: it fails as one of the
    // settings does.
    [[nodiscard]] exercise_records records_of(std::string const& policy) const {
        if (arguments_.no_lint) return {};
        return yaml::read_exercise_records(exercise_records_path(policy));
    }

    // The difference is for people: it keeps out of a report that standard output gets.
    void fix(policy_arguments const& policy, lint_options const& options) {
        bool const report_on_out =
            arguments_.format != report_format::text && !arguments_.output.has_value();
        streams aside{to_.err, to_.err};
        fix_report const done =
            apply_fixes(policy, options, arguments_.dry_run, report_on_out ? aside : to_);
        failed_to_fix_ = failed_to_fix_ || done.failed;
    }

    validate_arguments const& arguments_;
    streams& to_;
    std::optional<lint_settings_result> shared_;
    bool failed_to_fix_ = false;
};

// ---- Reports -----------------------------------------------------------------------------

std::string lines_of(validated_policy const& policy, validate_arguments const& arguments,
                     report_format format, colours const& colour) {
    return format == report_format::github
               ? github_report(policy, arguments.strict, colour)
               : text_report(policy, {arguments.strict, arguments.all, !arguments.fix}, colour);
}

std::string report(validation const& of, validate_arguments const& arguments) {
    switch (arguments.format) {
        case report_format::json: return json_report(of);
        case report_format::sarif: return sarif_report(of);
        case report_format::junit: return junit_report(of);
        case report_format::gitlab: return gitlab_report(of);
        case report_format::text:
        case report_format::github: break;
    }
    std::string all;
    for (validated_policy const& policy : of.policies)
        all += lines_of(policy, arguments, arguments.format, colours_off());
    return all;
}

// Whether standard output gets lines, policy by policy: beside a report in a file always text.
bool shows_lines(validate_arguments const& arguments) {
    return arguments.output || arguments.format == report_format::text ||
           arguments.format == report_format::github;
}

void show(validated_policy const& policy, validate_arguments const& arguments, output& to) {
    if (!shows_lines(arguments)) return;
    report_format const format = arguments.output ? report_format::text : arguments.format;
    to.write(lines_of(policy, arguments, format, to.colour()));
}

void write_file(std::string const& path, std::string_view text) {
    if (auto const problem = csv::write_whole_file(path, text)) throw stopped{*problem};
}

// A policy that nobody could look into would leave the baseline, and come back as all new.
validated_policy const* not_looked_into(validation const& run) {
    for (validated_policy const& policy : run.policies)
        if (!policy.valid || !policy.settings_valid) return &policy;
    return nullptr;
}

void write_baseline(validation& run, validate_arguments const& arguments, streams& to) {
    std::string const& path = *arguments.write_baseline;
    if (validated_policy const* const bad = not_looked_into(run)) {
        for (validated_policy const& policy : run.policies) show(policy, arguments, to.out);
        to.complain(detail::in_backticks(path) + " is not written: first mend " +
                    detail::in_backticks(bad->path));
        return;
    }
    write_file(path, baseline_text(run.policies, path));
    mark_for_baseline(run.policies);
    for (validated_policy const& policy : run.policies) show(policy, arguments, to.out);
    std::size_t const count = count_for_baseline(run.policies);
    if (shows_lines(arguments))
        to.out.line(detail::printable(path) + ": " + count_text(count, "finding") +
                    (count == 1 ? " is" : " are") + " known from now on");
}

int validate_all(validate_arguments const& arguments, streams& to) {
    std::optional<baseline> known;
    if (arguments.baseline) known = baseline::read(*arguments.baseline);
    validator look(arguments, to);
    validation run{.strict = arguments.strict,
                   .has_baseline = known || arguments.write_baseline,
                   .on = arguments.on};
    for (policy_arguments const& policy : arguments.policies) {
        run.policies.push_back(look.validate(policy));
        if (known) known->mark(run.policies.back(), arguments.policies.size() == 1);
        if (!arguments.write_baseline) show(run.policies.back(), arguments, to.out);
    }
    if (arguments.write_baseline) write_baseline(run, arguments, to);

    for (validated_policy const& policy : run.policies)
        run.exit_code = std::max(run.exit_code, exit_code_for(policy, run.strict));
    if (look.failed_to_fix()) run.exit_code = std::max(run.exit_code, exit_code::usage);
    if (arguments.output)
        write_file(*arguments.output, report(run, arguments));
    else if (!shows_lines(arguments))
        to.out.write(report(run, arguments));
    return run.exit_code;
}

}  // namespace

int run_validate(validate_arguments const& arguments, streams& to) {
    try {
        return validate_all(arguments, to);
    } catch (stopped const& s) {
        to.complain(s.why);
    } catch (unusable_baseline const& b) {
        to.complain(b.what());
    }
    return exit_code::usage;
}

}  // namespace rolecall::inline v0_1::cli
