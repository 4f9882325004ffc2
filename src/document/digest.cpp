#include "document/sha256.hpp"
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/digest.hpp>
#include <rolecall/yaml.hpp>

#include <atomic>
#include <string>

namespace rolecall::inline v0_1 {

std::string digest(policy const& of) {
    if (std::string_view const known = of.known_digest(); !known.empty()) return std::string(known);
    auto const* const made = new std::string(sha256(yaml::write(of)));
    std::string const* kept = nullptr;
    if (detail::data_of(of).digest.compare_exchange_strong(kept, made, std::memory_order_acq_rel))
        return *made;
    delete made;
    return *kept;
}

}  // namespace rolecall::inline v0_1
