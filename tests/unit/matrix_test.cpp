#include <rolecall/digest.hpp>
#include <rolecall/matrix.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace rolecall;

namespace {

constexpr std::string_view head = R"(rolecall: 1
facts: {a: A, b: B, c: C, d: D, x: X, y: Y}
)";

policy load(std::string const& rest) { return yaml::load_text(std::string(head) + rest).value(); }

// The condition of `r view k`: `always`, `never`, or what must be known.
std::string condition_of(std::string const& rest) {
    policy const p = load(rest);
    for (effective_right const& right : effective_rights(p))
        if (right.role == "r" && right.category == "k" && right.action == "view")
            return right.condition.empty() ? "always" : right.condition;
    return "never";
}

}  // namespace

TEST_CASE("a condition is spelled with and before or, and one and-not for each guardrail") {
    CHECK(condition_of(R"(categories: {k: {about: K, requires: {view: d}}}
roles: {r: {may: {k: {view: {any-of: [{if-all: [a, b]}, {if: c}]}}}}}
never: {g: {categories: k, if-all: [x, y]}}
)") == "(a and b or c) and d and not (x and y)");
    CHECK(condition_of(R"(categories: {k: K}
roles: {r: {may: {k: {view: {any-of: [{if-all: [b, a]}, {if: c}]}}}}}
)") == "a and b or c");
    CHECK(condition_of(R"(categories: {k: K}
roles: {r: {may: {k: view}}}
never: {g: {categories: k, if: x}, h: {categories: k, if-any: [y, d]}}
)") == "not (d or y) and not x");
    CHECK(condition_of(R"(categories: {k: {about: K, requires: {view: {if-any: [c, d]}, any: a}}}
roles: {r: {may: {k: view}}}
)") == "a and (c or d)");
}

TEST_CASE("a condition says nothing twice") {
    CHECK(condition_of(R"(categories: {k: {about: K, requires: {view: a}}}
roles: {r: {may: {k: {view: {if-all: [a, b]}}}}}
)") == "b and a");
    CHECK(condition_of(R"(categories: {k: {about: K, requires: {view: a, any: {if-any: [a, b]}}}}
roles: {r: {may: {k: {view: {if: a}}}}}
)") == "a");
    CHECK(condition_of(R"(categories: {k: K}
roles: {j: {may: {k: {view: {if: a}}}}, r: {inherits: j, may: {k: {view: {if-all: [a, b]}}}}}
)") == "a");
    CHECK(condition_of(R"(categories: {k: K}
roles: {r: {may: {k: view}}}
never: {g: {actions: view, if: x}, h: {categories: k, if-any: [x, y]}, i: {roles: r, if: x}}
)") == "not (x or y)");
}

TEST_CASE("a right that no state of the facts allows has no line") {
    CHECK(condition_of(R"(categories: {k: K}
roles: {r: {may: {k: {view: {if: x}}}}}
never: {g: {categories: k, if-any: [x, y]}}
)") == "never");
    CHECK(condition_of(R"(categories: {k: K}
roles: {r: {may: {k: {view: {if-any: [a, x]}}}}}
never: {g: {categories: k, if: x}, h: {categories: k, if-all: [a, b]}}
)") == "(a or x) and not (a and b) and not x");
    CHECK(condition_of(R"(categories: {k: K}
roles: {r: {may: {k: view}}}
never: {g: {roles: r}}
)") == "never");
}

TEST_CASE("rights are sorted by role, category and action") {
    policy const p = load(R"(categories: {k: K, k.b: KB, k-a: KA}
roles: {r: {may: {k: all, k.b: view, k-a: view}}, q: {may: {k: view}}}
)");
    std::string order;
    for (effective_right const& right : effective_rights(p))
        order += right.role + ' ' + right.category + ' ' + right.action + '\n';
    CHECK(order ==
          "q k view\nr k delete\nr k modify\nr k store\nr k view\nr k-a view\nr k.b view\n");
}

TEST_CASE("the digest tells policies apart by what they say, not by how") {
    std::string const one =
        digest(load("categories: {k: K, l: L}\nroles: {r: {may: {k: view}}}\n"));
    CHECK(one.size() == 64);
    CHECK(one == digest(load("# the same\nroles:\n  r:\n    may:\n      k: [view]\n"
                             "categories:\n  l: L\n  k: K\n")));
    CHECK(one != digest(load("categories: {k: K, l: L}\nroles: {r: {may: {k: modify}}}\n")));
    CHECK(one != digest(load("categories: {k: K2, l: L}\nroles: {r: {may: {k: view}}}\n")));
}
