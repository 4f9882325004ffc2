#include "cli/check/request_line.hpp"

#include <rolecall/detail/text.hpp>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_stack.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

namespace rolecall::inline v0_1::cli {
namespace {

namespace json = boost::json;
using boost::json::error_code;
using json_text = boost::json::string_view;

std::string_view standard(json_text text) { return {text.data(), text.size()}; }

// ---- Bytes to a value, watching for members that stand twice ------------------------------

// What Boost.JSON calls for each piece of a line: builds the value, and keeps the names of
// each object that is open until it closes.
//
//     names_   "subject" "type" "id" …      all of them, in one text
//     ends_    where each ends in names_
//     open_    for each open object, how many there were when it opened
class value_builder {
public:
    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_key_size = longest_request;
    static constexpr std::size_t max_string_size = longest_request;

    void start(json::storage_ptr memory) {
        values_.reset(std::move(memory));
        names_.clear();
        ends_.clear();
        open_.clear();
        twice_.reset();
    }
    // Lets go of the memory.
    void stop() { values_.reset(); }
    json::value take() { return values_.release(); }
    [[nodiscard]] std::optional<std::string> const& twice() const { return twice_; }

    // NOLINTBEGIN(readability-convert-member-functions-to-static): Boost.JSON calls these
    bool on_document_begin(error_code& /*unused*/) { return true; }
    bool on_document_end(error_code& /*unused*/) { return true; }
    bool on_object_begin(error_code& /*unused*/) {
        open_.push_back(ends_.size());
        return true;
    }
    bool on_object_end(std::size_t members, error_code& /*unused*/) {
        compare_names();
        values_.push_object(members);
        return true;
    }
    bool on_array_begin(error_code& /*unused*/) { return true; }
    bool on_array_end(std::size_t elements, error_code& /*unused*/) {
        values_.push_array(elements);
        return true;
    }
    bool on_key_part(json_text part, std::size_t /*so_far*/, error_code& /*unused*/) {
        names_.append(part.data(), part.size());
        values_.push_chars(part);
        return true;
    }
    bool on_key(json_text rest, std::size_t /*whole*/, error_code& /*unused*/) {
        names_.append(rest.data(), rest.size());
        ends_.push_back(names_.size());
        values_.push_key(rest);
        return true;
    }
    bool on_string_part(json_text part, std::size_t /*so_far*/, error_code& /*unused*/) {
        values_.push_chars(part);
        return true;
    }
    bool on_string(json_text rest, std::size_t /*whole*/, error_code& /*unused*/) {
        values_.push_string(rest);
        return true;
    }
    bool on_number_part(json_text /*part*/, error_code& /*unused*/) { return true; }
    bool on_int64(std::int64_t number, json_text /*rest*/, error_code& /*unused*/) {
        values_.push_int64(number);
        return true;
    }
    bool on_uint64(std::uint64_t number, json_text /*rest*/, error_code& /*unused*/) {
        values_.push_uint64(number);
        return true;
    }
    bool on_double(double number, json_text /*rest*/, error_code& /*unused*/) {
        values_.push_double(number);
        return true;
    }
    bool on_bool(bool value, error_code& /*unused*/) {
        values_.push_bool(value);
        return true;
    }
    bool on_null(error_code& /*unused*/) {
        values_.push_null();
        return true;
    }
    bool on_comment_part(json_text /*part*/, error_code& /*unused*/) { return true; }
    bool on_comment(json_text /*rest*/, error_code& /*unused*/) { return true; }
    // NOLINTEND(readability-convert-member-functions-to-static)

private:
    // Sorts the names of the object that closes, finds neighbours that are equal, and drops
    // them all.
    void compare_names() {
        std::size_t const first = open_.back();
        std::size_t const from = first == 0 ? 0 : ends_[first - 1];
        sorted_.clear();
        for (std::size_t i = first, begin = from; i < ends_.size(); begin = ends_[i++])
            sorted_.push_back(std::string_view(names_).substr(begin, ends_[i] - begin));
        std::sort(sorted_.begin(), sorted_.end());
        auto const found = std::adjacent_find(sorted_.begin(), sorted_.end());
        if (found != sorted_.end() && !twice_) twice_ = std::string(*found);
        open_.pop_back();
        ends_.resize(first);
        names_.resize(from);
    }

    json::value_stack values_;
    std::string names_;
    std::vector<std::size_t> ends_;
    std::vector<std::size_t> open_;
    std::vector<std::string_view> sorted_;
    std::optional<std::string> twice_;
};

json::parse_options strict_options() {
    json::parse_options options;  // by default no comments, no trailing commas, only UTF-8
    options.max_depth = deepest_request;
    return options;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        detail::code_point const c = detail::first_code_point(text);
        if (!c.valid) return false;
        text.remove_prefix(c.size);
    }
    return true;
}

std::string syntax_problem(error_code const& error, std::string_view line, std::size_t stopped) {
    if (!is_utf8(line)) return "it is not in UTF-8";
    if (error == json::error::too_deep)
        return "it is more than " + std::to_string(deepest_request) + " objects and lists deep";
    if (error == json::error::incomplete) return "the JSON ends too early";
    std::size_t const column =
        detail::count_code_points(line.substr(0, std::min(stopped, line.size()))) + 1;
    std::string const at = " at column " + std::to_string(column);
    if (error == json::error::extra_data) return "something follows the object" + at;
    return "it is not JSON" + at + ": " + error.message();
}

// ---- A value to a request -----------------------------------------------------------------

// Looks members up, and remembers the first that is not as it should be.
class member_reader {
public:
    [[nodiscard]] std::string const& problem() const noexcept { return problem_; }

    void read(json::value const& line, evaluation_request& into) {
        json::object const* const whole = line.if_object();
        if (whole == nullptr) return fail("it is not a JSON object");
        static json::object const nothing;
        auto const part = [&](json::object const* of) -> json::object const& {
            return of == nullptr ? nothing : *of;
        };
        json::object const& subject = part(object(*whole, "", "subject", true));
        read_subject(subject, into);
        into.action = text(part(object(*whole, "", "action", true)), "action.", "name");
        json::object const& resource = part(object(*whole, "", "resource", true));
        into.category = text(resource, "resource.", "type");
        text(resource, "resource.", "id");
        json::object const& context = part(object(*whole, "", "context", false));
        read_facts(part(object(context, "context.", "facts", false)), into.facts);
    }

private:
    void fail(std::string problem) {
        if (problem_.empty()) problem_ = std::move(problem);
    }

    json::value const* find(json::object const& in, std::string_view path, std::string_view name,
                            bool required) {
        json::value const* const found = in.if_contains(json_text(name.data(), name.size()));
        if (found == nullptr && required) fail(named(path, name) + " is missing");
        return found;
    }

    static std::string named(std::string_view path, std::string_view name) {
        return detail::in_backticks(std::string(path) + std::string(name));
    }

    json::object const* object(json::object const& in, std::string_view path, std::string_view name,
                               bool required) {
        json::value const* const found = find(in, path, name, required);
        if (found == nullptr) return nullptr;
        if (!found->is_object()) fail(named(path, name) + " must be an object");
        return found->if_object();
    }

    std::string text(json::object const& in, std::string_view path, std::string_view name) {
        json::value const* const found = find(in, path, name, true);
        if (found == nullptr) return {};
        if (!found->is_string()) {
            fail(named(path, name) + " must be a text");
            return {};
        }
        return std::string(standard(found->get_string()));
    }

    void read_subject(json::object const& subject, evaluation_request& into) {
        std::string const type = text(subject, "subject.", "type");
        into.id = text(subject, "subject.", "id");
        into.is_user = type == "user";
        if (!into.is_user && type != "role")
            fail("`subject.type` must be `role` or `user`, not " + detail::in_backticks(type));
        into.roles.reset();
        json::object const* const properties = object(subject, "subject.", "properties", false);
        if (properties != nullptr && into.is_user) read_roles(*properties, into);
    }

    void read_roles(json::object const& properties, evaluation_request& into) {
        json::value const* const found = find(properties, "subject.properties.", "roles", false);
        if (found == nullptr) return;
        into.roles.emplace();
        if (!found->is_array()) return fail("`subject.properties.roles` must be a list of texts");
        for (json::value const& role : found->get_array()) {
            if (!role.is_string())
                return fail("`subject.properties.roles` must be a list of texts");
            into.roles->emplace_back(standard(role.get_string()));
        }
    }

    void read_facts(json::object const& facts, std::vector<stated_fact>& into) {
        into.clear();
        for (auto const& [name, value] : facts) {
            if (!value.is_bool() && !value.is_null())
                return fail(named("context.facts.", standard(name)) +
                            " must be true, false or null");
            into.push_back({std::string(standard(name)),
                            value.is_null() ? std::nullopt : std::optional(value.get_bool())});
        }
    }

    std::string problem_;
};

}  // namespace

class request_reader::parser {
public:
    parser() : json_(strict_options()) {}

    std::string read(std::string_view line, evaluation_request& into) {
        json::monotonic_resource memory(room_.data(), room_.size());
        json_.reset();
        json_.handler().start(&memory);
        std::string problem = read_with_memory(line, into);
        json_.handler().stop();
        return problem;
    }

private:
    std::string read_with_memory(std::string_view line, evaluation_request& into) {
        error_code error;
        std::size_t const stopped = json_.write_some(false, line.data(), line.size(), error);
        if (!error && stopped < line.size()) error = json::error::extra_data;
        if (error) return syntax_problem(error, line, stopped);
        if (auto const& twice = json_.handler().twice())
            return "the member " + detail::in_backticks(*twice) + " stands twice in one object";
        member_reader members;
        members.read(json_.handler().take(), into);
        return members.problem();
    }

    json::basic_parser<value_builder> json_;
    std::array<unsigned char, 16'384> room_{};
};

request_reader::request_reader() : parser_(std::make_unique<parser>()) {}
request_reader::~request_reader() = default;

std::string request_reader::read(std::string_view line, evaluation_request& into) {
    return parser_->read(line, into);
}

}  // namespace rolecall::inline v0_1::cli
