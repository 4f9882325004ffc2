#include "promise/checks.hpp"
#include <rolecall/detail/compile/conditions.hpp>
#include <rolecall/detail/compile/resolve.hpp>
#include <rolecall/detail/text.hpp>

#include <string>

namespace rolecall::inline v0_1::promising {
namespace {

using detail::in_backticks;

// `detail::resolver` reports the names of grants and conditions; here is the rest.
class guarantee_names : detail::name_finder {
public:
    guarantee_names(document const& doc, detail::symbols const& names, detail::findings& found)
        : name_finder(doc, names, found), pool_(table_), resolver_(doc, names, pool_, found) {}

    void check(written_guarantee const& of) {
        check_roles(of.roles);
        check_roles(of.only);
        check_scope(of.first);
        check_scope(of.second);
        resolver_.condition(of.only_if);
        check_repeated(of.unless, "fact");
        for (written_name const& fact : of.unless)
            find(fact, names_.facts, "fact", diagnostic_code::unknown_fact);
        detail::resolved_role kept;
        std::vector<written_name> lines;
        for (written_grant const& grant : of.kept) {
            resolver_.resolve(grant, kept);
            lines.push_back(grant.category);
            if (grant.below) lines.back().text += ".*";
        }
        check_repeated(lines, "category");
    }

private:
    void check_roles(std::vector<written_name> const& roles) {
        check_repeated(roles, "role");
        for (written_name const& name : roles) role(name);
    }

    void check_scope(written_scope const& scope) {
        check_repeated(scope.actions, "action");
        check_repeated(scope.categories, "category");
        check_repeated(scope.levels, "level");
        for (written_name const& name : scope.actions) check_action(name);
        for (written_name const& name : scope.categories) check_category(name);
        for (written_name const& name : scope.levels)
            find(name, names_.levels, "level", diagnostic_code::unknown_level);
    }

    void check_action(written_name const& name) {
        if (name.text == "all")
            report(diagnostic_code::unknown_action, name.at,
                   "`all` is not an action; write `any` for every action there is");
        else
            action(name);
    }

    // Here a category stands for all that lies below it anyway.
    void check_category(written_name const& name) {
        std::string_view const text = name.text;
        if (text.size() > 2 && text.substr(text.size() - 2) == ".*")
            report(diagnostic_code::invalid_value, name.at,
                   "a guarantee on a category is on all that lies below it, too; write " +
                       in_backticks(text.substr(0, text.size() - 2)));
        else
            category(name);
    }

    detail::condition_table table_;
    detail::condition_pool pool_;
    detail::resolver resolver_;
};

}  // namespace

void check_guarantee_names(document const& doc, detail::symbols const& names,
                           detail::findings& found) {
    if (doc.guarantees.empty()) return;
    detail::declared(detail::guarantee_names, doc.guarantees, found);
    guarantee_names check(doc, names, found);
    for (written_guarantee const& guarantee : doc.guarantees) check.check(guarantee);
}

}  // namespace rolecall::inline v0_1::promising
