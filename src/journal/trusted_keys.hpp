// Which keys may sign a journal: those that were given, and those that one of them named as its
// successor.
#ifndef ROLECALL_SRC_JOURNAL_TRUSTED_KEYS_HPP
#define ROLECALL_SRC_JOURNAL_TRUSTED_KEYS_HPP

#include <rolecall/journal_head.hpp>
#include <rolecall/journal_record.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::trail {

/// What came of a record that another key signs from now on.
enum class succession : std::uint8_t {
    trusted,    ///< a trusted key signed it, or the new key was given
    unsigned_,  ///< nobody signed it
    open,       ///< a key signed it that is not trusted, or not yet
    wrong,      ///< it is not what its fingerprints say, or its signature does not hold
};

/// What a key signs when another takes its place: `journal` is the identity in hexadecimal digits,
/// `from` the fingerprint of the one, `to` the 32 bytes of the other.
std::string key_change_text(std::string const& journal, std::string const& from,
                            std::string const& to);

class trusted_keys {
public:
    trusted_keys(std::vector<journal_public_key> given, std::string journal);

    /// Whether any key was given.
    [[nodiscard]] bool any() const noexcept { return any_; }
    /// The key of a fingerprint; null where it is not trusted.
    [[nodiscard]] journal_public_key const* find(std::string_view fingerprint) const;

    /// Takes the word of a `key-changed` note.
    succession take(journal_record const& note);

private:
    struct change {
        std::string from, to, signature;
        std::vector<journal_public_key> key;  // one, or none where it was no key
    };

    succession judge(change const& is) const;
    void settle();

    std::string journal_;
    bool any_;
    std::vector<journal_public_key> keys_;
    std::vector<change> open_;
};

}  // namespace rolecall::inline v0_1::trail

#endif
