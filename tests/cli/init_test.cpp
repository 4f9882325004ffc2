// `rolecall init`: whatever is chosen, the policy is sound, says what the guides say, and
// overwrites nothing.
#include "cli/writing/init_answers.hpp"
#include "starter/catalogue.hpp"
#include "starter/starter_policy.hpp"
#include "support/program.hpp"
#include "support/temporary_directory.hpp"
#include "support/trial_size.hpp"
#include <rolecall/diagnostic_text.hpp>
#include <rolecall/document.hpp>
#include <rolecall/lint.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace rolecall;
using namespace rolecall::testing;
namespace fs = std::filesystem;

namespace {

date const a_day = date::parse("2027-03-01").value();

std::vector<std::string> subset(std::span<starter::choice const> of, std::uint32_t bits) {
    std::vector<std::string> result;
    for (std::size_t i = 0; i < of.size(); ++i)
        if ((bits >> i & 1U) != 0) result.emplace_back(of[i].name);
    return result;
}

starter::wishes wishes_for(std::uint32_t work, std::uint32_t data) {
    starter::wishes result;
    result.business = "Corner Shop";
    result.owner = "privacy@corner-shop.example";
    result.work = subset(starter::kinds_of_work(), work);
    result.data = subset(starter::kinds_of_data(), data);
    result.today = a_day;
    return result;
}

policy_result load(starter::policy_files const& files) {
    yaml::load_options options;
    options.today = a_day;
    return yaml::load_texts(files.files, options);
}

std::string found_in(policy_result const& loaded) {
    lint_options options;
    options.today = a_day;
    std::string text;
    for (lint_finding const& finding : lint(loaded, options).findings)
        text += to_text(finding.what) + '\n';
    return text;
}

bool has(std::vector<std::string> const& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// A number below `count`.
std::uint32_t pick(std::mt19937& random, std::size_t count) {
    return static_cast<std::uint32_t>(random() % count);
}

// Any kinds of work, none too, and at least one kind of data.
starter::wishes random_wishes(std::mt19937& random) {
    std::uint32_t const work = pick(random, 1U << starter::kinds_of_work().size());
    return wishes_for(work, 1 + pick(random, (1U << starter::kinds_of_data().size()) - 1));
}

// What the guides ask of every policy, by asking the policy.
void check_rules(policy const& of, starter::wishes const& wanted) {
    if (has(wanted.work, "marketing"))
        for (char const* const data : {"payment", "payment.card", "health"})
            for (char const* const action : {"view", "modify", "store", "delete"})
                CHECK_FALSE(of.allows("marketing", action, data));
    for (written_category const& c : of.source().categories) {
        CHECK(c.level.has_value());
        CHECK(c.named_only == (c.name.text == "payment.card"));
        if (c.name.text == "payment.card") CHECK(c.laws == std::vector<std::string>{"PCI DSS"});
        if (c.name.text == "health") CHECK(c.laws == std::vector<std::string>{"HIPAA"});
        for (written_role const& role : of.source().roles) {
            // Neither stored nor published without consent, nor deleted by anyone unasked.
            CHECK_FALSE(of.allows(role.name.text, "delete", c.name.text));
            if (c.name.text == "photos") CHECK_FALSE(of.allows(role.name.text, "store", "photos"));
            if (c.name.text == "payment.card")
                CHECK_FALSE(of.allows(role.name.text, "view", "payment.card"));
            if (c.name.text == "photos" || c.name.text == "feedback")
                CHECK_FALSE(of.allows(role.name.text, "publish", c.name.text));
        }
    }
    bool const both = has(wanted.work, "billing") && has(wanted.work, "refunds");
    bool const concern_it = has(wanted.data, "orders") || has(wanted.data, "payment");
    CHECK((of.source().separations.size() == 1) == (both && concern_it));
    CHECK(of.source().header->review_by == date::from_days(a_day.days() + 365));
}

void check_choice(starter::wishes const& wanted) {
    CAPTURE(cli::listed(wanted.work));
    CAPTURE(cli::listed(wanted.data));
    starter::policy_files const one_file = starter::write(wanted);
    policy_result const loaded = load(one_file);
    REQUIRE(loaded);
    CHECK(found_in(loaded).empty());
    check_rules(*loaded, wanted);
    // Each chosen kind of work is a role, or was told to be left out.
    for (std::string const& role : wanted.work) {
        auto const& roles = loaded->source().roles;
        bool const there = std::any_of(roles.begin(), roles.end(),
                                       [&](written_role const& r) { return r.name.text == role; });
        CHECK(there != has(one_file.left_out, role));
    }
}

std::string contents(fs::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t files_below(fs::path const& folder) {
    return static_cast<std::size_t>(
        std::count_if(fs::recursive_directory_iterator(folder), {},
                      [](auto const& entry) { return entry.is_regular_file(); }));
}

// A conversation on a terminal: whatever is typed waits there, a line for each question. Gives
// all that was shown.
outcome converse(fs::path const& folder, std::vector<std::string> const& words,
                 std::string const& typed) {
    int terminal = -1;
    pid_t const child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
    REQUIRE(child >= 0);
    if (child == 0) {
        constexpr unsigned forever = 20;  // seconds that it may wait for one more line
        ::alarm(forever);
        if (::chdir(folder.c_str()) != 0) ::_exit(125);
        rolecall::testing::detail::become_program(words, {"NO_COLOR=1"});
    }
    outcome result;
    REQUIRE(::write(terminal, typed.data(), typed.size()) == static_cast<ssize_t>(typed.size()));
    std::array<char, 4096> piece{};
    for (ssize_t got = 1; got > 0;) {  // EIO: the program has ended
        got = ::read(terminal, piece.data(), piece.size());
        if (got > 0) result.out.append(piece.data(), static_cast<std::size_t>(got));
    }
    result.code = rolecall::testing::detail::exit_code_of(child);
    ::close(terminal);
    result.out.erase(std::remove(result.out.begin(), result.out.end(), '\r'), result.out.end());
    return result;
}

}  // namespace

TEST_CASE("a starter policy of few or nearly all choices is sound") {
    auto const sparse = [](std::uint32_t bits, std::size_t count) {
        auto const ones = static_cast<std::size_t>(std::popcount(bits));
        return ones <= 1 || ones + 1 >= count;
    };
    std::size_t const work_count = starter::kinds_of_work().size();
    std::size_t const data_count = starter::kinds_of_data().size();
    std::size_t checked = 0;
    for (std::uint32_t work = 0; work < 1U << work_count; ++work)
        for (std::uint32_t data = 1; data < 1U << data_count; ++data)
            if (sparse(work, work_count) && sparse(data, data_count)) {
                check_choice(wishes_for(work, data));
                ++checked;
            }
    CHECK(checked == (2 + 2 * work_count) * (1 + 2 * data_count));
}

TEST_CASE("a starter policy of two kinds of work and any data is sound") {
    std::uint32_t const step = scaled(30) == 30 ? 3 : 29;
    std::size_t const work_count = starter::kinds_of_work().size();
    for (std::size_t a = 0; a < work_count; ++a)
        for (std::size_t b = a + 1; b < work_count; ++b)
            for (std::uint32_t data = 1; data < 1U << starter::kinds_of_data().size(); data += step)
                check_choice(wishes_for(1U << a | 1U << b, data));
}

TEST_CASE("a starter policy of random choices is sound") {
    std::mt19937 random(6);
    for (std::size_t i = 0; i < std::max<std::size_t>(scaled(600), 100); ++i)
        check_choice(random_wishes(random));
}

TEST_CASE("one file and several say the same") {
    std::mt19937 random(7);
    for (int i = 0; i < 50; ++i) {
        starter::wishes wanted = random_wishes(random);
        auto const one = load(starter::write(wanted));
        wanted.several_files = true;
        auto const files = starter::write(wanted);
        auto const several = load(files);
        REQUIRE(one);
        REQUIRE(several);
        CHECK(files.files.size() >= 4);
        CHECK(yaml::write(*one) == yaml::write(*several));
    }
}

TEST_CASE("any text of one line can be the name of the business, and any id that of a person") {
    for (std::string const text : {"Café Ü",  "O'Brien & Sons: \"Shoes\"",
                                   "# 1",     "null",
                                   "- x",     "yes",
                                   "{a: b}",  "a: b # c",
                                   "  two  ", "42",
                                   "[x]",     "*",
                                   "&a",      "!",
                                   "%",       "@home",
                                   "`",       "|",
                                   "a\\n",    "Ω"}) {
        CAPTURE(text);
        CHECK_FALSE(starter::problem_with_text(text));
        starter::wishes wanted = wishes_for(0b110, 0b111);
        wanted.business = text;
        wanted.owner = text;
        wanted.people = {{text, {"support", "sales", "office"}}};
        REQUIRE_FALSE(starter::problem_with_people(wanted));
        auto const loaded = load(starter::write(wanted));
        REQUIRE(loaded);
        CHECK(loaded->source().header->name == text + " customer data");
        CHECK(loaded->source().header->owner == text);
        CHECK(loaded->source().users.at(0).id.text == text);
    }
    for (std::string const text : {"", "  ", "a\nb", "a\tb", "a\u202Eb", "\xFF", "a\u200Bb"})
        CHECK(starter::problem_with_text(text));
}

TEST_CASE("people are listed where each role has somebody, and nobody takes and returns money") {
    starter::wishes wanted = wishes_for(0b11000, 0b100);  // billing and refunds, payment
    CHECK_FALSE(starter::problem_with_people(wanted));
    wanted.people = {{"ada", {"billing"}}};
    CHECK(starter::problem_with_people(wanted) == "nobody is in `refunds`");
    wanted.people = {{"ada", {"billing", "office"}}, {"bo", {"refunds"}}};
    CHECK_FALSE(starter::problem_with_people(wanted));
    CHECK(found_in(load(starter::write(wanted))).empty());
    wanted.people = {{"ada", {"billing", "refunds", "office"}}};
    CHECK(has(*starter::problem_with_people(wanted), "who takes the money must not give it back"));
    wanted.people = {{"ada", {"billing", "office", "care"}}, {"bo", {"refunds"}}};
    CHECK(starter::problem_with_people(wanted) == "there is no role `care` in this policy");
}

TEST_CASE("init with options asks nothing, and makes what validate takes") {
    temporary_directory const folder;
    std::string const file = folder.path("new/shop.yaml");
    auto const made = run({"init",    file,
                           "--name",  "Corner Shop",
                           "--owner", "ada@shop.example",
                           "--roles", "support,billing,refunds,care",
                           "--data",  "contact,payment",
                           "--user",  "support=dana,bo",
                           "--user",  "billing=bo",
                           "--user",  "refunds=eve",
                           "--user",  "care=eve",
                           "--user",  "office=ada"});
    CHECK(made.err.empty());
    REQUIRE(made.code == 0);
    CHECK(made.out.starts_with("wrote " + file + "\n\nNext:\n"));
    CHECK(run({"validate", file, "--strict"}).code == 0);
    CHECK(run({"check", file, "--user", "dana", "view", "contact", "--fact", "open-ticket=true"})
              .code == 0);
    CHECK(has(contents(file), "# What no line here allows is forbidden."));

    // The question among the next steps is one that is allowed.
    std::size_t const at = made.out.find("rolecall explain ");
    REQUIRE(at != std::string::npos);
    CHECK(has(made.out.substr(at), "explain " + file + " support view contact --fact open-ticket"));
}

TEST_CASE("init --directory makes a file for each role, and says what has no part in it") {
    temporary_directory const folder;
    std::string const path = folder.path("shop");
    auto const made =
        run({"init", path, "--directory", "--roles", "all", "--data", "photos,contact"});
    REQUIRE(made.code == 0);
    CHECK(has(made.out, "  without refunds: its work needs none of this data\n"));
    CHECK(fs::exists(path + "/policy.yaml"));
    CHECK(fs::exists(path + "/roles/office.yaml"));
    CHECK_FALSE(fs::exists(path + "/roles/refunds.yaml"));
    CHECK(run({"validate", path, "--strict"}).code == 0);
}

TEST_CASE("init overwrites nothing") {
    temporary_directory const folder;
    std::string const file = folder.write("shop.yaml", "mine\n");
    folder.link("dangling.yaml", "nowhere");
    for (std::string const& taken : {file, folder.path("dangling.yaml"), folder.path()})
        for (std::vector<std::string> words :
             {std::vector<std::string>{"init", taken, "--yes"}, {"init", taken, "--directory"}}) {
            auto const refused = run(words);
            CHECK(refused.code == 2);
            CHECK(has(refused.err, "exists, and is not overwritten"));
        }
    CHECK(contents(file) == "mine\n");
    CHECK(files_below(folder.path()) == 1);
}

TEST_CASE("init says what is wrong with its options") {
    temporary_directory const folder;
    std::string const file = folder.path("shop.yaml");
    struct {
        std::vector<std::string> words;
        std::string told;
    } const mistakes[] = {
        {{"init", file}, "there is nobody to ask"},
        {{"init", file, "--roles", "suport"},
         "`--roles`: there is no `suport`; did you mean `support`?"},
        {{"init", file, "--data", ","}, "`--data`: choose at least one"},
        {{"init", file, "--data", "shoes"}, "choose from contact, orders"},
        {{"init", file, "--name", ""}, "`--name`: there is no text"},
        {{"init", file, "--owner", "a\tb"}, "U+0009"},
        {{"init", file, "--user", "dana"}, "`--user` takes a role and who is in it"},
        {{"init", file, "--user", "support=dana"}, "`--user`: nobody is in "},
        {{"init", file, "more"}, "`more` is one word too many"},
    };
    for (auto const& [words, told] : mistakes) {
        auto const refused = run(words);
        CAPTURE(refused.err);
        CHECK(refused.code == 2);
        CHECK(has(refused.err, told));
    }
    CHECK(files_below(folder.path()) == 0);
}

TEST_CASE("on a terminal init asks, takes Enter for the usual answer, and asks again") {
    temporary_directory const folder;
    auto const all_usual = converse(folder.path(), {"init"}, "\n\n\n\n\n\n\n");
    CAPTURE(all_usual.out);
    REQUIRE(all_usual.code == 0);
    CHECK(has(all_usual.out, "What is your business called? [Our business] "));
    CHECK(has(all_usual.out,
              "Names or numbers, with commas; or all: [marketing, support, billing] "));
    CHECK(has(all_usual.out, "wrote policy.yaml\n"));
    temporary_directory const other;
    REQUIRE(run({"init", other.path("policy.yaml"), "--yes"}).code == 0);
    CHECK(contents(folder.path("policy.yaml")) == contents(other.path("policy.yaml")));

    auto const again = converse(folder.path(), {"init"},
                                "Corner Shop\n"
                                "ada@shop.example\n"
                                "suport\n"
                                "3,5 , billing\n"
                                "9\n"
                                "contact, 3\n"
                                "maybe\n"
                                "y\n"
                                "bo\n\ndana\neve\nada\n"
                                "yes\n"
                                "policy.yaml\n"
                                "shop\n");
    CAPTURE(again.out);
    REQUIRE(again.code == 0);
    CHECK(has(again.out, "did you mean `support`?"));
    CHECK(has(again.out, "there is no `9`"));
    CHECK(has(again.out, "answer yes or no"));
    CHECK(has(again.out, "somebody has to be"));
    CHECK(has(again.out, "`policy.yaml` exists, and is not overwritten"));
    auto const loaded = yaml::load(folder.path("shop"));
    REQUIRE(loaded);
    CHECK(loaded->source().header->name == "Corner Shop customer data");
    CHECK(loaded->source().roles.size() == 4);
    CHECK(loaded->source().users.size() == 4);
    CHECK(run({"validate", folder.path("shop"), "--strict"}).code == 0);
}

TEST_CASE("whoever leaves while init asks leaves no file behind") {
    temporary_directory const folder;
    auto const left = converse(folder.path(), {"init"}, "Corner Shop\n\x04");
    CHECK(left.code == 2);
    CHECK(has(left.out, "nothing was written"));
    CHECK(files_below(folder.path()) == 0);
}
