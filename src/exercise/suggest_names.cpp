#include "exercise/suggest_names.hpp"

#include "core/list_text.hpp"
#include <rolecall/detail/compile/name_rules.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace rolecall::inline v0_1::exercising {

namespace {

std::string folded(std::string name) {
    std::replace(name.begin(), name.end(), '_', '-');
    return name;
}

// The letters and digits of a user's id, lower case, anything else a `-`.
std::string word_of(std::string_view id) {
    std::string word;
    for (char c : id) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (detail::is_name_letter(c))
            word += c;
        else if (!word.empty() && word.back() != '-')
            word += '-';
    }
    while (!word.empty() && word.back() == '-') word.pop_back();
    return word.empty() ? "user" : word;
}

std::string joined(std::vector<std::string> const& words, std::string_view between) {
    std::string text;
    for (std::string const& word : words) {
        if (!text.empty()) text += between;
        text += word;
    }
    return text;
}

// No longer than a name may be, with room for a number.
std::string cut(std::string name) {
    constexpr std::size_t most = detail::max_name_bytes - 8;
    if (name.size() > most) name.resize(most);
    while (!name.empty() && !detail::is_name_letter(name.back())) name.pop_back();
    return name;
}

}  // namespace

exercise_namer::exercise_namer(document const& of) {
    std::size_t dashes = 0;
    std::size_t underscores = 0;
    auto const look_at = [&](auto const& entries) {
        for (auto const& one : entries) {
            dashes += one.name.text.find('-') != std::string::npos ? 1U : 0U;
            underscores += one.name.text.find('_') != std::string::npos ? 1U : 0U;
        }
    };
    look_at(of.exercises);
    if (of.exercises.empty()) {
        look_at(of.roles);
        look_at(of.facts);
        look_at(of.guardrails);
    }
    if (underscores > dashes) joint_ = '_';
    for (written_exercise const& one : of.exercises) taken_.insert(folded(one.name.text));
}

std::string exercise_namer::name(situation const& of) {
    std::string made;
    auto const add = [&](std::string_view word) {
        if (!made.empty()) made += joint_;
        made += word;
    };
    std::string const conjunction = joint_ + std::string("and") + joint_;
    if (!of.user.empty()) add(word_of(of.user));
    if (!of.user.empty() && !of.roles.empty()) add("as");
    if (!of.roles.empty()) add(joined(of.roles, conjunction));
    if (of.best) {
        add("at");
        add("best");
        return unique(cut(std::move(made)));
    }
    if (!of.is_true.empty()) {
        add("with");
        add(joined(of.is_true, conjunction));
    }
    if (!of.is_false.empty()) {
        add("without");
        add(joined(of.is_false, conjunction));
    }
    if (of.on) {
        add("on");
        add(of.on->to_string());
    }
    return unique(cut(std::move(made)));
}

std::string exercise_namer::unique(std::string const& name) {
    std::string made = name;
    for (std::size_t number = 2; detail::is_reserved(made) || !taken_.insert(folded(made)).second;
         ++number)
        made = name + joint_ + std::to_string(number);
    return made;
}

std::string sentence_of(situation const& of, document const& in) {
    auto const called = [&](std::string const& role) {
        auto const at = std::find_if(in.roles.begin(), in.roles.end(), [&](auto const& one) {
            return one.name.text == role && !one.title.empty();
        });
        return at == in.roles.end() ? role : at->title;
    };
    std::vector<std::string> roles;
    for (std::string const& role : of.roles) roles.push_back(called(role));
    std::string who = detail::list_text(roles);
    if (!of.user.empty() && !of.listed) who = "somebody whom nobody listed, as " + who + ',';
    if (of.listed) who = roles.empty() ? of.user : of.user + " as " + who;
    std::string text = "What " + who + " can do";
    if (of.user.empty() && roles.size() > 1) text += " together";
    if (of.best) text += " at best";
    if (of.on) text += " on " + of.on->to_string();
    std::string known;
    if (!of.is_true.empty()) known += detail::list_text(of.is_true) + " known to be true";
    if (!of.is_false.empty())
        known +=
            (known.empty() ? "" : ", ") + detail::list_text(of.is_false) + " known to be false";
    if (!known.empty()) return text + ", with " + known;
    return in.facts.empty() ? text : text + " while no fact is known";
}

}  // namespace rolecall::inline v0_1::exercising
