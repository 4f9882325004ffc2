#include "rbac/step.hpp"

#include <iterator>

namespace standard {

namespace {

using model::random_source;
using list = std::vector<std::string>;

// Small pools: what is made was often there before, under another life of the same name.
list const user_names{"ann", "bob", "cid", "dee"};
list const role_names{"clerk",       "cashier", "auditor", "manager", "trainee",
                      "night-shift", "courier", "buyer",   "warden"};
list const session_names{"s1", "s2", "s3", "s4"};
list const set_names{"duties", "both-keys", "counting"};

// What nothing is called, what nothing may be called, and what is taken for another name.
list const odd_users{"nobody", "", "a\nb"};
list const odd_roles{"ghost-role", "Two Words", "", "all", "night_shift", "-clerk"};
list const odd_sessions{"no-such-session", ""};
list const odd_sets{"ghost-set", "", "Duties", "any", "both_keys"};
list const odd_objects{"weather", "payment.*", "payment.cash", ""};
list const odd_operations{"paint", "all", ""};

template <class Names>
list known(Names const& of) {
    list result;
    for (auto const& one : of) {
        if constexpr (requires { one.first; })
            result.push_back(one.first);
        else
            result.push_back(one);
    }
    return result;
}

// One that is there, more often than one that may be, and seldom something odd.
template <class Names>
std::string pick(random_source& random, Names const& there, list const& pool, list const& odd) {
    if (random.chance(3)) return random.pick(odd);
    if (there.empty() || random.chance(25)) return random.pick(pool);
    return random.pick(known(there));
}

// One to be made: rather one that is not there.
std::string fresh(random_source& random, list const& pool, list const& odd) {
    return random.chance(6) ? random.pick(odd) : random.pick(pool);
}

class maker {
public:
    maker(random_source& random, rbac_model const& now) : random_(random), now_(now) {}

    step make() {
        step s;
        s.what = what();
        s.user = pick(random_, now_.users, user_names, odd_users);
        s.role = pick(random_, now_.roles, role_names, odd_roles);
        s.junior = pick(random_, now_.roles, role_names, odd_roles);
        s.session = pick(random_, now_.sessions, session_names, odd_sessions);
        s.object = pick(random_, now_.objects, known(now_.objects), odd_objects);
        s.operation = pick(random_, now_.operations, known(now_.operations), odd_operations);
        s.cardinality = random_.chance(70) ? 2 : random_.below(6);
        make_fit(s);
        return s;
    }

private:
    // What makes and joins comes oftener than what takes away, or there would never be much; and
    // sets of roles oftener than inheritance, which leaves no roles to keep apart.
    call what() {
        static constexpr call often[] = {call::assign_user,
                                         call::assign_user,
                                         call::assign_user,
                                         call::deassign_user,
                                         call::create_session,
                                         call::create_session,
                                         call::create_session,
                                         call::add_active_role,
                                         call::add_active_role,
                                         call::add_active_role,
                                         call::add_role,
                                         call::add_role,
                                         call::add_user,
                                         call::tick,
                                         call::grant_permission,
                                         call::grant_permission,
                                         call::add_inheritance,
                                         call::add_inheritance,
                                         call::delete_inheritance,
                                         call::create_ssd_set,
                                         call::create_ssd_set,
                                         call::create_dsd_set,
                                         call::create_dsd_set,
                                         call::add_ssd_role_member,
                                         call::add_dsd_role_member,
                                         call::delete_ssd_role_member,
                                         call::delete_dsd_role_member,
                                         call::set_ssd_set_cardinality,
                                         call::set_dsd_set_cardinality};
        if (random_.chance(70)) return often[random_.below(std::size(often))];
        return static_cast<call>(random_.below(calls));
    }

    void make_fit(step& s) {
        bool const is_dsd = s.what >= call::create_dsd_set;
        s.set = pick(random_, is_dsd ? now_.dsd : now_.ssd, set_names, odd_sets);
        switch (s.what) {
            case call::assign_user:
                if (random_.chance(25))
                    s.until = now_.today + static_cast<int>(random_.below(8)) - 1;
                break;
            case call::add_user: s.user = fresh(random_, user_names, odd_users); break;
            case call::add_role:
            case call::add_ascendant: s.role = fresh(random_, role_names, odd_roles); break;
            case call::add_descendant: s.junior = fresh(random_, role_names, odd_roles); break;
            case call::create_ssd_set:
            case call::create_dsd_set:
                s.set = fresh(random_, set_names, odd_sets);
                s.roles = some(now_.roles, role_names, 5);
                if (random_.chance(30)) s.cardinality = s.roles.size();
                break;
            case call::create_session:
                s.session = fresh(random_, session_names, odd_sessions);
                s.roles = some(now_.authorized_roles(s.user), role_names, 3);
                break;
            case call::delete_session:
            case call::add_active_role:
            case call::drop_active_role: of_its_owner(s); break;
            case call::deassign_user: of_what_is_there(s.role, now_.assigned, s.user); break;
            case call::delete_inheritance: of_what_is_there(s.junior, now_.inherits, s.role); break;
            case call::revoke_permission: of_what_is_granted(s); break;
            case call::delete_ssd_role_member: of_a_set(s, now_.ssd); break;
            case call::delete_dsd_role_member: of_a_set(s, now_.dsd); break;
            default: break;
        }
    }

    // Some of these, seldom with others, with one twice, or none.
    list some(names const& there, list const& pool, std::size_t most) {
        list result = random_.some(known(there), 0, most);
        if (random_.chance(15)) result.push_back(random_.pick(pool));
        if (random_.chance(2)) result.push_back(random_.pick(odd_roles));
        if (!result.empty() && random_.chance(10)) result.push_back(random_.pick(result));
        return result;
    }

    void of_its_owner(step& s) {
        auto const found = now_.sessions.find(s.session);
        if (found == now_.sessions.end() || random_.chance(10)) return;
        s.user = found->second.user;
        if (random_.chance(20)) return;
        names const from =
            s.what == call::drop_active_role ? found->second.active : now_.authorized_roles(s.user);
        if (!from.empty()) s.role = random_.pick(known(from));
    }

    void of_what_is_there(std::string& chosen, std::map<name, names> const& in, name const& of) {
        auto const found = in.find(of);
        if (found != in.end() && !found->second.empty() && !random_.chance(20))
            chosen = random_.pick(known(found->second));
    }

    void of_what_is_granted(step& s) {
        auto const found = now_.granted.find(s.role);
        if (found == now_.granted.end() || found->second.empty() || random_.chance(20)) return;
        auto const all =
            std::vector<operation_on_object>(found->second.begin(), found->second.end());
        auto const& one = random_.pick(all);
        s.operation = one.first;
        s.object = one.second;
    }

    void of_a_set(step& s, separated_sets const& sets) {
        auto const found = sets.find(s.set);
        if (found != sets.end() && !random_.chance(20))
            s.role = random_.pick(known(found->second.roles));
    }

    random_source& random_;
    rbac_model const& now_;
};

}  // namespace

step random_step(random_source& random, rbac_model const& now) { return maker(random, now).make(); }

}  // namespace standard
