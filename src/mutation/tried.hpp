// Changes one policy in every way, and gathers what becomes of it.
#ifndef ROLECALL_SRC_MUTATION_TRIED_HPP
#define ROLECALL_SRC_MUTATION_TRIED_HPP

#include "mutation/differences.hpp"
#include "mutation/expectations.hpp"
#include "mutation/own_rights.hpp"
#include "mutation/structure.hpp"
#include "review/written_rules.hpp"
#include <rolecall/detail/findings.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/policy_mutation.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace rolecall::inline v0_1::mutating {

/// What is tried, and what came of it.
///
/// INVARIANT: the policy has the numbers that compiling its document gives, so that a changed
/// document has the same ones.
class trial {
public:
    trial(policy const& of, mutation_options const& options);

    mutation_result run();

private:
    /// What becomes of a change: asked in this order, each only where the last did not answer.
    struct verdict {
        std::optional<std::string> refused_by;
        std::optional<std::string> killed_by;
        found_difference survives;
    };

    class grants;

    void try_grants();
    void try_cells(grants& by);
    void try_conditions(grants& by);
    void try_structure(std::vector<structural_change> const& changes);

    /// Where nobody wants to know who noticed it, an exercise that does spares a look at
    /// guarantees.
    template <class Refused, class Killed, class Differs>
    verdict judge(Refused const& refused, Killed const& killed, Differs const& differs) const {
        verdict result;
        if (!options_.keep_all) result.killed_by = killed();
        if (result.killed_by) return result;
        result.refused_by = refused();
        if (result.refused_by) return result;
        if (options_.keep_all) result.killed_by = killed();
        if (!result.killed_by) result.survives = differs();
        return result;
    }

    void take(mutant made, place const& at, verdict&& told);
    [[nodiscard]] location locate(place const& at);
    [[nodiscard]] static place place_of(own_right const& right);
    [[nodiscard]] std::map<std::string, std::vector<written_exercise const*>> exercises_of_users()
        const;

    policy const& of_;
    detail::policy_data const& p_;
    document const& doc_;
    mutation_options const& options_;
    own_rights const rights_;
    review::written_rules const rules_;
    expectations expected_;
    mutation_result result_;
    std::map<std::uint32_t, detail::line_index> lines_;  // by file
    std::set<std::tuple<mutant::kind, std::uint32_t, std::uint32_t, std::uint32_t, std::string>>
        said_;
    std::size_t done_ = 0, total_ = 0;
};

}  // namespace rolecall::inline v0_1::mutating

#endif
