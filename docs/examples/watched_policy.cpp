// A policy that changes while the application runs: a good change, a bad one, and the end of
// it.
#include <rolecall/rolecall.hpp>
#include <rolecall/sinks.hpp>

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace rc = rolecall;
namespace fs = std::filesystem;

namespace {

// Everything happens in a directory of its own, where the policy is called shop.yaml.
class work_directory {
public:
    work_directory() {
        std::string name = (fs::temp_directory_path() / "watched-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
        path_ = name;
        fs::current_path(path_);
    }
    work_directory(work_directory const&) = delete;
    work_directory& operator=(work_directory const&) = delete;
    ~work_directory() {
        std::error_code ignored;
        fs::current_path("/", ignored);
        fs::remove_all(path_, ignored);
    }

private:
    fs::path path_;
};

// Never writes into a file that somebody may be reading: writes another and renames it.
void publish(std::string_view right) {
    std::ofstream file("shop.yaml.new");
    file << "rolecall: 1\n"
            "categories: {payment: Card and bank details}\n"
            "roles: {support: {may: {payment: "
         << right << "}}}\n";
    if (!file.flush()) throw std::runtime_error("can't write the policy");
    fs::rename("shop.yaml.new", "shop.yaml");
}

void run() {
    work_directory const here;
    publish("modify");

    rc::no_records trail;  // an application that guards data has a real one
    rc::authorizer pdp{rc::yaml::load("shop.yaml").value(), trail};
    auto const payment = pdp.category("payment").value();

    auto const log = [](rc::watch_status const& now) noexcept {
        if (now.refused)
            fmt::print("still version {}: {}\n", now.version, now.problem);
        else
            fmt::print("version {} decides\n", now.version);
    };
    // This one looks when it is told to, so that the example prints the same every time.
    // Without these options it has a thread, and looks by itself.
    rc::policy_watcher watcher{pdp, "shop.yaml", log, {.settle_ms = 0, .start_thread = false}};

    auto dana = pdp.session("dana", {"support"}).value();
    fmt::print("modify payment: {}\n", dana.allows(rc::modify, payment));

    publish("view");  // a right is taken away
    watcher.check_now();
    fmt::print("modify payment: {}\n", dana.allows(rc::modify, payment));
    dana.refresh();  // a session is a snapshot: until this, its `allows` says no
    fmt::print("view payment: {}\n", dana.allows(rc::view, payment));

    publish("veiw");  // a slip
    watcher.check_now();
    fmt::print("view payment: {}\n", dana.allows(rc::view, payment));

    publish("view");  // and its end
    watcher.check_now();
}

}  // namespace

int main() {
    try {
        run();
    } catch (std::exception const& problem) {
        fmt::print(stderr, "{}\n", problem.what());
        return 2;
    }
}
