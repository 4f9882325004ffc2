// Every name that a policy declares, with its reference and a dense number.
#ifndef ROLECALL_BENCH_VOCABULARY_HPP
#define ROLECALL_BENCH_VOCABULARY_HPP

#include <rolecall/document.hpp>
#include <rolecall/policy.hpp>

#include <array>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::bench {

template <class Reference>
struct declared {
    std::string_view name;
    Reference reference;
};

/// The names of a policy, in the order in which it was written; keeps the policy.
/// INVARIANT: the number of a name, in a `bare_question` and in a floor, is its index here.
class vocabulary {
public:
    explicit vocabulary(policy const& of) : policy_(of) {
        document const& written = policy_.source();
        for (written_role const& role : written.roles)
            roles_.push_back({role.name.text, policy_.role(role.name.text).value()});
        for (std::string_view const name : {"view", "modify", "store", "delete"})
            actions_.push_back({name, policy_.action(name).value()});
        for (written_action const& action : written.actions)
            actions_.push_back({action.name.text, policy_.action(action.name.text).value()});
        for (written_category const& category : written.categories)
            categories_.push_back(
                {category.name.text, policy_.category(category.name.text).value()});
        for (written_fact const& fact : written.facts)
            facts_.push_back({fact.name.text, policy_.fact(fact.name.text).value()});
    }

    [[nodiscard]] policy const& of() const noexcept { return policy_; }
    [[nodiscard]] std::vector<declared<role_ref>> const& roles() const noexcept { return roles_; }
    /// The four that every policy has, and then the policy's own.
    [[nodiscard]] std::vector<declared<action>> const& actions() const noexcept { return actions_; }
    [[nodiscard]] std::vector<declared<category_ref>> const& categories() const noexcept {
        return categories_;
    }
    [[nodiscard]] std::vector<declared<fact_ref>> const& facts() const noexcept { return facts_; }

    /// Facts that state the same of every fact there is.
    [[nodiscard]] rolecall::facts every_fact(bool value) const noexcept {
        rolecall::facts all;
        for (auto const& fact : facts_) all.add(fact.reference, value);
        return all;
    }

private:
    policy policy_;
    std::vector<declared<role_ref>> roles_;
    std::vector<declared<action>> actions_;
    std::vector<declared<category_ref>> categories_;
    std::vector<declared<fact_ref>> facts_;
};

}  // namespace rolecall::inline v0_1::bench

#endif
