// Assignments that should end, or have ended; names that people take for each other.
#include "lint/report.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::linting {
namespace {

using detail::in_backticks;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower_case(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

bool is_letter(char c) {
    return detail::is_name_letter(lower(c)) || static_cast<unsigned char>(c) >= 0x80;
}

// Whether one of the words stands in the text, as a word.
bool has_word(std::string_view text, std::vector<std::string> const& words) {
    std::string const low = lower_case(text);
    return std::any_of(words.begin(), words.end(), [&](std::string const& word) {
        if (word.empty()) return false;
        for (std::size_t at = low.find(word); at != std::string::npos;
             at = low.find(word, at + 1)) {
            std::size_t const end = at + word.size();
            if ((at == 0 || !is_letter(low[at - 1])) && (end == low.size() || !is_letter(low[end])))
                return true;
        }
        return false;
    });
}

// Roles for outsiders, and those that inherit one: by number, the name of one.
std::vector<std::string_view> outsiders(inspection const& on) {
    detail::policy_data const& p = on.policy.data();
    std::vector<std::string_view> result(p.roles.size());
    for (std::uint32_t const number : on.policy.juniors_first()) {
        written_role const& role = on.policy.role(number);
        auto const& words = on.options.settings.vendor_words;
        if (has_word(role.name.text, words) || has_word(role.title, words))
            result[number] = role.name.text;
        for (std::uint32_t const junior : p.juniors_of(number))
            if (result[number].empty()) result[number] = result[junior];
    }
    return result;
}

std::vector<std::string> about(written_user const& user, written_assignment const& assigned) {
    std::vector<std::string> names{user.id.text};
    for (written_name const& role : assigned.roles) names.push_back(role.text);
    return names;
}

bool has_passed(written_assignment const& assigned, date today) {
    return assigned.until && *assigned.until < today;
}

std::string role_list(written_assignment const& assigned) {
    std::vector<std::string_view> names;
    for (written_name const& role : assigned.roles) names.emplace_back(role.text);
    return listed(names, 10);
}

std::string for_outsiders(inspection const& on, std::string_view role,
                          std::vector<std::string_view> const& outside) {
    std::string_view const by = outside[on.policy.data().roles.find(role)];
    if (by == role) return "that role is for outsiders";
    return "that role inherits " + in_backticks(by) + ", which is for outsiders";
}

void tell_passed(inspection const& on, std::size_t entry, std::size_t line) {
    written_user const& user = on.policy.source().users[entry];
    written_assignment const& assigned = user.assignments[line];
    // A user without any assignment is no user, and one with others stays who they are.
    bool const others =
        std::any_of(user.assignments.begin(), user.assignments.end(),
                    [&](written_assignment const& a) { return !has_passed(a, on.options.today); });
    document const& doc = on.policy.source();
    bool const keeps_out = (doc.header && doc.header->other_users) || doc.users.size() == 1;
    on.tell(diagnostic_code::assignment_passed, assigned.roles.front().at,
            in_backticks(user.id.text) + " had " + role_list(assigned) + " until " +
                assigned.until->to_string() +
                (others      ? "; leave it out"
                 : keeps_out ? "; while the line stands, nobody can vouch for them"
                             : "; leave the user out"),
            {}, about(user, assigned),
            others ? std::optional(document_part{document_part::kind::assignment, entry, line, 0})
                   : std::nullopt);
}

}  // namespace

void look_at_assignments(inspection const& on) {
    auto const outside = outsiders(on);
    auto const& users = on.policy.source().users;
    for (std::size_t entry = 0; entry < users.size(); ++entry)
        for (std::size_t line = 0; line < users[entry].assignments.size(); ++line) {
            written_assignment const& assigned = users[entry].assignments[line];
            if (has_passed(assigned, on.options.today)) tell_passed(on, entry, line);
            if (assigned.until) continue;
            auto const role = std::find_if(
                assigned.roles.begin(), assigned.roles.end(), [&](written_name const& name) {
                    return !outside[on.policy.data().roles.find(name.text)].empty();
                });
            if (role == assigned.roles.end()) continue;
            on.tell(diagnostic_code::vendor_without_end, role->at,
                    in_backticks(users[entry].id.text) + " has " + in_backticks(role->text) +
                        " without an end, and " + for_outsiders(on, role->text, outside) +
                        "; say `until`",
                    {}, about(users[entry], assigned));
        }
}

namespace {

// Names that meet in it look alike.
std::string look_of_name(std::string_view name) {
    std::string look;
    for (char const c : name) {
        if (c == '-' || c == '_' || c == '.') continue;
        look += c == '0' ? 'o' : c == '1' ? 'l' : c;
        if (look.ends_with("rn")) look.replace(look.size() - 2, 2, "m");
        if (look.ends_with("vv")) look.replace(look.size() - 2, 2, "w");
    }
    return look;
}

// What nobody can see: where the names differ first, if that is no letter of ASCII.
std::string unseen_difference(std::string_view name, std::string_view like) {
    for (std::size_t at = 1; !name.empty() && !like.empty(); ++at) {
        auto const a = detail::first_code_point(name);
        auto const b = detail::first_code_point(like);
        if (a.value != b.value) {
            if (a.value < 0x80 && b.value < 0x80) return {};
            return "; character " + std::to_string(at) + " is " + detail::code_point_name(a.value) +
                   " here, and " + detail::code_point_name(b.value) + " there";
        }
        name.remove_prefix(a.size);
        like.remove_prefix(b.size);
    }
    return {};
}

class name_comparison {
public:
    explicit name_comparison(inspection const& on) : on_(on) {}

    template <class Section>
    void names(std::string_view kind, Section const& section) {
        std::vector<seen> all;
        all.reserve(section.size());
        for (auto const& entry : section)
            all.push_back({look_of_name(entry.name.text), &entry.name});
        tell(kind, std::move(all));
    }

    // The four that always exist come first, whatever the names.
    void actions(std::vector<written_action> const& own) {
        std::vector<seen> all;
        for (written_name const& name : built_in_)
            all.push_back({look_of_name(name.text), &name, true});
        for (written_action const& entry : own)
            all.push_back({look_of_name(entry.name.text), &entry.name});
        tell("action", std::move(all));
    }

    void levels(std::vector<written_name> const& list) {
        std::vector<seen> all;
        all.reserve(list.size());
        for (written_name const& level : list) all.push_back({look_of_name(level.text), &level});
        tell("level", std::move(all));
    }

    void users(std::vector<written_user> const& list) {
        std::vector<seen> all;
        all.reserve(list.size());
        for (written_user const& user : list)
            all.push_back({on_.options.look != nullptr ? on_.options.look(user.id.text)
                                                       : lower_case(user.id.text),
                           &user.id});
        tell("user", std::move(all));
    }

private:
    struct seen {
        std::string look;
        written_name const* name;
        bool built_in = false;
    };

    void tell(std::string_view kind, std::vector<seen> all) const {
        std::sort(all.begin(), all.end(), [](seen const& a, seen const& b) {
            auto const key = [](seen const& one) {
                return std::tuple(std::string_view(one.look), !one.built_in,
                                  std::string_view(one.name->text));
            };
            return key(a) < key(b);
        });
        for (std::size_t i = 0, first = 0; i < all.size(); ++i) {
            if (all[i].look != all[first].look) first = i;
            if (i == first) continue;
            written_name const& like = *all[first].name;
            std::vector<detail::related_place> related;
            if (!all[first].built_in) related.push_back({like.at, "the other one"});
            on_.tell(diagnostic_code::names_look_alike, all[i].name->at,
                     std::string(kind) + ' ' + in_backticks(all[i].name->text) + " looks like " +
                         in_backticks(like.text) + unseen_difference(all[i].name->text, like.text),
                     std::move(related), {all[i].name->text, like.text});
        }
    }

    inspection const& on_;
    std::vector<written_name> built_in_{
        {"view", {}}, {"modify", {}}, {"store", {}}, {"delete", {}}};
};

}  // namespace

void look_for_like_names(inspection const& on) {
    document const& doc = on.policy.source();
    name_comparison compare(on);
    compare.names("role", doc.roles);
    compare.names("category", doc.categories);
    compare.names("fact", doc.facts);
    compare.actions(doc.actions);
    compare.names("guardrail", doc.guardrails);
    compare.names("separation", doc.separations);
    compare.levels(doc.levels);
    compare.users(doc.users);
}

}  // namespace rolecall::inline v0_1::linting
