#include "rbac/rbac_state.hpp"
#include <rolecall/detail/text.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <utility>

namespace rolecall::inline v0_1 {
namespace {

struct error_text {
    std::string_view word;
    std::string_view sentence;  // of what was named, which stands behind it
};

constexpr std::array texts{
    error_text{"none", ""},
    error_text{"invalid-name", "this can't be a name:"},
    error_text{"user-exists", "there is a user already:"},
    error_text{"unknown-user", "there is no user"},
    error_text{"listed-in-policy", "the policy itself says so, and has to be changed for it:"},
    error_text{"role-exists", "there is a role already:"},
    error_text{"unknown-role", "the policy declares no role"},
    error_text{"unknown-operation", "the policy declares no action"},
    error_text{"unknown-object", "the policy declares no category"},
    error_text{"already-assigned", "the user has the role already:"},
    error_text{"not-assigned", "the user is not assigned the role"},
    error_text{"not-granted", "the role itself has no such grant:"},
    error_text{"granted-by-pattern", "a grant of all that lies below gives it too:"},
    error_text{"session-exists", "there is a session already:"},
    error_text{"unknown-session", "there is no session"},
    error_text{"not-owner", "the session is not this user's:"},
    error_text{"already-active", "the role is active already:"},
    error_text{"not-active", "the role is not active:"},
    error_text{"not-authorized", "the user holds and inherits no role"},
    error_text{"already-inherited", "the role is inherited already:"},
    error_text{"not-inherited", "the role is not inherited directly:"},
    error_text{"cycle", "the roles would inherit each other:"},
    error_text{"limited-hierarchy", "with `hierarchy: limited`, one role is inherited already by"},
    error_text{"set-exists", "there is a separation already:"},
    error_text{"unknown-set", "there is no such set:"},
    error_text{"already-member", "the role is in the set already:"},
    error_text{"not-member", "the role is not in the set:"},
    error_text{"cardinality", "the cardinality must be from 2 to the number of roles of the set"},
    error_text{"static-separation", ""},
    error_text{"dynamic-separation", ""},
    error_text{"invalid-policy", ""},
    error_text{"unavailable", "users can't be read or written now, or the decision not recorded"},
};
static_assert(texts.size() == static_cast<std::size_t>(rbac_error::unavailable) + 1);

error_text const& text_of(rbac_error error) noexcept {
    auto const index = static_cast<std::size_t>(error);
    return texts[index < texts.size() ? index : texts.size() - 1];
}

}  // namespace

std::string_view to_string(rbac_error error) noexcept { return text_of(error).word; }

namespace rbac_functions {

rbac_result success() {
    rbac_result result;
    result.error = rbac_error::none;
    return result;
}

rbac_result failure(rbac_error error, std::string_view named) {
    rbac_result result;
    result.error = error;
    result.text = text_of(error).sentence;
    if (!named.empty()) result.text += ' ' + detail::in_backticks(named);
    return result;
}

rbac_result failure(rbac_error error, std::string text, std::string_view whose,
                    std::vector<separation_violation> violations) {
    rbac_result result;
    result.error = error;
    result.text = std::move(text);
    result.whose = whose;
    result.violations = std::move(violations);
    return result;
}

}  // namespace rbac_functions
}  // namespace rolecall::inline v0_1
