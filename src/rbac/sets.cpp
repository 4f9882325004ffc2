// Static and dynamic separation of duty: sets of roles and their cardinality, which is one more
// than the `at-most` of the policy.
#include "rbac/rbac_state.hpp"
#include "rbac/role_closure.hpp"

#include <algorithm>
#include <limits>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

using rbac_functions::contains;
using rbac_functions::erase;
using rbac_functions::failure;
using rbac_functions::success;

namespace {

constexpr separation_scope ssd = separation_scope::person;
constexpr separation_scope dsd = separation_scope::session;

bool fits(std::size_t cardinality, std::size_t roles) noexcept {
    return cardinality >= 2 && cardinality <= roles &&
           cardinality <= std::numeric_limits<std::uint32_t>::max();
}

template <class Document>
auto find_set(Document& in, separation_scope per, std::string_view name)
    -> decltype(in.separations.data()) {
    auto const found = std::find_if(
        in.separations.begin(), in.separations.end(),
        [&](written_separation const& s) { return s.per == per && s.name.text == name; });
    return found == in.separations.end() ? nullptr : &*found;
}

rbac_result create_set(detail::rbac_state& state, separation_scope per, std::string_view name,
                       role_list roles, std::size_t cardinality) {
    std::scoped_lock const hold(state.lock);
    policy const by = state.pdp.current();
    for (written_separation const& known : by.source().separations)
        if (known.name.text == name) return failure(rbac_error::set_exists, name);
    if (!valid_role_name(name)) return failure(rbac_error::invalid_name, name);

    written_separation made;
    made.name.text = name;
    made.per = per;
    std::optional<std::string> unknown;
    auto const add = [&](std::string_view role) {
        if (!by.role(role) && !unknown) unknown = role;
        if (!contains(made.roles, role)) made.roles.push_back({std::string(role), {}});
    };
    roles.visit(add, [&](role_ref role) { add(by.name(role)); });
    if (unknown) return failure(rbac_error::unknown_role, *unknown);
    if (!fits(cardinality, made.roles.size())) return failure(rbac_error::cardinality, name);
    made.at_most = static_cast<std::uint32_t>(cardinality - 1);

    document next = by.source();
    next.separations.push_back(std::move(made));
    return state.replace(next);
}

// Of a set that there is, in the document of a next policy.
template <class Change>
rbac_result change_set(detail::rbac_state& state, separation_scope per, std::string_view name,
                       Change&& change) {
    std::scoped_lock const hold(state.lock);
    policy const by = state.pdp.current();
    document next = by.source();
    written_separation* const set = find_set(next, per, name);
    if (set == nullptr) return failure(rbac_error::unknown_set, name);
    std::uint32_t const at_most = set->at_most;
    std::size_t const roles = set->roles.size();
    rbac_result may = change(by, *set);
    if (!may || (set->at_most == at_most && set->roles.size() == roles)) return may;
    return state.replace(next);
}

rbac_result add_member(detail::rbac_state& state, separation_scope per, std::string_view name,
                       std::string_view role) {
    return change_set(state, per, name, [&](policy const& by, written_separation& set) {
        if (!by.role(role)) return failure(rbac_error::unknown_role, role);
        if (contains(set.roles, role)) return failure(rbac_error::already_member, role);
        set.roles.push_back({std::string(role), {}});
        return success();
    });
}

rbac_result delete_member(detail::rbac_state& state, separation_scope per, std::string_view name,
                          std::string_view role) {
    return change_set(state, per, name, [&](policy const& by, written_separation& set) {
        if (!by.role(role)) return failure(rbac_error::unknown_role, role);
        if (!contains(set.roles, role)) return failure(rbac_error::not_member, role);
        erase(set.roles, role);
        if (!fits(std::size_t{set.at_most} + 1, set.roles.size()))
            return failure(rbac_error::cardinality, name);
        return success();
    });
}

rbac_result set_cardinality(detail::rbac_state& state, separation_scope per, std::string_view name,
                            std::size_t cardinality) {
    return change_set(state, per, name, [&](policy const&, written_separation& set) {
        if (!fits(cardinality, set.roles.size())) return failure(rbac_error::cardinality, name);
        set.at_most = static_cast<std::uint32_t>(cardinality - 1);
        return success();
    });
}

rbac_result delete_set(detail::rbac_state& state, separation_scope per, std::string_view name) {
    std::scoped_lock const hold(state.lock);
    policy const by = state.pdp.current();
    document next = by.source();
    auto const gone = std::erase_if(next.separations, [&](written_separation const& s) {
        return s.per == per && s.name.text == name;
    });
    return gone == 0 ? failure(rbac_error::unknown_set, name) : state.replace(next);
}

rbac_answer<std::vector<std::string>> names_of_sets(detail::rbac_state& state,
                                                    separation_scope per) {
    std::scoped_lock const hold(state.lock);
    policy const by = state.pdp.current();
    rbac_answer<std::vector<std::string>> result{success(), {}};
    for (written_separation const& s : by.source().separations)
        if (s.per == per) result.value.push_back(s.name.text);
    std::sort(result.value.begin(), result.value.end());
    return result;
}

rbac_answer<std::vector<std::string>> roles_of_set(detail::rbac_state& state, separation_scope per,
                                                   std::string_view name) {
    std::scoped_lock const hold(state.lock);
    policy const by = state.pdp.current();
    written_separation const* const set = find_set(by.source(), per, name);
    if (set == nullptr) return {failure(rbac_error::unknown_set, name), {}};
    rbac_answer<std::vector<std::string>> result{success(), {}};
    for (written_name const& role : set->roles) result.value.push_back(role.text);
    std::sort(result.value.begin(), result.value.end());
    return result;
}

rbac_answer<std::size_t> cardinality_of_set(detail::rbac_state& state, separation_scope per,
                                            std::string_view name) {
    std::scoped_lock const hold(state.lock);
    policy const by = state.pdp.current();
    written_separation const* const set = find_set(by.source(), per, name);
    if (set == nullptr) return {failure(rbac_error::unknown_set, name), 0};
    return {success(), std::size_t{set->at_most} + 1};
}

}  // namespace

// ---- Static ------------------------------------------------------------------------------------

rbac_result rbac::create_ssd_set(std::string_view set, role_list roles, std::size_t cardinality) {
    return create_set(*state_, ssd, set, roles, cardinality);
}
rbac_result rbac::add_ssd_role_member(std::string_view set, std::string_view role) {
    return add_member(*state_, ssd, set, role);
}
rbac_result rbac::delete_ssd_role_member(std::string_view set, std::string_view role) {
    return delete_member(*state_, ssd, set, role);
}
rbac_result rbac::delete_ssd_set(std::string_view set) { return delete_set(*state_, ssd, set); }
rbac_result rbac::set_ssd_set_cardinality(std::string_view set, std::size_t cardinality) {
    return set_cardinality(*state_, ssd, set, cardinality);
}
rbac_answer<std::vector<std::string>> rbac::ssd_role_sets() const {
    return names_of_sets(*state_, ssd);
}
rbac_answer<std::vector<std::string>> rbac::ssd_role_set_roles(std::string_view set) const {
    return roles_of_set(*state_, ssd, set);
}
rbac_answer<std::size_t> rbac::ssd_role_set_cardinality(std::string_view set) const {
    return cardinality_of_set(*state_, ssd, set);
}

// ---- Dynamic -----------------------------------------------------------------------------------

rbac_result rbac::create_dsd_set(std::string_view set, role_list roles, std::size_t cardinality) {
    return create_set(*state_, dsd, set, roles, cardinality);
}
rbac_result rbac::add_dsd_role_member(std::string_view set, std::string_view role) {
    return add_member(*state_, dsd, set, role);
}
rbac_result rbac::delete_dsd_role_member(std::string_view set, std::string_view role) {
    return delete_member(*state_, dsd, set, role);
}
rbac_result rbac::delete_dsd_set(std::string_view set) { return delete_set(*state_, dsd, set); }
rbac_result rbac::set_dsd_set_cardinality(std::string_view set, std::size_t cardinality) {
    return set_cardinality(*state_, dsd, set, cardinality);
}
rbac_answer<std::vector<std::string>> rbac::dsd_role_sets() const {
    return names_of_sets(*state_, dsd);
}
rbac_answer<std::vector<std::string>> rbac::dsd_role_set_roles(std::string_view set) const {
    return roles_of_set(*state_, dsd, set);
}
rbac_answer<std::size_t> rbac::dsd_role_set_cardinality(std::string_view set) const {
    return cardinality_of_set(*state_, dsd, set);
}

}  // namespace rolecall::inline v0_1
