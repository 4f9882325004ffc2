#include "cli/diff/git.hpp"

#include "cli/diff/run_git.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <charconv>
#include <map>
#include <system_error>
#include <utility>

namespace rolecall::inline v0_1::cli {
namespace {

using detail::in_backticks;
using yaml::file_problem;
using yaml::policy_file;

// Something in a tree of git: `100644 blob 3f8a…    1234<TAB>roles/support.yaml`.
struct tree_entry {
    std::string_view mode, id, path;
    std::size_t size = 0;  // of a file

    [[nodiscard]] bool is_file() const { return mode == "100644" || mode == "100755"; }
    [[nodiscard]] bool is_directory() const { return mode == "040000"; }
    [[nodiscard]] bool is_link() const { return mode == "120000"; }
    [[nodiscard]] std::string_view name() const { return path.substr(path.rfind('/') + 1); }
};

std::string_view take_until(std::string_view& text, char end) {
    std::size_t const at = std::min(text.find(end), text.size());
    std::string_view const taken = text.substr(0, at);
    text.remove_prefix(std::min(at + 1, text.size()));
    return taken;
}

std::vector<tree_entry> entries_of(std::string_view listing) {
    std::vector<tree_entry> result;
    while (!listing.empty()) {
        std::string_view line = take_until(listing, '\0');
        tree_entry entry;
        std::string_view words = take_until(line, '\t');
        entry.path = line;
        entry.mode = take_until(words, ' ');
        take_until(words, ' ');  // blob, tree or commit: the mode says it as well
        entry.id = take_until(words, ' ');
        while (!words.empty() && words.front() == ' ') words.remove_prefix(1);
        std::from_chars(words.data(), words.data() + words.size(), entry.size);
        result.push_back(entry);
    }
    return result;
}

file_problem link_problem() {
    return {diagnostic_code::symbolic_link,
            "a link, which is not followed in a revision of git; put the file itself here"};
}

class reader {
public:
    reader(git_path from, std::string name, std::size_t max_bytes)
        : from_(std::move(from)), name_(std::move(name)), max_bytes_(max_bytes) {
        while (!path().empty() && path().back() == '/') path().pop_back();
        // To git, `.` is where we are only with a slash behind it.
        if (path() == "." || path() == "..") path() += '/';
        while (!name_.empty() && name_.back() == '/' && name_.size() > from_.revision.size() + 1)
            name_.pop_back();
    }

    git_reading run() {
        if (from_.revision.front() == '-')
            return failed(in_backticks(from_.revision) + " is no revision of git");
        git_answer const tree = find(from_.revision + "^{tree}");
        if (tree.code == 1) return failed("git knows no revision " + in_backticks(from_.revision));
        if (tree.code != 0) return failed(tree.error);
        git_answer const found = find(from_.revision + ':' + path());
        if (found.code != 0)
            return failed("the revision " + in_backticks(from_.revision) + " has no path " +
                          in_backticks(path()));
        return type_of(found.out) == "tree" ? read_directory(found.out) : read_file(found.out);
    }

private:
    static git_reading failed(std::string why) { return {{}, std::move(why)}; }

    [[nodiscard]] std::string& path() { return from_.path; }

    // The id of what a name of git means.
    static git_answer find(std::string const& name) {
        git_answer answer = run_git({"rev-parse", "--verify", "--quiet", "--end-of-options", name});
        while (!answer.out.empty() && answer.out.back() == '\n') answer.out.pop_back();
        return answer;
    }

    static std::string type_of(std::string const& id) {
        std::string type = run_git({"cat-file", "-t", id}).out;
        return type.substr(0, type.find('\n'));
    }

    git_reading read_directory(std::string const& id) {
        git_answer const listing = run_git({"ls-tree", "-r", "-t", "-l", "-z", "--full-tree", id});
        if (listing.code != 0) return failed(listing.error);
        std::vector<policy_file> files;
        std::vector<tree_entry> wanted;
        std::vector<std::string> skipped;  // directories that are not looked into, with a slash
        for (tree_entry const& entry : entries_of(listing.out)) {
            bool const within =
                std::any_of(skipped.begin(), skipped.end(), [&](std::string const& directory) {
                    return entry.path.substr(0, directory.size()) == directory;
                });
            if (within || visit(entry, files, wanted)) continue;
            if (entry.is_directory()) skipped.push_back(std::string(entry.path) + '/');
        }
        if (std::string error = read(wanted, files); !error.empty()) return failed(error);
        return {yaml::in_order(name_, std::move(files)), {}};
    }

    // Whether it is a file to be read, or a directory to be looked into.
    bool visit(tree_entry const& entry, std::vector<policy_file>& files,
               std::vector<tree_entry>& wanted) const {
        bool const hidden = entry.name().empty() || entry.name().front() == '.';
        if (entry.is_link() && !hidden) {
            refuse(entry, link_problem(), files);
            return false;
        }
        bool const submodule = entry.mode == "160000";
        if (submodule && !hidden) {
            refuse(entry,
                   {diagnostic_code::unreadable_file,
                    "is a submodule, whose files are not in this repository"},
                   files);
            return false;
        }
        auto const depth = static_cast<int>(std::count(entry.path.begin(), entry.path.end(), '/'));
        auto visited = yaml::visit_entry(entry.name(),
                                         entry.is_directory() ? yaml::entry_kind::directory
                                         : entry.is_file()    ? yaml::entry_kind::file
                                                              : yaml::entry_kind::other,
                                         depth);
        if (visited.problem) refuse(entry, std::move(*visited.problem), files);
        if (visited.problem || visited.ignored) return false;
        if (entry.is_directory()) return true;
        if (entry.size > max_bytes_)
            refuse(entry, yaml::too_large(max_bytes_), files);
        else
            wanted.push_back(entry);
        return true;
    }

    void refuse(tree_entry const& entry, file_problem problem,
                std::vector<policy_file>& files) const {
        files.push_back({below(entry.path), std::string(entry.path), "", std::move(problem)});
    }

    // `main:policies/shop/roles/support.yaml`
    [[nodiscard]] std::string below(std::string_view relative) const {
        std::string const between = name_.back() == ':' ? "" : "/";
        return name_ + between + std::string(relative);
    }

    git_reading read_file(std::string const& id) {
        // What a path is stands in the tree that it lies in.
        std::size_t const slash = path().rfind('/');
        std::string const parent = slash == std::string::npos ? "" : path().substr(0, slash + 1);
        std::string const last = slash == std::string::npos ? path() : path().substr(slash + 1);
        git_answer const tree = find(from_.revision + ':' + parent);
        if (tree.code != 0) return failed(tree.error);
        git_answer const listing = run_git({"ls-tree", "-l", "-z", "--full-tree", tree.out});
        if (listing.code != 0) return failed(listing.error);
        for (tree_entry const& entry : entries_of(listing.out)) {
            if (entry.path != last || entry.id != id) continue;
            std::vector<policy_file> files;
            if (entry.is_link())
                refuse_alone(link_problem(), files);
            else if (!entry.is_file())
                refuse_alone({diagnostic_code::unreadable_file, "is not a regular file"}, files);
            else if (entry.size > max_bytes_)
                refuse_alone(yaml::too_large(max_bytes_), files);
            else if (std::string error = read({entry}, files); !error.empty())
                return failed(error);
            if (files.size() == 1) files.front().path = name_;
            return {std::move(files), {}};
        }
        return failed("the revision " + in_backticks(from_.revision) + " has no file " +
                      in_backticks(path()));
    }

    void refuse_alone(file_problem problem, std::vector<policy_file>& files) const {
        files.push_back({name_, name_, "", std::move(problem)});
    }

    // Reads all of them in one run of git; why it can't be done, or nothing. It answers
    // `ID blob SIZE`, a line break, so many bytes, and another line break.
    [[nodiscard]] std::string read(std::vector<tree_entry> const& wanted,
                                   std::vector<policy_file>& files) const {
        if (wanted.empty()) return {};
        std::string ids;
        for (tree_entry const& entry : wanted) ids += std::string(entry.id) + '\n';
        git_answer const answer = run_git({"cat-file", "--batch"}, ids);
        if (answer.code != 0) return answer.error;
        std::string_view left = answer.out;
        for (tree_entry const& entry : wanted) {
            std::string const head =
                std::string(entry.id) + " blob " + std::to_string(entry.size) + '\n';
            if (left.substr(0, head.size()) != head || left.size() < head.size() + entry.size + 1)
                return "the repository has no content of " + in_backticks(entry.path);
            files.push_back({below(entry.path),
                             std::string(entry.path),
                             std::string(left.substr(head.size(), entry.size)),
                             {}});
            left.remove_prefix(head.size() + entry.size + 1);
        }
        return {};
    }

    git_path from_;
    std::string name_;
    std::size_t max_bytes_;
};

}  // namespace

std::optional<git_path> parse_git_path(std::string_view word) {
    std::size_t depth = 0;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (word[i] == '{') ++depth;
        if (word[i] == '}' && depth > 0) --depth;
        if (word[i] == ':' && depth == 0) {
            if (i == 0) return std::nullopt;
            return git_path{std::string(word.substr(0, i)), std::string(word.substr(i + 1))};
        }
    }
    return std::nullopt;
}

git_reading read_from_git(git_path const& from, std::string const& name, std::size_t max_bytes) {
    return reader(from, name, max_bytes).run();
}

}  // namespace rolecall::inline v0_1::cli
