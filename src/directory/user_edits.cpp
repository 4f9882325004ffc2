#include <rolecall/detail/compile/name_rules.hpp>
#include <rolecall/user_edits.hpp>

namespace rolecall::inline v0_1 {

bool valid_user_id(std::string_view text) noexcept { return detail::is_user_id(text); }

bool valid_role_name(std::string_view text) noexcept {
    return detail::is_name(text) && !detail::is_reserved(text);
}

}  // namespace rolecall::inline v0_1
