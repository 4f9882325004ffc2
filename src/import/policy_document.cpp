#include "import/policy_document.hpp"

#include "import/names.hpp"
#include "import/text_check.hpp"

#include <set>
#include <utility>

namespace rolecall::inline v0_1::csv {

namespace {

class document_maker {
public:
    document_maker(rights_table const& table, std::vector<std::string> const& roles,
                   std::vector<std::string> const& categories)
        : table_(table), roles_(roles), categories_(categories) {}

    document run() {
        add_actions();
        add_categories();
        add_roles();
        add_hierarchy();
        add_rights();
        return std::move(made_);
    }

private:
    static std::string title_of(std::string const& original, std::string const& name) {
        return original == name ? std::string() : original;
    }

    void add_actions() {
        for (action_column const& column : table_.actions)
            if (!is_built_in(column.action))
                made_.actions.push_back({{column.action, {}}, {}, column.title});
    }

    void add_categories() {
        for (std::size_t i = 0; i < categories_.size(); ++i) {
            csv_cell const& cell = table_.categories[i];
            written_category category;
            category.name = {categories_[i], cell.at};
            category.about = in_one_line(cell.text);
            category.title = title_of(category.about, categories_[i]);
            made_.categories.push_back(std::move(category));
        }
    }

    void add_roles() {
        for (std::size_t i = 0; i < roles_.size(); ++i) {
            csv_cell const& cell = table_.roles[i];
            written_role role;
            role.name = {roles_[i], cell.at};
            role.title = title_of(in_one_line(cell.text), roles_[i]);
            made_.roles.push_back(std::move(role));
        }
    }

    void add_hierarchy() {
        std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
        auto const inherit = [&](std::uint32_t senior, std::uint32_t junior, place at) {
            if (seen.emplace(senior, junior).second)
                made_.roles[senior].inherits.push_back({roles_[junior], at});
        };
        for (seniority const& pair : table_.hierarchy) inherit(pair.senior, pair.junior, pair.at);
        auto const all = table_.roles.find(std::string(everybody));
        if (!all) return;
        made_.roles[*all].about = "Everybody: every other role inherits this one";
        for (std::uint32_t i = 0; i < roles_.size(); ++i)
            if (i != *all) inherit(i, *all, table_.roles[*all].at);
    }

    void add_rights() {
        for (pair_rights const& pair : table_.rights) {
            if (pair.actions == 0) continue;
            written_grant grant;
            grant.category = {categories_[pair.category], pair.at};
            for (std::size_t i = 0; i < table_.actions.size(); ++i)
                if (((pair.actions >> i) & 1U) != 0)
                    grant.rights.push_back({{table_.actions[i].action, pair.at}, {}});
            made_.roles[pair.role].may.push_back(std::move(grant));
        }
    }

    rights_table const& table_;
    std::vector<std::string> const& roles_;
    std::vector<std::string> const& categories_;
    document made_;
};

}  // namespace

document to_document(rights_table const& table, std::vector<std::string> const& roles,
                     std::vector<std::string> const& categories) {
    return document_maker(table, roles, categories).run();
}

}  // namespace rolecall::inline v0_1::csv
