// What the headers leave to the library: every function marked ROLECALL_COLD.
#include <rolecall/detail/cold/audit.hpp>
#include <rolecall/detail/cold/authorizer.hpp>
#include <rolecall/detail/cold/check.hpp>
#include <rolecall/detail/cold/compile.hpp>
#include <rolecall/detail/cold/diagnostic.hpp>
#include <rolecall/detail/cold/live_session.hpp>
#include <rolecall/detail/cold/live_words.hpp>
#include <rolecall/detail/cold/name_table.hpp>
#include <rolecall/detail/cold/pins.hpp>
#include <rolecall/detail/cold/policy.hpp>
#include <rolecall/detail/cold/policy_builder.hpp>
#include <rolecall/detail/cold/policy_result.hpp>
#include <rolecall/detail/cold/request.hpp>
#include <rolecall/detail/cold/session.hpp>
#include <rolecall/detail/cold/users_changed.hpp>
