#include "cli/users/json.hpp"

#include "cli/json_values.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <utility>

namespace rolecall::inline v0_1::cli {
namespace {

namespace json = boost::json;

json::object role_object(assigned_role const& role) {
    json::object result;
    result["role"] = json_text(role.role);
    result["until"] = json_date_or_null(role.until);
    return result;
}

std::string user_text(std::string_view id, json::array roles) {
    json::object user;
    user["user"] = json_text(id);
    user["roles"] = std::move(roles);
    return json::serialize(user);
}

}  // namespace

std::string to_json(std::string_view id, std::span<assigned_role const> roles) {
    json::array list;
    for (assigned_role const& role : roles) list.push_back(role_object(role));
    return user_text(id, std::move(list));
}

std::string to_json(listed_user const& user) {
    json::array list;
    for (listed_role const& role : user.roles) {
        json::object one = role_object(role.assigned);
        one["state"] = json_text(to_string(role.state));
        one["inherits"] = nullptr;
        if (role.inherits) one["inherits"] = json_texts(*role.inherits);
        list.push_back(std::move(one));
    }
    return user_text(user.id, std::move(list));
}

std::string json_list_head(std::string_view store, date on) {
    json::object head;
    head["store"] = json_text(store);
    head["on"] = json_text(on.to_string());
    head["users"] = json::array();
    std::string result = json::serialize(head);
    result.resize(result.size() - 2);  // without `]}`
    return result;
}

}  // namespace rolecall::inline v0_1::cli
