#include "import/log_table.hpp"

#include "import/columns.hpp"
#include "import/csv_reader.hpp"
#include "import/formula_guard.hpp"
#include "import/text_check.hpp"
#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace rolecall::inline v0_1::csv {

namespace {

using detail::in_backticks;

constexpr std::array allowed_words{"allow",   "allowed", "permit", "permitted", "granted",
                                   "success", "ok",      "true",   "yes",       "1"};
constexpr std::array denied_words{"deny",    "denied", "refused", "forbidden", "rejected",
                                  "failure", "failed", "false",   "no",        "0"};

std::optional<log_member> member_of(std::string_view name) noexcept {
    auto const at = std::find(log_members.begin(), log_members.end(), name);
    if (at == log_members.end()) return std::nullopt;
    return static_cast<log_member>(at - log_members.begin());
}

std::optional<rolecall::decision> decision_of(std::string_view word) {
    std::string lower;
    for (char const c : word) lower += detail::ascii_lower(c);
    auto const is = [&](char const* each) { return lower == each; };
    if (std::any_of(allowed_words.begin(), allowed_words.end(), is)) return decision::allow;
    if (std::any_of(denied_words.begin(), denied_words.end(), is)) return decision::deny;
    return std::nullopt;
}

std::optional<rolecall::reason> reason_of(std::string_view word) noexcept {
    for (unsigned i = 0; i < 10; ++i)
        if (word == to_string(static_cast<reason>(i))) return static_cast<reason>(i);
    return std::nullopt;
}

std::optional<std::string> read_one(std::string_view item, bool fixed, log_source& to) {
    std::size_t const equals = item.find('=');
    std::string_view const name = trimmed(item.substr(0, equals));
    auto const member = member_of(name);
    if (equals == std::string_view::npos || !member) {
        std::string listed;
        for (std::string_view const each : log_members)
            listed += (listed.empty() ? "" : ", ") + std::string(each);
        return in_backticks(item) + (fixed ? " is not NAME=TEXT" : " is not NAME=COLUMN") +
               ", where the name is one of " + listed;
    }
    log_source::member_source& source = to.of(*member);
    if (!source.column.empty() || source.fixed)
        return in_backticks(name) + " is there twice; each comes from one place";
    std::string value(trimmed(item.substr(equals + 1)));
    if (value.empty()) return in_backticks(name) + " needs a " + (fixed ? "text" : "column");
    if (fixed)
        source.fixed = std::move(value);
    else
        source.column = std::move(value);
    return std::nullopt;
}

class log_reader {
public:
    log_reader(csv_reader& rows, log_source const& from, log_table& table, problems& found)
        : rows_(rows), from_(from), table_(table), found_(found) {}

    void run() {
        if (!find_columns()) return;
        numbers_.emplace("", 0);
        csv_row row;
        while (rows_.next(row)) read(row);
        std::stable_sort(table_.rows.begin(), table_.rows.end(),
                         [](log_row const& a, log_row const& b) { return a.time < b.time; });
    }

private:
    static constexpr std::size_t nowhere = ~std::size_t{0};

    bool find_columns() {
        column_search search(rows_.header(), found_);
        for (std::size_t i = 0; i < log_members.size(); ++i) {
            std::string const& title = from_.members.at(i).column;
            columns_.at(i) = title.empty() ? nowhere : search.find(title);
        }
        return search.finish("name the columns with --map");
    }

    // What a row says of a member, and where.
    struct told {
        std::string_view text;
        place at;
    };

    told tell(csv_row const& row, log_member member) const {
        auto const number = static_cast<std::size_t>(member);
        auto const& fixed = from_.members.at(number).fixed;
        if (fixed) return {*fixed, row.front().at};
        std::size_t const column = columns_.at(number);
        if (column == nowhere) return {{}, row.front().at};
        return {unguarded(row[column].text), row[column].at};
    }

    void complain(place at, std::string text) {
        found_.add(diagnostic_code::csv_value, at, std::move(text));
        row_is_good_ = false;
    }

    void read(csv_row const& row) {
        row_is_good_ = true;
        log_row is;
        is.time = time_of(row);
        is.user = text_of(row, log_member::user, true);
        is.action = text_of(row, log_member::action, true);
        is.category = text_of(row, log_member::category);
        is.record = text_of(row, log_member::record);
        is.role = text_of(row, log_member::role);
        is.origin = text_of(row, log_member::origin);
        read_answer(row, is);
        if (row_is_good_) table_.rows.push_back(is);
    }

    std::int64_t time_of(csv_row const& row) {
        told const is = tell(row, log_member::time);
        std::string problem;
        auto const time = from_.times.read(is.text, problem);
        if (!time) {
            complain(is.at, std::move(problem));
            return 0;
        }
        if (*time > from_.latest) complain(is.at, in_backticks(is.text) + " is in the future");
        return *time;
    }

    std::uint32_t text_of(csv_row const& row, log_member member, bool needed = false) {
        told const is = tell(row, member);
        std::string const name(log_members.at(static_cast<std::size_t>(member)));
        if (is.text.empty()) {
            if (needed) complain(is.at, "this row has no " + name);
            return 0;
        }
        if (is.text.size() > longest_log_text || !is_plain_line(is.text)) {
            complain(is.at,
                     in_backticks(is.text.substr(0, 80)) + " can't be the " + name +
                         " of a record: it is one line of at most 4096 bytes, without characters "
                         "that nobody sees");
            return 0;
        }
        return number_of(is.text);
    }

    std::uint32_t number_of(std::string_view text) {
        key_ = text;
        auto const [at, is_new] =
            numbers_.emplace(key_, static_cast<std::uint32_t>(table_.texts.size()));
        if (is_new) table_.texts.push_back(key_);
        return at->second;
    }

    // Where the log does not say, it was allowed: it was done.
    void read_answer(csv_row const& row, log_row& to) {
        told const decided = tell(row, log_member::decision);
        if (!decided.text.empty()) {
            auto const decision = decision_of(decided.text);
            if (!decision)
                complain(decided.at,
                         in_backticks(decided.text) + " is no decision; write `allow` or `deny`");
            else
                to.decision = *decision;
        } else if (columns_.at(static_cast<std::size_t>(log_member::decision)) != nowhere) {
            complain(decided.at, "this row has no decision");
        }
        bool const allowed = to.decision == decision::allow;
        to.reason = allowed ? reason::granted : reason::not_granted;
        told const why = tell(row, log_member::reason);
        if (why.text.empty()) return;
        auto const reason = reason_of(why.text);
        if (!reason || (*reason == reason::granted) != allowed)
            complain(why.at, in_backticks(why.text) + " is no reason for " +
                                 (allowed ? "an access that was allowed; it is `granted`"
                                          : "a denial, such as `not-granted`"));
        else
            to.reason = *reason;
    }

    csv_reader& rows_;
    log_source const& from_;
    log_table& table_;
    problems& found_;
    std::array<std::size_t, log_members.size()> columns_{};
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::string key_;
    bool row_is_good_ = true;
};

}  // namespace

std::optional<std::string> read_log_source(std::vector<std::string> const& maps,
                                           std::vector<std::string> const& sets, log_source& to) {
    for (std::string const& map : maps)
        if (auto wrong = read_one(map, false, to)) return wrong;
    for (std::string const& set : sets)
        if (auto wrong = read_one(set, true, to)) return wrong;
    for (log_member const needed : {log_member::time, log_member::user, log_member::action}) {
        auto const& source = to.of(needed);
        if (!source.column.empty() || source.fixed) continue;
        std::string const name(log_members.at(static_cast<std::size_t>(needed)));
        return std::string("nothing says where the ")
            .append(name)
            .append(" stands; write --map ")
            .append(name)
            .append("=COLUMN");
    }
    if (to.of(log_member::time).fixed) return "each row has a time of its own; use --map for it";
    return std::nullopt;
}

log_table read_log(source_file const& file, log_source const& from, problems& found) {
    log_table table;
    if (!check_text(file, 0, found)) return table;
    csv_reader rows(file, 0, found);
    if (rows.header().empty()) return table;
    log_reader(rows, from, table, found).run();
    return table;
}

}  // namespace rolecall::inline v0_1::csv
