// All measures of one policy, each beside its floors.
#ifndef ROLECALL_BENCH_SUITE_HPP
#define ROLECALL_BENCH_SUITE_HPP

#include "bench/report.hpp"
#include "bench/requests.hpp"
#include <rolecall/policy.hpp>
#include <rolecall/session.hpp>
#include <rolecall/yaml.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::bench {

/// Whom the questions by session are asked as.
struct asker {
    std::string label;               ///< `support`
    std::vector<std::string> roles;  ///< active together; of a user: those chosen, if any
    std::optional<std::string> user;

    [[nodiscard]] activation activate(policy const& in, date on) const;
};

/// The role with the most rights, of those that are looked at; nothing without a role.
[[nodiscard]] std::optional<asker> broadest_role(vocabulary const& words);

struct suite_options {
    std::string path;              ///< that the policy was loaded from
    yaml::load_options load;       ///< and how
    std::optional<asker> who;      ///< for random questions; none: there is nobody
    double seconds = 5;            ///< for all measures together, preparations aside
    question_options questions{};  ///< for random questions
    date on = date::today();

    /// Asked instead of random questions, if there are any.
    std::vector<recorded_request> requests{};
    std::size_t requests_left_aside = 0;  ///< that were read besides

    /// Told what is done, and which share of all is.
    std::function<void(std::string_view what, double share)> progress{};
};

/// Measures. Throws `disagreement` where answers differ.
[[nodiscard]] report run_suite(policy const& of, suite_options const& with);

}  // namespace rolecall::inline v0_1::bench

#endif
