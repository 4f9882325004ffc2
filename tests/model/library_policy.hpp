// What the model says, in the words of the library: dates, facts, questions, policies.

#pragma once

#include "model.hpp"
#include <rolecall/policy_result.hpp>
#include <rolecall/request.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace model {

rolecall::date as_date(date d);
rolecall::fact_value as_value(truth t);
answer as_answer(rolecall::response const& r);

// The names of the question must live as long as what is made of it.
std::vector<std::string_view> as_views(names const& list);
rolecall::subject as_subject(std::optional<std::string> const& user,
                             std::optional<names> const& roles);
rolecall::request as_request(question const& asked);

// The policy made in code.
rolecall::policy_result build_policy(policy const& rules);

}  // namespace model
