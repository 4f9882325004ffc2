#include "journal/trusted_keys.hpp"

#include "journal/frame.hpp"
#include "journal/note_details.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

namespace rolecall::inline v0_1::trail {
namespace {

constexpr std::size_t most_open = 1000;

// The bytes that small hexadecimal digits stand for; nothing for any other text.
std::string from_hex(std::string const& digits) {
    constexpr std::string_view known = "0123456789abcdef";
    std::string bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        std::size_t const high = known.find(digits[i]);
        std::size_t const low = known.find(digits[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return {};
        bytes += static_cast<char>(high << 4U | low);
    }
    return digits.size() % 2 == 0 ? bytes : std::string();
}

}  // namespace

std::string key_change_text(std::string const& journal, std::string const& from,
                            std::string const& to) {
    return "rolecall-journal-key\n" + journal + '\n' + from + '\n' +
           hex(std::as_bytes(std::span(to.data(), to.size()))) + '\n';
}

trusted_keys::trusted_keys(std::vector<journal_public_key> given, std::string journal)
    : journal_(std::move(journal)), any_(!given.empty()), keys_(std::move(given)) {}

journal_public_key const* trusted_keys::find(std::string_view fingerprint) const {
    for (journal_public_key const& key : keys_)
        if (key.fingerprint() == fingerprint) return &key;
    return nullptr;
}

succession trusted_keys::judge(change const& is) const {
    if (is.key.empty() || is.key.front().fingerprint() != is.to) return succession::wrong;
    journal_public_key const* const known = find(is.to);
    if (known != nullptr && known->raw() == is.key.front().raw()) return succession::trusted;
    if (is.signature.empty()) return succession::unsigned_;
    journal_public_key const* const from = find(is.from);
    if (from == nullptr) return succession::open;
    std::string const text = key_change_text(journal_, is.from, is.key.front().raw());
    return from->verify(text, from_hex(is.signature)) ? succession::trusted : succession::wrong;
}

succession trusted_keys::take(journal_record const& note) {
    change is{detail_of(note, "from"), detail_of(note, "to"), detail_of(note, "signature"), {}};
    std::string problem;
    if (auto key = journal_public_key::from_pem(detail_of(note, "public"), problem))
        is.key.push_back(std::move(*key));
    succession const so = judge(is);
    // Where no key was given, none is ever trusted, so that nothing is.
    if (so == succession::trusted && any_ && find(is.to) == nullptr) {
        keys_.push_back(is.key.front());
        settle();
    } else if (so == succession::open && any_ && open_.size() < most_open) {
        open_.push_back(std::move(is));
    }
    return so;
}

// A key that is trusted now may have named others before it was.
void trusted_keys::settle() {
    for (bool more = true; more;) {
        more = false;
        for (change const& c : open_) {
            if (find(c.to) != nullptr || judge(c) != succession::trusted) continue;
            keys_.push_back(c.key.front());
            more = true;
        }
    }
}

}  // namespace rolecall::inline v0_1::trail
