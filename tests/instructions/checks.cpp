// How many instructions a check takes: each way to ask over the same requests, beside the bare
// bit test that no check can beat. Run under callgrind, which counts the same number for the
// same binary on any machine, however busy; check.sh compares with limits.txt.
#include <rolecall/authorizer.hpp>
#include <rolecall/policy_builder.hpp>
#include <rolecall/sinks.hpp>

#include <valgrind/callgrind.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

namespace rc = rolecall;

namespace {

constexpr std::uint32_t roles = 100;
constexpr std::uint32_t categories = 100;
constexpr std::size_t requests = 20'000;

std::string name(char kind, std::uint32_t number) { return kind + std::to_string(number); }

// Half of all rights at random, always; and for `conditional` roles half under a condition.
rc::policy random_policy(std::mt19937& random, bool conditional) {
    rc::policy_builder made;
    made.fact("consent", "A fact");
    made.fact("open-ticket", "Another");
    for (std::uint32_t c = 0; c < categories; ++c) made.category(name('c', c), "Some data");
    for (std::uint32_t r = 0; r < roles; ++r) {
        auto role = made.role(name('r', r));
        for (std::uint32_t c = 0; c < categories; ++c)
            for (char const* const action : {"view", "modify", "store", "delete"}) {
                if ((random() & 1U) == 0) continue;
                if (conditional) {
                    role.may(name('c', c), {action}, rc::if_fact("consent"));
                } else {
                    role.may(name('c', c), {action});
                }
            }
    }
    return made.build().value();
}

struct question {
    rc::role_ref role;
    rc::action what;
    rc::category_ref on;
};
struct bare_question {
    std::uint32_t role, what, on;
};
struct named_question {
    std::string role, what, on;
};

struct inputs {
    std::vector<bare_question> bare;
    std::vector<question> by_reference;
    std::vector<named_question> by_name;
};

inputs random_requests(std::mt19937& random, rc::policy const& p) {
    constexpr char const* actions[] = {"view", "modify", "store", "delete"};
    inputs result;
    for (std::size_t i = 0; i < requests; ++i) {
        auto const role = static_cast<std::uint32_t>(random() % roles);
        auto const what = static_cast<std::uint32_t>(random() % 4);
        auto const on = static_cast<std::uint32_t>(random() % categories);
        named_question const names{name('r', role), actions[what], name('c', on)};
        result.bare.push_back({role, what, on});
        result.by_reference.push_back({p.role(names.role).value(), p.action(names.what).value(),
                                       p.category(names.on).value()});
        result.by_name.push_back(names);
    }
    return result;
}

// Counts the instructions of one loop over all requests, and how many were allowed.
template <class Questions, class Ask>
[[gnu::noinline]] void measure(char const* what, Questions const& questions, Ask ask) {
    auto const* const first = questions.data();
    auto const* const last = first + questions.size();
    std::size_t allowed = 0;
    for (auto const* q = first; q != last; ++q) allowed += ask(*q) ? 1U : 0U;
    CALLGRIND_ZERO_STATS;
    for (auto const* q = first; q != last; ++q) allowed += ask(*q) ? 1U : 0U;
    CALLGRIND_DUMP_STATS_AT(what);
    std::printf("%s %zu\n", what, allowed / 2);
}

}  // namespace

int main() {
    std::mt19937 random(20261122);
    rc::policy const p = random_policy(random, false);
    rc::policy const c = random_policy(random, true);
    inputs const asked = random_requests(random, p);
    inputs const asked_if = random_requests(random, c);
    rc::authorizer pdp(p, rc::no_records{});
    rc::authorizer pdp_if(c, rc::no_records{});

    // The floor: rows in one array, no stamp, no name, no reload.
    std::vector<std::uint32_t> rights(std::size_t{roles} * categories);
    for (std::size_t i = 0; i < requests; ++i) {
        bare_question const& q = asked.bare[i];
        question const& r = asked.by_reference[i];
        if (p.allows(r.role, r.what, r.on)) rights[q.role * categories + q.on] |= 1U << q.what;
    }
    std::uint32_t const* const table = rights.data();
    std::uint32_t const* const row = table + std::size_t{7} * categories;

    rc::session const bare = p.activate({"r7"}).value();
    rc::live_session const live = pdp.session_of_roles({"r7"}).value();
    rc::session const bare_if = c.activate({"r7"}).value();
    rc::live_session const live_if = pdp_if.session_of_roles({"r7"}).value();
    rc::facts const known{{c.fact("consent").value(), true}};
    rc::context const with{.facts = known};

    measure("floor-of-a-row", asked.bare,
            [row](auto const& q) { return (row[q.on] >> q.what & 1U) != 0; });
    measure("floor-of-a-table", asked.bare, [table](auto const& q) {
        return (table[q.role * categories + q.on] >> q.what & 1U) != 0;
    });
    measure("session", asked.by_reference,
            [&bare](auto const& q) { return bare.allows(q.what, q.on); });
    measure("session-of-authorizer", asked.by_reference,
            [&live](auto const& q) { return live.allows(q.what, q.on); });
    measure("session-with-facts", asked_if.by_reference,
            [&](auto const& q) { return bare_if.allows(q.what, q.on, known); });
    measure("reference", asked.by_reference,
            [&p](auto const& q) { return p.allows(q.role, q.what, q.on); });
    measure("reference-pinned", asked.by_reference,
            [&pdp](auto const& q) { return pdp.allows(q.role, q.what, q.on); });
    measure("reference-with-facts-pinned", asked_if.by_reference,
            [&](auto const& q) { return pdp_if.allows(q.role, q.what, q.on, known); });
    measure("name", asked.by_name, [&p](auto const& q) { return p.allows(q.role, q.what, q.on); });
    measure("name-pinned", asked.by_name,
            [&pdp](auto const& q) { return pdp.allows(q.role, q.what, q.on); });
    measure("decide", asked.by_reference,
            [&](auto const& q) { return bool{pdp.decide(live, q.what, q.on)}; });
    measure("decide-with-facts", asked_if.by_reference,
            [&](auto const& q) { return bool{pdp_if.decide(live_if, q.what, q.on, with)}; });
}
