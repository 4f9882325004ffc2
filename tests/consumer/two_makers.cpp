// An application whose own headers make a policy, beside one that a shared library made: their
// references never mean the same, though each side of the library counted its own.
#include <rolecall/policy_builder.hpp>
#include <rolecall/yaml.hpp>

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    rolecall::policy const loaded = rolecall::yaml::load(argv[1]).value();
    rolecall::policy_builder b;
    b.category("account", "Name, address and contact details");
    b.role("support").may("account", {"view"});
    rolecall::policy const built = b.build().value();
    bool const right =
        built.allows("support", "view", "account") && loaded.allows("support", "view", "account") &&
        !loaded.allows(*built.role("support"), rolecall::view, *built.category("account")) &&
        !built.allows(*loaded.role("support"), rolecall::view, *loaded.category("account"));
    return right ? 0 : 1;
}
