// The parts of a record that are JSON in a store: lists of roles, facts and details.
#ifndef ROLECALL_SRC_TRAIL_STORE_RECORD_JSON_HPP
#define ROLECALL_SRC_TRAIL_STORE_RECORD_JSON_HPP

#include <rolecall/journal_record.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::trail {

using names = std::vector<std::string>;
using stated_facts = std::vector<std::pair<std::string, std::optional<bool>>>;
using pairs = std::vector<std::pair<std::string, std::string>>;

/// `["support"]`. Bytes that are no UTF-8 become U+FFFD, here and below.
[[nodiscard]] std::string names_json(names const& of);

/// `{"open-ticket":true}`: each fact once; null where its value is not known, or was stated in two
/// ways.
[[nodiscard]] std::string facts_json(stated_facts const& of);

/// What a note says, or what kinds of events other than decisions have. A name that stands there
/// more than once has an array of texts.
[[nodiscard]] std::string details_json(journal_record const& of);

/// Back from what the functions above write. False for any other text.
[[nodiscard]] bool read_names(std::string_view text, names& to);
[[nodiscard]] bool read_facts(std::string_view text, stated_facts& to);
[[nodiscard]] bool read_details(std::string_view text, journal_record& to);

}  // namespace rolecall::inline v0_1::trail

#endif
