// How a subject is made.
#ifndef ROLECALL_DETAIL_COLD_REQUEST_HPP
#define ROLECALL_DETAIL_COLD_REQUEST_HPP

#include <rolecall/request.hpp>

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

inline subject::subject(std::string_view id, std::optional<names> roles, bool is_user)
    : id_(id), roles_(std::move(roles)), is_user_(is_user) {}

ROLECALL_COLD subject::subject(subject const&) = default;
ROLECALL_COLD subject::subject(subject&&) noexcept = default;
ROLECALL_COLD subject& subject::operator=(subject const&) = default;
ROLECALL_COLD subject& subject::operator=(subject&&) noexcept = default;
ROLECALL_COLD subject::~subject() = default;

ROLECALL_COLD subject subject::role(std::string_view name) {
    return subject({}, names{name}, false);
}
ROLECALL_COLD subject subject::roles(std::vector<std::string_view> roles) {
    return subject({}, std::move(roles), false);
}
ROLECALL_COLD subject subject::user(std::string_view id) { return subject(id, std::nullopt, true); }
ROLECALL_COLD subject subject::user(std::string_view id, std::vector<std::string_view> roles) {
    return subject(id, std::move(roles), true);
}

}  // namespace rolecall::inline v0_1

#endif
