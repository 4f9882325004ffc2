// What a health check says about a policy that follows its files.
#include <rolecall/rolecall.hpp>
#include <rolecall/sinks.hpp>

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace rc = rolecall;
namespace fs = std::filesystem;

namespace {

// Empty: all is well. Else a sentence for whoever is on call.
std::string complaint(rc::watch_status const& now) {
    if (now.refused) return fmt::format("policy {} still decides: {}", now.version, now.problem);
    if (!now.running) return "nobody looks at the files of the policy";
    if (now.ms_since_look > 60'000) return "no look at the files of the policy for a minute";
    if (now.told == rc::recorded::no) return "the audit trail missed a change of the policy";
    return {};
}

// ---- The rest is for showing it ------------------------------------------------------------

// The file is never half written: it is made aside, and renamed.
void publish(fs::path const& file, std::string_view right) {
    fs::path const aside = file.parent_path() / ".new";
    std::ofstream(aside) << "rolecall: 1\n"
                            "categories: {payment: Card and bank details}\n"
                            "roles: {support: {may: {payment: "
                         << right << "}}}\n";
    fs::rename(aside, file);
}

void run(fs::path const& folder) {
    fs::path const file = folder / "shop.yaml";
    publish(file, "view");
    rc::no_records trail;  // an application that guards data has a real one
    rc::authorizer pdp{rc::yaml::load(file.string()).value(), trail};
    rc::policy_watcher watcher{pdp, file.string(), {.settle_ms = 0}};
    watcher.check_now();  // here, so that it has looked; else its thread does that by itself

    auto const report = [&](std::string_view when) {
        std::string sentence = complaint(watcher.status());
        if (auto const at = sentence.find(folder.string()); at != std::string::npos)
            sentence.erase(at, folder.string().size() + 1);  // it is another one each time
        fmt::print("{}: {}\n", when, sentence.empty() ? "healthy" : sentence);
    };
    report("at the start");
    publish(file, "veiw");
    watcher.check_now();
    report("after a slip");
    publish(file, "modify");
    watcher.check_now();
    report("mended");
}

}  // namespace

int main() {
    std::string folder = fs::temp_directory_path() / "health-XXXXXX";
    if (::mkdtemp(folder.data()) == nullptr) return 1;
    run(folder);
    fs::remove_all(folder);
}
