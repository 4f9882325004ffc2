#include "cli/audit/stats/counts.hpp"

#include <algorithm>
#include <charconv>

namespace rolecall::inline v0_1::cli {
namespace {

std::int32_t day_of(std::int64_t time) noexcept {
    constexpr std::int64_t day = 86'400'000'000'000;
    return static_cast<std::int32_t>(time / day - (time % day < 0 ? 1 : 0));
}

std::uint64_t number_in(journal_record const& note, std::string_view name) noexcept {
    std::uint64_t number = 0;
    for (auto const& [key, value] : note.details)
        if (key == name) std::from_chars(value.data(), value.data() + value.size(), number);
    return number;
}

}  // namespace

void counts_by_name::add(std::string const& name, decision answer) {
    if (auto const known = counts_.find(name); known != counts_.end()) {
        known->second.add(answer);
        return;
    }
    if (counts_.size() == most_.names || most_.bytes - bytes_ < name.size()) {
        others_.add(answer);
        return;
    }
    bytes_ += name.size();
    counts_[name].add(answer);
}

std::vector<counts_by_name::entry> counts_by_name::most(std::size_t count) const {
    std::vector<entry> result(counts_.begin(), counts_.end());
    count = std::min(count, result.size());
    std::partial_sort(result.begin(), result.begin() + static_cast<std::ptrdiff_t>(count),
                      result.end(), [](entry const& a, entry const& b) {
                          if (a.second.all() != b.second.all())
                              return a.second.all() > b.second.all();
                          return a.first < b.first;
                      });
    result.resize(count);
    return result;
}

void trail_counts::time_span::add(std::int64_t time) {
    ++records;
    first = std::min(first.value_or(time), time);
    last = std::max(last.value_or(time), time);
}

void trail_counts::add(journal_record const& record) {
    all.add(record.event.time);
    ++kinds[record.kind()];
    writers[record.writer].add(record.event.time);
    day_count& day = days[day_of(record.event.time)];
    ++day.records;
    if (record.note == journal_note::gap) add_gap(record);
    if (record.note != journal_note::event || record.event.kind != audit_kind::decision) return;
    day.decisions.add(record.event.decision);
    add_decision(record);
}

void trail_counts::add_decision(journal_record const& record) {
    audit_record const& event = record.event;
    decisions.add(event.decision);
    if (auto const why = static_cast<std::size_t>(event.reason); why < reasons.size())
        ++reasons[why];
    if (record.imported) ++imported;
    if (event.user.empty())
        ++without_user;
    else
        users.add(event.user, event.decision);
    actions.add(event.action, event.decision);
    if (!event.category.empty()) categories.add(event.category, event.decision);
    if (event.decision == decision::allow && !event.granting_role.empty())
        roles.add(event.granting_role, event.decision);
}

void trail_counts::add_gap(journal_record const& record) {
    std::uint64_t const missing = number_in(record, "lost");
    ++gaps;
    lost += missing;
    allowed += number_in(record, "allowed");
    writers[record.writer].lost += missing;
}

}  // namespace rolecall::inline v0_1::cli
