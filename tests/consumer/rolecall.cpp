// An application that loads its policy from files.
#include <rolecall/rolecall.hpp>

#include <cstdio>

namespace audit {  // applications have one of their own

bool readable(char const* policy) { return static_cast<bool>(rolecall::yaml::load(policy)); }

}  // namespace audit

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    if (audit::readable(argv[1])) return 0;
    std::fprintf(stderr, "%s does not load\n", argv[1]);
    return 1;
}
