// The counts for people:
//
//     1,204 records, from 2027-03-01T08:00:03Z to 2027-03-31T17:59:58Z
//
//     Records
//       decision  1,198
//       started       3
//
//     Decisions by category  allowed  denied
//       contact                  900      21
//       payment                  261      16
#include "audit/json_text.hpp"
#include "cli/audit/stats/report.hpp"
#include <rolecall/date.hpp>
#include <rolecall/detail/text.hpp>
#include <rolecall/diagnostic_text.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::size_t most_names = 20;  // of each list
constexpr std::size_t most_days = 14;
constexpr std::size_t widest = 48;  // columns of a cell; a longer one moves only its own row

using row = std::vector<std::string>;

std::string time_text(std::int64_t time) {
    std::string text;
    audit::append_time(text, time);
    return text.substr(0, text.find('.')) + 'Z';  // seconds are enough for eyes
}

// Rounded up: `0.1 MB`, `16.8 MB`, `1.3 GB`.
std::string size_text(std::uint64_t bytes) {
    bool const large = bytes > 999'900'000;
    std::uint64_t const tenth = large ? 100'000'000 : 100'000;
    std::uint64_t const tenths = bytes / tenth + (bytes % tenth != 0 ? 1 : 0);
    return with_commas(tenths / 10) + '.' + std::to_string(tenths % 10) + (large ? " GB" : " MB");
}

// Under a heading, whose cells stand over the columns: names to the left, numbers to the right.
class stats_table {
public:
    explicit stats_table(row heading) : heading_(std::move(heading)) {}

    void add(row cells) { rows_.push_back(std::move(cells)); }
    // Below the columns.
    void add_remark(std::string text) { remarks_.push_back(std::move(text)); }

    void write(output& to) const {
        if (rows_.empty()) return;
        colours const& c = to.colour();
        std::vector<std::size_t> widths;
        for (std::string const& cell : heading_) widths.push_back(detail::display_width(cell));
        for (row const& cells : rows_)
            for (std::size_t i = 0; i < cells.size(); ++i) {
                std::size_t const needed = detail::display_width(cells[i]) + (i == 0 ? 2 : 0);
                if (needed <= widest) widths[i] = std::max(widths[i], needed);
            }
        to.line("");
        to.line(std::string(c.heading) + line_of(heading_, widths, "") + std::string(c.reset));
        for (row const& cells : rows_) to.line(line_of(cells, widths, "  "));
        for (std::string const& remark : remarks_)
            to.line("  " + std::string(c.faint) + remark + std::string(c.reset));
    }

private:
    static std::string line_of(row const& cells, std::vector<std::size_t> const& widths,
                               std::string_view indent) {
        auto const spaces = [](std::size_t width, std::size_t used) {
            return std::string(width - std::min(width, used), ' ');
        };
        std::string line = std::string(indent) + cells[0];
        std::size_t used = detail::display_width(line);
        for (std::size_t i = 1; i < cells.size(); ++i) {
            line += spaces(widths[i - 1], used) + "  ";
            line += spaces(widths[i], detail::display_width(cells[i])) + cells[i];
            used = widths[i];
        }
        line.erase(line.find_last_not_of(' ') + 1);
        return line;
    }

    row heading_;
    std::vector<row> rows_;
    std::vector<std::string> remarks_;
};

row answers_row(std::string name, answer_count const& count) {
    return {std::move(name), with_commas(count.allowed), with_commas(count.denied)};
}

class stats_text {
public:
    stats_text(audit_stats_arguments const& asked, trail_counts const& found, output& to)
        : asked_(asked), found_(found), to_(to) {}

    void write() const {
        write_span();
        write_kinds();
        write_decisions();
        write_names({"Decisions by category", "category", "categories"}, found_.categories);
        write_names({"Decisions by action", "action", "actions"}, found_.actions);
        write_names({"Decisions by the role that granted", "role", "roles", most_names, false},
                    found_.roles);
        write_users();
        write_days();
        write_writers();
        write_gaps();
    }

private:
    void write_span() const {
        if (found_.all.records == 0) {
            to_.line("no records" +
                     std::string(asked_.asked.from || asked_.asked.to ? " of that time" : ""));
            return;
        }
        to_.line(count_text(found_.all.records, "record") + ", from " +
                 time_text(*found_.all.first) + " to " + time_text(*found_.all.last));
    }

    void write_kinds() const {
        std::vector<std::pair<std::string_view, std::uint64_t>> kinds(found_.kinds.begin(),
                                                                      found_.kinds.end());
        std::stable_sort(kinds.begin(), kinds.end(),
                         [](auto const& a, auto const& b) { return a.second > b.second; });
        stats_table table({"Records by kind", ""});
        for (auto const& [kind, count] : kinds) table.add({std::string(kind), with_commas(count)});
        table.write(to_);
    }

    void write_decisions() const {
        stats_table table({"Decisions by reason", ""});
        for (std::size_t i = 0; i < found_.reasons.size(); ++i)
            if (found_.reasons[i] > 0)
                table.add({std::string(to_string(reason(i))), with_commas(found_.reasons[i])});
        table.add_remark(with_commas(found_.decisions.allowed) + " allowed, " +
                         with_commas(found_.decisions.denied) + " denied" +
                         (found_.imported > 0 ? "; " + with_commas(found_.imported) + " imported"
                                              : std::string()));
        table.write(to_);
    }

    struct named {
        std::string_view heading, one, many;
        std::size_t most = most_names;
        bool denials = true;
    };

    void write_names(named const& as, counts_by_name const& counts) const {
        row heading{std::string(as.heading), "allowed"};
        if (as.denials) heading.emplace_back("denied");
        stats_table table(std::move(heading));
        auto const shown = counts.most(as.most);
        for (auto const& [name, count] : shown) {
            row cells = answers_row(detail::printable(name), count);
            if (!as.denials) cells.pop_back();
            table.add(std::move(cells));
        }
        if (counts.others().all() > 0)
            table.add_remark("more than " + count_text(counts.names(), as.one, as.many) +
                             "; the others have " + count_text(counts.others().all(), "decision"));
        else if (shown.size() < counts.names())
            table.add_remark("and " + with_commas(counts.names() - shown.size()) + " more " +
                             std::string(counts.names() - shown.size() == 1 ? as.one : as.many));
        table.write(to_);
    }

    void write_users() const {
        write_names({"Decisions by user", "user", "users", most_users_shown}, found_.users);
        if (found_.without_user > 0)
            to_.line("  " + count_text(found_.without_user, "decision") +
                     " asked for by roles alone");
    }

    void write_days() const {
        stats_table table({"Decisions by day", "allowed", "denied"});
        std::size_t const shown = std::min(found_.days.size(), most_days);
        for (auto at = std::prev(found_.days.end(), static_cast<std::ptrdiff_t>(shown));
             at != found_.days.end(); ++at)
            table.add(answers_row(date::from_days(at->first).to_string(), at->second.decisions));
        if (shown < found_.days.size())
            table.add_remark("and " + count_text(found_.days.size() - shown, "earlier day") +
                             " with records");
        table.write(to_);
    }

    void write_writers() const {
        stats_table table({"Writers", "records", "segments", "on disk", "not recorded"});
        for (auto const& [number, is] : found_.writers)
            table.add({"writer " + std::to_string(number), with_commas(is.records),
                       with_commas(is.segments), size_text(is.bytes), with_commas(is.lost)});
        table.write(to_);
    }

    void write_gaps() const {
        if (found_.gaps == 0) return;
        colours const& c = to_.colour();
        to_.line("");
        to_.line(std::string(c.condition) + count_text(found_.lost, "event") +
                 " could not be recorded" + std::string(c.reset) + ", " +
                 with_commas(found_.allowed) + " of them let through: `audit query --kind gap`");
    }

    audit_stats_arguments const& asked_;
    trail_counts const& found_;
    output& to_;
};

}  // namespace

void write_stats_text(audit_stats_arguments const& asked, trail_counts const& found, output& to) {
    stats_text(asked, found, to).write();
}

}  // namespace rolecall::inline v0_1::cli
