#include "import/import_tables.hpp"

#include "import/names.hpp"
#include "import/policy_document.hpp"
#include "import/rights_table.hpp"
#include "import/text_check.hpp"
#include <rolecall/yaml.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace rolecall::inline v0_1::csv {

namespace {

constexpr std::string_view policy_file_name = "imported policy";  // in messages of the last check

std::string csv_cell_text(std::string const& text) {
    if (text.find_first_of(",;\t\"\n") == std::string::npos) return text;
    std::string quoted_text = "\"";
    for (char const c : text) {
        quoted_text += c;
        if (c == '"') quoted_text += c;
    }
    return quoted_text + '"';
}

// A file of names to fill in.
std::string to_fill_in(naming const& roles, naming const& categories) {
    std::string text;
    std::set<std::string> seen;
    for (naming const* part : {&roles, &categories})
        for (csv_cell const& original : part->without_name)
            if (seen.insert(original.text).second) text += csv_cell_text(original.text) + ",\n";
    return text.empty() ? text : "original,name\n" + text;
}

class importer {
public:
    explicit importer(import_sources sources)
        : choice_(std::move(sources.columns)), policy_name_(std::move(sources.policy_name)) {
        add(std::move(sources.table));
        if (sources.hierarchy) hierarchy_ = add(std::move(*sources.hierarchy));
        if (sources.names) names_ = add(std::move(*sources.names));
    }

    import_result run() {
        read_tables();
        naming roles = name_originals(table_.roles, name_kind::role, given_, found_);
        naming categories = name_originals(table_.categories, name_kind::category, given_, found_);
        if (table_.whole) given_.report_unused(table_, found_);
        if (!found_.none()) {
            result_.problems = detail::to_diagnostics(found_.kept(), files_);
            result_.more_problems = found_.left_out();
            result_.names_to_give = to_fill_in(roles, categories);
            return std::move(result_);
        }
        make_policy(roles.names, categories.names);
        for (naming* part : {&roles, &categories})
            std::move(part->notes.begin(), part->notes.end(), std::back_inserter(result_.notes));
        return std::move(result_);
    }

private:
    std::uint32_t add(source_file file) {
        file.text.erase(0, file.text.size() - without_byte_order_mark(file.text).size());
        files_.push_back(std::move(file));
        return static_cast<std::uint32_t>(files_.size() - 1);
    }

    void read_tables() {
        if (check_text(files_[0], 0, found_))
            read_rights(files_[0], 0, choice_, table_, found_);
        else
            table_.whole = false;
        if (hierarchy_ && check_text(files_[*hierarchy_], *hierarchy_, found_))
            read_hierarchy(files_[*hierarchy_], *hierarchy_, table_, found_);
        else if (hierarchy_)
            table_.whole = false;
        if (names_ && check_text(files_[*names_], *names_, found_))
            given_.read(files_[*names_], *names_, found_);
    }

    void make_policy(std::vector<std::string> const& roles,
                     std::vector<std::string> const& categories) {
        document made = to_document(table_, roles, categories);
        if (is_plain_line(policy_name_)) {
            made.header.emplace();
            made.header->name = policy_name_;
        }
        made.files = std::move(files_);  // so that problems are shown where the tables have them
        policy_result const compiled = yaml::compile(std::move(made));
        if (!compiled) return refuse(compiled.findings());
        std::string text = yaml::write(compiled.value());
        // What is handed out is the text, so it is the text that has to load.
        policy_result const loaded = yaml::load_text(text, policy_file_name);
        if (!loaded) return refuse(loaded.findings());
        result_.policy = std::move(text);
        result_.roles = roles.size();
        result_.categories = categories.size();
        for (pair_rights const& pair : table_.rights)
            for (unsigned bits = pair.actions; bits != 0; bits &= bits - 1) ++result_.rights;
    }

    void refuse(std::span<diagnostic const> findings) {
        std::size_t const kept = std::min(findings.size(), problems::most_kept);
        result_.problems.assign(findings.begin(),
                                findings.begin() + static_cast<std::ptrdiff_t>(kept));
        result_.more_problems = findings.size() - kept;
    }

    column_choice choice_;
    std::string policy_name_;
    std::vector<source_file> files_;
    std::optional<std::uint32_t> hierarchy_, names_;  // numbers of files
    problems found_;
    rights_table table_;
    given_names given_;
    import_result result_;
};

}  // namespace

import_result import_tables(import_sources sources) { return importer(std::move(sources)).run(); }

}  // namespace rolecall::inline v0_1::csv
