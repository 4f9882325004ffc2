// Values of JSON that several reports write. Only what writes JSON includes it.
#ifndef ROLECALL_CLI_JSON_VALUES_HPP
#define ROLECALL_CLI_JSON_VALUES_HPP

#include <rolecall/date.hpp>
#include <rolecall/detail/text.hpp>

#include <boost/json/array.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {

/// The text, with U+FFFD for each byte that is no UTF-8.
inline boost::json::string json_text(std::string_view of) {
    boost::json::string result;
    std::size_t good = 0;  // bytes of `of` that were seen to be UTF-8
    while (good < of.size()) {
        detail::code_point const c = detail::first_code_point(of.substr(good));
        good += c.valid ? c.size : 0U;
        if (c.valid) continue;
        result.append(boost::json::string_view(of.data(), good));
        result.append("\xEF\xBF\xBD");
        of.remove_prefix(good + c.size);
        good = 0;
    }
    result.append(boost::json::string_view(of.data(), good));
    return result;
}

/// Null for an empty text.
inline boost::json::value json_text_or_null(std::string_view of) {
    return of.empty() ? boost::json::value(nullptr) : boost::json::value(json_text(of));
}

inline boost::json::array json_texts(std::span<std::string const> of) {
    boost::json::array result;
    for (std::string const& one : of) result.emplace_back(json_text(one));
    return result;
}

inline boost::json::value json_date_or_null(std::optional<date> const& day) {
    return day ? boost::json::value(json_text(day->to_string())) : boost::json::value(nullptr);
}

}  // namespace rolecall::inline v0_1::cli

#endif
