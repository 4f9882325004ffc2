// An application that only loads a policy, and asks it.
#include "names.hpp"  // before ours
#include <rolecall/session.hpp>
#include <rolecall/yaml.hpp>

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    auto const loaded = rolecall::yaml::load(argv[1]);
    return loaded && loaded->allows("support", "view", "account") ? 0 : 1;
}
