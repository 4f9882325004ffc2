#include "diff/canonical.hpp"

#include <rolecall/detail/activate.hpp>

namespace rolecall::inline v0_1::diff {

std::vector<std::uint32_t> numbers_of(std::vector<written_name> const& names, joint_names const& in,
                                      side of) {
    std::vector<std::uint32_t> result;
    result.reserve(names.size());
    for (written_name const& name : names) result.push_back(in.find(of, name.text));
    detail::sort_unique(result);
    return result;
}

std::vector<canonical_guardrail> canonical_guardrails(document const& of, vocabulary const& names,
                                                      side in) {
    fact_mapper const facts(names.facts, in);
    std::vector<canonical_guardrail> result;
    result.reserve(of.guardrails.size());
    for (written_guardrail const& rail : of.guardrails)
        result.push_back({&rail, numbers_of(rail.roles, names.roles, in),
                          numbers_of(rail.categories, names.categories, in),
                          numbers_of(rail.actions, names.actions, in), facts.condition(rail.when)});
    return result;
}

}  // namespace rolecall::inline v0_1::diff
