#include "audit/append_file.hpp"
#include "audit/forks.hpp"
#include "audit/write_json_line.hpp"
#include <rolecall/detail/clock.hpp>
#include <rolecall/detail/fork_safe_lock.hpp>
#include <rolecall/detail/no_throw.hpp>
#include <rolecall/detail/text.hpp>
#include <rolecall/json_lines.hpp>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <optional>
#include <utility>

namespace rolecall::inline v0_1 {

using audit::append_file;
using audit::file_trouble;
using detail::locked;

namespace {

/// A line that lacks its number and its time, which are known when it is written.
///
///     text   [ room for the head ]["kind":"decision",…}\n]
///     head   empty, with enough memory
struct unfinished_line {
    static constexpr std::size_t room = append_file::room + audit::longest_head;

    std::string text, head;

    /// Fills it, or says what speaks against it.
    file_trouble fill(audit_event const& event) {
        constexpr file_trouble too_long{"can't take a line of more than 1 MiB", 0};
        audit::line_content const content(event);
        if (content.size() > longest_json_line) return too_long;
        head.reserve(audit::longest_head);
        text.assign(room, ' ');
        audit::append_rest(text, content);
        if (text.size() > longest_json_line) return too_long;
        text += '\n';
        return {};
    }

    /// Where the line begins, finished. Allocates nothing.
    std::size_t finish(std::uint64_t sequence, std::int64_t time) {
        audit::append_head(head, sequence, time);
        std::size_t const begin = room - head.size();
        head.copy(text.data() + begin, head.size());
        return begin;
    }
};

}  // namespace

// Everything below is guarded by the lock.
class json_lines_sink::file {
public:
    file(std::string path, json_lines_options const& options)
        : options_(options), path_(std::move(path)) {
        locked const hold(lock_);
        open(path_, 0);
    }
    file(file const&) = delete;
    file& operator=(file const&) = delete;
    ~file() {  // under the lock: no child gets the file after it is no longer watched
        locked const hold(lock_);
        file_.close();
    }

    recorded append(unfinished_line& line) {
        locked const hold(lock_);
        if (!file_.is_open()) return failed();
        if (file_.deleted()) return failed({"was deleted", 0});
        std::size_t const begin = line.finish(last_ + 1, detail::unix_nanoseconds());
        file_trouble trouble;
        auto const left = file_.append(line.text.data() + begin, line.text.size() - begin,
                                       options_.sync_each, trouble);
        if (left != append_file::left::nothing) ++last_;
        return left == append_file::left::line ? recorded::yes : failed(trouble);
    }

    recorded refuse(file_trouble const& why) noexcept {
        locked const hold(lock_);
        return failed(why);
    }

    bool reopen() {
        locked const hold(lock_);
        return open(path_, last_);
    }

    bool reopen(std::string path) {
        locked const hold(lock_);
        if (path == path_) return open(path_, last_);
        std::swap(path, path_);
        if (open(path_, 0)) return true;
        std::swap(path, path_);
        troubled_path_ = std::move(path);
        return false;
    }

    [[nodiscard]] bool is_open() const noexcept {
        locked const hold(lock_);
        return file_.is_open();
    }

    [[nodiscard]] std::string problem() const {
        locked const hold(lock_);
        if (!trouble_) return {};
        std::string const& path = troubled_path_.empty() ? path_ : troubled_path_;
        return '`' + detail::printable(path) + "` " + trouble_.text();
    }

    [[nodiscard]] std::uint64_t failures() const noexcept {
        locked const hold(lock_);
        return failures_;
    }

    [[nodiscard]] std::uint64_t last_sequence() const noexcept {
        locked const hold(lock_);
        return last_;
    }

private:
    // Numbers go on after the last one in the file, and after `at_least`.
    bool open(std::string const& path, std::uint64_t at_least) {
        troubled_path_.clear();
        std::uint64_t found = last_;  // stays where that file is open already
        trouble_ = file_.open(path, options_.mode, options_.sync_each, found);
        if (trouble_) return false;
        last_ = std::max(found, at_least);
        return true;
    }

    recorded failed() noexcept {
        ++failures_;
        return recorded::no;
    }
    recorded failed(file_trouble const& why) noexcept {
        trouble_ = why;
        troubled_path_.clear();
        return failed();
    }

    // The child shares the parent's place in the file and its lock: it lets go of both.
    static void left_to_parent(void* of) noexcept {
        auto& left = *static_cast<file*>(of);
        if (!left.file_.is_open()) return;
        left.file_.close();
        left.last_ = 0;
        left.trouble_ = {"is written to by the process that this one was forked from", 0};
    }

    json_lines_options options_;
    mutable detail::fork_safe_lock lock_;
    std::string path_;
    append_file file_;
    std::uint64_t last_ = 0;
    std::uint64_t failures_ = 0;
    file_trouble trouble_;
    std::string troubled_path_;  // where it is not path_
    audit::fork_watch watch_{&left_to_parent, this};
};

json_lines_sink::json_lines_sink(std::string path, json_lines_options const& options)
    : file_(new file(std::move(path), options)) {}

json_lines_sink::json_lines_sink(json_lines_sink&& other) noexcept
    : file_(std::exchange(other.file_, nullptr)) {}

json_lines_sink::~json_lines_sink() { delete file_; }

json_lines_sink::operator bool() const noexcept { return file_ != nullptr && file_->is_open(); }

recorded json_lines_sink::operator()(audit_event const& event) noexcept {
    if (file_ == nullptr) return recorded::no;
    unfinished_line line;
    constexpr file_trouble no_memory{"lacks a line for want of memory", ENOMEM};
    file_trouble const why = detail::no_throw(no_memory, [&] { return line.fill(event); });
    if (why) return file_->refuse(why);
    return detail::no_throw(recorded::no, [&] { return file_->append(line); });
}

bool json_lines_sink::reopen() { return file_ != nullptr && file_->reopen(); }

bool json_lines_sink::reopen(std::string path) {
    return file_ != nullptr && file_->reopen(std::move(path));
}

std::string json_lines_sink::problem() const {
    return file_ != nullptr ? file_->problem() : "the sink was moved away";
}

std::uint64_t json_lines_sink::failures() const noexcept {
    return file_ != nullptr ? file_->failures() : 0;
}

std::uint64_t json_lines_sink::last_sequence() const noexcept {
    return file_ != nullptr ? file_->last_sequence() : 0;
}

}  // namespace rolecall::inline v0_1
