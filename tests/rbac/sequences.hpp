// Random sequences of the functions of the standard, on the model and on the library.
//
// ROLECALL_SEED is the seed of the first sequence (1 unless told); each further one has the next
// seed. ROLECALL_RBAC_STEPS is how many steps are made in all (60000 unless told).
#ifndef ROLECALL_TESTS_RBAC_SEQUENCES_HPP
#define ROLECALL_TESTS_RBAC_SEQUENCES_HPP

#include "rbac/standard.hpp"
#include "rbac/step.hpp"
#include <rolecall/user_edits.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

namespace standard {

std::uint64_t first_seed();
std::uint64_t wanted_steps();

/// Where the library keeps users for one sequence: empty at first.
class place {
public:
    place() = default;
    place(place const&) = delete;
    place& operator=(place const&) = delete;
    virtual ~place() = default;

    virtual rolecall::editable_users_view users() = 0;

    /// Called when a sequence is over and nobody uses the users any more: what is left that should
    /// not be, in words.
    virtual std::string left_behind(rbac_model const& state) = 0;
};
using new_place = std::function<std::unique_ptr<place>()>;

/// How often each call ended how.
using tally = std::map<std::pair<call, rbac_error>, std::size_t>;

/// Makes about so many steps, and ends the test with the first difference: with the shortest
/// sequence that was found to show it.
tally try_sequences(std::uint64_t steps, bool limited_hierarchy, new_place const& make_place);

/// Checks that the sequences met everything that can happen but these, and none of these: they
/// are worth making only as long as they do.
void check_worth(tally const& seen, std::set<rbac_error> const& never);

}  // namespace standard

#endif
