#include "audit/json_members.hpp"
#include "audit/json_text.hpp"
#include "audit/no_record.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/json_lines.hpp>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_stack.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>

namespace rolecall::inline v0_1 {
namespace {

namespace json = boost::json;
using boost::json::error_code;
using json_text = boost::json::string_view;

constexpr std::size_t deepest_line = 16;

std::string_view standard(json_text text) { return {text.data(), text.size()}; }

// ---- Bytes to a value ----------------------------------------------------------------------

// What Boost.JSON calls for each piece of a line: builds the value, and counts members. An
// object keeps the last of two members that have the same name; the count has both.
class value_builder {
public:
    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_key_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();

    [[nodiscard]] std::size_t members() const noexcept { return members_; }
    json::value take() { return values_.release(); }

    // NOLINTBEGIN(readability-convert-member-functions-to-static): Boost.JSON calls these
    bool on_document_begin(error_code& /*unused*/) {
        values_.reset();
        return true;
    }
    bool on_document_end(error_code& /*unused*/) { return true; }
    bool on_object_begin(error_code& /*unused*/) { return true; }
    bool on_object_end(std::size_t members, error_code& /*unused*/) {
        members_ += members;
        values_.push_object(members);
        return true;
    }
    bool on_array_begin(error_code& /*unused*/) { return true; }
    bool on_array_end(std::size_t elements, error_code& /*unused*/) {
        values_.push_array(elements);
        return true;
    }
    bool on_key_part(json_text part, std::size_t /*so_far*/, error_code& /*unused*/) {
        values_.push_chars(part);
        return true;
    }
    bool on_key(json_text rest, std::size_t /*whole*/, error_code& /*unused*/) {
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
    json::value_stack values_;
    std::size_t members_ = 0;
};

std::size_t members_in(json::value const& of) {
    std::size_t count = 0;
    if (json::object const* const object = of.if_object()) {
        count += object->size();
        for (auto const& [name, value] : *object) count += members_in(value);
    } else if (json::array const* const list = of.if_array()) {
        for (json::value const& value : *list) count += members_in(value);
    }
    return count;
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
    if (error == json::error::incomplete) return "the line ends within the record";
    if (!is_utf8(line)) return "it is not in UTF-8";
    if (error == json::error::too_deep)
        return "it is more than " + std::to_string(deepest_line) + " objects and lists deep";
    std::string const at =
        " at column " +
        std::to_string(detail::count_code_points(line.substr(0, std::min(stopped, line.size()))) +
                       1);
    if (error == json::error::extra_data) return "something follows the record" + at;
    return "it is not JSON" + at + ": " + error.message();
}

// ---- A value to a record -------------------------------------------------------------------

// Looks members up, and remembers the first that is not as it should be.
class record_reader {
public:
    std::string read(json::object const& line, audit_record& into) {
        line_ = &line;
        head(into);
        if (!problem_.empty()) return problem_;
        namespace member = audit::member;
        text(member::user, into.user);
        list(member::active_roles, into.active_roles);
        list(member::held_roles, into.held_roles);
        text(member::action, into.action);
        text(member::category, into.category);
        text(member::record, into.record);
        text(member::origin, into.origin);
        facts(into.facts);
        word(member::decision, into.decision,
             std::array{rolecall::decision::deny, rolecall::decision::allow});
        word(member::reason, into.reason, reasons());
        text(member::granting_role, into.granting_role);
        std::uint64_t version = 0;
        if (json::value const* const found = find(member::policy_version))
            number(*found, member::policy_version.name, version);
        into.policy_version = static_cast<std::uint32_t>(version);
        if (into.policy_version != version) fail("`policy_version` is too large");
        text(member::policy_digest, into.policy_digest);
        text(member::previous_digest, into.previous_digest);
        text(member::problem, into.problem);
        text(member::refused_digest, into.refused_digest);
        list(member::unknown_roles, into.unknown_roles);
        return problem_;
    }

private:
    static std::array<reason, 10> reasons() {
        std::array<reason, 10> all{};
        for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<reason>(i);
        return all;
    }

    // What every line has: which schema it follows, its number, its time, and what it is about.
    void head(audit_record& into) {
        std::uint64_t schema = 0;
        if (json::value const* const found = find("rolecall", true))
            number(*found, "rolecall", schema);
        if (problem_.empty() && schema != audit::schema_version)
            return fail("`rolecall` is " + std::to_string(schema) +
                        ", and this reader knows version 1 only");
        if (json::value const* const found = find("sequence", true))
            number(*found, "sequence", into.sequence);
        if (json::value const* const found = find("time", true)) {
            json::string const* const written = found->if_string();
            auto const read = written ? audit::read_time(standard(*written)) : std::nullopt;
            if (!read) return fail("`time` must be written as `2026-11-22T07:00:00.123456789Z`");
            into.time = *read;
        }
        json::value const* const found = find("kind", true);
        if (found == nullptr) return;
        using enum audit_kind;
        read_word(
            *found, "kind", into.kind,
            std::array{decision, policy_activated, policy_refused, lineage_begun, roles_unknown});
        kind_ = into.kind;
    }

    void fail(std::string problem) {
        if (problem_.empty()) problem_ = std::move(problem);
    }

    json::value const* find(std::string_view name, bool required) {
        json::value const* const found = line_->if_contains(json_text(name.data(), name.size()));
        if (found == nullptr && required) fail('`' + std::string(name) + "` is missing");
        return found;
    }
    json::value const* find(audit::json_member const& member) {
        return find(member.name, member.belongs_to(kind_));
    }

    void number(json::value const& from, std::string_view name, std::uint64_t& into) {
        if (from.is_uint64()) {
            into = from.get_uint64();
        } else if (from.is_int64() && from.get_int64() >= 0) {
            into = static_cast<std::uint64_t>(from.get_int64());
        } else {
            fail('`' + std::string(name) + "` must be a whole number");
        }
    }

    void text(audit::json_member const& member, std::string& into) {
        json::value const* const found = find(member);
        if (found == nullptr || found->is_null()) return;
        if (!found->is_string())
            return fail('`' + std::string(member.name) + "` must be a text or null");
        into = standard(found->get_string());
    }

    void list(audit::json_member const& member, std::vector<std::string>& into) {
        json::value const* const found = find(member);
        if (found == nullptr) return;
        std::string const wrong = '`' + std::string(member.name) + "` must be a list of texts";
        if (!found->is_array()) return fail(wrong);
        for (json::value const& one : found->get_array()) {
            if (!one.is_string()) return fail(wrong);
            into.emplace_back(standard(one.get_string()));
        }
    }

    void facts(std::vector<std::pair<std::string, std::optional<bool>>>& into) {
        json::value const* const found = find(audit::member::facts);
        if (found == nullptr) return;
        if (!found->is_object()) return fail("`facts` must be an object");
        for (auto const& [name, value] : found->get_object()) {
            if (!value.is_bool() && !value.is_null())
                return fail("the fact " + detail::in_backticks(standard(name)) +
                            " must be true, false or null");
            into.emplace_back(standard(name),
                              value.is_null() ? std::nullopt : std::optional(value.get_bool()));
        }
    }

    template <class Words>
    void word(audit::json_member const& member, typename Words::value_type& into,
              Words const& known) {
        if (json::value const* const found = find(member))
            read_word(*found, member.name, into, known);
    }

    template <class Words>
    void read_word(json::value const& from, std::string_view name, typename Words::value_type& into,
                   Words const& known) {
        std::string const label = '`' + std::string(name) + '`';
        if (!from.is_string()) return fail(label + " must be a text");
        std::string_view const written = standard(from.get_string());
        for (auto const one : known)
            if (to_string(one) == written) return void(into = one);
        fail(label + " can't be " + detail::in_backticks(written));
    }

    json::object const* line_ = nullptr;
    audit_kind kind_ = audit_kind::decision;
    std::string problem_;
};

}  // namespace

json_line parse_json_line(std::string_view text) {
    using enum json_line::kind;
    if (text.size() > longest_json_line)
        return no_record(too_long,
                         "the line has more than " + std::to_string(longest_json_line) + " bytes");
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return no_record(malformed, "the line is empty");
    json::parse_options options;  // by default no comments, no trailing commas, only UTF-8
    options.max_depth = deepest_line;
    json::basic_parser<value_builder> parser(options);
    error_code error;
    std::size_t const stopped = parser.write_some(false, text.data(), text.size(), error);
    if (!error && stopped < text.size()) error = json::error::extra_data;
    if (error)
        return no_record(error == json::error::incomplete ? torn : malformed,
                         syntax_problem(error, text, stopped));

    json::value const value = parser.handler().take();
    if (!value.is_object()) return no_record(malformed, "it is not a JSON object");
    if (members_in(value) != parser.handler().members())
        return no_record(malformed, "a member stands twice in one object");
    json_line result;
    audit_record record;
    result.problem = record_reader().read(value.get_object(), record);
    if (!result.problem.empty()) return result;
    result.what = good;
    result.record = std::move(record);
    return result;
}

}  // namespace rolecall::inline v0_1
