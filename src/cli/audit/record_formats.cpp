#include "cli/audit/record_formats.hpp"

#include "audit/json_text.hpp"
#include "cli/audit/note_text.hpp"
#include "cli/audit/words.hpp"
#include "cli/json_values.hpp"
#include "cli/users/csv.hpp"
#include "trail_store/record_json.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/json_lines.hpp>

#include <boost/json/parse.hpp>

#include <string_view>

namespace rolecall::inline v0_1::cli {
namespace {

namespace json = boost::json;

// The members of a line that follow those of the event, up to its end.
std::string journal_members(journal_record const& record) {
    std::string text = ",\"writer\":" + std::to_string(record.writer);
    if (record.imported) text += ",\"imported\":true";
    if (record.record_hashed) text += ",\"record_hashed\":true";
    return text + '}';
}

std::string note_line(journal_record const& record) {
    json::object line;
    line["rolecall"] = 1;
    line["sequence"] = record.sequence;
    line["time"] = json_text(time_text(record.event.time));
    line["kind"] = json_text(record.kind());
    line["details"] = json::parse(trail::details_json(record));
    std::string visible;
    audit::append_visible(visible, json::serialize(line));
    return visible;
}

// No cell runs when a spreadsheet opens the table, and none hides anything.
std::string cell(std::string_view text) { return csv_id(detail::printable(text)); }

}  // namespace

std::string to_json_line(journal_record const& record) {
    std::string line = record.note == journal_note::event ? rolecall::to_json_line(record.event)
                                                          : note_line(record);
    line.pop_back();  // the closing brace
    return line + journal_members(record);
}

std::string csv_head() {
    return "writer,sequence,time,kind,user,decision,action,category,record,reason,granting_role,"
           "active_roles,held_roles,facts,origin,policy_version,policy_digest,imported,"
           "record_hashed,details";
}

std::string to_csv_line(journal_record const& record) {
    audit_record const& event = record.event;
    bool const decided = record.note == journal_note::event && event.kind == audit_kind::decision;
    std::string line = std::to_string(record.writer) + ',' + std::to_string(record.sequence) + ',' +
                       time_text(event.time) + ',' + std::string(record.kind());
    auto const add = [&](std::string_view text) {
        line += ',';
        line += cell(text);
    };
    add(event.user);
    add(decided ? to_string(event.decision) : std::string_view());
    add(event.action);
    add(event.category);
    add(event.record);
    add(decided ? to_string(event.reason) : std::string_view());
    add(event.granting_role);
    add(trail::names_json(event.active_roles));
    add(trail::names_json(event.held_roles));
    add(trail::facts_json(event.facts));
    add(event.origin);
    line += ',' + std::to_string(event.policy_version);
    add(event.policy_digest);
    add(record.imported ? "1" : "0");
    add(record.record_hashed ? "1" : "0");
    add(trail::details_json(record));
    return line;
}

// What is not said is left out.
std::string to_text_line(journal_record const& record, colours const& colour) {
    audit_record const& event = record.event;
    std::string line =
        std::string(colour.faint) + short_time(event.time) + std::string(colour.reset) + "  ";
    auto const add = [&](std::string_view text) {
        if (!text.empty()) line += ' ' + detail::printable(text);
    };
    if (record.note != journal_note::event || event.kind != audit_kind::decision) {
        line +=
            std::string(colour.heading) + std::string(record.kind()) + std::string(colour.reset);
        std::string const words = note_text(record);
        return words.empty() ? line : line + "  " + words;
    }
    bool const allowed = event.decision == decision::allow;
    line += std::string(allowed ? colour.allow : colour.deny) + (allowed ? "allow" : "deny ") +
            std::string(colour.reset);
    add(event.user.empty() ? "(roles)" : event.user);
    add(event.action);
    add(event.category);
    add(event.record);
    line += std::string(colour.faint) + " ·";
    add(to_string(event.reason));
    if (!event.active_roles.empty()) add("as " + detail::printable(names_text(event.active_roles)));
    if (!event.origin.empty()) add("from " + event.origin);
    if (record.imported) add("imported");
    return line + std::string(colour.reset);
}

}  // namespace rolecall::inline v0_1::cli
