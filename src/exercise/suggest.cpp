// Survivors that differ in the same situation become one exercise. Where a role has many, the role
// with nothing known and the role in its best case come first, each with all that it can do then;
// the policy is changed once more beside these, and only what still survives gets exercises of its
// own.
#include "exercise/best_case.hpp"
#include "exercise/suggest_names.hpp"
#include <rolecall/exercise_suggestions.hpp>
#include <rolecall/session.hpp>
#include <rolecall/yaml.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

namespace {

using exercising::situation;

constexpr std::string_view top =
    "# Exercises that notice changes of the policy which no other exercise notices.\n"
    "#\n"
    "# `rolecall test --suggest` wrote them. They say what the policy does today, not what it "
    "should\n"
    "# do: somebody who knows the business must read them. Where an answer is not what it should\n"
    "# be, mend the policy, and then the answer here.\n";

/// What is expected, by category: actions in the policy's order.
using cells = std::map<std::string, std::vector<std::string>>;

struct expected {
    cells can, cannot;
    std::size_t count = 0;

    void add(different_answer const& of) {
        std::vector<std::string>& actions = (of.allowed ? can : cannot)[of.category];
        if (std::find(actions.begin(), actions.end(), of.action) != actions.end()) return;
        actions.push_back(of.action);
        ++count;
    }
};

// People are to read it: a blank line before each exercise but the first. In the canonical form its
// name is what stands two spaces deep.
std::string spaced(std::string_view written) {
    std::string made;
    bool first = true;
    while (!written.empty()) {
        std::string_view const line = written.substr(0, written.find('\n') + 1);
        bool const name = line.size() > 2 && line[0] == ' ' && line[1] == ' ' && line[2] != ' ';
        if (name && !std::exchange(first, false)) made += '\n';
        made += line;
        written.remove_prefix(line.size());
    }
    return made;
}

class suggester {
public:
    suggester(policy const& of, mutation_options options)
        : of_(of), options_(std::move(options)), names_(of.source()) {
        for (std::string_view const one : {"view", "modify", "store", "delete"})
            actions_.emplace_back(one);
        for (written_action const& one : source().actions) actions_.push_back(one.name.text);
        for (written_user const& user : source().users) users_.emplace(user.id.text, &user);
    }

    exercise_suggestions run(mutation_result const& found) {
        exercise_suggestions result;
        std::map<situation, expected> groups = by_situation(found.survivors, result.notice);
        if (groups.empty()) return result;
        auto const names = names_;
        result.exercises = wide(groups);
        if (!result.exercises.empty()) {
            std::size_t not_counted = 0;
            auto left = by_situation(still_surviving(found, result.exercises), not_counted);
            if (result.exercises.size() + left.size() <= groups.size()) {
                groups = std::move(left);
            } else {  // they spare too little
                result.exercises.clear();
                names_ = names;
            }
        }
        for (auto const& [where, what] : groups) result.exercises.push_back(exercise(where, what));
        document file;
        file.exercises = result.exercises;
        result.yaml = std::string(top) + spaced(yaml::write(file));
        return result;
    }

private:
    [[nodiscard]] document const& source() const noexcept { return of_.source(); }

    // The day matters to who has an assignment that ends.
    [[nodiscard]] situation situation_of(different_answer const& of) const {
        situation made{of.user, of.roles, of.is_true, of.is_false, std::nullopt, false, false};
        for (auto* const list : {&made.roles, &made.is_true, &made.is_false})
            std::sort(list->begin(), list->end());
        auto const user = users_.find(of.user);
        if (of.user.empty() || user == users_.end()) return made;
        made.listed = true;
        for (written_assignment const& assigned : user->second->assignments)
            if (assigned.until) made.on = of.on;
        return made;
    }

    [[nodiscard]] std::map<situation, expected> by_situation(std::vector<mutant> const& survivors,
                                                             std::size_t& noticed) const {
        std::map<situation, expected> groups;
        for (mutant const& one : survivors) {
            if (!one.difference) continue;
            groups[situation_of(*one.difference)].add(*one.difference);
            ++noticed;
        }
        return groups;
    }

    // One exercise or two for each role of which much is to be noticed.
    std::vector<written_exercise> wide(std::map<situation, expected> const& groups) {
        std::map<std::string, std::size_t> known, unknown;  // cells, by role
        for (auto const& [where, what] : groups) {
            if (!where.user.empty() || where.roles.size() != 1) continue;
            bool const none = where.is_true.empty() && where.is_false.empty();
            (none ? unknown : known)[where.roles.front()] += what.count;
        }
        std::vector<written_exercise> result;
        for (auto const& [role, count] : unknown)
            if (count >= a_few) result.push_back(exactly({"", {role}, {}, {}, {}, false, false}));
        for (auto const& [role, count] : known) {
            auto best = exercising::best_case_of(role, source());
            if (count < a_few || best.is_true.size() + best.is_false.size() < 2) continue;
            result.push_back(exactly(
                {"", {role}, std::move(best.is_true), std::move(best.is_false), {}, false, true}));
        }
        return result;
    }

    // Those of the survivors that these exercises don't notice, with questions of now.
    [[nodiscard]] std::vector<mutant> still_surviving(
        mutation_result const& found, std::vector<written_exercise> const& beside) const {
        document more = source();
        more.exercises.insert(more.exercises.end(), beside.begin(), beside.end());
        mutation_options options = options_;
        options.keep_all = false;
        if (!options.exercises.only.empty())
            for (written_exercise const& one : beside)
                options.exercises.only.push_back(one.name.text);
        auto left = mutate(yaml::compile(std::move(more)).value(), options).survivors;
        std::set<std::tuple<std::uint32_t, std::uint32_t, std::string, std::string>> wanted;
        auto const key = [](mutant const& of) {
            return std::tuple(of.where.line, of.where.column, of.where.path, of.sentence);
        };
        for (mutant const& one : found.survivors) wanted.insert(key(one));
        std::erase_if(left, [&](mutant const& one) { return !wanted.contains(key(one)); });
        return left;
    }

    written_exercise about(situation const& where) {
        written_exercise made;
        made.name.text = names_.name(where);
        made.about = sentence_of(where, source());
        if (!where.user.empty()) made.user = written_name{where.user, {}};
        made.roles = written(where.roles);
        for (std::string const& fact : where.is_true) made.facts.push_back({{fact, {}}, true});
        for (std::string const& fact : where.is_false) made.facts.push_back({{fact, {}}, false});
        made.on = where.on;
        return made;
    }

    written_exercise exactly(situation const& where) { return exactly(where, allowed(where)); }
    written_exercise exactly(situation const& where, cells const& all) {
        written_exercise made = about(where);
        made.exactly = lines(all, "all");
        made.exactly_nothing = all.empty();
        return made;
    }

    // All that is so, where that takes fewer lines than what is to be noticed.
    written_exercise exercise(situation const& where, expected const& what) {
        if (what.count >= a_few)
            if (cells const all = allowed(where); all.size() < what.can.size() + what.cannot.size())
                return exactly(where, all);
        written_exercise made = about(where);
        made.can = lines(what.can, "all");
        made.cannot = lines(what.cannot, "any");
        return made;
    }

    static std::vector<written_name> written(std::vector<std::string> const& list) {
        std::vector<written_name> names;
        names.reserve(list.size());
        for (std::string const& one : list) names.push_back({one, {}});
        return names;
    }

    [[nodiscard]] std::vector<written_expectation> lines(cells const& of,
                                                         std::string_view four) const {
        std::vector<written_expectation> result;
        for (auto const& [category, actions] : of) {
            written_expectation& line = result.emplace_back();
            line.category.text = category;
            bool const every = actions.size() == actions_.size();
            if (every)
                line.actions.push_back(
                    {{actions_.size() > 4 ? "any" : std::string(four), {}}, std::nullopt});
            else
                for (std::string const& action : actions)
                    line.actions.push_back({{action, {}}, std::nullopt});
        }
        return result;
    }

    [[nodiscard]] activation opened(situation const& by) const {
        date const on = by.on.value_or(options_.exercises.on);
        if (by.user.empty()) return of_.activate(by.roles);
        if (by.listed && by.roles.empty()) return of_.activate_user(by.user, on);
        return of_.activate_user(by.user, by.roles, on);
    }

    [[nodiscard]] cells allowed(situation const& by) const {
        cells result;
        auto const session = opened(by);
        if (!session) return result;
        facts known;
        for (std::string const& fact : by.is_true) known.add(of_.fact(fact).value(), true);
        for (std::string const& fact : by.is_false) known.add(of_.fact(fact).value(), false);
        for (std::string const& action : actions_)
            for (category_ref const on :
                 session->allowed_categories(of_.action(action).value(), known))
                result[std::string(of_.name(on))].push_back(action);
        return result;
    }

    static constexpr std::size_t a_few = 4;

    policy const& of_;
    mutation_options options_;
    exercising::exercise_namer names_;
    std::vector<std::string> actions_;
    std::map<std::string, written_user const*> users_;
};

}  // namespace

exercise_suggestions suggest_exercises(policy const& of, mutation_result const& found,
                                       mutation_options const& options) {
    return suggester(of, options).run(found);
}

}  // namespace rolecall::inline v0_1
