// The same with users in a file, which is opened again when a sequence is over. Fewer steps: each
// change of users is written through to the disk.
#include "rbac/comparison.hpp"
#include "rbac/sequences.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/user_store.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

using namespace standard;

namespace {

class file : public place {
public:
    file() { open(true); }

    rolecall::editable_users_view users() override { return *staff_; }

    std::string left_behind(rbac_model const& state) override {
        open(false);
        std::map<name, names> found;
        auto const take = [&](std::string_view id, std::span<rolecall::user_role const> roles) {
            names& held = found[name(id)];
            for (rolecall::user_role const& one : roles)
                if (!one.until || *one.until >= day(state.today)) held.emplace(one.role);
        };
        rolecall::user_visitor visit(take);
        if (!staff_->each_user(visit)) return "the file can't be listed";
        return found == state.assigned ? "" : "the file has other users than it should";
    }

private:
    void open(bool create) {
        staff_.reset();
        rolecall::user_store_options options;
        options.create = create;
        options.start_thread = false;
        options.unavailable_after_ms = 3'600'000;  // nobody looks, and nobody else writes
        staff_.emplace(folder_.path("staff.db"), options);
    }

    rolecall::testing::temporary_directory folder_;
    std::optional<rolecall::user_store> staff_;
};

std::unique_ptr<place> in_a_file() { return std::make_unique<file>(); }

}  // namespace

TEST_CASE("random sequences of the functions of the standard do the same with users in a file") {
    tally const seen = try_sequences(wanted_steps() / 50, false, in_a_file);
    CHECK(!seen.empty());
}
