// That an exercise was held, on its way into the file beside the policy.
#ifndef ROLECALL_CLI_EXERCISE_REPORT_RECORD_HPP
#define ROLECALL_CLI_EXERCISE_REPORT_RECORD_HPP

#include "cli/file_replacement.hpp"
#include "cli/streams.hpp"
#include <rolecall/exercise_records.hpp>

#include <string>

namespace rolecall::inline v0_1::cli {

/// Two steps, between which the page is written: what can't be shown is not recorded. Each gives
/// an exit code, 0 when all is well, and complains itself.
class exercise_recording {
public:
    explicit exercise_recording(std::string const& policy);

    /// Writes the record aside. A file that is broken is refused as `validate` refuses it.
    int prepare(held_exercise const& held, streams& to);

    /// Puts it in place, where nobody has changed the file since.
    int commit(streams& to);

    [[nodiscard]] std::string const& path() const noexcept { return path_; }

private:
    std::string path_;
    exercise_records before_;
    file_replacement replacement_;
};

}  // namespace rolecall::inline v0_1::cli

#endif
