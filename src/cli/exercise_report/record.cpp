#include "cli/exercise_report/record.hpp"

#include "cli/commands.hpp"
#include "cli/load_policy.hpp"
#include <rolecall/detail/findings.hpp>
#include <rolecall/detail/text.hpp>

#include <sys/stat.h>

#include <optional>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

bool is_there(std::string const& path) {
    struct stat state {};
    return ::lstat(path.c_str(), &state) == 0;
}

}  // namespace

exercise_recording::exercise_recording(std::string const& policy)
    : path_(exercise_records_path(policy)), replacement_(path_) {}

int exercise_recording::prepare(held_exercise const& held, streams& to) {
    before_ = yaml::read_exercise_records(path_);
    if (detail::has_errors(before_.findings)) {
        write_findings(before_.findings, to.err);
        to.complain("the record is not written: first mend " + detail::in_backticks(path_));
        return exit_code_for(before_.findings);
    }
    std::string const text = yaml::add_exercise_record(before_.text, held);
    std::vector<held_exercise> expected = before_.held;
    expected.push_back(held);
    exercise_records const read = yaml::exercise_records_of(text, path_);
    if (read.held != expected) {
        write_findings(read.findings, to.err);
        to.complain("the record is not written: " + detail::in_backticks(path_) +
                    " could not be read again");
        return exit_code::usage;
    }
    if (auto const problem = replacement_.prepare(text)) {
        to.complain(*problem);
        return exit_code::usage;
    }
    return exit_code::fine;
}

int exercise_recording::commit(streams& to) {
    bool const same = before_.found ? file_holds(path_, before_.text) : !is_there(path_);
    std::optional<std::string> const problem =
        same ? replacement_.commit()
             : detail::in_backticks(path_) + " changed in the meantime, and is left as it is";
    if (!problem) return exit_code::fine;
    to.complain(*problem);
    return exit_code::usage;
}

}  // namespace rolecall::inline v0_1::cli
