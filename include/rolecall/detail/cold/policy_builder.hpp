// How what was gathered in code becomes a policy.
#ifndef ROLECALL_DETAIL_COLD_POLICY_BUILDER_HPP
#define ROLECALL_DETAIL_COLD_POLICY_BUILDER_HPP

#include <rolecall/detail/compile/check_code_made.hpp>
#include <rolecall/detail/compile/compile.hpp>
#include <rolecall/policy_builder.hpp>

#include <utility>

namespace rolecall::inline v0_1 {

ROLECALL_COLD policy_result policy_builder::build(options const& with) const {
    detail::findings found;
    detail::check_code_made(document_, found);
    return detail::compile(document_, std::move(found), {with.max_table_bytes, with.today});
}

}  // namespace rolecall::inline v0_1

#endif
