#include "cli/validate/fix.hpp"

#include "cli/file_replacement.hpp"
#include "cli/load_policy.hpp"
#include "cli/validate/unified_diff.hpp"
#include "cli/validate/validated_policy.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/document_part.hpp>
#include <rolecall/yaml.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {

namespace {

// What is taken out can bring to light what was hidden by it, but there is always less left.
constexpr int most_rounds = 100;

// A file of the policy: as it is on the disk, and as it will be.
struct policy_text {
    std::string path;
    std::string relative;
    std::string before, after;
    std::vector<std::uint32_t> lines;  // of each line of `after`, which one of `before` it was

    [[nodiscard]] bool changed() const { return before != after; }
};

// A finding, and the line of the file on the disk that it is about.
struct told_finding {
    std::size_t file = 0;
    std::uint32_t line = 0;
    diagnostic_code code{};
    std::string text;
};

policy_text text_of(source_file const& file, std::string const& policy) {
    policy_text result{file.path, path_in_policy(policy, file.path), file.text, file.text, {}};
    auto const count = std::count(file.text.begin(), file.text.end(), '\n');
    result.lines.resize(static_cast<std::size_t>(count) + 1);
    std::iota(result.lines.begin(), result.lines.end(), 1U);
    return result;
}

class mender {
public:
    mender(policy_arguments const& policy, lint_options const& options, bool dry_run, streams& to)
        : policy_(&policy), options_(&options), dry_run_(dry_run), to_(&to) {
        load_ = options_of(policy);
        load_.today = options.today;
    }

    fix_report run() {
        policy_result now = yaml::load(policy_->path, load_);
        if (!now) return {};
        for (source_file const& file : now->source().files)
            texts_.push_back(text_of(file, policy_->path));
        for (int round = 0; round < most_rounds && now && mend(now); ++round)
            now = yaml::load_texts(relative_texts(), load_);
        fix_report report{mended_.size(), left_.size(), !now};
        if (!now) {  // take_out promises that this can't be
            complain(detail::in_backticks(policy_->path) +
                     " would be refused when mended, so no file is changed");
            return {0, report.fixed + report.left, true};
        }
        show();
        // What can't be shown is not done.
        if (!dry_run_ && !mended_.empty()) report.failed = !to_->out.flush() || !write();
        if (report.failed) report.fixed = 0;
        tell(report);
        return report;
    }

private:
    // One round. False: nothing more can be taken out.
    bool mend(policy_result const& of) {
        std::vector<lint_finding> const found = lint(of, *options_).findings;
        std::vector<document_part> wanted;
        for (lint_finding const& f : found)
            if (f.removal) wanted.push_back(*f.removal);
        take_out_result const result = take_out(of->source(), wanted);
        number(of->source().files);
        auto const is_in = [](std::vector<document_part> const& parts, lint_finding const& f) {
            return f.removal && std::binary_search(parts.begin(), parts.end(), *f.removal);
        };
        left_.clear();
        for (lint_finding const& f : found) {
            if (is_in(result.taken, f)) mended_.push_back(told(f.what));
            if (is_in(result.left, f)) left_.push_back(told(f.what));
        }
        for (edited_file const& edited : result.files) take(edited, numbers_.at(edited.path));
        return !result.files.empty();
    }

    // The files of a policy have the same order in each round, and other paths in the first.
    void number(std::vector<source_file> const& files) {
        numbers_.clear();
        for (std::size_t i = 0; i < files.size(); ++i) numbers_.emplace(files[i].path, i);
    }

    [[nodiscard]] told_finding told(diagnostic const& what) const {
        std::size_t const file = numbers_.at(what.where.path);
        return {file, texts_.at(file).lines.at(what.where.line - 1), what.code, what.text};
    }

    void take(edited_file const& edited, std::size_t number) {
        policy_text& text = texts_[number];
        std::vector<std::uint32_t> lines;
        lines.reserve(edited.lines.size());
        for (std::uint32_t const line : edited.lines) lines.push_back(text.lines[line - 1]);
        text.lines = std::move(lines);
        text.after = edited.after;
    }

    [[nodiscard]] std::vector<yaml::source_text> relative_texts() const {
        std::vector<yaml::source_text> texts;
        for (policy_text const& text : texts_) texts.push_back({text.relative, text.after});
        return texts;
    }

    // ---- What changes ------------------------------------------------------------------------

    void show() const {
        for (policy_text const& text : texts_) {
            std::string path = path_in_project(text.path);
            path.erase(0, path.find_first_not_of('/'));
            to_->out.write(
                unified_diff(path, {text.before, text.after, text.lines}, to_->out.colour()));
        }
    }

    [[nodiscard]] std::string sentence(told_finding const& f) const {
        return detail::printable(texts_[f.file].path) + ':' + std::to_string(f.line) + ": " +
               f.text + " [" + std::string(to_string(f.code)) + ']';
    }

    void tell(fix_report const& report) const {
        if (!mended_.empty() || !left_.empty()) to_->out.line("");
        std::string_view const mended = dry_run_ ? "would mend " : "mended ";
        if (!report.failed)
            for (told_finding const& f : mended_) to_->out.line(std::string(mended) + sentence(f));
        for (told_finding const& f : left_) to_->out.line("left to you: " + sentence(f));
        to_->out.line(detail::printable(policy_->path) + ": " + summary(report));
    }

    [[nodiscard]] std::string summary(fix_report const& report) const {
        std::string text = dry_run_ ? "would mend " : "mended ";
        if (report.failed)
            text = "mended nothing";
        else if (report.fixed == 0)
            text = "nothing to mend";
        else
            text += count_text(report.fixed, "finding");
        if (report.left > 0)
            text += ", left " + with_commas(report.left) + " that a file can't do without";
        if (dry_run_ && report.fixed > 0) text += "; nothing is written";
        return text;
    }

    // ---- Writing -----------------------------------------------------------------------------

    // All are written beside their places before the first is put in place.
    [[nodiscard]] bool write() const {
        std::vector<std::pair<std::unique_ptr<file_replacement>, policy_text const*>> ready;
        for (policy_text const& text : texts_) {
            if (!text.changed()) continue;
            auto made = std::make_unique<file_replacement>(behind_links(text.path));
            if (auto problem = made->prepare(text.after)) return complain(*problem);
            ready.emplace_back(std::move(made), &text);
        }
        for (auto const& [made, text] : ready)
            if (!file_holds(made->path(), text->before))
                return complain(detail::in_backticks(text->path) +
                                " changed since it was read, so no file is changed; try again");
        for (auto const& [made, text] : ready)
            if (auto problem = made->commit()) return complain(*problem);
        return true;
    }

    // What a link leads to is replaced, and not the link.
    static std::string behind_links(std::string const& path) {
        std::unique_ptr<char, void (*)(void*)> const target(::realpath(path.c_str(), nullptr),
                                                            std::free);
        return target ? std::string(target.get()) : path;
    }

    bool complain(std::string const& problem) const {
        to_->complain(problem);
        return false;
    }

    policy_arguments const* policy_;
    lint_options const* options_;
    bool dry_run_;
    streams* to_;
    yaml::load_options load_;
    std::vector<policy_text> texts_;
    std::unordered_map<std::string, std::size_t> numbers_;  // of the files of this round
    std::vector<told_finding> mended_;
    std::vector<told_finding> left_;  // of the last round
};

}  // namespace

fix_report apply_fixes(policy_arguments const& policy, lint_options const& options, bool dry_run,
                       streams& to) {
    return mender(policy, options, dry_run, to).run();
}

}  // namespace rolecall::inline v0_1::cli
