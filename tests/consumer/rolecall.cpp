// An application that loads its policy from files.
#include "names.hpp"  // before ours
#include <rolecall/rolecall.hpp>

#include <cstdio>

#if defined(BOOST_VERSION) || defined(BOOST_CONFIG_HPP)
#error "a header of rolecall includes Boost"
#endif

namespace audit {

bool readable(char const* policy) { return static_cast<bool>(rolecall::yaml::load(policy)); }

// The one part that is made with Boost, which an application need not have.
bool records() {
    return rolecall::parse_json_line(rolecall::to_json_line(rolecall::audit_record())).record ==
           rolecall::audit_record();
}

// What a library threw is caught, and an explanation of its is read.
bool understood(char const* policy) {
    bool caught = false;
    try {
        static_cast<void>(rolecall::yaml::load_text("rolecall: 2\n").value());
    } catch (rolecall::invalid_policy const&) {
        caught = true;
    }
    rolecall::policy const loaded = rolecall::yaml::load(policy).value();
    return caught && !rolecall::effective_rights(loaded).empty() &&
           rolecall::who_can(loaded, "view", "account") && rolecall::digest(loaded).size() == 64;
}

}  // namespace audit

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    if (!audit::records()) return 3;
    if (!audit::readable(argv[1])) {
        std::fprintf(stderr, "%s does not load\n", argv[1]);
        return 1;
    }
    return audit::understood(argv[1]) ? 0 : 4;
}
