// A small policy in a file or a directory, an authorizer that decides by it, and what it told.
#ifndef ROLECALL_TESTS_SUPPORT_WATCHING_HPP
#define ROLECALL_TESTS_SUPPORT_WATCHING_HPP

#include "support/temporary_directory.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/policy_watcher.hpp>
#include <rolecall/recent_records.hpp>
#include <rolecall/yaml.hpp>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace rolecall::testing {

/// A policy in which support may do one thing with account data. `modify`, `delete` and
/// `colour` are equally long.
inline std::string support_may(std::string_view what) {
    return "rolecall: 1\nactions: {colour: Paints it}\ncategories: {account: Name}\n"
           "roles: {support: {may: {account: " +
           std::string(what) + "}}}\n";
}

inline std::string const no_policy =
    "rolecall: 1\ncategories: {account: Name}\nroles: {support: {may: {acount: view}}}\n";

/// A directory, a policy of support in it, and who decides by it.
struct watched_policy {
    /// The policy is one file, or the directory `shop` with a file in it.
    explicit watched_policy(std::string_view file = "shop.yaml") {
        here.write(file, support_may("view"));
    }
    explicit watched_policy(std::string_view directory, std::string_view file)
        : path(here.path(directory)) {
        here.write(std::string(directory) + '/' + std::string(file), support_may("view"));
    }

    /// Writes a file beside the policy and renames it into place.
    void publish(std::string_view relative, std::string_view text) const {
        std::filesystem::rename(here.write(".new", text), here.path(relative));
    }

    [[nodiscard]] bool may(std::string_view what) const {
        return pdp().allows("support", what, "account");
    }

    /// `policy-activated`, `policy-refused` …, in the order in which they were told.
    [[nodiscard]] std::vector<std::string> kinds() const {
        std::vector<std::string> result;
        for (audit_record const& r : told.records()) result.emplace_back(to_string(r.kind));
        return result;
    }
    [[nodiscard]] audit_record last() const {
        auto const records = told.records();
        return records.empty() ? audit_record{} : records.back();
    }

    [[nodiscard]] authorizer& pdp() const {
        if (!decides_) decides_.emplace(yaml::load(path).value(), told);
        return *decides_;
    }

    temporary_directory here;
    std::string path = here.path("shop.yaml");
    mutable recent_records told{10'000};

private:
    mutable std::optional<authorizer> decides_;
};

/// Nobody looks but the test, and without waiting.
inline watch_options by_hand() {
    watch_options options;
    options.settle_ms = 0;
    options.start_thread = false;
    return options;
}

/// A thread looks, often.
inline watch_options often() {
    watch_options options;
    options.settle_ms = 1;
    options.poll_ms = 10;
    options.use_inotify = false;
    return options;
}

/// Whether something comes true, however slow the machine is.
template <class Condition>
bool eventually(Condition&& condition) {
    using namespace std::chrono_literals;
    auto const until = std::chrono::steady_clock::now() + 60s;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(2ms);
    }
    return true;
}

}  // namespace rolecall::testing

#endif
