#include "cli/validate/rule_texts.hpp"

#include <rolecall/lint.hpp>

namespace rolecall::inline v0_1::cli {

std::vector<diagnostic_code> reported_codes() {
    std::vector<diagnostic_code> codes;
    for (std::size_t i = 0; i < diagnostic_code_count; ++i)
        if (auto const code = static_cast<diagnostic_code>(i);
            to_string(code).rfind("csv-", 0) != 0)
            codes.push_back(code);
    return codes;
}

std::string_view rule_summary(diagnostic_code code) {
    for (lint_rule const& rule : lint_rules())
        if (rule.code == code) return rule.summary;
    switch (code) {
        case diagnostic_code::unreadable_file:
            return "a file or directory can't be opened, or is no regular file";
        case diagnostic_code::no_policy_file: return "a directory has no file that ends in `.yaml`";
        case diagnostic_code::suspicious_file_name:
            return "a name looks like a policy file and is not read as one";
        case diagnostic_code::symbolic_link:
            return "a link leads to a directory, out of the policy, or nowhere";
        case diagnostic_code::file_list:
            return "the policy's own list of files and the directory differ";
        case diagnostic_code::file_too_large:
            return "a file has more bytes than a policy file may have";
        case diagnostic_code::invalid_utf8: return "bytes that are no UTF-8 text";
        case diagnostic_code::byte_order_mark: return "the file begins with an invisible mark";
        case diagnostic_code::control_character:
            return "a tab, or another character that is no text";
        case diagnostic_code::hidden_character: return "a character that nobody can see";
        case diagnostic_code::no_final_line_break:
            return "the last line is not ended, so the file may be cut off";
        case diagnostic_code::no_end_marker:
            return "the line `...` at the end was demanded and is not there";
        case diagnostic_code::yaml_syntax: return "a line that can't be read as YAML";
        case diagnostic_code::unclosed_quote: return "a text in quotes does not end on its line";
        case diagnostic_code::several_documents: return "a second document begins in the file";
        case diagnostic_code::yaml_directive: return "a line that begins with `%`";
        case diagnostic_code::yaml_anchor: return "a name for a value, `&name`";
        case diagnostic_code::yaml_alias: return "a repetition of another part, `*name`";
        case diagnostic_code::yaml_tag: return "a type in front of a value, `!!str`";
        case diagnostic_code::merge_key: return "the key `<<`, which copies other keys";
        case diagnostic_code::complex_key: return "a key that is more than a single word";
        case diagnostic_code::duplicate_key: return "the same key twice in one mapping";
        case diagnostic_code::block_scalar: return "a text block (`|` or `>`) where a name belongs";
        case diagnostic_code::null_value: return "`null` or `~`, which means no value";
        case diagnostic_code::too_deep:
            return "more brackets within each other than any policy needs";
        case diagnostic_code::missing_version: return "the file does not begin with `rolecall: 1`";
        case diagnostic_code::unsupported_version:
            return "a version of the format that this program does not know";
        case diagnostic_code::unknown_key: return "a key that does not exist here";
        case diagnostic_code::missing_key: return "something that must be said is not there";
        case diagnostic_code::empty_value: return "a key, list or text with nothing in it";
        case diagnostic_code::wrong_shape:
            return "a list, mapping or text where something else belongs";
        case diagnostic_code::invalid_value: return "a word that this key does not take";
        case diagnostic_code::invalid_date:
            return "a day that is not written as `2027-03-31`, or does not exist";
        case diagnostic_code::bare_condition_list:
            return "a list of facts that does not say all or any";
        case diagnostic_code::section_twice:
            return "`policy`, `levels` or `audit` stands in two files";
        case diagnostic_code::invalid_name: return "a name with capitals, spaces or other signs";
        case diagnostic_code::reserved_name: return "a name that has a meaning of its own";
        case diagnostic_code::invalid_user_id:
            return "a user id that is empty, too long, or can't be compared safely";
        case diagnostic_code::duplicate_definition: return "a name is defined twice";
        case diagnostic_code::similar_names: return "two names differ only in `-` against `_`";
        case diagnostic_code::repeated_name: return "a name stands twice in one list";
        case diagnostic_code::unknown_role: return "a role that the policy does not define";
        case diagnostic_code::unknown_category: return "a category that the policy does not define";
        case diagnostic_code::unknown_action: return "an action that the policy does not define";
        case diagnostic_code::unknown_fact: return "a fact that the policy does not define";
        case diagnostic_code::unknown_level: return "a level that is not among the levels";
        case diagnostic_code::unknown_user:
            return "an exercise asks as a user whom the policy does not list";
        case diagnostic_code::overlapping_rights:
            return "`all` or `any` beside an action that it covers";
        case diagnostic_code::nothing_below: return "`.*` on a category that has nothing below it";
        case diagnostic_code::inheritance_cycle: return "a role inherits itself";
        case diagnostic_code::limited_hierarchy:
            return "a role inherits two roles, and the policy allows one";
        case diagnostic_code::separation_count: return "a separation that can't separate anything";
        case diagnostic_code::separation_by_role:
            return "a role joins what a separation keeps apart";
        case diagnostic_code::separation_by_user:
            return "a user has roles that a separation keeps apart";
        case diagnostic_code::review_overdue: return "the policy's day of review has passed";
        case diagnostic_code::audit_may_be_lost:
            return "`best-effort` reaches the strictest level, or what is under a law";
        case diagnostic_code::guarantee_broken:
            return "the policy lets happen what it says must never happen";
        case diagnostic_code::guarantee_undecided:
            return "a guarantee on conditions that are too involved to be looked through";
        case diagnostic_code::expectation_clash:
            return "an exercise expects two things that can't both be";
        case diagnostic_code::role_not_held:
            return "an exercise takes away a role from somebody who has not got it";
        case diagnostic_code::too_many_names:
            return "more actions, facts, roles or categories than a policy may have";
        case diagnostic_code::table_too_large:
            return "the compiled policy would take more memory than allowed";
        case diagnostic_code::former_name: return "a former name is still in use, or two claim it";
        case diagnostic_code::unknown_code:
            return "settings for a kind of problem that does not exist";
        case diagnostic_code::fixed_severity:
            return "settings for an error, which can't be changed";
        default: return to_string(code);
    }
}

std::string page_of(diagnostic_code code) {
    return "docs/diagnostics/" + std::string(to_string(code)) + ".md";
}

}  // namespace rolecall::inline v0_1::cli
