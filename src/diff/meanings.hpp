// When a right is allowed, before and after: whether that is the same, and if not, how it differs.
#ifndef ROLECALL_SRC_DIFF_MEANINGS_HPP
#define ROLECALL_SRC_DIFF_MEANINGS_HPP

#include "diff/fact_masks.hpp"
#include "diff/hash_of_numbers.hpp"
#include "diff/joint_names.hpp"
#include "meaning/formula.hpp"
#include <rolecall/policy_diff.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace rolecall::inline v0_1::diff {

/// A right as the rows of one policy have it: conditions by their numbers there, sorted, each once.
struct right_key {
    enum class kind : std::uint8_t { never, always, depends };

    kind is = kind::never;
    bool granted_always = false;  ///< of `depends`
    std::vector<std::uint32_t> granted{}, required{}, forbidden{};
};

/// How the meaning of a right changed: everything of a `right_change` but where it is.
struct meaning {
    right_change::kind what{};
    std::string before, after;
    std::vector<fact_state> gained, lost;
    bool inexact = false;
};

/// Compares rights. Each two are compared once, however many roles and categories have them.
class meanings {
public:
    static constexpr std::uint32_t same = 0xFFFFFFFF;

    explicit meanings(vocabulary const& names)
        : names_(names),
          mappers_{fact_mapper(names.facts, side::before), fact_mapper(names.facts, side::after)} {}

    /// The number of the change, or `same`.
    [[nodiscard]] std::uint32_t compare(both<right_key> const& rights);

    [[nodiscard]] meaning const& operator[](std::uint32_t number) const noexcept {
        return all_[number];
    }

private:
    struct one_side {
        std::optional<review::formula> right;  // nothing: never
        std::optional<joint_terms> terms;      // nothing: too many
        std::string text;
    };

    [[nodiscard]] std::uint32_t look(both<right_key> const& rights);
    [[nodiscard]] one_side understand(right_key const& key, side of) const;
    [[nodiscard]] bool worded_alike(both<one_side> const& rights) const;
    [[nodiscard]] std::vector<fact_state> states(joint_terms const& all,
                                                 joint_terms const& known) const;

    vocabulary const& names_;
    both<fact_mapper> mappers_;
    std::vector<meaning> all_;
    std::unordered_map<std::vector<std::uint32_t>, std::uint32_t, hash_of_numbers> known_;
};

}  // namespace rolecall::inline v0_1::diff

#endif
