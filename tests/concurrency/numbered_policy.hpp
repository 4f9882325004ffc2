// Policies that carry a number in their rights, so that a reader who sees two of them at once
// is found out.
#ifndef ROLECALL_TESTS_CONCURRENCY_NUMBERED_POLICY_HPP
#define ROLECALL_TESTS_CONCURRENCY_NUMBERED_POLICY_HPP

#include <rolecall/authorizer.hpp>
#include <rolecall/policy_builder.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace rolecall::testing {

inline constexpr std::uint32_t number_bits = 6;
inline constexpr std::uint32_t policy_count = 1U << number_bits;

/// `bit-3`: the category that tells bit 3.
inline std::string bit_name(std::uint32_t bit) { return "bit-" + std::to_string(bit); }

/// Policy number k lets `reader`
///   - view bit-b where bit b of k is set, and modify it where it is not;
///   - store bit-b if `signed`, where bit b of k is set;
///   - view `door`, and never modify it.
/// User `anyone` is always in it, and `odd` only where k is odd. The order of the names, and
/// what stands among them, differ from one to the next.
inline policy numbered_policy(std::uint32_t k) {
    policy_builder b;
    b.fact("other-" + std::to_string(k % 2), "Moves the numbers of facts");
    b.fact("signed", "The customer signed");
    for (std::uint32_t i = 0; i < k % 3; ++i)
        b.category("filler-" + std::to_string(i), "Moves the numbers of categories");
    for (std::uint32_t i = 0; i < number_bits; ++i)
        b.category(bit_name((i + k) % number_bits), "One bit of the number");
    b.category("door", "Open in every version");
    if (k % 2 == 0) b.role("other").may("door", {"modify"});
    auto reader = b.role("reader");
    reader.may("door", {"view"});
    for (std::uint32_t bit = 0; bit < number_bits; ++bit) {
        bool const set = (k >> bit & 1U) != 0;
        reader.may(bit_name(bit), {set ? "view" : "modify"});
        if (set) reader.may(bit_name(bit), {"store"}, if_fact("signed"));
    }
    b.user("anyone").assign({"reader"});
    if (k % 2 == 1) b.user("odd").assign({"reader"});
    return b.build().value();
}

inline std::vector<policy> numbered_policies() {
    std::vector<policy> result;
    for (std::uint32_t k = 0; k < policy_count; ++k) result.push_back(numbered_policy(k));
    return result;
}

/// The number of the policy that is this version, where version v is number v - 1, and so on
/// in turns.
constexpr std::uint32_t number_of(std::uint32_t version) { return (version - 1) % policy_count; }

/// The references that readers ask with, resolved once.
struct numbered_names {
    explicit numbered_names(authorizer const& pdp)
        : reader(*pdp.role("reader")),
          door(*pdp.category("door")),
          known{{*pdp.fact("signed"), true}} {
        for (std::uint32_t bit = 0; bit < number_bits; ++bit)
            bits[bit] = *pdp.category(bit_name(bit));
    }

    role_ref reader;
    category_ref door;
    facts known;
    std::array<category_ref, number_bits> bits{};
};

/// Whether `ask(action, category, facts)` answers as policy number k does, and in nothing
/// otherwise.
template <class Ask>
bool answers_as(std::uint32_t k, numbered_names const& names, Ask&& ask) {
    bool right = ask(view, names.door, facts{}) && !ask(modify, names.door, facts{});
    for (std::uint32_t bit = 0; bit < number_bits; ++bit) {
        bool const set = (k >> bit & 1U) != 0;
        category_ref const on = names.bits[bit];
        right &= ask(view, on, facts{}) == set && ask(modify, on, facts{}) != set;
        right &= ask(store, on, names.known) == set && !ask(store, on, facts{});
    }
    return right;
}

}  // namespace rolecall::testing

#endif
