// Pieces of a JSON Schema, draft 7: what several of its places are made of.
#ifndef ROLECALL_SRC_SCHEMA_PARTS_HPP
#define ROLECALL_SRC_SCHEMA_PARTS_HPP

#include "document/keys.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <initializer_list>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::schema {

namespace json = boost::json;

/// What stands at the top of each schema: `$schema`, a title, and what it is for.
[[nodiscard]] json::object head(std::string_view title, std::string_view description);

/// `{"$ref": "#/definitions/NAME"}`
[[nodiscard]] json::object ref(std::string_view name);

/// A schema with a description in front. In draft 7 nothing may stand beside a `$ref`: one is
/// put into an `allOf`.
[[nodiscard]] json::object described(std::string_view words, json::object schema);

/// One of these words.
[[nodiscard]] json::object one_of_words(std::initializer_list<std::string_view> words);

/// A list, each item of it another.
[[nodiscard]] json::object list_of(json::object item, std::size_t at_least = 1);

/// One item alone, or a list.
[[nodiscard]] json::object one_or_list_of(json::object const& item);

/// The same as a key: a key is text for every reader of YAML.
[[nodiscard]] json::object as_key(json::object scalar);

/// A mapping of names to values; the names are as_key().
[[nodiscard]] json::object mapping_of(json::object name, json::object value);

/// A mapping whose keys are known: those of a table.
class known_keys {
public:
    explicit known_keys(yaml::key_table const& table) : table_(&table) {}

    /// The value of a key, which gets the words of the format's page.
    known_keys& key(std::string_view name, json::object value);
    /// One that must be there.
    known_keys& required(std::string_view name, json::object value);

    /// No other key, and at least one.
    [[nodiscard]] json::object schema() const;

private:
    yaml::key_table const* table_;
    json::object properties_;
    json::array required_;
};

/// Of these keys at most one: each forbids the others. A value of `dependencies`.
[[nodiscard]] json::object not_together(std::initializer_list<std::string_view> keys);

/// Of these keys at least one: a value of `anyOf`.
[[nodiscard]] json::array one_is_there(std::initializer_list<std::string_view> keys);

/// What a YAML reader may make of a word or a text: `2027`, `12.5` and `true` are text to
/// rolecall, and numbers and truth values to others.
[[nodiscard]] json::array scalar_types();

/// Free text in any language; `name`; a category; an id of a user; a day; `6 months`; the word
/// `yes`.
[[nodiscard]] json::object free_text_schema();
[[nodiscard]] json::object single_word_schema();
[[nodiscard]] json::object name_schema();
[[nodiscard]] json::object category_schema(bool or_all_below);
[[nodiscard]] json::object user_id_schema();
[[nodiscard]] json::object date_schema();
[[nodiscard]] json::object period_schema();
[[nodiscard]] json::object yes_schema();

/// The version that each file begins with.
[[nodiscard]] json::object version_schema();

/// A name, or one of these reserved words.
[[nodiscard]] json::object name_or_schema(std::initializer_list<std::string_view> reserved_words);

}  // namespace rolecall::inline v0_1::schema

#endif
