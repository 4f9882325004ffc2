// The machine stops at any moment, and of what was not synced the disk has any part: what somebody
// was told is on the disk is there, in order, once, and the journal goes on.
#include "journal/crash_trial.hpp"
#include "journal/journal_key.hpp"
#include "journal/signing.hpp"
#include "support/trial_size.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

crash_options usual() {
    crash_options options;
    options.at_once = scaled(64);
    options.seed = first_seed();
    options.looked_at = 400;
    return options;
}

void report(crash_trial const& trial) {
    crash_count const& c = trial.count();
    MESSAGE(c.moments << " moments, " << c.states << " states of the disk, " << c.distinct
                      << " distinct (" << c.again << " of a crash while recovering), "
                      << c.looked_at << " checked as files");
    for (std::string const& p : trial.problems()) FAIL_CHECK(p);
}

void crash_at_every_moment(std::string_view script, crash_options const& options = usual()) {
    CAPTURE(script);
    crash_trial trial(options);
    trial.run(script);
    report(trial);
    CHECK(trial.count().distinct > 50);
}

std::string random_script(std::mt19937& random, std::size_t steps) {
    static constexpr char letters[] = "aaaaAAAsssscrrxkkd";
    std::string script;
    while (script.size() < steps) script += letters[random() % (sizeof letters - 1)];
    return script + 's';
}

void random_scripts(std::size_t count, std::size_t steps, std::size_t at_once) {
    trail::signing_key const* key = nullptr;
    std::string problem;
    journal_key_file const file;
    auto const read = trail::signing_key::from_file(file.path(), problem);
    REQUIRE_MESSAGE(read.has_value(), problem);
    crash_count total;
    for (std::size_t i = 0; i < count; ++i) {
        crash_options options = usual();
        options.seed = first_seed() + static_cast<unsigned>(i);
        std::mt19937 random(options.seed);
        options.at_once = at_once;
        options.while_recovering = 3;
        options.looked_at = 2'000;
        options.caller.segment_bytes = 1'024U << random() % 4;
        key = random() % 2 != 0 ? &*read : nullptr;
        options.caller.key = key;
        std::string const script = random_script(random, steps);
        CAPTURE(script);
        CAPTURE(options.seed);
        crash_trial trial(options);
        trial.run(script);
        for (std::string const& p : trial.problems()) FAIL_CHECK(p);
        total += trial.count();
    }
    MESSAGE(count << " scripts: " << total.moments << " moments, " << total.states
                  << " states of the disk, " << total.distinct << " distinct (" << total.again
                  << " of a crash while recovering), " << total.looked_at << " checked as files");
}

// Says yes to every sync and does nothing.
class careless_file final : public trail::file {
public:
    careless_file(std::unique_ptr<trail::file> of, bool syncs)
        : of_(std::move(of)), syncs_(syncs) {}

    trail::io_result read_at(std::uint64_t at, std::span<std::byte> to) noexcept override {
        return of_->read_at(at, to);
    }
    trail::io_result write_at(std::uint64_t at, trail::bytes_view from) noexcept override {
        return of_->write_at(at, from);
    }
    int sync() noexcept override { return syncs_ ? of_->sync() : 0; }
    int resize(std::uint64_t size) noexcept override { return of_->resize(size); }
    int allocate(std::uint64_t size) noexcept override { return of_->allocate(size); }
    int size(std::uint64_t& is) noexcept override { return of_->size(is); }
    bool is_private() noexcept override { return of_->is_private(); }
    int lock() noexcept override { return of_->lock(); }
    int is_locked(bool& is) noexcept override { return of_->is_locked(is); }

private:
    std::unique_ptr<trail::file> of_;
    bool syncs_;
};

class careless_files final : public trail::file_system {
public:
    careless_files(trail::file_system& of, bool syncs_files, bool syncs_folders)
        : of_(of), syncs_files_(syncs_files), syncs_folders_(syncs_folders) {}

    std::unique_ptr<trail::file> open(std::string const& path, trail::open_how how,
                                      int& error) override {
        auto opened = of_.open(path, how, error);
        if (!opened) return nullptr;
        return std::make_unique<careless_file>(std::move(opened), syncs_files_);
    }
    int make_folder(std::string const& path) override { return of_.make_folder(path); }
    int list(std::string const& path, std::vector<std::string>& names) override {
        return of_.list(path, names);
    }
    int folder_is_private(std::string const& path, bool& is) override {
        return of_.folder_is_private(path, is);
    }
    int publish(std::string const& temporary, std::string const& path) override {
        return of_.publish(temporary, path);
    }
    int remove(std::string const& path) override { return of_.remove(path); }
    int sync_folder(std::string const& path) override {
        return syncs_folders_ ? of_.sync_folder(path) : 0;
    }

private:
    trail::file_system& of_;
    bool syncs_files_, syncs_folders_;
};

bool loss_is_noticed(bool syncs_files, bool syncs_folders) {
    crash_options options = usual();
    options.while_recovering = 0;
    options.looked_at = 0;
    crash_trial trial(options);
    simulated_disk disk;
    careless_files files(disk, syncs_files, syncs_folders);
    chain_caller caller(disk, files, options.caller);
    disk.before_change = [&] { trial.crash(disk, caller.told(), 8, false); };
    caller.run("asasras");
    return !trial.problems().empty();
}

}  // namespace

TEST_CASE("a crash at any moment loses no record that is on the disk") {
    crash_at_every_moment("aasAsaas");
}

TEST_CASE("nor where segments end on purpose") { crash_at_every_moment("asrasrAs"); }

TEST_CASE("nor where they are full") { crash_at_every_moment("AAAsAAAAs"); }

TEST_CASE("nor after a process that was killed, with what it had not synced in the cache") {
    crash_at_every_moment("aAskaakas");
}

TEST_CASE("nor after a process that ended as it should") { crash_at_every_moment("asxAxas"); }

TEST_CASE("nor while old segments are dropped") { crash_at_every_moment("asrAsrasdasrAd"); }

TEST_CASE("nor where checkpoints are signed") {
    journal_key_file const file;
    std::string problem;
    auto const key = trail::signing_key::from_file(file.path(), problem);
    REQUIRE_MESSAGE(key.has_value(), problem);
    crash_options options = usual();
    options.caller.key = &*key;
    crash_at_every_moment("acrAckc", options);
}

TEST_CASE("nor whatever a caller does") { random_scripts(scaled(12), 14, 16); }

TEST_CASE("the trial notices records that are lost where nothing is synced") {
    CHECK(loss_is_noticed(false, true));
    CHECK(loss_is_noticed(true, false));
    CHECK_FALSE(loss_is_noticed(true, true));
}

TEST_SUITE("slow") {
    TEST_CASE("half a million states of the disk after a crash lose no record") {
        random_scripts(scaled(30), 20, 24);
    }
}
