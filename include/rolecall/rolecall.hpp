// rolecall: who in a business may view, modify, store or delete which kind of customer data.
//
//     auto loaded = rolecall::yaml::load("policies/shop");
//     if (!loaded) return 3;
//     rolecall::authorizer pdp{std::move(loaded).value(), trail};   // trail: any audit sink
//     auto const payment = pdp.category("payment").value();         // resolve once, ask often
//     auto const dana = pdp.session("dana").value();
//     if (pdp.decide(dana, rolecall::view, payment, {.record = "p-17"})) …
//
// This header is what an application includes: the hot side, and what loads a policy. Link
// rolecall::rolecall. Policies made in code, without YAML and without any other library,
// need only <rolecall/policy_builder.hpp> and rolecall::core.
#ifndef ROLECALL_ROLECALL_HPP
#define ROLECALL_ROLECALL_HPP

#include <rolecall/action.hpp>
#include <rolecall/audit.hpp>
#include <rolecall/authorizer.hpp>
#include <rolecall/decision.hpp>
#include <rolecall/diagnostic.hpp>
#include <rolecall/digest.hpp>
#include <rolecall/explain.hpp>
#include <rolecall/facts.hpp>
#include <rolecall/json_lines.hpp>
#include <rolecall/lists.hpp>
#include <rolecall/matrix.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/policy_result.hpp>
#include <rolecall/policy_watcher.hpp>
#include <rolecall/request.hpp>
#include <rolecall/session.hpp>
#include <rolecall/user_directory.hpp>
#include <rolecall/version.hpp>
#include <rolecall/yaml.hpp>

#endif
