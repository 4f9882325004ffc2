// An application that keeps its users in a file.
#include "names.hpp"  // before ours
#include <rolecall/rolecall.hpp>
#include <rolecall/user_store.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>

#if defined(SQLITE_VERSION)
#error "a header of rolecall includes SQLite"
#endif

namespace {

// What a library threw is caught, with its reason.
bool understood(std::string const& path) {
    try {
        rolecall::user_store const none(path);
    } catch (rolecall::user_store_error const& error) {
        return error.why() == rolecall::user_store_error::kind::missing;
    }
    return false;
}

int use(char const* policy, std::string const& path) {
    if (!understood(path)) return 3;
    rolecall::user_store_options options;
    options.create = true;
    rolecall::user_store staff(path, options);
    if (!staff.add_user("dana") || !staff.assign("dana", "support")) return 4;
    auto sink = [](rolecall::audit_event const&) { return rolecall::recorded::yes; };
    rolecall::authorizer const pdp{rolecall::yaml::load(policy).value(), sink, staff};
    auto const dana = pdp.session("dana");
    if (!dana || !dana->allows(rolecall::view, pdp.category("account").value())) return 5;
    staff.remove_user("dana");
    return dana->allows(rolecall::view, pdp.category("account").value()) ? 6 : 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    char folder[] = "/tmp/rolecall-consumer-XXXXXX";
    if (::mkdtemp(folder) == nullptr) return 1;
    std::string const path = std::string(folder) + "/staff.db";
    int const result = use(argv[1], path);
    std::remove(path.c_str());
    std::remove(folder);
    return result;
}
