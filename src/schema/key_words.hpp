// What each key of the format says, in the words of docs/format.md, "Every key". A test compares
// this table with that page, and with the keys that the reader knows.
#ifndef ROLECALL_SRC_SCHEMA_KEY_WORDS_HPP
#define ROLECALL_SRC_SCHEMA_KEY_WORDS_HPP

#include "document/keys.hpp"

#include <span>
#include <string_view>

namespace rolecall::inline v0_1::schema {

struct key_words {
    yaml::key_table const* table;
    std::string_view key;
    std::string_view words;
};

/// Of every key of every table.
[[nodiscard]] std::span<key_words const> all_key_words() noexcept;

/// Of one key. Throws std::out_of_range for one that has none: a key was forgotten.
[[nodiscard]] std::string_view words_of(yaml::key_table const& table, std::string_view key);

}  // namespace rolecall::inline v0_1::schema

#endif
