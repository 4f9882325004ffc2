#include "policies/example.hpp"

#include "cli/id_look.hpp"
#include "import/import_tables.hpp"
#include "support/temporary_directory.hpp"
#include <rolecall/diagnostic_text.hpp>
#include <rolecall/exercise_records.hpp>
#include <rolecall/lint.hpp>
#include <rolecall/yaml.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace rolecall::testing {

namespace {

namespace fs = std::filesystem;
using words = std::vector<std::string>;

words words_of(std::string const& line) {
    std::istringstream stream(line);
    return {std::istream_iterator<std::string>(stream), {}};
}

bool is_of_lint(std::string_view code) {
    auto const rules = lint_rules();
    return std::any_of(rules.begin(), rules.end(),
                       [&](lint_rule const& rule) { return to_string(rule.code) == code; });
}

bool is_of_settings(std::string_view code) {
    return code == to_string(diagnostic_code::unknown_code) ||
           code == to_string(diagnostic_code::fixed_severity);
}

// A warning of loading, which the settings can change.
bool is_of_loading(std::string_view code) {
    return code == to_string(diagnostic_code::audit_may_be_lost);
}

class runner {
public:
    runner(example const& given, std::string_view code) : code_(code) {
        for (example_file const& file : given.files) here_.write(file.path, file.text);
        for (std::string const& line : given.commands) follow(words_of(line), line);
    }

    std::vector<diagnostic> run() {
        if (!found_ && fs::exists(here_.path("table.csv"))) import({"table.csv"});
        if (!found_) validate({"."});
        for (diagnostic& d : *found_) {
            shorten(d.where);
            for (related_location& r : d.related) shorten(r.where);
        }
        return std::move(*found_);
    }

private:
    void follow(words const& command, std::string const& line) {
        auto const is = [&](std::size_t count, words const& front) {
            return command.size() >= count &&
                   std::equal(front.begin(), front.end(), command.begin());
        };
        auto const from = [&](std::ptrdiff_t first) {
            return words(command.begin() + first, command.end());
        };
        if (is(4, {"ln", "-s"}))
            here_.link(command[3], command[2]);
        else if (is(2, {"mkfifo"}))
            made(::mkfifo(here_.path(command[1]).c_str(), 0600) == 0, line);
        else if (is(4, {"truncate", "-s"}))
            truncate(here_.path(command[3]), command[2]);
        else if (is(3, {"rolecall", "validate"}))
            validate(from(2));
        else if (is(4, {"rolecall", "import", "csv"}))
            import(from(3));
        else
            made(false, line);
    }

    static void made(bool ok, std::string const& line) {
        if (!ok) throw std::runtime_error("can't follow the command: " + line);
    }

    static void truncate(fs::path const& file, std::string const& size) {
        std::uintmax_t const number = std::stoul(size.substr(size.front() == '-' ? 1 : 0));
        if (size.front() == '-')
            fs::resize_file(file, fs::file_size(file) - number);
        else
            fs::resize_file(file, size.back() == 'M' ? number << 20U : number);
    }

    void validate(words const& arguments) {
        yaml::load_options options;
        options.today = date::parse("2027-01-01").value();
        std::string path;
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            if (arguments[i] == "--demand-end-marker")
                options.demand_end_marker = true;
            else if (arguments[i] == "--max-table-mib")
                options.max_table_bytes = std::stoul(arguments.at(++i)) << 20U;
            else
                path = arguments[i] == "." ? here_.path() : here_.path(arguments[i]);
        }
        auto const loaded = yaml::load(path, options);
        found_.emplace(loaded.findings().begin(), loaded.findings().end());
        bool const linted = is_of_lint(code_) || is_of_loading(code_);
        if (!linted && !is_of_settings(code_)) return;

        lint_settings_result given = load_lint_settings(lint_settings_path(path));
        exercise_records held = yaml::read_exercise_records(exercise_records_path(path));
        if (linted) lint_it(loaded, {options.today, given.settings, cli::id_look, held.held});
        found_->insert(found_->end(), given.findings.begin(), given.findings.end());
    }

    // What loading found is among what lint tells.
    void lint_it(policy_result const& loaded, lint_options const& options) {
        found_->clear();
        for (lint_finding& finding : lint(loaded, options).findings)
            if (is_of_lint(code_) || !is_of_lint(to_string(finding.what.code)))
                found_->push_back(std::move(finding.what));
    }

    void import(words const& arguments) {
        csv::import_sources sources;
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            auto const file = [&] { return file_at(arguments.at(i)); };
            std::string const word = arguments[i];
            if (word.substr(0, 2) == "--") ++i;
            if (word == "--hierarchy")
                sources.hierarchy = file();
            else if (word == "--names")
                sources.names = file();
            else if (word == "--columns")
                made(!csv::read_choice({arguments.at(i)}, sources.columns), arguments.at(i));
            else
                sources.table = file();
        }
        auto made_policy = csv::import_tables(std::move(sources));
        found_ = std::move(made_policy.problems);
    }

    [[nodiscard]] source_file file_at(std::string const& path) const {
        return {path, contents(here_.path(path))};
    }

    void shorten(location& where) const {
        std::string const inside = here_.path() + '/';
        if (where.path == here_.path()) where.path = ".";
        if (where.path.compare(0, inside.size(), inside) == 0) where.path.erase(0, inside.size());
    }

    temporary_directory here_;
    std::string_view code_;
    std::optional<std::vector<diagnostic>> found_;
};

}  // namespace

std::vector<diagnostic> problems_of(example const& given, std::string_view code) {
    return runner(given, code).run();
}

std::string printed(std::vector<diagnostic> const& problems) {
    std::string text;
    for (diagnostic const& d : problems) text += to_text(d) + '\n';
    return text;
}

std::string without_escapes(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        bool const is_escape = text.substr(0, 2) == "\\x" && text.size() >= 4;
        if (is_escape)
            result += static_cast<char>(std::stoi(std::string(text.substr(2, 2)), nullptr, 16));
        else
            result += text.front();
        text.remove_prefix(is_escape ? 4 : 1);
    }
    return result;
}

std::string repeated(std::string_view text, std::size_t count) {
    std::string result;
    std::istringstream stream{std::string(text)};
    for (std::string line; std::getline(stream, line);) {
        bool const is_template = line.find("{n}") != std::string::npos;
        for (std::size_t n = 1; n <= (is_template ? count : 1); ++n) {
            std::string one = line;
            for (std::size_t at = one.find("{n}"); at != std::string::npos; at = one.find("{n}"))
                one.replace(at, 3, std::to_string(n));
            result += one + '\n';
        }
    }
    return result;
}

std::optional<diagnostic_code> code_named(std::string_view text) {
    for (std::size_t i = 0; i < diagnostic_code_count; ++i)
        if (to_string(static_cast<diagnostic_code>(i)) == text)
            return static_cast<diagnostic_code>(i);
    return std::nullopt;
}

std::string contents(std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error("can't read " + file.string());
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

void write_contents(std::filesystem::path const& file, std::string_view text) {
    std::ofstream out(file, std::ios::binary);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    if (!out.flush()) throw std::runtime_error("can't write " + file.string());
}

bool updates_expectations() {
    char const* const asked = std::getenv("ROLECALL_UPDATE_GOLDEN");
    return asked != nullptr && std::string_view(asked) == "1";
}

}  // namespace rolecall::testing
