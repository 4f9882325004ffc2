#include "schema/key_words.hpp"

#include <stdexcept>
#include <string>

namespace rolecall::inline v0_1::schema {
namespace {

using namespace yaml;

constexpr std::string_view what_it_is = "what it is; of a fact, the sentence that is true or false";
constexpr std::string_view name_for_people = "a name for people";
constexpr std::string_view former_names = "its former names";

constexpr key_words all_words[] = {
    {&file_keys, "rolecall", "the version of the format; the first key of every file"},
    {&file_keys, "policy", "what this is, and who answers for it"},
    {&file_keys, "levels",
     "how sensitive data can be; left out: `public`, `internal`, `confidential`, `restricted`"},
    {&file_keys, "actions",
     "actions beside `view`, `modify`, `store` and `delete`, which always exist; up to 12"},
    {&file_keys, "facts", "yes/no statements that the application knows; up to 64"},
    {&file_keys, "categories", "kinds of data; dots make a tree; up to 65,535"},
    {&file_keys, "roles", "what people in a role may do; up to 65,535"},
    {&file_keys, "users", "who has which roles, and until when"},
    {&file_keys, "never", "what stays forbidden, whatever the roles grant"},
    {&file_keys, "separation", "roles that nobody may have together"},

    {&policy_keys, "name", "what the policy is called; it stands above a matrix"},
    {&policy_keys, "title", "a longer name, for people"},
    {&policy_keys, "about", "what it is for"},
    {&policy_keys, "owner", "who answers for it: a person, an address"},
    {&policy_keys, "review-by", "when to read it again; `validate` warns when the day has passed"},
    {&policy_keys, "hierarchy",
     "`limited`: a role inherits at most one other. Left out: `general`"},
    {&policy_keys, "other-users",
     "the application may vouch for users whom the policy does not list (rule 7). Left out: it "
     "may not, where the policy has `users`"},
    {&policy_keys, "files",
     "the exact list of the policy's files, relative to its directory, so that a missing one is "
     "noticed"},

    {&action_keys, "about", what_it_is},
    {&action_keys, "title", name_for_people},
    {&action_keys, "was", former_names},

    {&fact_keys, "about", what_it_is},
    {&fact_keys, "title", name_for_people},
    {&fact_keys, "was", former_names},

    {&category_keys, "about", "which data this is"},
    {&category_keys, "title", name_for_people},
    {&category_keys, "was", former_names},
    {&category_keys, "level",
     "how sensitive it is: a label for people and reports, without a part in decisions. Left out: "
     "that of the nearest category above which has one"},
    {&category_keys, "laws", "which laws or standards speak of it: a label, too"},
    {&category_keys, "named-only",
     "no `.*` of a category above it grants it, or what lies below it (rule 3)"},
    {&category_keys, "requires",
     "what must hold for everyone, whatever the role grants, here and below"},

    {&role_keys, "about", "who that is"},
    {&role_keys, "title", name_for_people},
    {&role_keys, "was", former_names},
    {&role_keys, "inherits", "it has the grants of these as well, to any depth"},
    {&role_keys, "may", "what it grants"},

    {&condition_keys, "if", "it is true"},
    {&condition_keys, "if-all", "all of them are true"},
    {&condition_keys, "if-any", "one of them is true"},
    {&condition_keys, "any-of", "one of them holds; not in a guardrail"},

    {&assignment_keys, "roles", "the roles that the user holds by it"},
    {&assignment_keys, "until", "the last day on which they do, UTC; left out: without end"},

    {&guardrail_keys, "roles", "whom it stops; left out: everyone"},
    {&guardrail_keys, "categories", "on which data, and all below; left out: on all"},
    {&guardrail_keys, "actions", "what it stops; left out: every action"},
    {&guardrail_keys, "if", "fires unless this is known to be false"},
    {&guardrail_keys, "if-all", "fires unless one of these is known to be false"},
    {&guardrail_keys, "if-any", "fires unless all of these are known to be false"},
    {&guardrail_keys, "because", "why; denials show it to the owner"},

    {&separation_keys, "roles", "which roles"},
    {&separation_keys, "at-most", "how many of them one may have"},
    {&separation_keys, "per", "held by one person (static), or active at the same time (dynamic)"},
    {&separation_keys, "because", "why"},
};

}  // namespace

std::span<key_words const> all_key_words() noexcept { return all_words; }

std::string_view words_of(key_table const& table, std::string_view key) {
    for (key_words const& one : all_words)
        if (one.table == &table && one.key == key) return one.words;
    throw std::out_of_range("no words for the key " + std::string(key));
}

}  // namespace rolecall::inline v0_1::schema
