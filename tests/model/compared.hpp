// Two policies of the model, loaded by the library and compared by it.
#ifndef ROLECALL_TESTS_MODEL_COMPARED_HPP
#define ROLECALL_TESTS_MODEL_COMPARED_HPP

#include "policy_text.hpp"
#include <rolecall/policy_diff.hpp>
#include <rolecall/yaml.hpp>

namespace model {

inline rolecall::policy loaded(policy const& rules) {
    return rolecall::yaml::load_text(to_yaml(rules)).value();
}

/// What differs on the day that these tests ask about.
inline rolecall::policy_diff difference(rolecall::policy const& before,
                                        rolecall::policy const& after) {
    return rolecall::compare(before, after, {.on = rolecall::date::parse("2026-06-15").value()});
}

}  // namespace model

#endif
