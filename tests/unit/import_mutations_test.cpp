// Tables that chance made: none is read wrongly, and none does harm.
#include "support/importing.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

namespace {

using rolecall::testing::imported;

using table_rows = std::vector<std::vector<std::string>>;

class table_writer {
public:
    explicit table_writer(std::mt19937& random)
        : random_(random),
          delimiter_(std::string(",;\t")[random() % 3]),
          line_end_(random() % 2 == 0 ? "\n" : "\r\n") {}

    std::string write(table_rows const& rows) {
        std::string text = random_() % 2 == 0 ? "\xEF\xBB\xBF" : "";
        for (auto const& row : rows) {
            for (std::size_t i = 0; i < row.size(); ++i)
                text += (i == 0 ? std::string() : std::string(1, delimiter_)) + cell(row[i]);
            text += line_end_;
            if (random_() % 8 == 0) text += std::string(row.size() - 1, delimiter_) + line_end_;
        }
        return text;
    }

private:
    std::string cell(std::string const& text) {
        bool const must = text.find_first_of(",;\t\"\n") != std::string::npos;
        if (!must && random_() % 3 != 0) return random_() % 4 == 0 ? ' ' + text + ' ' : text;
        std::string quoted = "\"";
        for (char const c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
        return quoted + '"';
    }

    std::mt19937& random_;
    char delimiter_;
    std::string line_end_;
};

template <class Items>
auto const& pick(std::mt19937& random, Items const& items) {
    return items[random() % items.size()];
}

table_rows random_rows(std::mt19937& random) {
    std::vector<std::string> const roles{"Clerk", "Head, \"first\"", "Team; two", "*"};
    std::vector<std::string> const categories{"Orders", "Bills\nand more", "a.b", "Any"};
    std::vector<std::string> const answers{"1", "0", "", "x", "No", "yes", "TRUE"};
    table_rows rows{{"role", "category", "view", "modify", "store", "delete"}};
    for (auto left = 1 + random() % 12; left > 0; --left) {
        rows.push_back({pick(random, roles), pick(random, categories)});
        for (int i = 0; i < 4; ++i) rows.back().push_back(pick(random, answers));
    }
    return rows;
}

TEST_CASE("however a table is quoted, parted and ended, it gives the same policy") {
    std::mt19937 random(20240718);
    for (int i = 0; i < 300; ++i) {
        table_rows const rows = random_rows(random);
        auto const one = imported({table_writer(random).write(rows)});
        auto const other = imported({table_writer(random).write(rows)});
        CHECK(rolecall::testing::problem_lines(one.problems) == "");
        CHECK(one.policy == other.policy);
        CHECK(one.rights == other.rights);
    }
}

// One byte more, less or other.
void change(std::mt19937& random, std::string& text) {
    using namespace std::string_literals;
    static std::string const bytes = "\",;\n\r\t x1*-_\0\x7F\xEF\xBB\xBF\xE2\x80\x8B\xFF"s;
    std::size_t const at = random() % (text.size() + 1);
    char const byte = pick(random, bytes);
    switch (random() % 3) {
        case 0: text.insert(at, 1, byte); break;
        case 1: text.erase(at, 1 + random() % 3); break;
        default:
            if (at < text.size()) text[at] = byte;
    }
}

TEST_CASE("whatever bytes are imported, there is a policy that loads, or a problem") {
    std::mt19937 random(20240719);
    rolecall::testing::import_case const whole{
        "role,category,view,modify,store,delete\nClerk,\"Orders, "
        "\"\"new\"\"\",1,0,x,\n*,Bills,yes,,,\n",
        "senior,junior\nHead,Clerk\n", "original,name\nBills,bills.paid\n"};
    std::size_t made_policies = 0;
    for (int i = 0; i < 3000; ++i) {
        auto given = whole;
        for (auto changes = 1 + random() % 4; changes > 0; --changes) {
            std::string* const texts[] = {&given.table, &*given.hierarchy, &*given.names};
            change(random, *texts[random() % 3]);
        }
        auto const made = imported(given);
        CHECK(made.problems.empty() != made.policy.empty());
        if (made) ++made_policies;
        if (made) CHECK(rolecall::yaml::load_text(made.policy));
        for (auto const& problem : made.problems) CHECK_FALSE(rolecall::to_text(problem).empty());
    }
    CHECK(made_policies > 100);
    CHECK(made_policies < 2900);
}

}  // namespace
