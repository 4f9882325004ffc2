// `rolecall users review`: who has access, to be read and signed.
#include "cli/commands.hpp"
#include "cli/load_policy.hpp"
#include "cli/review/report.hpp"
#include "cli/users/store.hpp"
#include <rolecall/detail/text.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::size_t usual_width = 100;

void write(review_report const& report, output_format format, output& to) {
    switch (format) {
        case output_format::csv: write_review_csv(report, to); break;
        case output_format::html: write_review_html(report, to); break;
        case output_format::json: write_review_json(report, to); break;
        default: write_review_text(report, to.columns().value_or(usual_width), to);
    }
}

int review(users_review_arguments const& arguments, policy const& by, users_view store,
           streams& to) {
    access_review found(by, store,
                        {.on = arguments.on.value_or(date::today()),
                         .ending_within_days = arguments.ending_within_days});
    if (!found.complete) {
        to.complain(detail::printable(arguments.store.value_or("")) +
                    " can't be read to its end: there is no review");
        return exit_code::usage;
    }
    // A report that finds nothing wrong with nobody would be signed.
    if (found.users.empty()) {
        to.complain("there is nobody to review: " + detail::printable(arguments.policy.path) +
                    " lists no users, and " +
                    (arguments.store ? detail::printable(*arguments.store) + " has none"
                                     : std::string("no store is given")));
        return exit_code::usage;
    }
    review_report report = make_review_report(std::move(found), by);
    report.policy_path = arguments.policy.path;
    report.store_path = arguments.store;
    write(report, arguments.format, to.out);
    return report.concerns.empty() ? exit_code::fine : exit_code::no;
}

}  // namespace

int run_users_review(users_review_arguments const& arguments, streams& to) {
    loaded const policy = load_or_complain(arguments.policy, to);
    if (!policy.policy) return policy.code;
    if (!arguments.store) return review(arguments, *policy.policy, {}, to);
    return with_store(*arguments.store, store_access::read, to, [&](user_store& store) {
        return review(arguments, *policy.policy, store, to);
    });
}

}  // namespace rolecall::inline v0_1::cli
