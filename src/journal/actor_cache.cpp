#include "journal/actor_cache.hpp"

#include <utility>

namespace rolecall::inline v0_1::trail {

void actor_cache::keep(std::uint32_t number, actor_view const& who, std::uint64_t line) {
    place& p = places_[number];
    p.told = never;
    std::string key(bytes_of(who.active));
    key += bytes_of(who.held);
    key += who.user;
    key += who.origin;
    p.lineage = who.lineage;
    p.user = static_cast<std::uint16_t>(who.user.size());
    p.origin = static_cast<std::uint16_t>(who.origin.size());
    p.active = static_cast<std::uint16_t>(who.active.size());
    p.held = static_cast<std::uint16_t>(who.held.size());
    p.long_key = key.size() > short_key ? 1 : 0;
    if (p.long_key != 0)
        p.longer = std::move(key);
    else
        key.copy(p.here.data(), key.size());
    p.told = line;
}

}  // namespace rolecall::inline v0_1::trail
