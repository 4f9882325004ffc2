// What the exercises touch, and what they don't:
//
//     What the exercises touch
//                     covered  of
//       cells              12  96  12 %
//
//     What they don't touch
//       cells
//         roles.yaml:7:3: support: everything on payment.card; account delete and store
//       conditions
//         roles.yaml:9:16: support may view payment if open-ticket -- never asked where it holds
#include "cli/test/coverage_report.hpp"

#include "cli/json_values.hpp"
#include "cli/test/report_parts.hpp"
#include "core/list_text.hpp"
#include <rolecall/detail/text.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

namespace json = boost::json;
using kind = covered_item::kind;

constexpr std::size_t most_categories = 12;  // of a role, in a line

// Never 100 while something is missing.
std::string percent_text(coverage_count const& count) {
    if (count.of == 0) return "-";
    return std::to_string(static_cast<unsigned>(count.percent())) + " %";
}

// What is missing, in the words of the kind.
std::string_view missing_text(covered_item const& of) {
    if (of.what == kind::separation) return "nobody breaks it";
    if (of.what == kind::user) return "no exercise is about them";
    if (of.exercises == 0) return "nobody asks";
    bool const holds = of.missing == "it never fails";
    if (of.what == kind::guardrail)
        return holds ? "never asked where it doesn't fire" : "never asked where it fires";
    return holds ? "never asked where it doesn't hold" : "never asked where it holds";
}

// The cells of one role that nobody asks about, in the order of the categories.
class cells_of_role {
public:
    void add(covered_item const& cell) {
        if (categories_.empty() || categories_.back().name != cell.category)
            categories_.push_back({cell.category, {}, 0});
        ++categories_.back().of;
        if (cell.covered()) return;
        categories_.back().missing.push_back(cell.action);
        auto const at = [](location const& of) { return std::tie(of.path, of.line, of.column); };
        if (where_ == nullptr || at(cell.where) < at(*where_)) where_ = &cell.where;
    }

    [[nodiscard]] location const* where() const noexcept { return where_; }

    [[nodiscard]] std::string text(bool all) const {
        std::vector<std::string> whole;
        std::vector<std::string> parts;
        std::size_t touched = 0;
        for (category const& one : categories_) {
            if (one.missing.size() < one.of) ++touched;
            if (one.missing.size() == one.of) whole.push_back(one.name);
            if (!one.missing.empty() && one.missing.size() < one.of)
                parts.push_back(one.name + ' ' + detail::list_text(one.missing));
        }
        if (touched == 0) return "everything";
        std::size_t const shown_whole =
            all ? whole.size() : std::min(whole.size(), most_categories);
        std::size_t const shown_parts =
            all ? parts.size() : std::min(parts.size(), most_categories - shown_whole);
        std::size_t const left = whole.size() + parts.size() - shown_whole - shown_parts;
        whole.resize(shown_whole);
        parts.resize(shown_parts);
        if (!whole.empty())
            parts.insert(parts.begin(),
                         "everything on " + detail::list_text(whole, left > 0 ? ", " : " and "));
        std::string text = joined_parts(parts);
        if (left > 0) text += "; and " + count_text(left, "more category", "more categories");
        return text;
    }

private:
    struct category {
        std::string name;
        std::vector<std::string> missing;
        std::size_t of = 0;
    };

    static std::string joined_parts(std::vector<std::string> const& parts) {
        std::string text;
        for (std::string const& part : parts) text += (text.empty() ? "" : "; ") + part;
        return text;
    }

    std::vector<category> categories_;
    location const* where_ = nullptr;
};

class coverage_writer {
public:
    coverage_writer(exercise_coverage const& found, bool all, colours const& colour)
        : found_(found), all_(all), colour_(colour) {}

    std::string write() {
        text_ = heading_text("What the exercises touch", colour_) + table();
        text_ += '\n';
        if (found_.total.covered == found_.total.of) {
            text_ += std::string(colour_.allow) + "everything is touched" +
                     std::string(colour_.reset) + '\n';
            return std::move(text_);
        }
        text_ += heading_text("What they don't touch", colour_);
        for (std::size_t number = 0; number < found_.kinds.size(); ++number) {
            auto const what = static_cast<kind>(number);
            if (found_.kinds[number].covered < found_.kinds[number].of)
                text_ += lines_text(to_string(what), what == kind::cell ? cells() : others(what),
                                    all_, colour_);
        }
        return std::move(text_);
    }

private:
    [[nodiscard]] std::string table() const {
        std::vector<std::vector<std::string>> rows{{"", "covered", "of", ""}};
        auto const add = [&](std::string_view name, coverage_count const& count) {
            rows.push_back({std::string(name), with_commas(count.covered), with_commas(count.of),
                            percent_text(count)});
        };
        for (std::size_t number = 0; number < found_.kinds.size(); ++number)
            if (found_.kinds[number].of > 0)
                add(to_string(static_cast<kind>(number)), found_.kinds[number]);
        add("all", found_.total);
        return count_table(rows, colour_);
    }

    // A line for each role.
    [[nodiscard]] std::vector<shown_line> cells() const {
        std::vector<std::pair<std::string, cells_of_role>> roles;
        for (covered_item const& item : found_.items) {
            if (item.what != kind::cell) break;
            if (roles.empty() || roles.back().first != item.role)
                roles.emplace_back(item.role, cells_of_role());
            roles.back().second.add(item);
        }
        std::vector<shown_line> result;
        for (auto const& [role, missing] : roles)
            if (missing.where() != nullptr)
                result.push_back({missing.where(), role + ": " + missing.text(all_)});
        return result;
    }

    [[nodiscard]] std::vector<shown_line> others(kind what) const {
        std::vector<shown_line> result;
        for (covered_item const& item : found_.items)
            if (item.what == what && !item.covered())
                result.push_back({&item.where, detail::printable(item.sentence) + " -- " +
                                                   std::string(missing_text(item))});
        return result;
    }

    exercise_coverage const& found_;
    bool all_;
    colours const& colour_;
    std::string text_;
};

void add_count(json::object& to, coverage_count const& count) {
    to["covered"] = count.covered;
    to["of"] = count.of;
    to["percent"] = count.percent();
}

json::object item_object(covered_item const& of) {
    json::object result;
    result["kind"] = json_text(to_string(of.what));
    add_json_place(result, of.where);
    result["what"] = json_text(of.sentence);
    result["role"] = json_text_or_null(of.role);
    result["action"] = json_text_or_null(of.action);
    result["category"] = json_text_or_null(of.category);
    result["exercises"] = of.exercises;
    result["missing"] = json_text(missing_text(of));
    return result;
}

}  // namespace

std::string coverage_text(exercise_coverage const& found, bool all_items, colours const& with) {
    return coverage_writer(found, all_items, with).write();
}

void add_coverage(json::object& to, exercise_coverage const& found) {
    json::object result;
    add_count(result, found.total);
    json::array kinds;
    for (std::size_t number = 0; number < found.kinds.size(); ++number) {
        json::object one;
        one["kind"] = json_text(to_string(static_cast<kind>(number)));
        add_count(one, found.kinds[number]);
        kinds.emplace_back(std::move(one));
    }
    result["kinds"] = std::move(kinds);
    json::array missing;
    for (covered_item const& item : found.items)
        if (!item.covered()) missing.emplace_back(item_object(item));
    result["not_covered"] = std::move(missing);
    to["coverage"] = std::move(result);
}

}  // namespace rolecall::inline v0_1::cli
