#include "journal/policy_slots.hpp"

#include <rolecall/detail/policy_head.hpp>

#include <algorithm>
#include <limits>

namespace rolecall::inline v0_1::trail {

using detail::access;

policy_slots::slot* policy_slots::of(policy const& rules, std::uint32_t version) {
    for (slot& s : slots_)
        if (&access::head(s.rules) == &access::head(rules) && s.version == version) return &s;
    if (slots_.size() > std::numeric_limits<std::uint16_t>::max()) return nullptr;
    while (find(next_) != nullptr) ++next_;
    slots_.push_back({rules, version, next_++});
    return &slots_.back();
}

policy_slots::slot* policy_slots::find(std::uint16_t number) noexcept {
    auto const at = std::find_if(slots_.begin(), slots_.end(),
                                 [&](slot const& s) { return s.number == number; });
    return at == slots_.end() ? nullptr : &*at;
}

std::vector<std::uint16_t> policy_slots::let_go(std::uint64_t ticket) {
    std::vector<std::uint16_t> gone;
    for (auto s = slots_.begin(); s != slots_.end();) {
        if (s->users == 0 && s->ticket != 0 && s->ticket <= ticket) {
            gone.push_back(s->number);
            s = slots_.erase(s);
        } else {
            ++s;
        }
    }
    return gone;
}

policy_entry names_of(policy const& rules, std::uint16_t slot, std::uint64_t run,
                      std::uint32_t version) {
    detail::policy_head const& p = access::head(rules);
    auto const names = [](detail::name_table const& table) {
        std::vector<std::string> all;
        all.reserve(table.size());
        for (std::uint32_t n = 0; n < table.size(); ++n) all.emplace_back(table.name(n));
        return all;
    };
    policy_entry entry;
    entry.slot = slot;
    entry.run = run;
    entry.version = version;
    entry.digest = rules.known_digest();
    entry.roles = names(p.roles);
    entry.categories = names(p.categories);
    entry.facts = names(p.facts);
    entry.actions = names(p.actions);
    return entry;
}

}  // namespace rolecall::inline v0_1::trail
