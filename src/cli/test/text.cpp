// Exercises for people: what passes in a few lines, and what fails at the word that expects it.
//
//     shop/
//       ok      customer-on-the-phone  support, open-ticket is true
//       failed  stolen-laptop          dana's account, compromised
//
//     stolen-laptop: dana's account, compromised
//     shop/exercises.yaml:14:20: `view` on `payment` is allowed, and should be denied
//       14 |     cannot: {payment: view}
//          |                       ^~~~
//         support may view payment: support may view payment if open-ticket (…).
#include "cli/test/coverage_report.hpp"
#include "cli/test/mutation_report.hpp"
#include "cli/test/report.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/diagnostic_text.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

// More exercises than these are not listed one by one while they pass.
constexpr std::size_t most_listed = 20;

// Of one word in a file, so many answers are told.
constexpr std::size_t most_of_one_word = 10;

std::string padded(std::string text, std::size_t width) {
    std::size_t const used = detail::display_width(text);
    if (used < width) text.append(width - used, ' ');
    return text;
}

std::string coloured(std::string_view colour, std::string const& text, std::string_view reset) {
    return std::string(colour) + text + std::string(colour.empty() ? std::string_view{} : reset);
}

bool same_word(failed_expectation const& a, failed_expectation const& b) noexcept {
    return a.where.line == b.where.line && a.where.column == b.where.column &&
           a.where.path == b.where.path;
}

class failed_exercise {
public:
    failed_exercise(exercise_outcome const& of, bool all, colours const& colour)
        : of_(of), all_(all), colour_(colour) {}

    std::string text() {
        heading();
        for (std::size_t i = 0; i < of_.failures.size();) {
            std::size_t end = i + 1;
            while (end < of_.failures.size() && same_word(of_.failures[i], of_.failures[end]))
                ++end;
            word(i, end);
            i = end;
        }
        return std::move(text_);
    }

private:
    void heading() {
        text_ =
            coloured(colour_.heading, of_.name, colour_.reset) + ": " + situation_of(of_) + '\n';
        for (std::string const* line : {&of_.title, &of_.about})
            if (!line->empty()) text_ += "  " + detail::printable(*line) + '\n';
        if (!of_.note.empty()) text_ += "  to talk about: " + detail::printable(of_.note) + '\n';
    }

    // All that one word of the file expected in vain.
    void word(std::size_t begin, std::size_t end) {
        location const& where = of_.failures[begin].where;
        std::string const place =
            coloured(colour_.diagnostics.place, detail::place_text(where) + ":", colour_.reset);
        text_ +=
            place + ' ' +
            (end - begin == 1 ? sentence_of(of_.failures[begin])
                              : with_commas(end - begin) + " answers are not what is expected") +
            '\n';
        if (!where.text.empty())
            text_ += detail::marked_line(where, colour_.diagnostics).substr(1) + '\n';
        if (end - begin == 1) {
            because(of_.failures[begin], "    ");
            return;
        }
        std::size_t const shown = all_ ? end : std::min(end, begin + most_of_one_word);
        for (std::size_t i = begin; i < shown; ++i) {
            text_ += "  - " + sentence_of(of_.failures[i]) + '\n';
            because(of_.failures[i], "    ");
        }
        if (shown < end)
            text_ += "  … and " + with_commas(end - shown) + " more; --all shows them\n";
    }

    void because(failed_expectation const& failed, std::string_view indent) {
        for (std::string const& sentence : failed.explanation)
            text_ += std::string(indent) + sentence + '\n';
    }

    exercise_outcome const& of_;
    bool all_;
    colours const& colour_;
    std::string text_;
};

class policy_text {
public:
    policy_text(tested_policy const& of, test_arguments const& asked, colours const& colour)
        : of_(of), asked_(asked), colour_(colour) {}

    std::string text() {
        text_ = coloured(colour_.heading, detail::printable(of_.path), colour_.reset) + '\n';
        if (of_.count() == 0)
            nothing_to_run();
        else
            exercises();
        reports();
        return std::move(text_);
    }

private:
    void nothing_to_run() {
        if (of_.run.left_out > 0) {
            text_ += "  no exercise fits the filter, of " + with_commas(of_.run.left_out) + "\n";
            return;
        }
        text_ +=
            "  no exercises yet. One is a situation, and who can do what in it:\n"
            "\n"
            "    exercises:\n"
            "      customer-on-the-phone:\n"
            "        about: A customer calls, and asks what we know of them\n"
            "        as: support                     # a role, or {user: id}\n"
            "        can: {account: view}\n"
            "        cannot: {payment.card: any}\n"
            "\n"
            "  `rolecall test POLICY --suggest` writes what the policy answers today.\n";
    }

    void exercises() {
        list();
        for (exercise_outcome const& one : of_.run.exercises)
            if (!one.passed()) text_ += '\n' + failure_text(one, asked_.all, colour_);
        text_ += '\n' +
                 coloured(of_.run.passed() ? colour_.allow : colour_.deny, summary_of(of_.run),
                          colour_.reset) +
                 '\n';
    }

    // One line each; where there are many, one for those of a file that pass.
    void list() {
        bool const each = asked_.all || of_.count() <= most_listed;
        std::size_t width = 0;
        for (exercise_outcome const& one : of_.run.exercises)
            if (each || !one.passed()) width = std::max(width, detail::display_width(one.name));
        width = std::min<std::size_t>(width, 40);
        if (!each) files();
        for (exercise_outcome const& one : of_.run.exercises) {
            if (!each && one.passed()) continue;
            text_ += "  " + mark(one.passed()) + "  " + padded(one.name, width) + "  " +
                     coloured(colour_.faint, situation_of(one), colour_.reset) + '\n';
            if (asked_.all && one.passed()) details(one);
        }
    }

    void details(exercise_outcome const& one) {
        for (std::string const* line : {&one.title, &one.about})
            if (!line->empty()) text_ += "          " + detail::printable(*line) + '\n';
        if (!one.note.empty())
            text_ += "          to talk about: " + detail::printable(one.note) + '\n';
    }

    void files() {
        std::map<std::string, std::pair<std::size_t, std::size_t>> files;  // passed, of
        for (exercise_outcome const& one : of_.run.exercises) {
            auto& [passed, of] = files[one.where.path];
            if (one.passed()) ++passed;
            ++of;
        }
        for (auto const& [path, count] : files) {
            auto const& [passed, of] = count;
            if (passed == 0) continue;
            text_ += "  " + mark(true) + "  " + detail::place_text({path, 0, 0, 0, {}}) + ": " +
                     (passed < of ? with_commas(passed) + " of " : std::string()) +
                     count_text(of, "exercise") + '\n';
        }
    }

    [[nodiscard]] std::string mark(bool passed) const {
        return coloured(passed ? colour_.allow : colour_.deny, passed ? "ok    " : "failed",
                        colour_.reset);
    }

    void reports() {
        if (of_.coverage) text_ += '\n' + coverage_text(*of_.coverage, asked_.all, colour_);
        if (of_.mutation) text_ += '\n' + mutation_text(*of_.mutation, asked_.all, colour_);
        if (asked_.mutate && !of_.mutation)
            text_ += "\nthe policy is not changed: --mutate needs exercises that pass\n";
        if (of_.too_little)
            text_ +=
                '\n' + coloured(colour_.deny, too_little_text(of_, asked_), colour_.reset) + '\n';
    }

    tested_policy const& of_;
    test_arguments const& asked_;
    colours const& colour_;
    std::string text_;
};

}  // namespace

std::string sentence_of(failed_expectation const& failed) {
    std::string text = detail::in_backticks(failed.action) + " on " +
                       detail::in_backticks(failed.category) + " is ";
    std::string const why(to_string(failed.why));
    if (failed.allowed == failed.expected)  // both denied, for another reason
        return text + "denied as " + why + ", and should be as " +
               std::string(to_string(failed.expected_reason.value_or(failed.why)));
    if (failed.allowed)
        return text + "allowed, and should be denied" +
               (failed.expected_reason ? " as " + std::string(to_string(*failed.expected_reason))
                                       : std::string());
    return text + "denied (" + why + "), and should be allowed";
}

std::string situation_of(exercise_outcome const& exercise) {
    std::string text = exercise.who;
    if (text.empty()) text = "no role";
    if (exercise.compromised) text += ", compromised";
    if (!exercise.situation.empty()) text += ", " + exercise.situation;
    return text;
}

std::string summary_of(exercise_run const& run) {
    std::size_t const all = run.exercises.size();
    std::string text;
    if (run.failed == 0)
        text = count_text(all, "exercise") + (all == 1 ? " passes" : " pass");
    else
        text = with_commas(run.failed) + " of " + count_text(all, "exercise") +
               (run.failed == 1 ? " fails" : " fail");
    std::size_t wrong = 0;
    for (exercise_outcome const& one : run.exercises) wrong += one.failures.size();
    text += " (" + count_text(run.expectations, "answer") +
            (wrong > 0 ? ", " + with_commas(wrong) + " not as expected" : std::string()) + ')';
    if (run.left_out > 0) text += "; the filter leaves out " + with_commas(run.left_out);
    return text;
}

std::string failure_text(exercise_outcome const& exercise, bool all, colours const& colour) {
    return failed_exercise(exercise, all, colour).text();
}

std::string test_text(tested_policy const& policy, test_arguments const& asked,
                      colours const& colour) {
    return policy_text(policy, asked, colour).text();
}

}  // namespace rolecall::inline v0_1::cli
