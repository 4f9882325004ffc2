#include "cli/exercise_report/interpret.hpp"

#include "cli/exercise_report/arguments.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

// What a record may hold: text on one line, all of which can be seen.
bool is_text(std::string_view text) {
    if (text.find_first_not_of(' ') == std::string_view::npos) return false;
    while (!text.empty()) {
        detail::code_point const c = detail::first_code_point(text);
        if (!c.valid || detail::is_control(c.value) || detail::is_hidden(c.value)) return false;
        text.remove_prefix(c.size);
    }
    return true;
}

class exercise_report_interpreter : option_reader {
public:
    explicit exercise_report_interpreter(command_line const& line) : option_reader(line) {}

    [[nodiscard]] exercise_report_arguments arguments() const {
        exercise_report_arguments result;
        result.policy = only_policy();
        result.who = texts("--who");
        result.open = texts("--open");
        result.only = line_.values("--filter");
        result.on = day();
        result.record = line_.has("--record");
        if (result.record && result.who.empty())
            fail("`--record` goes with `--who`: the name of somebody who took part");
        date const today = date::today();
        if (result.record && result.on.value_or(today) > today)
            fail("`--record` is for exercises that were held: " + result.on->to_string() +
                 " is yet to come, today is " + today.to_string() + " (UTC)");
        if (line_.has("--output") && line_.value("--output") != "-")
            result.output = line_.value("--output");
        if (result.output && result.output->empty()) fail("`--output` needs the name of a file");
        result.format = format({markdown_format, html_format, json_format});
        return result;
    }

private:
    // Each once.
    [[nodiscard]] std::vector<std::string> texts(std::string_view option) const {
        std::vector<std::string> result;
        for (std::string& text : line_.values(option)) {
            if (!is_text(text))
                fail(detail::in_backticks(option) + " needs a text on one line, not " +
                     detail::in_backticks(text));
            if (std::find(result.begin(), result.end(), text) == result.end())
                result.push_back(std::move(text));
        }
        return result;
    }
};

}  // namespace

command_run interpret_exercise_report(command_line const& line) {
    return bind(run_exercise_report, exercise_report_interpreter(line).arguments());
}

}  // namespace rolecall::inline v0_1::cli
