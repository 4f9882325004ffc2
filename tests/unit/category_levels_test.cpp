#include <rolecall/category_levels.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace rolecall;

TEST_CASE("a category without a level has that of the nearest category above which has one") {
    auto const made = yaml::load_text(R"(rolecall: 1
categories:
  pay: {about: Money, level: confidential}
  pay.card: Cards
  pay.card.code: {about: Codes, level: restricted}
  pay.card.code.old: Codes of old
  payments: Something else
  x.y.z: Nothing above it is declared
)");
    REQUIRE(made);
    auto const levels = category_levels(made->source());
    CHECK(levels == std::map<std::string, std::string>{{"pay", "confidential"},
                                                       {"pay.card", "confidential"},
                                                       {"pay.card.code", "restricted"},
                                                       {"pay.card.code.old", "restricted"}});
}

TEST_CASE("a policy that lists no levels has the default four, mildest first") {
    CHECK(level_names({}) ==
          std::vector<std::string>{"public", "internal", "confidential", "restricted"});
    document own;
    own.levels = {{"low", {}}, {"high", {}}};
    CHECK(level_names(own) == std::vector<std::string>{"low", "high"});
}
