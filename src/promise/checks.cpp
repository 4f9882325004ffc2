#include "promise/checks.hpp"

#include "promise/breaches.hpp"
#include "promise/words.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::promising {
namespace {

using detail::in_backticks;

// `the guarantee: who holds marketing can never do anything with payment, because: …`
detail::related_place the_guarantee(written_guarantee const& of) {
    std::string text = "the guarantee: " + sentence_of(of);
    if (!of.because.empty()) text += ", because: " + of.because;
    return {of.name.at, std::move(text)};
}

place place_of_role(document const& doc, std::string_view name) {
    auto const role = std::find_if(doc.roles.begin(), doc.roles.end(),
                                   [&](written_role const& r) { return r.name.text == name; });
    return role != doc.roles.end() ? role->name.at : place{};
}

// "But nobody holds both": nothing says that nobody ever will.
void add_meeting(document const& doc, guarantee_breach const& breach, detail::finding& to) {
    if (breach.held.size() != 2 || !breach.user.empty()) return;
    bool const first_acts = breach.acts.front().active == breach.held[0];
    std::string const& other = breach.held[first_acts ? 1 : 0];
    to.related.push_back({place_of_role(doc, other), "no separation per person keeps " +
                                                         in_backticks(breach.held[0]) + " and " +
                                                         in_backticks(breach.held[1]) + " apart"});
}

// At the line that grants what should not be granted, since that is what somebody wrote. What was
// made in code has no lines: at the guarantee. What is not kept: at the line that promises it.
detail::finding broken(document const& doc, written_guarantee const& of,
                       guarantee_breach const& breach, kept_right const* kept) {
    std::string const name = in_backticks(of.name.text);
    detail::finding result{diagnostic_code::guarantee_broken, of.name.at, {}, {}};
    witnessed_act const& first = breach.acts.front();
    bool const has_line = kept == nullptr && first.line && first.line->in_file();
    if (has_line) result.at = *first.line;
    if (kept != nullptr) result.at = kept->written->action.at;
    result.text =
        (has_line ? "this breaks guarantee " + name : "guarantee " + name + " is broken") + ": " +
        breach.sentence;
    if (kept != nullptr && first.line) result.related.push_back({*first.line, first.line_sentence});
    if (breach.acts.size() > 1 && breach.acts[1].line)
        result.related.push_back(
            {*breach.acts[1].line, "and this: " + breach.acts[1].line_sentence});
    add_meeting(doc, breach, result);
    if (result.at != of.name.at) result.related.push_back(the_guarantee(of));
    return result;
}

static_assert(review::most_terms == 4096, "as the message below says");

detail::finding undecided(detail::policy_data const& p, written_guarantee const& of,
                          std::optional<found_act> const& at) {
    std::string text = "guarantee " + in_backticks(of.name.text) + " can't be decided: ";
    if (at)
        text += in_backticks(p.roles.name(at->role)) + " can " +
                in_backticks(p.actions.name(at->on.action)) + ' ' +
                in_backticks(p.categories.name(at->on.category)) +
                " in more than 4,096 ways; make the conditions of its grants, guardrails and "
                "requirements simpler";
    else
        text +=
            "the policy's guarantees are about too many roles and categories to look through; "
            "make some of them about fewer";
    return {diagnostic_code::guarantee_undecided, of.name.at, std::move(text), {}};
}

void report(detail::policy_data const& p, resolved_guarantee const& g, answered const& told,
            detail::findings& found) {
    if (told.answer.is == guarantee_answer::verdict::undecided) {
        found.push_back(undecided(p, *g.written, told.too_much));
        return;
    }
    std::vector<detail::finding> breaches;
    for (std::size_t i = 0; i < told.answer.breaches.size(); ++i)
        breaches.push_back(broken(*p.source, *g.written, told.answer.breaches[i], told.kept[i]));
    auto const last = std::max_element(breaches.begin(), breaches.end(),
                                       [](detail::finding const& a, detail::finding const& b) {
                                           return std::tuple(a.at.file, a.at.line, a.at.column) <
                                                  std::tuple(b.at.file, b.at.line, b.at.column);
                                       });
    if (told.answer.more && last != breaches.end()) last->text += "; more lines break it, too";
    std::move(breaches.begin(), breaches.end(), std::back_inserter(found));
}

void check_names(document const& doc, detail::symbols const& names, detail::findings& found) {
    check_guarantee_names(doc, names, found);
    check_exercise_names(doc, names, found);
}

}  // namespace

void check_kept(detail::policy_data const& p, detail::findings& found) {
    policy_rights const rights(p);
    checker const by(rights, *p.source);
    std::uint64_t looks_left = enough_looks;
    for (resolved_guarantee const& g : by.guarantees())
        report(p, g, answer(by, p, g, looks_left), found);
}

detail::promise_checks const& all_checks() noexcept {
    static constexpr detail::promise_checks checks{check_names, check_kept};
    return checks;
}

}  // namespace rolecall::inline v0_1::promising
