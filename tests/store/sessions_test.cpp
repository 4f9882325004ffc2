// Sessions of users in a file: what another process does to the file is felt.
#include "store/stored_users.hpp"
#include "support/small_shop.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/sinks.hpp>
#include <rolecall/user_store.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

using namespace rolecall;
using namespace rolecall::testing;

namespace {

user_store_options watched() {
    user_store_options options;
    options.create = true;
    options.poll_ms = 10;
    return options;
}

}  // namespace

TEST_CASE("a session feels that another store of the same file took a role away") {
    temporary_directory const folder;
    std::string const path = folder.path() + "/staff.db";
    user_store here(path, watched());
    here.add_user("dana");
    here.assign("dana", "support");
    authorizer const pdp{tests::small_shop(), no_records{}, here};
    auto dana = pdp.session("dana").value();
    auto const account = pdp.category("account").value();
    REQUIRE(dana.allows(view, account));

    user_store there(path);
    there.deassign("dana", "support");
    CHECK(in_the_end([&] { return !dana.allows(view, account); }));
    CHECK(dana.refresh() == reason::granted);
    CHECK_FALSE(dana.allows(view, account));
}

TEST_CASE("sessions deny once the file is gone, and are back when it is") {
    temporary_directory const folder;
    std::string const path = folder.path() + "/staff.db";
    user_store staff(path, watched());
    staff.add_user("dana");
    staff.assign("dana", "support");
    authorizer const pdp{tests::small_shop(), no_records{}, staff};
    auto dana = pdp.session("dana").value();
    auto const account = pdp.category("account").value();
    REQUIRE(dana.allows(view, account));

    std::filesystem::rename(path, path + ".moved");
    CHECK(in_the_end([&] { return !dana.allows(view, account); }));
    CHECK(dana.refresh() == reason::unavailable);
    CHECK(pdp.decide(dana, view, account).reason == reason::unavailable);

    std::filesystem::rename(path + ".moved", path);
    // Whoever refreshes may see the file before the store's own thread does, which then tells the
    // sessions once more.
    CHECK(in_the_end(
        [&] { return dana.refresh() == reason::granted && dana.allows(view, account); }));
}
