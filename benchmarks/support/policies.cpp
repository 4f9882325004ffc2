#include "support/policies.hpp"

#include <rolecall/policy_builder.hpp>
#include <rolecall/sinks.hpp>

#include <map>
#include <memory>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace rolecall::benchmarks {

namespace {

constexpr std::uint64_t seed = 20261122;

constexpr std::array<std::string_view, 10> duties{"support", "billing",   "claims",  "sales",
                                                  "audit",   "marketing", "records", "care",
                                                  "intake",  "refunds"};
constexpr std::array<std::string_view, 10> ranks{"agent",   "clerk",   "lead",     "manager",
                                                 "analyst", "officer", "reviewer", "partner",
                                                 "trainee", "deputy"};
constexpr std::array<std::string_view, 10> areas{"account", "payment",  "order",    "health",
                                                 "contact", "contract", "delivery", "feedback",
                                                 "device",  "consent"};
constexpr std::array<std::string_view, 10> kinds{"history", "name",    "address", "notes",
                                                 "card",    "photo",   "score",   "balance",
                                                 "terms",   "location"};
constexpr std::array<std::string_view, 6> fact_names{"consent",    "open-ticket", "encrypted",
                                                     "legal-hold", "dispute",     "on-shift"};
constexpr std::array<std::string_view, 4> action_names{"view", "modify", "store", "delete"};

// `support-agent`, …, `support-agent-7`
std::string name_of(std::string_view first, char joint, std::string_view second,
                    std::uint32_t round) {
    std::string result = std::string(first) + joint + std::string(second);
    if (round > 0) result += '-' + std::to_string(round);
    return result;
}
std::string role_name(std::uint32_t n) {
    return name_of(duties[n % 10], '-', ranks[n / 10 % 10], n / 100);
}
std::string category_name(std::uint32_t n) {
    return name_of(areas[n % 10], '.', kinds[n / 10 % 10], n / 100);
}
std::string user_id(std::uint32_t n) {
    return "u" + std::to_string(n * 7919U % 1'000'003U) + "@staff.shop.example";
}

condition any_condition(bench::random_source& random) {
    std::size_t const first = random.below(fact_names.size());
    std::size_t const other = (first + 1 + random.below(fact_names.size() - 1)) % 6;
    name_list const two{std::string(fact_names[first]), std::string(fact_names[other])};
    switch (random.below(3)) {
        case 0: return if_fact(two[0]);
        case 1: return if_all(two);
        default: return if_any(two);
    }
}

void add_grants(policy_builder& to, policy_size const& size, policy_kind kind,
                bench::random_source& random) {
    for (std::uint32_t r = 0; r < size.roles; ++r) {
        auto role = to.role(role_name(r));
        if (size.roles > 3 && r % 4 == 3) role.inherits(role_name(r - 1));
        for (std::uint32_t c = 0; c < size.categories; ++c) {
            if (random.below(100) >= size.share) continue;
            name_list always;
            name_list under_condition;
            for (std::string_view const action : action_names) {
                if (random.below(2) == 0) continue;
                bool const depends = kind == policy_kind::by_facts && random.below(2) == 0;
                (depends ? under_condition : always).emplace_back(action);
            }
            if (!always.empty()) role.may(category_name(c), always);
            if (!under_condition.empty())
                role.may(category_name(c), under_condition, any_condition(random));
        }
    }
}

void add_guardrails(policy_builder& to, policy_size const& size, bench::random_source& random) {
    for (std::uint32_t r = 0; r < size.roles; r += 10) {
        auto const number = std::to_string(r / 10);
        auto const first = static_cast<std::uint32_t>(random.below(size.categories));
        std::uint32_t const second = (first + 1) % size.categories;
        auto rule = to.never("kept-apart-" + number);
        rule.roles({role_name(r)}).categories({category_name(first), category_name(second)});
        if (r / 10 % 3 == 2) rule.when(if_fact("legal-hold"));
    }
}

void add_users(policy_builder& to, policy_size const& size, bench::random_source& random) {
    for (std::uint32_t u = 0; u < size.users; ++u) {
        auto const first = static_cast<std::uint32_t>(random.below(size.roles));
        name_list roles{role_name(first)};
        for (auto more = static_cast<std::uint32_t>(random.below(3)); more > 0; --more)
            roles.push_back(role_name((first + more) % size.roles));
        to.user(user_id(u)).assign(roles);
    }
}

policy_builder make_builder(policy_size const& size, policy_kind kind) {
    bench::random_source random(seed);
    policy_builder result;
    result.header("Made for benchmarks");
    for (std::string_view const fact : fact_names) result.fact(fact, "A statement");
    for (std::uint32_t c = 0; c < size.categories; ++c) {
        auto category = result.category(category_name(c), "Some data of customers");
        if (kind == policy_kind::guarded && c % 10 == 5)
            category.required("store", if_fact("encrypted"));
    }
    add_grants(result, size, kind, random);
    if (kind == policy_kind::guarded) add_guardrails(result, size, random);
    add_users(result, size, random);
    return result;
}

// A value for each key, made when it is first asked for.
template <class Value, class Key, class Make>
Value const& kept(Key const& key, Make const& make) {
    static std::map<Key, std::unique_ptr<Value const>> all;
    std::unique_ptr<Value const>& one = all[key];
    if (!one) one.reset(new Value const(make()));  // which need not be movable
    return *one;
}

using policy_key = std::tuple<std::string_view, policy_kind>;
using questions_key = std::tuple<std::string_view, policy_kind, bench::answers, bool>;

bench::question_set check(bench::question_set made, policy_size const& size) {
    if (made.empty()) throw std::runtime_error("no questions for " + std::string(size.label));
    return made;
}

}  // namespace

std::string contestant_name(std::string_view question, policy_size const& size,
                            std::string_view variant) {
    return std::string(question) + '/' + std::string(size.tag) + '/' + std::string(variant);
}

document const& written(policy_size const& size, policy_kind kind) {
    return kept<document>(policy_key{size.tag, kind}, [&] {
        policy_builder const builder = make_builder(size, kind);
        return builder.written_so_far();
    });
}

bench::vocabulary const& made(policy_size const& size, policy_kind kind) {
    return kept<bench::vocabulary>(policy_key{size.tag, kind}, [&] {
        return bench::vocabulary(make_builder(size, kind).build().value());
    });
}

std::vector<role_ref> some_roles(policy_size const& size, policy_kind kind, std::size_t count,
                                 std::uint64_t with) {
    bench::random_source random(with);
    std::vector<role_ref> all;
    for (auto const& role : made(size, kind).roles()) all.push_back(role.reference);
    random.shuffle(all);
    all.resize(std::min(all.size(), count));
    return all;
}

session const& session_of(policy_size const& size, policy_kind kind) {
    return kept<session>(policy_key{size.tag, kind}, [&] {
        // Of the smallest policy one role, so that something is denied.
        auto const roles = some_roles(size, kind, size.roles > 3 ? 3 : 1, seed);
        return policy_of(size, kind).activate(roles).value();
    });
}

authorizer const& authorizer_of(policy_size const& size, policy_kind kind) {
    return kept<authorizer>(policy_key{size.tag, kind},
                            [&] { return authorizer(policy_of(size, kind), no_records{}); });
}

live_session const& live_session_of(policy_size const& size, policy_kind kind) {
    return kept<live_session>(policy_key{size.tag, kind}, [&] {
        auto const roles = session_of(size, kind).active_roles();
        return authorizer_of(size, kind).session_of_roles(roles).value();
    });
}

bench::question_set const& asked_of_session(policy_size const& size, policy_kind kind,
                                            bench::answers wanted) {
    return kept<bench::question_set>(questions_key{size.tag, kind, wanted, true}, [&] {
        return check(bench::make_questions(made(size, kind), session_of(size, kind), wanted,
                                           {.count = questions, .seed = seed}),
                     size);
    });
}

bench::question_set const& asked_of_roles(policy_size const& size, policy_kind kind,
                                          bench::answers wanted) {
    return kept<bench::question_set>(questions_key{size.tag, kind, wanted, false}, [&] {
        return check(
            bench::make_questions(made(size, kind), wanted, {.count = questions, .seed = seed}),
            size);
    });
}

std::vector<std::string> const& asking_users(policy_size const& size) {
    return kept<std::vector<std::string>>(std::string_view(size.tag), [&] {
        bench::random_source random(seed);
        std::vector<std::string> result;
        for (std::size_t i = 0; i < questions; ++i)
            result.push_back(user_id(static_cast<std::uint32_t>(random.below(size.users))));
        return result;
    });
}

}  // namespace rolecall::benchmarks
