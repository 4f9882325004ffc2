// What the review functions say, beside what follows from the model's sets.
#include "rbac/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace standard {

namespace {

template <class List>
std::string shown(List const& list) {
    std::string result = "{";
    for (auto const& one : list) result += (result.size() > 1 ? ", " : "") + one;
    return result + '}';
}

// A list of names, sorted and each once, as expected.
std::string differ(std::string const& what, std::vector<std::string> const& got,
                   names const& expected) {
    if (std::equal(got.begin(), got.end(), expected.begin(), expected.end())) return {};
    return what + " is " + shown(got) + ", expected " + shown(expected);
}

std::string differ(std::string const& what,
                   rolecall::rbac_answer<std::vector<std::string>> const& got,
                   names const& expected) {
    if (got.error != rbac_error::none)
        return what + " says " + std::string(rolecall::to_string(got.error)) + ": " + got.text;
    return differ(what, got.value, expected);
}

std::string differ(std::string const& what,
                   rolecall::rbac_answer<std::vector<rolecall::permission>> const& got,
                   permissions const& expected) {
    if (got.error != rbac_error::none)
        return what + " says " + std::string(rolecall::to_string(got.error)) + ": " + got.text;
    std::vector<std::string> said;
    for (rolecall::permission const& one : got.value)
        said.push_back(
            fmt::format("{} {}{}", one.operation, one.object, one.conditional ? " if" : ""));
    names wanted;
    for (auto const& [operation, object] : expected)
        wanted.insert(fmt::format("{} {}", operation, object));
    if (!std::is_sorted(got.value.begin(), got.value.end())) return what + " is not sorted";
    if (names(said.begin(), said.end()) == wanted && said.size() == wanted.size()) return {};
    return what + " is " + shown(said) + ", expected " + shown(wanted);
}

names on_object(permissions const& all, name const& object) {
    names found;
    for (auto const& [operation, on] : all)
        if (on == object) found.insert(operation);
    return found;
}

template <class Answer>
std::string expect(std::string const& what, Answer const& got, rbac_error error) {
    bool const empty = [&] {
        if constexpr (requires { got.value.empty(); })
            return got.value.empty();
        else
            return got.value == decltype(got.value){};
    }();
    if (got.error == error && empty && !got.text.empty()) return {};
    return what + " says " + std::string(rolecall::to_string(got.error)) + ", expected " +
           std::string(rolecall::to_string(error)) + ", a text, and no value";
}

// The first of these that says something.
std::string first_of(std::initializer_list<std::function<std::string()>> const& all) {
    for (auto const& one : all)
        if (std::string said = one(); !said.empty()) return said;
    return {};
}

}  // namespace

std::string comparison::users_differ() const {
    names everybody{"ann", "bob", "cid", "dee", "nobody", ""};
    for (name const& user : everybody) {
        std::string const of = "(\"" + user + "\")";
        std::string said;
        if (!model_.users.contains(user)) {
            constexpr auto unknown = rbac_error::unknown_user;
            said = first_of({
                [&] {
                    return expect("assigned_roles" + of, library_.assigned_roles(user), unknown);
                },
                [&] {
                    return expect("authorized_roles" + of, library_.authorized_roles(user),
                                  unknown);
                },
                [&] {
                    return expect("user_permissions" + of, library_.user_permissions(user),
                                  unknown);
                },
                [&] {
                    return expect("user_operations_on_object" + of,
                                  library_.user_operations_on_object(user, "weather"), unknown);
                },
                [&] { return differ("sessions_of" + of, library_.sessions_of(user), {}); },
            });
        } else {
            permissions const may = model_.permissions_of(model_.assigned.at(user));
            said = first_of({
                [&] {
                    return differ("assigned_roles" + of, library_.assigned_roles(user),
                                  model_.assigned.at(user));
                },
                [&] {
                    return differ("authorized_roles" + of, library_.authorized_roles(user),
                                  model_.authorized_roles(user));
                },
                [&] {
                    return differ("user_permissions" + of, library_.user_permissions(user), may);
                },
                [&] {
                    return differ("user_operations_on_object" + of,
                                  library_.user_operations_on_object(user, "payment"),
                                  on_object(may, "payment"));
                },
                [&] {
                    return expect("user_operations_on_object" + of,
                                  library_.user_operations_on_object(user, "weather"),
                                  rbac_error::unknown_object);
                },
                [&] {
                    return differ("sessions_of" + of, library_.sessions_of(user),
                                  model_.sessions_of(user));
                },
            });
        }
        if (!said.empty()) return said;
    }
    return {};
}

std::string comparison::roles_differ() const {
    names all{"clerk",       "cashier", "auditor", "manager", "trainee",
              "night-shift", "courier", "buyer",   "warden",  "night_shift",
              "ghost-role",  "all",     ""};
    for (name const& role : all) {
        std::string const of = "(\"" + role + "\")";
        std::string said;
        if (!model_.roles.contains(role)) {
            constexpr auto unknown = rbac_error::unknown_role;
            said = first_of({
                [&] {
                    return expect("assigned_users" + of, library_.assigned_users(role), unknown);
                },
                [&] {
                    return expect("authorized_users" + of, library_.authorized_users(role),
                                  unknown);
                },
                [&] {
                    return expect("role_permissions" + of, library_.role_permissions(role),
                                  unknown);
                },
                [&] {
                    return expect("role_operations_on_object" + of,
                                  library_.role_operations_on_object(role, "weather"), unknown);
                },
            });
        } else {
            permissions const may = model_.permissions_of({role});
            said = first_of({
                [&] {
                    return differ("assigned_users" + of, library_.assigned_users(role),
                                  model_.assigned_users(role));
                },
                [&] {
                    return differ("authorized_users" + of, library_.authorized_users(role),
                                  model_.authorized_users(role));
                },
                [&] {
                    return differ("role_permissions" + of, library_.role_permissions(role), may);
                },
                [&] {
                    return differ("role_operations_on_object" + of,
                                  library_.role_operations_on_object(role, "account"),
                                  on_object(may, "account"));
                },
                [&] {
                    return expect("role_operations_on_object" + of,
                                  library_.role_operations_on_object(role, "payment.*"),
                                  rbac_error::unknown_object);
                },
            });
        }
        if (!said.empty()) return said;
    }
    return {};
}

std::string comparison::sessions_differ() {
    names ids;
    for (auto const& [id, one] : model_.sessions) ids.insert(id);
    if (std::string said = differ("sessions()", library_.sessions(), ids); !said.empty())
        return said;
    for (name const& id : names{"s1", "s2", "s3", "s4", "no-such-session", ""}) {
        std::string const of = "(\"" + id + "\")";
        auto const found = model_.sessions.find(id);
        std::string said;
        if (found == model_.sessions.end()) {
            constexpr auto unknown = rbac_error::unknown_session;
            said = first_of({
                [&] { return expect("session_roles" + of, library_.session_roles(id), unknown); },
                [&] {
                    return expect("session_permissions" + of, library_.session_permissions(id),
                                  unknown);
                },
            });
            if (!said.empty()) return said;
            continue;
        }
        permissions const may = model_.permissions_of(found->second.active);
        said = first_of({
            [&] {
                return differ("session_roles" + of, library_.session_roles(id),
                              found->second.active);
            },
            [&] {
                return differ("session_permissions" + of, library_.session_permissions(id), may);
            },
        });
        for (name const& object : model_.objects)
            for (name const& operation : model_.operations) {
                if (!said.empty()) return said;
                auto const got = library_.check_access(id, operation, object);
                bool const wanted = may.contains({operation, object});
                if (got.error != rbac_error::none || static_cast<bool>(got.value) != wanted)
                    said = fmt::format(R"(check_access("{}", "{}", "{}") is {}, {})", id, operation,
                                       object, rolecall::to_string(got.error),
                                       rolecall::to_string(got.value.reason));
            }
        if (!said.empty()) return said;
    }
    return {};
}

std::string comparison::sets_differ() const {
    auto const kind_differs = [&](bool is_ssd) -> std::string {
        separated_sets const& sets = is_ssd ? model_.ssd : model_.dsd;
        std::string const kind = is_ssd ? "ssd_role_set" : "dsd_role_set";
        names ids;
        for (auto const& [set, rule] : sets) ids.insert(set);
        std::string said =
            differ(kind + "s()", is_ssd ? library_.ssd_role_sets() : library_.dsd_role_sets(), ids);
        for (name const& set : names{"duties", "both-keys", "counting", "ghost-set", ""}) {
            if (!said.empty()) return said;
            std::string const roles_of = fmt::format("{}_roles of {}", kind, set);
            std::string const cardinality_of = fmt::format("{}_cardinality of {}", kind, set);
            auto const roles =
                is_ssd ? library_.ssd_role_set_roles(set) : library_.dsd_role_set_roles(set);
            auto const cardinality = is_ssd ? library_.ssd_role_set_cardinality(set)
                                            : library_.dsd_role_set_cardinality(set);
            auto const found = sets.find(set);
            if (found == sets.end()) {
                said = expect(roles_of, roles, rbac_error::unknown_set);
                if (said.empty())
                    said = expect(cardinality_of, cardinality, rbac_error::unknown_set);
                continue;
            }
            said = differ(roles_of, roles, found->second.roles);
            if (said.empty() && (cardinality.error != rbac_error::none ||
                                 cardinality.value != found->second.cardinality))
                said = fmt::format("{} is {}", cardinality_of, cardinality.value);
        }
        return said;
    };
    std::string said = kind_differs(true);
    return said.empty() ? kind_differs(false) : said;
}

}  // namespace standard
