#include "cli/test/mutation_report.hpp"

#include "cli/json_values.hpp"
#include "cli/test/report_parts.hpp"
#include "core/list_text.hpp"
#include <rolecall/decision.hpp>
#include <rolecall/detail/text.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

namespace json = boost::json;

std::size_t changes_of(mutation_count const& count) noexcept {
    return count.noticed + count.survived + count.no_effect;
}

// Never 100 while one survives.
std::string percent_text(mutation_count const& count) {
    return std::to_string(static_cast<unsigned>(count.percent())) + " %";
}

std::string kind_name(std::size_t kind) {
    return std::string(to_string(static_cast<mutant::kind>(kind)));
}

// Survivors that read as one sentence: of a cell, all actions of a role on a category.
bool is_one_sentence(mutant const& a, mutant const& b) {
    bool const more = a.difference && b.difference;
    return a.what == mutant::kind::cell && b.what == a.what && a.role == b.role &&
           a.category == b.category && more && a.difference->allowed == b.difference->allowed;
}

std::vector<shown_line> lines_of(std::vector<mutant> const& survivors, mutant::kind what) {
    std::vector<shown_line> lines;
    for (std::size_t i = 0; i < survivors.size();) {
        mutant const& first = survivors[i];
        std::vector<std::string> actions;
        std::size_t const begin = i;
        do actions.push_back(survivors[i++].action);
        while (i < survivors.size() && is_one_sentence(first, survivors[i]));
        if (first.what != what) continue;
        std::string sentence = first.sentence;
        if (i > begin + 1)
            sentence = first.role + (first.difference->allowed ? " may not " : " may ") +
                       detail::list_text(actions) + ' ' + first.category;
        lines.push_back({&first.where, detail::printable(sentence)});
    }
    return lines;
}

class mutation_writer {
public:
    mutation_writer(mutation_result const& found, bool all, colours const& colour)
        : found_(found), all_(all), colour_(colour) {}

    std::string write() {
        std::size_t const counted = found_.total.noticed + found_.total.survived;
        text_ = heading_text("Changing the policy, one thing at a time", colour_) + table();
        if (counted == 0) return std::move(text_);
        if (found_.survivors.empty()) {
            text_ += '\n';
            text_ += std::string(colour_.allow) + "every change that has an effect is noticed" +
                     std::string(colour_.reset) + '\n';
            return std::move(text_);
        }
        text_ += '\n';
        text_ += heading_text(
            count_text(found_.survivors.size(), "change") + " that nobody notices", colour_);
        for (std::size_t kind = 0; kind < found_.kinds.size(); ++kind)
            if (found_.kinds[kind].survived > 0)
                text_ += survivors(static_cast<mutant::kind>(kind));
        text_ += std::string(colour_.faint) +
                 "`rolecall test POLICY --suggest` writes exercises that notice them" +
                 std::string(colour_.reset) + '\n';
        return std::move(text_);
    }

private:
    [[nodiscard]] std::string table() const {
        std::vector<std::vector<std::string>> rows{
            {"", "changes", "noticed", "survived", "without effect", ""}};
        auto const add = [&](std::string name, mutation_count const& count) {
            rows.push_back({std::move(name), with_commas(changes_of(count)),
                            with_commas(count.noticed), with_commas(count.survived),
                            with_commas(count.no_effect),
                            count.noticed + count.survived == 0 ? "-" : percent_text(count)});
        };
        for (std::size_t kind = 0; kind < found_.kinds.size(); ++kind)
            if (changes_of(found_.kinds[kind]) > 0) add(kind_name(kind), found_.kinds[kind]);
        add("all", found_.total);
        return count_table(rows, colour_);
    }

    [[nodiscard]] std::string survivors(mutant::kind what) const {
        return lines_text(to_string(what), lines_of(found_.survivors, what), all_, colour_);
    }

    mutation_result const& found_;
    bool all_;
    colours const& colour_;
    std::string text_;
};

void add_count(json::object& to, mutation_count const& count) {
    to["changes"] = changes_of(count);
    to["noticed"] = count.noticed;
    to["survived"] = count.survived;
    to["without_effect"] = count.no_effect;
    to["percent"] = count.percent();
}

json::value difference_object(std::optional<different_answer> const& of) {
    if (!of) return nullptr;
    json::object result;
    result["user"] = json_text_or_null(of->user);
    result["roles"] = json_texts(of->roles);
    result["action"] = json_text(of->action);
    result["category"] = json_text(of->category);
    result["true"] = json_texts(of->is_true);
    result["false"] = json_texts(of->is_false);
    result["date"] = json_text(of->on.to_string());
    result["decision"] = of->allowed ? "allow" : "deny";
    result["reason"] = json_text(to_string(of->why));
    result["decision_when_changed"] = of->allowed ? "deny" : "allow";
    return result;
}

json::object survivor_object(mutant const& of) {
    json::object result;
    result["kind"] = json_text(to_string(of.what));
    add_json_place(result, of.where);
    result["change"] = json_text(of.sentence);
    result["role"] = json_text_or_null(of.role);
    result["action"] = json_text_or_null(of.action);
    result["category"] = json_text_or_null(of.category);
    result["difference"] = difference_object(of.difference);
    return result;
}

}  // namespace

std::string mutation_text(mutation_result const& found, bool all, colours const& with) {
    return mutation_writer(found, all, with).write();
}

void add_mutation(json::object& to, mutation_result const& found) {
    json::object result;
    add_count(result, found.total);
    json::array kinds;
    for (std::size_t kind = 0; kind < found.kinds.size(); ++kind) {
        json::object one;
        one["kind"] = kind_name(kind);
        add_count(one, found.kinds[kind]);
        kinds.emplace_back(std::move(one));
    }
    result["kinds"] = std::move(kinds);
    json::array survivors;
    for (mutant const& one : found.survivors) survivors.emplace_back(survivor_object(one));
    result["survivors"] = std::move(survivors);
    to["mutation"] = std::move(result);
}

void mutation_progress::at(std::size_t done, std::size_t total, std::size_t survived,
                           std::string_view what) {
    // Many changes take microseconds; a clock takes time as well.
    constexpr std::size_t look_every = 64;
    bool const new_kind = what != kind_;
    if (new_kind) kind_ = what;
    if (!new_kind && done % look_every != 0 && what == "cells") return;
    shown_.say("changing " + std::string(what) + ": " + with_commas(done) + " of " +
               with_commas(total) + " changes, " + count_text(survived, "survivor") + " so far");
}

}  // namespace rolecall::inline v0_1::cli
