// An application that loads its policy from files.
#include <rolecall/rolecall.hpp>

#include <cstdio>

namespace audit {  // applications have one of their own

bool readable(char const* policy) { return static_cast<bool>(rolecall::yaml::load(policy)); }

// The one part that is made with Boost, which an application need not have.
bool records() {
    return rolecall::parse_json_line(rolecall::to_json_line(rolecall::audit_record())).record ==
           rolecall::audit_record();
}

}  // namespace audit

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    if (!audit::records()) return 3;
    if (audit::readable(argv[1])) return 0;
    std::fprintf(stderr, "%s does not load\n", argv[1]);
    return 1;
}
