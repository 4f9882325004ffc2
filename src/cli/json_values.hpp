// Values of JSON that several reports write. Only what writes JSON includes it.
#ifndef ROLECALL_CLI_JSON_VALUES_HPP
#define ROLECALL_CLI_JSON_VALUES_HPP

#include "cli/streams.hpp"
#include <rolecall/date.hpp>
#include <rolecall/detail/text.hpp>
#include <rolecall/diagnostic.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
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

/// The members of a place: `file`, `line`, `column`, `length` and the `text` of the line. Null
/// where there is none.
inline void add_json_place(boost::json::object& to, location const& where) {
    auto const number_or_null = [](std::uint32_t of) {
        return of == 0 ? boost::json::value(nullptr) : boost::json::value(of);
    };
    to["file"] = json_text_or_null(where.path);
    to["line"] = number_or_null(where.line);
    to["column"] = number_or_null(where.column);
    to["length"] = number_or_null(where.length);
    to["text"] = json_text(where.text);
}

inline boost::json::value json_date_or_null(std::optional<date> const& day) {
    return day ? boost::json::value(json_text(day->to_string())) : boost::json::value(nullptr);
}

/// Writes the members of one object, each when it is there: a report may be too large to be held
/// twice.
class member_writer {
public:
    explicit member_writer(output& to) : to_(to) { to_.write("{"); }

    void add(std::string_view name, boost::json::value const& value) {
        begin(name);
        to_.write(boost::json::serialize(value));
    }

    template <class Entries, class ToObject>
    void add_each(std::string_view name, Entries const& entries, ToObject const& to_object) {
        begin(name);
        std::string_view between = "[";
        for (auto const& entry : entries) {
            to_.write(between);
            to_.write(boost::json::serialize(to_object(entry)));
            between = ",";
        }
        to_.write(entries.empty() ? "[]" : "]");
    }

    void end() { to_.line("}"); }

private:
    void begin(std::string_view name) {
        if (!first_) to_.write(",");
        first_ = false;
        to_.write(boost::json::serialize(boost::json::value(json_text(name))));
        to_.write(":");
    }

    output& to_;
    bool first_ = true;
};

}  // namespace rolecall::inline v0_1::cli

#endif
