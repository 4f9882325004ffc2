// Names that statements use, looked for among those that the document declares.
#ifndef ROLECALL_DETAIL_COMPILE_NAME_FINDER_HPP
#define ROLECALL_DETAIL_COMPILE_NAME_FINDER_HPP

#include <rolecall/detail/compile/symbols.hpp>
#include <rolecall/detail/findings.hpp>
#include <rolecall/detail/suggest.hpp>
#include <rolecall/document.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::detail {

/// Reports every name that nothing declares. Keeps references.
class name_finder {
public:
    name_finder(document const& doc, symbols const& names, findings& found)
        : doc_(doc), names_(names), found_(found) {}

    void report(diagnostic_code code, place at, std::string text,
                std::vector<related_place> related = {}) {
        found_.push_back({code, at, std::move(text), std::move(related)});
    }

    // What else to write: the word that was meant, or all there are if they are few.
    // Looking for it takes time for each known name; a hostile file must not buy much.
    std::string advice(std::string_view word, name_table const& known) {
        if (known.size() > comparisons_left_) return {};
        comparisons_left_ -= known.size();
        std::vector<std::string_view> candidates;
        candidates.reserve(known.size());
        for (std::uint32_t i = 0; i < known.size(); ++i) candidates.push_back(known.name(i));
        if (auto const near = closest(word, candidates))
            return "; did you mean " + in_backticks(*near) + '?';
        for (std::string_view const candidate : candidates)
            if (lies_below(candidate, word))
                return "; only categories below it are declared, such as " +
                       in_backticks(candidate);
        constexpr std::size_t few = 6;
        if (candidates.empty() || candidates.size() > few) return {};
        std::string all;
        for (std::string_view const candidate : candidates)
            all += (all.empty() ? "" : ", ") + in_backticks(candidate);
        return "; declared: " + all;
    }

    std::optional<std::uint32_t> find(written_name const& name, name_table const& known,
                                      std::string_view what, diagnostic_code code) {
        std::uint32_t const number = known.find(name.text);
        if (number != name_table::none) return number;
        if (!doc_.incomplete)
            report(code, name.at,
                   "unknown " + std::string(what) + ' ' + in_backticks(name.text) +
                       advice(name.text, known));
        return std::nullopt;
    }

    std::optional<std::uint32_t> role(written_name const& name) {
        return find(name, names_.roles, "role", diagnostic_code::unknown_role);
    }
    std::optional<std::uint32_t> category(written_name const& name) {
        return find(name, names_.categories, "category", diagnostic_code::unknown_category);
    }

    // An action as a mask: empty when unknown.
    std::uint32_t action(written_name const& name) {
        auto const misplaced = [&](std::string_view advice) {
            report(diagnostic_code::unknown_action, name.at,
                   in_backticks(name.text) + std::string(advice));
            return 0U;
        };
        if (name.text == "all")
            return misplaced(
                " is not an action; it has a meaning only in rights and in exercises, where it is "
                "the four actions");
        if (name.text == "any")
            return misplaced(
                " has no meaning here; in rights write `all` for view, modify, store and delete; a "
                "guardrail without `actions` stops every action");
        auto const number = find(name, names_.actions, "action", diagnostic_code::unknown_action);
        return number ? 1U << (*number % max_actions) : 0U;
    }

    // A list that names something twice.
    template <class List>
    void check_repeated(List const& list, std::string_view what) {
        std::vector<written_name const*> sorted;
        sorted.reserve(list.size());
        for (written_name const& name : list) sorted.push_back(&name);
        std::stable_sort(sorted.begin(), sorted.end(),
                         [](auto const* a, auto const* b) { return a->text < b->text; });
        for (std::size_t i = 1; i < sorted.size(); ++i)
            if (sorted[i]->text == sorted[i - 1]->text)
                report(diagnostic_code::repeated_name, sorted[i]->at,
                       std::string(what) + ' ' + in_backticks(sorted[i]->text) +
                           " stands twice in this list",
                       {{sorted[i - 1]->at, "first here"}});
    }

    [[nodiscard]] bool nothing_below(std::uint32_t on) const {
        std::uint32_t const at = names_.tree.position[on];
        return names_.tree.end[at] == at + 1;
    }

protected:
    document const& doc_;
    symbols const& names_;
    findings& found_;

private:
    std::size_t comparisons_left_ = 2'000'000;
};

}  // namespace rolecall::inline v0_1::detail

#endif
