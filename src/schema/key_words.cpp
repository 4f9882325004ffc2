#include "schema/key_words.hpp"

#include <stdexcept>
#include <string>

namespace rolecall::inline v0_1::schema {
namespace {

using namespace yaml;

constexpr std::string_view what_it_is = "what it is; of a fact, the sentence that is true or false";
constexpr std::string_view name_for_people = "a name for people";
constexpr std::string_view former_names = "its former names";
constexpr std::string_view of_one_level =
    "of that data, what has one of these levels, its own or that of the nearest category above "
    "which has one; left out: whatever its level";

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
    {&file_keys, "guarantees",
     "what must hold for everyone, whatever roles they have, and whatever is known: a policy that "
     "breaks one is refused"},
    {&file_keys, "exercises", "what somebody can do in a situation; `rolecall test` asks it"},
    {&file_keys, "audit",
     "what happens where a decision can't be recorded: `best-effort`, `block`, `required` or "
     "`durable`"},

    {&policy_keys, "name", "what the policy is called; it stands above a matrix"},
    {&policy_keys, "title", "a longer name, for people"},
    {&policy_keys, "about", "what it is for"},
    {&policy_keys, "owner", "who answers for it: a person, an address"},
    {&policy_keys, "review-by", "when to read it again; `validate` warns when the day has passed"},
    {&policy_keys, "exercise-every",
     "how often people are to go through the exercises; `validate` warns when the last time is "
     "longer ago"},
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

    {&guarantee_keys, "roles",
     "with `never`, `may` and `keeps`: about whoever holds one of these; left out: everyone. "
     "`keeps` needs it"},
    {&guarantee_keys, "alone",
     "with `roles`: about who holds one of them, and nothing else; left out: whatever else they "
     "hold"},
    {&guarantee_keys, "never", "what they can never do"},
    {&guarantee_keys, "only", "with `may`: nobody can but who holds one of these"},
    {&guarantee_keys, "may",
     "what they can do only as `only`, `only-if` and `unless` say, of which one must be there"},
    {&guarantee_keys, "only-if",
     "with `may`: only while this is known to hold; a fact alone is short for `{if: fact}`"},
    {&guarantee_keys, "unless",
     "with `may`: only while all of these are known to be false. With `keeps`: at least then"},
    {&guarantee_keys, "never-both",
     "nobody can do something of the one and something of the other, at once or one after the "
     "other"},
    {&guarantee_keys, "keeps", "what they can at least do, written as the `may` of a role"},
    {&guarantee_keys, "categories",
     "with `never` and `may`: on which data, and all below; left out: on all"},
    {&guarantee_keys, "level", of_one_level},
    {&guarantee_keys, "because", "why; a report of what breaks it shows it"},

    {&guarantee_act_keys, "may", "what they can do"},
    {&guarantee_act_keys, "categories", "on which data, and all below; left out: on all"},
    {&guarantee_act_keys, "level", of_one_level},

    {&exercise_keys, "title", name_for_people},
    {&exercise_keys, "about", "what happens"},
    {&exercise_keys, "note", "for the people around the table: what to talk about"},
    {&exercise_keys, "as", "who asks: roles, all of them active, or a user"},
    {&exercise_keys, "given", "the situation; left out: nothing is known, and it is today"},
    {&exercise_keys, "can", "what must be allowed"},
    {&exercise_keys, "cannot", "what must be denied, and for which reason, where one is given"},
    {&exercise_keys, "exactly", "what must be allowed, while everything else must be denied"},

    {&exercise_user_keys, "user", "their id"},
    {&exercise_user_keys, "roles",
     "of a listed user: those that they choose; left out: all that they hold. Of another: those "
     "for which the application vouches"},

    {&given_keys, "facts", "what is known; a fact that is not here is unknown"},
    {&given_keys, "date", "the day; left out: the day on which the exercise is run"},
    {&given_keys, "compromised",
     "somebody else has the account, chooses among its roles, and waits for facts"},
    {&given_keys, "lost", "roles that were taken away: as if they had never been assigned"},

    {&audit_keys, "default",
     "of an allow of which nothing else here says anything; left out: `{block: 100 ms}`"},
    {&audit_keys, "denials", "of every denial; left out: `required`"},
    {&audit_keys, "actions",
     "of an action, on any data; where it says nothing of `delete`, that is `required`, or "
     "`default` if that is stricter"},
    {&audit_keys, "levels",
     "of data of a level; where it says nothing of the strictest, that is `required`, or `default` "
     "if that is stricter. Data "
     "without a level is of the strictest"},
    {&audit_keys, "categories",
     "of a category and all below it: a mode, or one for each action, or for `any`"},

    {&audit_wait_keys, "block", "waits until it can be recorded, at most so long, and then denies"},
    {&audit_wait_keys, "durable",
     "waits until the record is on the disk, at most so long, and then denies"},
};

}  // namespace

std::span<key_words const> all_key_words() noexcept { return all_words; }

std::string_view words_of(key_table const& table, std::string_view key) {
    for (key_words const& one : all_words)
        if (one.table == &table && one.key == key) return one.words;
    throw std::out_of_range("no words for the key " + std::string(key));
}

}  // namespace rolecall::inline v0_1::schema
