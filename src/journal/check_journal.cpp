#include "journal/check.hpp"
#include "journal/check_writer.hpp"
#include "journal/folder_reading.hpp"
#include <rolecall/journal_check.hpp>

#include <algorithm>
#include <memory>
#include <tuple>
#include <utility>

namespace rolecall::inline v0_1 {
namespace trail {
namespace {

// How many segments a writer has, and how large they are.
void measure(file_system& files, std::string const& folder, journal_writer_report& is) {
    std::vector<std::string> names;
    std::string const path = folder + '/' + writer_name(is.writer);
    if (files.list(path, names) != 0) return;  // whoever reads it says so
    for (std::string const& name : names) {
        if (segment_number(name) == 0) continue;
        ++is.segments;
        int error = 0;
        std::uint64_t size = 0;
        auto const file =
            files.open(std::string(path).append("/").append(name), open_how::read, error);
        if (file && file->size(size) == 0) is.bytes += size;
    }
}

class whole_check {
public:
    whole_check(file_system& files, std::string const& folder, journal_check_options const& options,
                bool somebody_writes)
        : files_(files), folder_(folder), options_(options), somebody_writes_(somebody_writes) {}

    journal_report run();

private:
    void complain(journal_verdict verdict, std::uint32_t writer, std::string text) {
        report_.findings.push_back({verdict, writer, 0, 0, 0, std::move(text)});
    }

    void look_at_folder();
    void look_at_heads(std::vector<std::uint32_t> const& writers);
    void look_at_numbers(std::vector<std::uint32_t> const& writers);
    void read(std::vector<std::uint32_t> const& writers, identity const& journal);
    void say_what_was_not_checked();
    void sort();

    file_system& files_;
    std::string const& folder_;
    journal_check_options const& options_;
    bool somebody_writes_;
    journal_report report_;
};

journal_report whole_check::run() {
    std::string problem;
    std::optional<identity> const is = read_identity(files_, folder_, problem);
    std::vector<std::uint32_t> writers;
    if (is)
        if (int const error = find_writers(files_, folder_, writers))
            problem = "`" + folder_ + "` can't be read: " + error_words(error);
    if (!problem.empty()) {
        complain(journal_verdict::bad, 0, std::move(problem));
        return std::move(report_);
    }
    report_.journal = hex(*is);
    look_at_folder();
    look_at_numbers(writers);
    look_at_heads(writers);
    read(writers, *is);
    say_what_was_not_checked();
    sort();
    return std::move(report_);
}

void whole_check::look_at_folder() {
    bool is_private = false;
    if (files_.folder_is_private(folder_, is_private) != 0 || !is_private)
        complain(journal_verdict::warning, 0,
                 "its folder is not of who checks it, or others may write to it");
}

void whole_check::look_at_heads(std::vector<std::uint32_t> const& writers) {
    for (journal_head const& head : options_.heads) {
        if (head.journal != report_.journal) {
            ++report_.heads_checked;
            complain(journal_verdict::bad, 0,
                     "a head that was kept is of another journal, " + head.journal);
        } else if (!std::binary_search(writers.begin(), writers.end(), head.writer)) {
            ++report_.heads_checked;
            complain(journal_verdict::bad, head.writer,
                     "a head of it was kept, and it is not there");
        }
    }
}

// A new writer gets the next number, so that none is left out.
void whole_check::look_at_numbers(std::vector<std::uint32_t> const& writers) {
    constexpr std::size_t most = 100;
    std::uint32_t expected = 1;
    for (std::uint32_t const writer : writers) {
        for (; expected < writer; ++expected) {
            if (report_.findings.size() >= most) return;
            complain(journal_verdict::bad, expected,
                     "it is not there, though writer " + std::to_string(writer) + " is");
        }
        ++expected;
    }
}

void whole_check::read(std::vector<std::uint32_t> const& writers, identity const& journal) {
    trusted_keys keys(options_.keys, report_.journal);
    std::vector<std::unique_ptr<check_writer>> checks;
    std::uint64_t total = 0;
    for (std::uint32_t const writer : writers) {
        checks.push_back(
            std::make_unique<check_writer>(files_, folder_, journal, writer, keys, options_.heads));
        measure(files_, folder_, checks.back()->report);
        total += checks.back()->report.bytes;
    }
    check_progress progress(options_.listener, total);
    for (auto const& check : checks) {
        check->read(progress, somebody_writes_);
        progress.finish(check->report.bytes);
    }
    for (auto const& check : checks) {
        check->settle();
        report_.heads_checked += check->heads_checked;
        report_.signatures_checked += check->signatures_checked;
        report_.findings.insert(report_.findings.end(),
                                std::make_move_iterator(check->findings.begin()),
                                std::make_move_iterator(check->findings.end()));
        report_.writers.push_back(std::move(check->report));
    }
    if (options_.listener != nullptr) options_.listener->is_at(total, total);
}

void whole_check::say_what_was_not_checked() {
    bool const is_signed =
        std::any_of(report_.writers.begin(), report_.writers.end(),
                    [](journal_writer_report const& w) { return w.checkpoints != 0; });
    if (options_.keys.empty() && is_signed)
        complain(journal_verdict::warning, 0, "no key was given, so that no signature was checked");
}

void whole_check::sort() {
    std::stable_sort(report_.findings.begin(), report_.findings.end(),
                     [](journal_finding const& a, journal_finding const& b) {
                         return std::tuple(a.writer, b.verdict, a.segment, a.offset) <
                                std::tuple(b.writer, a.verdict, b.segment, b.offset);
                     });
}

}  // namespace

journal_report check(file_system& files, std::string const& folder,
                     journal_check_options const& options, bool somebody_writes) {
    return whole_check(files, folder, options, somebody_writes).run();
}

}  // namespace trail

journal_report check_journal(std::string const& folder, journal_check_options const& options) {
    return trail::check(trail::real_files(), folder, options);
}

}  // namespace rolecall::inline v0_1
