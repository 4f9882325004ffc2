// Statements taken out of random policies that are written in random ways.

#include "trial.hpp"
#include <rolecall/document_part.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace model;
using rolecall::document_part;

namespace {

using parts = std::vector<document_part>;
using lines = std::vector<std::string>;

parts all_parts(rolecall::document const& of) {
    using kind = document_part::kind;
    parts found;
    for (std::size_t r = 0; r < of.roles.size(); ++r) {
        for (std::size_t i = 0; i < of.roles[r].inherits.size(); ++i)
            found.push_back({kind::inheritance, r, i, 0});
        for (std::size_t l = 0; l < of.roles[r].may.size(); ++l)
            for (std::size_t i = 0; i < of.roles[r].may[l].rights.size(); ++i)
                found.push_back({kind::right, r, l, i});
    }
    for (std::size_t u = 0; u < of.users.size(); ++u)
        for (std::size_t l = 0; l < of.users[u].assignments.size(); ++l)
            found.push_back({kind::assignment, u, l, 0});
    return found;
}

rolecall::place const& owner(rolecall::document const& of, document_part const& part) {
    return part.what == document_part::kind::assignment ? of.users[part.entry].id.at
                                                        : of.roles[part.entry].name.at;
}

// With their line breaks.
lines lines_of(std::string const& text) {
    lines found;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t const end = std::min(text.find('\n', begin), text.size() - 1) + 1;
        found.push_back(text.substr(begin, end - begin));
        begin = end;
    }
    return found;
}

// Blank, or a comment and nothing else; in a text over several lines perhaps, which stays as well.
bool says_nothing(std::string const& line) {
    std::size_t const first = line.find_first_not_of(" \t\r\n");
    return first == std::string::npos || line[first] == '#';
}

// Whether the one is the other without some of its characters.
bool is_left_of(std::string_view left, std::string_view line) {
    std::size_t at = 0;
    for (char const c : line) {
        if (at < left.size() && left[at] == c) ++at;
    }
    return at == left.size();
}

// Lines that belong to entries of which nothing was taken out.
class kept_lines {
public:
    kept_lines(rolecall::document const& of, std::uint32_t file, parts const& taken) : file_(file) {
        auto const names = [&](auto const& section) {
            for (auto const& entry : section) add(entry.name.at);
        };
        names(of.actions);
        names(of.facts);
        names(of.categories);
        names(of.roles);
        names(of.guardrails);
        names(of.separations);
        for (auto const& user : of.users) add(user.id.at);
        for (document_part const& part : taken) {
            if (owner(of, part).file == file) touched_.insert(owner(of, part).line);
        }
    }

    // Counted from 1. An entry ends where the next begins, on the same line perhaps.
    bool must_stay(std::size_t line) const {
        auto const next = begins_.lower_bound(line);
        bool const goes_on = next != begins_.begin() && touched_.count(*std::prev(next)) > 0;
        return !goes_on && touched_.count(line) == 0;
    }

private:
    void add(rolecall::place const& at) {
        if (at.file == file_) begins_.insert(at.line);
    }

    std::uint32_t file_;
    std::set<std::size_t> begins_;
    std::set<std::size_t> touched_;
};

std::string problem_with(rolecall::edited_file const& file, kept_lines const& kept) {
    lines const before = lines_of(file.before);
    lines const after = lines_of(file.after);
    if (file.lines.size() != after.size()) {
        return "the numbers of its lines are not told";
    }
    std::size_t next = 0;
    for (std::size_t line = 1; line <= before.size(); ++line) {
        bool const gone = next == after.size() || file.lines[next] != line;
        std::string const& text = before[line - 1];
        if (gone && (kept.must_stay(line) || says_nothing(text))) {
            return "lost its line " + text;
        }
        if (gone) {
            continue;
        }
        bool const same = after[next] == text;
        if (!same && kept.must_stay(line)) {
            return "changed its line " + text;
        }
        if (!is_left_of(after[next], text)) {
            return "made up its line " + after[next];
        }
        ++next;
    }
    return next == after.size() ? "" : "has a line of its own";
}

std::vector<rolecall::yaml::source_text> sources(std::vector<source_file> const& files) {
    std::vector<rolecall::yaml::source_text> result;
    for (auto const& [path, text] : files) {
        result.push_back({path, text});
    }
    return result;
}

// A role can't do without its last statement where it has no description, nor a user without an
// assignment.
bool may_be_left(rolecall::document const& of, document_part const& part) {
    if (part.what == document_part::kind::assignment) {
        return true;
    }
    return of.roles[part.entry].about.empty() && of.roles[part.entry].title.empty();
}

}  // namespace

TEST_CASE("statements are taken out of files that are otherwise as they were written") {
    std::size_t wanted_in_all = 0;
    std::size_t left_for_comments = 0;
    with_random_policies(1500, [&](trial& one) {
        auto files = to_yaml_files(one.rules, one.random);
        auto const written = text(files);
        auto const loaded = rolecall::yaml::load_texts(sources(files));
        if (!loaded) {
            one.fail("refused", written);
        }
        rolecall::document const& from = loaded->source();
        parts wanted = all_parts(from);
        wanted = one.random.chance(30) ? one.random.some(wanted, 1, 3)
                                       : one.random.some(wanted, 0, wanted.size());
        auto const result = take_out(from, wanted);

        parts every = result.taken;
        every.insert(every.end(), result.left.begin(), result.left.end());
        std::sort(every.begin(), every.end());
        std::sort(wanted.begin(), wanted.end());
        if (every != wanted) {
            one.fail("what is taken and what is left are not what was wanted", written);
        }
        wanted_in_all += wanted.size();
        for (document_part const& part : result.left) {
            if (!may_be_left(from, part)) ++left_for_comments;
        }

        auto texts = sources(files);
        for (rolecall::edited_file const& file : result.files) {
            auto const same = std::find_if(texts.begin(), texts.end(),
                                           [&](auto const& t) { return t.path == file.path; });
            if (same == texts.end() || same->text != file.before || file.before == file.after) {
                one.fail("edited what is no file of the policy", written);
            }
            same->text = file.after;
            std::size_t number = 0;
            while (from.files[number].path != file.path) {
                ++number;
            }
            kept_lines const kept(from, static_cast<std::uint32_t>(number), result.taken);
            if (auto const problem = problem_with(file, kept); !problem.empty()) {
                one.fail(file.path + " " + problem, written + "\n-----\n" + file.after);
            }
        }
        auto const again = rolecall::yaml::load_texts(texts);
        if (!again) {
            one.fail("what is left is refused", written);
        }
        if (rolecall::yaml::write(*again) != rolecall::yaml::write(without(from, result.taken))) {
            one.fail("the files don't say what the document says", written);
        }
    });
    MESSAGE(wanted_in_all, " wanted, ", left_for_comments, " left for comments");
    CHECK(left_for_comments * 200 <= wanted_in_all);
}
