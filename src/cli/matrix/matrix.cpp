// `rolecall matrix`: everything that every role may do.
#include "cli/commands.hpp"
#include "cli/json.hpp"
#include "cli/load_policy.hpp"
#include "cli/matrix/matrix_formats.hpp"
#include "cli/matrix/matrix_text.hpp"
#include "cli/matrix/rights_table.hpp"

#include <cstddef>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::size_t usual_width = 100;

}  // namespace

int run_matrix(matrix_arguments const& arguments, streams& to) {
    loaded const policy = load_or_complain(arguments.policy, to);
    if (!policy.policy) return policy.code;
    rights_table const table = make_rights_table(*policy.policy);
    switch (arguments.format) {
        case output_format::csv: write_matrix_csv(table, to.out); break;
        case output_format::json: to.out.line(to_json(table)); break;
        case output_format::markdown: write_matrix_markdown(table, to.out); break;
        default:
            write_matrix_text(
                table, arguments.width.value_or(to.out.columns().value_or(usual_width)), to.out);
    }
    return exit_code::fine;
}

}  // namespace rolecall::inline v0_1::cli
