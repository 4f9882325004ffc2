// Questions that begin with the id of one of 100,000 users. What is known of so many fits no
// near cache, so the floor is memory: a search by text leads from a slot to the text, from there
// to the roles and from there to a row, four reads at random of which each needs the one before.
#include "bench/floors.hpp"
#include "bench/measure.hpp"
#include "benchmarks.hpp"
#include "support/floors.hpp"
#include "support/policies.hpp"
#include <rolecall/date.hpp>
#include <rolecall/request.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace rolecall::benchmarks {

namespace {

constexpr policy_kind plain = policy_kind::plain;

// Each user asks for something else.
struct user_question {
    request as_request;
    std::string_view id;
    std::uint32_t what, on;
};

std::vector<user_question> user_questions(policy_size const& size) {
    bench::vocabulary const& words = made(size, plain);
    bench::random_source random(7);
    date const today = date::today();
    std::vector<user_question> result;
    for (std::string const& id : asking_users(size)) {
        auto const what = static_cast<std::uint32_t>(random.below(words.actions().size()));
        auto const on = static_cast<std::uint32_t>(random.below(words.categories().size()));
        result.push_back({{.subject = subject::user(id),
                           .action = words.actions()[what].name,
                           .category = words.categories()[on].name,
                           .on = today},
                          id,
                          what,
                          on});
    }
    return result;
}

prepared evaluate_request(policy_size const& size) {
    policy const& p = policy_of(size, plain);
    return {[&p, asked = user_questions(size)] {
                return bench::count(asked,
                                    [&](auto const& q) { return bool{p.evaluate(q.as_request)}; });
            },
            questions};
}

prepared decide_request(policy_size const& size) {
    authorizer const& pdp = authorizer_of(size, plain);
    return {[&pdp, asked = user_questions(size)] {
                return bench::count(asked,
                                    [&](auto const& q) { return bool{pdp.decide(q.as_request)}; });
            },
            questions};
}

prepared find(policy_size const& size) {
    auto const table = std::make_shared<full_table const>(made(size, plain));
    auto const map = std::make_shared<user_map const>(size);
    return {[table, map, asked = user_questions(size)] {
                return bench::count(asked, [&](auto const& q) {
                    std::uint32_t rights = 0;
                    for (std::uint32_t const role : map->roles_of(q.id))
                        rights |= table->row(role)[q.on];
                    return (rights >> q.what & 1U) != 0;
                });
            },
            questions};
}

prepared read(policy_size const& size) {
    chained_reads const memory(user_map(size).footprint(), questions);
    return {[memory] {
                return bench::count(memory.places(),
                                    [&](std::uint32_t place) { return memory.read(place, 4); });
            },
            questions};
}

}  // namespace

void users(suite& to) {
    to.begin("Users",
             "A whole question by texts, of a user at random: `policy.evaluate({.subject = "
             "subject::user(id), …})`.");
    for (policy_size const* const size : {&middle, &large}) {
        auto const add = [&](char const* variant, auto make) {
            return to.add({.name = contestant_name("users", *size, variant),
                           .prepare = [size, make] { return make(*size); }});
        };
        auto const label =
            std::string(size->label) + (size == &large ? ", 100,000 users" : ", 1,000 users");
        auto const asked = add("evaluate", evaluate_request);
        auto const found = add("flat-map", find);
        to.compare({.text = label,
                    .measured = asked,
                    .floor = found,
                    .floor_text = "unordered_flat_map of users, bit tests"});
        to.compare({.text = label,
                    .measured = asked,
                    .floor = add("random-reads", read),
                    .floor_text = "4 random reads of as much memory",
                    .same_answers = false});
        to.compare({.text = label + ", decide",
                    .measured = add("decide", decide_request),
                    .floor = found,
                    .floor_text = "unordered_flat_map of users, bit tests"});
    }
}

}  // namespace rolecall::benchmarks
