#include "cli/diff/diff.hpp"

#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {
namespace {

class diff_interpreter : option_reader {
public:
    explicit diff_interpreter(command_line const& line) : option_reader(line) {}

    [[nodiscard]] diff_arguments arguments() const {
        diff_arguments result;
        std::size_t const level_words = read_fail_on(result);
        if (line_.words.size() < 2)
            fail_with_usage("which policies? `diff` needs an old one and a new one" +
                            std::string(line_.words.empty() ? "" : ", not one alone"));
        refuse_more_words(2 + level_words);
        result.before = policy(line_.words[0]);
        result.after = policy(line_.words[1]);
        if (level_words == 1) result.level = line_.words[2];
        result.format = format({text_format, markdown_format, json_format, html_format});
        result.on = day();
        return result;
    }

private:
    // `gains-at LEVEL` is one value in quotes, or joined by `=`, or two words at the end. Gives
    // how many words behind the policies belong to it.
    [[nodiscard]] std::size_t read_fail_on(diff_arguments& to) const {
        if (!line_.has("--fail-on")) return 0;
        std::string const written = line_.value("--fail-on");
        std::string_view const what =
            std::string_view(written).substr(0, written.find_first_of("= "));
        bool const with_level = what.size() < written.size();
        if (what == "gains-at") {
            to.fails = fail_on::gains_at;
            if (with_level) to.level = written.substr(what.size() + 1);
            if (to.level.empty() && (with_level || line_.words.size() != 3))
                fail("`--fail-on gains-at` needs a level: `--fail-on gains-at=restricted`");
            return with_level ? 0 : 1;
        }
        to.fails = written == "gains" ? fail_on::gains
                   : written == "any" ? fail_on::any
                                      : fail_on::nothing;
        if (to.fails == fail_on::nothing)
            fail("`--fail-on` of `diff` can't be " + detail::in_backticks(written) +
                 "; it takes gains, any, or gains-at with a level");
        return 0;
    }
};

}  // namespace

command_run interpret_diff(command_line const& line) {
    return bind(run_diff, diff_interpreter(line).arguments());
}

}  // namespace rolecall::inline v0_1::cli
