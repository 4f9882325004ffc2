// Which number a ring has given to whom: a user with roles, from somewhere.
#ifndef ROLECALL_SRC_JOURNAL_ACTOR_CACHE_HPP
#define ROLECALL_SRC_JOURNAL_ACTOR_CACHE_HPP

#include <rolecall/detail/lineage.hpp>
#include <rolecall/detail/name_table.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::trail {

/// Who asks, as an event tells it. Roles by their numbers in a lineage.
struct actor_view {
    std::string_view user, origin;
    std::span<std::uint32_t const> active, held;
    detail::stamp lineage = detail::no_policy;
};

/// A place for each of `size` hashes. Actors that share one push each other out, and are told to
/// the ring anew.
class actor_cache {
public:
    static constexpr std::uint32_t size = 1024;
    static constexpr std::uint64_t never = ~std::uint64_t{0};

    actor_cache() : places_(size) {}

    [[nodiscard]] static std::uint32_t number_of(actor_view const& who) noexcept {
        std::uint32_t h = detail::hash_name(who.user);
        if (!who.active.empty()) h += who.active.back() * 0x9E3779B1U;
        return h & (size - 1);
    }

    /// The line in which this actor was told under this number; `never` where it was another.
    [[nodiscard]] std::uint64_t told_at(std::uint32_t number,
                                        actor_view const& who) const noexcept {
        place const& p = places_[number];
        if (p.lineage != who.lineage || p.user != who.user.size() ||
            p.origin != who.origin.size() || p.active != who.active.size() ||
            p.held != who.held.size())
            return never;
        char const* at = p.key();
        bool const same = equal(at, who.active) && equal(at, who.held) && equal(at, who.user) &&
                          equal(at, who.origin);
        return same ? p.told : never;
    }

    /// Keeps that it was told in this line. Throws std::bad_alloc, and then keeps nothing.
    void keep(std::uint32_t number, actor_view const& who, std::uint64_t line);

private:
    static constexpr std::size_t short_key = 32;

    struct alignas(64) place {
        std::uint64_t told = never;
        detail::stamp lineage = detail::no_policy;
        std::uint16_t user = 0, origin = 0, active = 0, held = 0;
        std::uint16_t long_key = 0;  // 1: in `longer`
        std::array<char, short_key> here{};
        std::string longer{};

        [[nodiscard]] char const* key() const noexcept {
            return long_key != 0 ? longer.data() : here.data();
        }
    };

    // Whether the key goes on with this; then `at` is behind it. Most people have one role or two.
    static bool equal(char const*& at, std::span<std::uint32_t const> roles) noexcept {
        if (roles.size() > 4) return equal(at, bytes_of(roles));
        std::uint32_t differ = 0;
        for (std::uint32_t const role : roles) {
            std::uint32_t mine = 0;
            std::memcpy(&mine, at, sizeof mine);
            differ |= mine ^ role;
            at += sizeof mine;
        }
        return differ == 0;
    }
    static bool equal(char const*& at, std::string_view text) noexcept {
        bool const same = text.empty() || detail::equal_bytes(at, text.data(), text.size());
        at += text.size();
        return same;
    }

    static std::string_view bytes_of(std::span<std::uint32_t const> roles) noexcept {
        return {reinterpret_cast<char const*>(roles.data()), roles.size_bytes()};
    }

    std::vector<place> places_;
};

}  // namespace rolecall::inline v0_1::trail

#endif
