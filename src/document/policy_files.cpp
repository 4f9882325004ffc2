#include "document/policy_files.hpp"

#include "document/file_io.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <utility>

namespace rolecall::inline v0_1::yaml {

namespace {

constexpr std::string_view extension = ".yaml";
constexpr int max_depth = 32;  // directories within directories; each holds a descriptor

bool ends_in_yaml(std::string_view name) noexcept {
    return name.size() >= extension.size() &&
           name.substr(name.size() - extension.size()) == extension;
}

bool contains_in_any_case(std::string_view name, std::string_view part) noexcept {
    auto const same = [](char c, char small) {
        return c == small || (c >= 'A' && c <= 'Z' && c - 'A' + 'a' == small);
    };
    return std::search(name.begin(), name.end(), part.begin(), part.end(), same) != name.end();
}

bool has_yaml_in_it(std::string_view name) noexcept {
    return contains_in_any_case(name, ".yaml") || contains_in_any_case(name, ".yml");
}

// The path without links in it; empty, with errno, where there is none.
std::string resolved(std::string const& path) {
    std::unique_ptr<char, void (*)(void*)> const result(::realpath(path.c_str(), nullptr),
                                                        std::free);
    return result ? std::string(result.get()) : std::string();
}

std::string joined(std::string const& directory, std::string const& name) {
    if (directory.empty() || directory.back() == '/') return directory + name;
    return directory + '/' + name;
}

class directory_reader {
public:
    directory_reader(std::string path, descriptor root, std::size_t max_bytes)
        : path_(std::move(path)),
          resolved_(resolved(path_)),
          root_(std::move(root)),
          max_bytes_(max_bytes) {}

    std::vector<policy_file> run() {
        walk(root_, "", 0);
        return in_order(path_, std::move(found_));
    }

private:
    void refuse(std::string const& relative, diagnostic_code code, std::string text) {
        refuse(relative, {code, std::move(text)});
    }
    void refuse(std::string const& relative, file_problem problem) {
        std::string path = relative.empty() ? path_ : joined(path_, relative);
        found_.push_back({std::move(path), relative, "", std::move(problem)});
    }

    void walk(descriptor const& directory, std::string const& relative, int depth) {
        std::vector<std::string> names;
        if (auto problem = list_names(directory, names))
            return refuse(relative, std::move(*problem));
        for (std::string const& name : names) visit(directory, name, joined(relative, name), depth);
    }

    void visit(descriptor const& directory, std::string const& name, std::string const& relative,
               int depth) {
        struct stat state {};
        if (::fstatat(directory.number(), name.c_str(), &state, AT_SYMLINK_NOFOLLOW) != 0)
            return refuse(relative, unreadable(errno));
        if (S_ISLNK(state.st_mode)) return visit_link(name, relative);
        if (!is_wanted(name, relative, state.st_mode, depth)) return;
        if (!S_ISDIR(state.st_mode)) return read(open_in(directory, name), relative);
        descriptor const inner = open_in(directory, name, O_DIRECTORY);
        if (!inner) return refuse(relative, unreadable(errno));
        walk(inner, relative, depth + 1);
    }

    // A link may lead to a file of the same directory tree, and nowhere else: what it says
    // must not change without a change in the policy's directory.
    void visit_link(std::string const& name, std::string const& relative) {
        std::string const target =
            resolved_.empty() ? resolved_ : resolved(joined(resolved_, relative));
        struct stat state {};
        if (target.empty() || ::stat(target.c_str(), &state) != 0)
            return refuse(relative, diagnostic_code::symbolic_link,
                          "a link to something that " + unreadable(errno).text);
        if (S_ISDIR(state.st_mode))
            return refuse(relative, diagnostic_code::symbolic_link,
                          "a link to a directory; put the directory itself here");
        std::string const inside = joined(resolved_, "");
        if (target.compare(0, inside.size(), inside) != 0)
            return refuse(relative, diagnostic_code::symbolic_link,
                          "a link that leads out of the policy's directory; put the file itself "
                          "here");
        if (is_wanted(name, relative, state.st_mode, 0))
            read(open_below(root_, target.substr(inside.size())), relative);
    }

    // Whether it is to be read, or looked into; says why where it can't be.
    bool is_wanted(std::string const& name, std::string const& relative, mode_t mode, int depth) {
        auto visited = visit_entry(name,
                                   S_ISDIR(mode)   ? entry_kind::directory
                                   : S_ISREG(mode) ? entry_kind::file
                                                   : entry_kind::other,
                                   depth);
        if (visited.problem) refuse(relative, std::move(*visited.problem));
        return !visited.problem && !visited.ignored;
    }

    void read(descriptor const& file, std::string const& relative) {
        if (!file) return refuse(relative, unreadable(errno));
        std::string text;
        auto problem = read_whole(file, max_bytes_, text);
        if (problem) text.clear();
        found_.push_back({joined(path_, relative), relative, std::move(text), std::move(problem)});
    }

    std::string path_;
    std::string resolved_;
    descriptor root_;
    std::size_t max_bytes_;
    std::vector<policy_file> found_;
};

std::vector<policy_file> refused(std::string const& path, file_problem problem) {
    std::vector<policy_file> result;
    result.push_back({path, path, "", std::move(problem)});
    return result;
}

}  // namespace

file_problem too_large(std::size_t max_bytes) {
    bool const whole_mib = max_bytes > 0 && max_bytes % (std::size_t{1} << 20U) == 0;
    return {diagnostic_code::file_too_large,
            "this file has more than " +
                (whole_mib ? std::to_string(max_bytes >> 20U) + " MiB"
                           : std::to_string(max_bytes) + " bytes") +
                ", the most that a policy file may have; split it"};
}

bool is_suspicious(std::string_view name) noexcept {
    return has_yaml_in_it(name) && !ends_in_yaml(name);
}

std::vector<policy_file> in_order(std::string const& path, std::vector<policy_file> found) {
    if (found.empty())
        found.push_back({path, "", "",
                         file_problem{diagnostic_code::no_policy_file,
                                      "no policy file is in this directory; the name of one ends "
                                      "in `.yaml`"}});
    std::stable_sort(found.begin(), found.end(), [](policy_file const& a, policy_file const& b) {
        return a.relative < b.relative;
    });
    return found;
}

visited_entry visit_entry(std::string_view name, entry_kind what, int depth) {
    if (name.empty() || name.front() == '.') return {true, {}};
    if (what == entry_kind::directory) {
        if (has_yaml_in_it(name))
            return {false, file_problem{diagnostic_code::suspicious_file_name,
                                        "a directory with the name of a policy file; rename it"}};
        if (depth == max_depth)
            return {false,
                    file_problem{diagnostic_code::unreadable_file,
                                 "lies in more directories than the " + std::to_string(max_depth) +
                                     " that are read; move it up"}};
        return {};
    }
    if (is_suspicious(name))
        return {false, file_problem{diagnostic_code::suspicious_file_name,
                                    "the name of a policy file ends in `.yaml`; rename this one, "
                                    "or move it out of the directory"}};
    if (!ends_in_yaml(name)) return {true, {}};
    if (what != entry_kind::file)
        return {false, file_problem{diagnostic_code::unreadable_file, "is not a regular file"}};
    return {};
}

std::vector<policy_file> read_policy_files(std::string const& path, std::size_t max_bytes) {
    if (path.find('\0') != std::string::npos) return refused(path, unreadable(EINVAL));
    struct stat state {};
    if (::stat(path.c_str(), &state) != 0) return refused(path, unreadable(errno));
    if (!S_ISREG(state.st_mode) && !S_ISDIR(state.st_mode))
        return refused(
            path, {diagnostic_code::unreadable_file, "is neither a regular file nor a directory"});
    descriptor opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    if (!opened) return refused(path, unreadable(errno));
    if (S_ISDIR(state.st_mode)) return directory_reader(path, std::move(opened), max_bytes).run();

    std::string text;
    auto problem = read_whole(opened, max_bytes, text);
    if (problem) text.clear();
    std::size_t const slash = path.rfind('/');
    std::vector<policy_file> result;
    result.push_back({path, slash == std::string::npos ? path : path.substr(slash + 1),
                      std::move(text), std::move(problem)});
    return result;
}

}  // namespace rolecall::inline v0_1::yaml
