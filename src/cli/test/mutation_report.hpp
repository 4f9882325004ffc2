// What changing a policy in every way found, as text and as JSON.
#ifndef ROLECALL_CLI_TEST_MUTATION_REPORT_HPP
#define ROLECALL_CLI_TEST_MUTATION_REPORT_HPP

#include "cli/progress.hpp"
#include "cli/streams.hpp"
#include <rolecall/policy_mutation.hpp>

#include <boost/json/object.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {

/// A table by kind, and then the survivors: at most 20 of a kind unless all are asked for. Each
/// line ends with a line break.
[[nodiscard]] std::string mutation_text(mutation_result const& found, bool all,
                                        colours const& with);

/// Adds the member `mutation`: the counts, and every survivor with a question that tells the two
/// policies apart.
void add_mutation(boost::json::object& to, mutation_result const& found);

/// Tells on a terminal's standard error how far it is.
class mutation_progress final : public mutation_listener {
public:
    explicit mutation_progress(streams& to)
        : shown_(to, "changes", progress::results::at_the_end) {}

    void at(std::size_t done, std::size_t total, std::size_t survived,
            std::string_view what) override;

private:
    progress shown_;
    std::string kind_;
};

}  // namespace rolecall::inline v0_1::cli

#endif
