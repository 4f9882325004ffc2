// The counts for a program: one object, in one line.
#include "audit/json_text.hpp"
#include "cli/audit/stats/report.hpp"
#include "cli/json_values.hpp"
#include <rolecall/date.hpp>

#include <limits>
#include <optional>
#include <string>
#include <utility>

namespace rolecall::inline v0_1::cli {
namespace {

namespace json = boost::json;

json::value time_or_null(std::optional<std::int64_t> const& time) {
    if (!time) return nullptr;
    std::string text;
    audit::append_time(text, *time);
    return json_text(text);
}

void add_answers(json::object& to, answer_count const& count) {
    to["allowed"] = count.allowed;
    to["denied"] = count.denied;
}

void add_span(json::object& to, trail_counts::time_span const& span) {
    to["records"] = span.records;
    to["first"] = time_or_null(span.first);
    to["last"] = time_or_null(span.last);
}

// Names that were not counted apart are the last entry, without a name.
json::array by_name(std::string_view member, counts_by_name const& counts,
                    std::size_t most = std::numeric_limits<std::size_t>::max()) {
    json::array result;
    auto const add = [&](json::value name, answer_count const& count) {
        json::object one;
        one[member] = std::move(name);
        add_answers(one, count);
        result.emplace_back(std::move(one));
    };
    for (auto const& [name, count] : counts.most(most)) add(json_text(name), count);
    if (counts.others().all() > 0) add(nullptr, counts.others());
    return result;
}

json::array kinds_of(trail_counts const& found) {
    json::array result;
    for (auto const& [kind, records] : found.kinds) {
        json::object one;
        one["kind"] = json_text(kind);
        one["records"] = records;
        result.emplace_back(std::move(one));
    }
    return result;
}

json::array reasons_of(trail_counts const& found) {
    json::array result;
    for (std::size_t i = 0; i < found.reasons.size(); ++i) {
        if (found.reasons[i] == 0) continue;
        json::object one;
        one["reason"] = json_text(to_string(reason(i)));
        one["decisions"] = found.reasons[i];
        result.emplace_back(std::move(one));
    }
    return result;
}

json::object gaps_of(trail_counts const& found) {
    json::object result;
    result["records"] = found.gaps;
    result["lost"] = found.lost;
    result["allowed"] = found.allowed;
    return result;
}

json::array writers_of(trail_counts const& found) {
    json::array result;
    for (auto const& [number, is] : found.writers) {
        json::object one;
        one["writer"] = number;
        add_span(one, is);
        one["segments"] = is.segments;
        one["bytes"] = is.bytes;
        one["lost"] = is.lost;
        result.emplace_back(std::move(one));
    }
    return result;
}

json::array days_of(trail_counts const& found) {
    json::array result;
    for (auto const& [day, is] : found.days) {
        json::object one;
        one["day"] = json_text(date::from_days(day).to_string());
        one["records"] = is.records;
        add_answers(one, is.decisions);
        result.emplace_back(std::move(one));
    }
    return result;
}

}  // namespace

void write_stats_json(audit_stats_arguments const& asked, trail_counts const& found, output& to) {
    json::object all;
    all["journal"] = json_text(asked.journal);
    all["from"] = time_or_null(asked.asked.from);
    all["to"] = time_or_null(asked.asked.to);
    add_span(all, found.all);
    all["kinds"] = kinds_of(found);
    json::object decisions;
    add_answers(decisions, found.decisions);
    decisions["imported"] = found.imported;
    decisions["without_user"] = found.without_user;
    all["decisions"] = std::move(decisions);
    all["reasons"] = reasons_of(found);
    all["categories"] = by_name("category", found.categories);
    all["actions"] = by_name("action", found.actions);
    all["roles"] = by_name("role", found.roles);
    all["user_count"] = found.users.names();
    all["users"] = by_name("user", found.users, most_users_shown);
    all["gaps"] = gaps_of(found);
    all["writers"] = writers_of(found);
    all["days"] = days_of(found);
    std::string visible;
    audit::append_visible(visible, json::serialize(all));
    to.line(visible);
}

}  // namespace rolecall::inline v0_1::cli
