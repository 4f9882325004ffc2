#include "audit/no_record.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/json_lines.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace rolecall::inline v0_1 {
namespace {

constexpr std::size_t piece = std::size_t{64} << 10U;

// Compares a record's number with that of the record before it.
void check_sequence(json_line& line, std::uint64_t last) {
    std::uint64_t const number = line.record->sequence;
    if (number <= last) {
        line.what = json_line::kind::repeated;
        line.problem =
            "record " + std::to_string(number) + " follows record " + std::to_string(last);
    } else if (number - last > 1) {
        line.what = json_line::kind::gap;
        line.problem = number - last == 2
                           ? "record " + std::to_string(last + 1) + " is missing before it"
                           : "records " + std::to_string(last + 1) + " to " +
                                 std::to_string(number - 1) + " are missing before it";
    }
}

}  // namespace

json_lines_reader::json_lines_reader(std::string const& path, json_lines_reader_options options)
    : options_(options), last_(options.after) {
    errno = EINVAL;
    if (path.find('\0') == std::string::npos)
        descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor_ < 0) error_ = errno;
}

json_lines_reader::~json_lines_reader() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

// INVARIANT: buffer_ holds at most one line of the allowed length, its end, and one piece.
std::optional<json_line> json_lines_reader::next() {
    std::size_t searched = 0;
    bool too_long = false;
    for (;;) {
        std::size_t const end = buffer_.find('\n', begin_ + searched);
        bool const ended = end != std::string::npos;
        std::size_t const length = (ended ? end : buffer_.size()) - begin_;
        too_long = too_long || length > options_.longest_line;
        if (!ended) {
            searched = too_long ? 0 : length;
            if (too_long) begin_ = buffer_.size();
            if (refill()) continue;
            if (error_ != 0 || (length == 0 && !too_long)) break;
        }
        ++count_;
        std::string_view const text = std::string_view(buffer_).substr(begin_, length);
        begin_ = ended ? end + 1 : buffer_.size();
        json_line line = too_long ? no_record(json_line::kind::too_long,
                                              "the line has more than " +
                                                  std::to_string(options_.longest_line) + " bytes")
                                  : read(text, ended);
        line.number = count_;
        return line;
    }
    if (error_ == 0) return std::nullopt;
    json_line failed = no_record(
        json_line::kind::unreadable,
        "can't be read (" + std::generic_category().message(std::exchange(error_, 0)) + ')');
    failed.number = count_ + 1;
    buffer_.clear();
    begin_ = 0;
    ::close(std::exchange(descriptor_, -1));
    return failed;
}

json_line json_lines_reader::read(std::string_view text, bool ended) {
    if (!ended) return no_record(json_line::kind::torn, "the file ends within the line");
    json_line line = parse_json_line(text);
    if (!line.record) return line;
    if (last_) check_sequence(line, *last_);
    last_ = line.record->sequence;
    return line;
}

// Whether there is more.
bool json_lines_reader::refill() {
    if (descriptor_ < 0) return false;
    buffer_.erase(0, begin_);
    begin_ = 0;
    std::size_t const kept = buffer_.size();
    buffer_.resize(kept + piece);
    ssize_t got = -1;
    do got = ::read(descriptor_, buffer_.data() + kept, piece);
    while (got < 0 && errno == EINTR);
    error_ = got < 0 ? errno : 0;
    buffer_.resize(kept + (got > 0 ? static_cast<std::size_t>(got) : 0));
    return got > 0;
}

}  // namespace rolecall::inline v0_1
