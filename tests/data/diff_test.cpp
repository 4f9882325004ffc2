// Real data: rights are added to the table of a business suite and taken from it, and a difference
// finds exactly those.
#include "data/real_data.hpp"
#include "model/random_source.hpp"
#include <rolecall/policy_diff.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <array>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace {

using namespace rolecall;
using namespace rolecall::testing;

using right = std::tuple<std::string, std::string, std::string>;  // role, category, action

std::string const table = "erpnext/role_object_rwcd.csv";
std::string const columns =
    "role=role,category=object,view=read,modify=write,store=create,delete=delete";

using rows = std::vector<std::vector<std::string>>;

std::string text_of(rows const& cells) {
    std::string text;
    for (auto const& row : cells) {
        for (std::size_t i = 0; i < row.size(); ++i) text += (i == 0 ? "" : ",") + row[i];
        text += '\n';
    }
    return text;
}

policy imported(rows const& cells) {
    csv::import_sources sources;
    sources.table = {table, text_of(cells)};
    sources.policy_name = "real data";
    REQUIRE_FALSE(csv::read_choice({columns}, sources.columns));
    auto const made = csv::import_tables(std::move(sources));
    REQUIRE(made);
    return yaml::load_text(made.policy).value();
}

std::set<right> rights_of(policy_diff const& diff, right_change::kind what) {
    std::set<right> found;
    for (role_change const& change : diff.roles)
        for (std::string const& role : change.roles)
            if (change.what == what)
                CHECK(found.emplace(role, change.category, change.action).second);
    return found;
}

TEST_CASE("real data: a difference finds exactly the rights that were added and removed") {
    if (!has_real_data(table)) return;
    rows const old = naive_rows(whole_file(real_data(table)));
    policy const before = imported(old);
    auto const roles = names_by_original(before.source().roles);
    auto const categories = names_by_original(before.source().categories);
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        model::random_source random(seed);
        rows now = old;
        std::set<std::pair<std::size_t, std::size_t>> flipped;
        for (std::size_t edits = random.between(1, 40); edits > 0; --edits)
            flipped.emplace(random.between(1, now.size() - 1), random.between(2, 5));
        std::set<right> added;
        std::set<right> removed;
        for (auto const& [row, column] : flipped) {
            std::string& cell = now[row][column];
            bool const had = cell == "1";
            cell = had ? "0" : "1";
            (had ? removed : added)
                .emplace(roles.at(now[row][0]), categories.at(now[row][1]),
                         four_actions[column - 2]);
        }
        policy const after = imported(now);
        policy_diff const diff = compare(before, after);
        CHECK(rights_of(diff, right_change::kind::gained) == added);
        CHECK(rights_of(diff, right_change::kind::lost) == removed);
        CHECK(diff.roles_gain == added.size());
        CHECK(diff.roles_lose == removed.size());
        CHECK(diff.without_effect.empty());
        CHECK(diff.words.empty());
        // Each by lines of its own role, on its own category.
        for (role_change const& change : diff.roles) {
            REQUIRE_FALSE(change.lines.empty());
            for (std::size_t const line : change.lines) {
                bool const of_it =
                    change.gains() == diff.lines[line].after &&
                    diff.lines[line].sentence.find(change.category) != std::string::npos;
                CHECK(of_it);
            }
        }
        policy_diff const back = compare(after, before);
        CHECK(rights_of(back, right_change::kind::gained) == removed);
        CHECK(rights_of(back, right_change::kind::lost) == added);
    }
}

TEST_CASE("real data: the rows of a table in another order are no difference") {
    if (!has_real_data(table)) return;
    rows const old = naive_rows(whole_file(real_data(table)));
    rows other(old.begin() + 1, old.end());
    model::random_source(7).shuffle(other);
    other.insert(other.begin(), old.front());
    policy_diff const diff = compare(imported(old), imported(other));
    CHECK(diff.empty());
    CHECK(diff.lines.empty());
}

}  // namespace
