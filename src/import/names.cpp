#include "import/names.hpp"

#include <rolecall/detail/compile/name_rules.hpp>
#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace rolecall::inline v0_1::csv {

namespace {

using detail::in_backticks;

constexpr std::size_t most_in_text = 10;  // originals of a group in one message
constexpr std::size_t most_related = 8;   // of these, with their places
constexpr std::string_view use_names = "with `--names` (a file of original,name)";

std::string_view to_string(name_kind kind) noexcept {
    return kind == name_kind::role ? "role" : "category";
}

class namer {
public:
    namer(originals const& all, name_kind kind, given_names const& given, problems& found)
        : all_(all), kind_(kind), given_(given), found_(found) {}

    naming run() {
        for (std::size_t i = 0; i < all_.size(); ++i) {
            std::string name = name_of(all_[i]);
            if (!name.empty()) groups_[detail::look_of(name)].push_back(i);
            result_.names.push_back(std::move(name));
        }
        for (auto const& [look, members] : groups_)
            if (members.size() > 1) report_group(members);
        return std::move(result_);
    }

private:
    // Empty where there is none, which is reported.
    std::string name_of(csv_cell const& original) {
        if (csv_cell const* name = given_.find(original.text)) return as_given(*name);
        if (kind_ == name_kind::role && original.text == everybody)
            return std::string(everybody_name);
        std::string name = derived_name(original.text);
        if (name.empty()) {
            refuse(original, "leaves no a-z and no digit for a name");
        } else if (name.size() > detail::max_name_bytes) {
            refuse(original, "is too long for a name, which has at most " +
                                 std::to_string(detail::max_name_bytes) + " characters");
            name.clear();
        } else if (detail::is_reserved(name)) {
            std::string const kind(to_string(kind_));
            result_.notes.push_back(kind + ' ' + in_backticks(original.text) + " is named " +
                                    in_backticks(kind + '-' + name) + ", because " +
                                    in_backticks(name) + " is a reserved word");
            name.insert(0, kind + '-');
        }
        return name;
    }

    std::string as_given(csv_cell const& name) {
        if (kind_ == name_kind::category || name.text.find('.') == std::string::npos)
            return name.text;
        found_.add(diagnostic_code::csv_name, name.at,
                   in_backticks(name.text) + " can't name a role; only a category's name has dots");
        return {};
    }

    void refuse(csv_cell const& original, std::string const& why) {
        found_.add(diagnostic_code::csv_name, original.at,
                   std::string(to_string(kind_)) + ' ' + in_backticks(original.text) + ' ' + why +
                       "; name it " + std::string(use_names));
        result_.without_name.push_back(original);
    }

    void report_group(std::vector<std::size_t> const& members) {
        std::string text;
        std::vector<detail::related_place> related;
        for (std::size_t i = 0; i < members.size(); ++i) {
            csv_cell const& original = all_[members[i]];
            result_.without_name.push_back(original);
            bool const last = i + 1 == members.size();
            if (i < most_in_text)
                text += (i == 0 ? "" : last ? " and " : ", ") + in_backticks(original.text);
            if (i > 0 && i <= most_related)
                related.push_back({original.at, in_backticks(original.text) + " would be " +
                                                    in_backticks(result_.names[members[i]])});
        }
        if (members.size() > most_in_text)
            text += " and " + std::to_string(members.size() - most_in_text) + " more";
        csv_cell const& first = all_[members.front()];
        found_.add(diagnostic_code::csv_name, first.at,
                   text + " would " + (members.size() == 2 ? "both" : "all") + " be the " +
                       std::string(to_string(kind_)) + ' ' +
                       in_backticks(result_.names[members.front()]) +
                       "; give each a name of its own " + std::string(use_names),
                   std::move(related));
    }

    originals const& all_;
    name_kind kind_;
    given_names const& given_;
    problems& found_;
    naming result_;
    std::map<std::string, std::vector<std::size_t>> groups_;  // what looks the same
};

}  // namespace

std::string derived_name(std::string_view original) {
    std::string name;
    std::string run;  // since the last letter or digit
    for (char const c : original) {
        char const small = detail::ascii_lower(c);
        if (!detail::is_name_letter(small)) {
            run += c;
            continue;
        }
        bool const underscores = run.find_first_not_of('_') == std::string::npos;
        if (!run.empty() && !name.empty()) name += underscores ? '_' : '-';
        name += small;
        run.clear();
    }
    return name;
}

void given_names::read(source_file const& file, std::uint32_t number, problems& found) {
    csv_reader rows(file, number, found);
    if (rows.header().empty()) return;
    column_search search(rows.header(), found);
    std::size_t const original = search.find("original");
    std::size_t const name = search.find("name");
    if (!search.finish("a file of names has the columns `original` and `name`")) return;
    csv_row row;
    while (rows.next(row)) {
        bool const has_original = check_original(row[original], "original", found);
        if (check_original(row[name], "name", found) && has_original)
            add(row[original], row[name], found);
    }
}

void given_names::add(csv_cell const& original, csv_cell const& name, problems& found) {
    if (!detail::is_category(name.text))
        found.add(diagnostic_code::csv_name, name.at,
                  in_backticks(name.text) +
                      " is no name: it is made of a-z and 0-9 with single - or _ between them, "
                      "at most 128 bytes");
    else if (detail::has_reserved_segment(name.text))
        found.add(diagnostic_code::csv_name, name.at,
                  in_backticks(name.text) +
                      " is a reserved word: `all`, `any`, `always` and "
                      "`everyone` have a meaning of their own");
    auto const [at, is_new] = numbers_.try_emplace(original.text, entries_.size());
    if (is_new)
        entries_.push_back({original, name});
    else
        found.add(diagnostic_code::csv_name, original.at,
                  in_backticks(original.text) + " is named twice",
                  {{entries_[at->second].original.at, "named here first"}});
}

csv_cell const* given_names::find(std::string const& original) const {
    auto const at = numbers_.find(original);
    return at == numbers_.end() ? nullptr : &entries_[at->second].name;
}

void given_names::report_unused(rights_table const& table, problems& found) const {
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i < table.roles.size(); ++i) known.push_back(table.roles[i].text);
    for (std::size_t i = 0; i < table.categories.size(); ++i)
        known.push_back(table.categories[i].text);
    detail::suggester suggester;
    for (entry const& given : entries_) {
        std::string const& text = given.original.text;
        if (table.roles.find(text) || table.categories.find(text)) continue;
        found.add(diagnostic_code::csv_name, given.original.at,
                  "no role and no category is called " + in_backticks(text) + " in the table" +
                      detail::did_you_mean(suggester.closest(text, known)));
    }
}

naming name_originals(originals const& all, name_kind kind, given_names const& given,
                      problems& found) {
    return namer(all, kind, given, found).run();
}

}  // namespace rolecall::inline v0_1::csv
