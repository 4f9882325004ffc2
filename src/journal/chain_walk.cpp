#include "journal/chain_walk.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace rolecall::inline v0_1::trail {
namespace {

constexpr std::size_t most_given_up = 1'000;
constexpr std::int64_t clock_slack = 600'000'000'000;  // ten minutes

// What an opening names that it should not; empty: all as it should be.
std::string misfit(opening const& says, identity const& journal, std::uint32_t writer,
                   std::uint64_t segment) {
    if (says.journal != journal) return "its opening names another journal, " + hex(says.journal);
    if (says.writer != writer)
        return "its opening names another writer, " + std::to_string(says.writer);
    if (says.segment != segment)
        return "its opening names another segment, " + std::to_string(says.segment);
    return {};
}

}  // namespace

chain_walk::chain_walk(file_system& files, std::string folder, identity const& journal,
                       std::uint32_t writer)
    : files_(files), folder_(std::move(folder)), journal_(journal), writer_(writer) {}

void chain_walk::add(journal_verdict verdict, std::uint64_t segment, std::uint64_t offset,
                     std::string text) {
    findings_.push_back({verdict, writer_, segment, offset, last_, std::move(text)});
}

std::vector<journal_finding> chain_walk::take_findings() { return std::exchange(findings_, {}); }
std::vector<missing_segments> chain_walk::take_missing() { return std::exchange(missing_, {}); }

// The numbers behind what was dealt with.
void chain_walk::list() {
    std::vector<std::string> names;
    numbers_.clear();
    if (int const error = files_.list(folder_, names)) {
        if (!std::exchange(unlistable_, true))
            add(journal_verdict::bad, 0, 0, "its folder can't be read: " + error_words(error));
        return;
    }
    for (std::string const& name : names) {
        std::uint64_t const number = segment_number(name);
        if (number > before_) numbers_.push_back(number);
    }
    std::sort(numbers_.begin(), numbers_.end());
}

chain_walk::opened chain_walk::open(std::uint64_t number) {
    opened is;
    is.number = number;
    int error = 0;
    std::unique_ptr<file> file =
        files_.open(folder_ + '/' + segment_name(number), open_how::read, error);
    if (!file) {
        is.gone = error == ENOENT;
        is.what = "it can't be opened: " + error_words(error);
        return is;
    }
    static_cast<void>(file->size(is.bytes));  // what can't be looked at can't be read either
    is.reader = std::make_unique<segment_reader>(std::move(file));
    frame const* const first = is.reader->next();
    if (first == nullptr) {
        is.empty = is.reader->why() == frames_end::end;
        is.what = is.empty ? "nothing is in it" : is.reader->what();
        if (is.reader->error() != 0) is.what += ": " + error_words(is.reader->error());
        return is;
    }
    std::optional<opening> const says =
        first->head.kind == frame_kind::opening ? read_opening(first->payload) : std::nullopt;
    is.what = says ? misfit(*says, journal_, writer_, number) : "it does not begin with an opening";
    is.foreign = !is.what.empty();
    if (!is.foreign) is.opening = first;
    return is;
}

// Finds the next segment that has an opening, among those that are listed.
bool chain_walk::look_ahead() {
    ahead_.reset();
    holes_.clear();
    std::size_t n = 0;
    while (n < numbers_.size() && !ahead_) {
        opened next = open(numbers_[n++]);
        if (next.gone) continue;
        if (next.opening != nullptr)
            ahead_ = std::move(next);
        else
            holes_.push_back(std::move(next));
    }
    numbers_.erase(numbers_.begin(), numbers_.begin() + static_cast<std::ptrdiff_t>(n));
    return ahead_.has_value();
}

void chain_walk::pass_over(std::uint64_t after, std::optional<std::int64_t> from) {
    list();
    for (std::size_t i = numbers_.size(); i-- > 0;) {
        opened const is = open(numbers_[i]);
        if (is.opening == nullptr) continue;
        frame_head const& head = is.opening->head;
        bool const all_older = from && is_later_by(clock_slack, *from, head.time);
        if (head.first - 1 > after && !all_older) continue;
        before_ = is.number - 1;
        linked_ = false;
        return;
    }
}

frame const* chain_walk::next() {
    for (;;) {
        bool const reached =
            in_ && opening_ == nullptr && ahead_ && tail_ == ahead_->opening->head.previous;
        if (reached) leave();
        if (!in_ && !enter_next()) return nullptr;
        frame const* const is =
            opening_ != nullptr ? std::exchange(opening_, nullptr) : in_->next();
        if (is != nullptr) {
            if (frame const* const good = take(*is)) return good;
        } else if (at_end_of_frames()) {
            return nullptr;
        }
    }
}

bool chain_walk::enter_next() {
    if (!ahead_) {
        list();
        if (!look_ahead()) return false;
    }
    opened is = std::move(*ahead_);
    judge_what_is_between(is);
    while (look_ahead()) {
        // Where the next goes on as this one does, nothing of this one counts.
        hash const& previous = is.opening->head.previous;
        if (ahead_->opening->head.previous != previous || (linked_ && tail_ != previous)) break;
        add(journal_verdict::note, is.number, 0, "all of it was given up");
        bytes_done_ += is.bytes;
        before_ = is.number;
        is = std::move(*ahead_);
        judge_what_is_between(is);
    }
    enter(std::move(is));
    return true;
}

// Segments without an opening, and numbers that are not there, before one that has an opening.
void chain_walk::judge_what_is_between(opened const& is) {
    frame_head const& head = is.opening->head;
    bool const nothing_counts = linked_ && tail_ == head.previous;
    std::uint64_t expected = before_ + 1;
    bool broken = false;
    auto const is_there = [&](std::uint64_t number) {
        if (number > expected) {
            bool const first = before_ == 0 && !broken;
            missing_.push_back({expected, number - 1, head.previous, head.first, first ? 0 : last_,
                                nothing_counts});
            broken = broken || !nothing_counts;
        }
        expected = number + 1;
    };
    for (opened const& hole : holes_) {
        is_there(hole.number);
        bytes_done_ += hole.bytes;
        if (nothing_counts)
            add(journal_verdict::note, hole.number, 0, "all of it was given up");
        else
            add(journal_verdict::bad, hole.number, 0, hole.what);
        broken = broken || !nothing_counts;
    }
    is_there(is.number);
    holes_.clear();
    if (broken) linked_ = false;
}

void chain_walk::enter(opened&& is) {
    frame_head const& head = is.opening->head;
    if (linked_ && tail_ != head.previous)
        add(journal_verdict::bad, is.number, 0,
            before_ == 0 ? "it is the first segment, and its opening names a frame before it"
                         : "its opening does not name the last frame of the segment before");
    else if (linked_ && head.first != last_ + 1)
        add(journal_verdict::bad, is.number, 0,
            "its sequence number is " + std::to_string(head.first) + ", and " +
                std::to_string(last_ + 1) + " was to come");
    linked_ = true;
    tail_ = entered_at_ = head.previous;
    last_ = entered_last_ = head.first - 1;
    in_ = std::move(is.reader);
    opening_ = is.opening;
    segment_ = before_ = is.number;
    bytes_ = is.bytes;
    closed_ = false;
}

// A frame of the segment that it is in, if it follows what came before.
frame const* chain_walk::take(frame const& is) {
    frame_head const& head = is.head;
    std::string why;
    if (head.kind == frame_kind::opening && is.offset != 0)
        why = "an opening stands within it";
    else if (closed_)
        why = "a frame follows its closing";
    else if (head.previous != tail_)
        why = "it does not name the frame before it";
    else if (head.first != last_ + 1)
        why = "its sequence number is " + std::to_string(head.first) + ", and " +
              std::to_string(last_ + 1) + " was to come";
    if (!why.empty()) {
        lose(is.offset, std::move(why));
        return nullptr;
    }
    tail_ = is.own;
    last_ += head.records;
    closed_ = head.kind == frame_kind::closing;
    return &is;
}

// Whether there is no more now. Else it goes on: within the segment, or with the next.
bool chain_walk::at_end_of_frames() {
    frames_end const why = in_->why();
    std::uint64_t const offset = in_->offset();
    if (why == frames_end::unreadable) {
        lose(offset, in_->what() + ": " + error_words(in_->error()));
        return false;
    }
    if (!ahead_) {
        list();
        return !look_ahead();  // what the next names may still come here
    }
    if (step_back(ahead_->opening->head.previous)) return false;
    if (why == frames_end::end && (!holes_.empty() || ahead_->number != segment_ + 1)) {
        // The frames that the next goes on from were in a segment that can't be read, or is gone.
        bytes_done_ += bytes_;
        in_.reset();
        return false;
    }
    lose(offset, why == frames_end::end ? "it ends before the frame from which segment " +
                                              std::to_string(ahead_->number) + " goes on"
                                        : in_->what());
    return false;
}

// Goes back to a frame of this segment that was given: what came after it was given up since.
bool chain_walk::step_back(hash const& to) {
    std::uint64_t const until = in_->offset();
    std::uint64_t offset = 0;
    bool found = to == entered_at_;
    std::uint64_t last = entered_last_;
    closed_ = false;
    if (!found) {
        opened again = open(segment_);
        for (frame const* is = again.opening; is != nullptr && is->offset < until && !found;
             is = again.reader->next()) {
            found = is->own == to;
            last = is->head.first + is->head.records - 1;
            offset = again.reader->offset();
            closed_ = is->head.kind == frame_kind::closing;
        }
    }
    if (!found) return false;
    tail_ = to;
    last_ = last;
    in_->skip_to(offset);
    return true;
}

// Behind the last frame that counts. What follows it was given up, unless that was a closing.
void chain_walk::leave() {
    std::uint64_t const offset = in_->offset();
    bool const more = in_->next() != nullptr || in_->why() != frames_end::end;
    if (more && closed_) {
        add(journal_verdict::bad, segment_, offset, "bytes follow its closing");
    } else if (more) {
        add(journal_verdict::note, segment_, offset, "what follows was given up");
        if (given_up_.size() < most_given_up) given_up_.push_back({segment_, offset, tail_, last_});
    }
    bytes_done_ += bytes_;
    in_.reset();
}

void chain_walk::lose(std::uint64_t offset, std::string text) {
    add(journal_verdict::bad, segment_, offset, std::move(text));
    linked_ = false;
    bytes_done_ += bytes_;
    in_.reset();
}

std::vector<chain_walk::loose_end> chain_walk::loose_ends() const {
    std::vector<loose_end> ends;
    if (in_ && in_->why() == frames_end::not_whole)
        ends.push_back({segment_, in_->offset(), false, false, in_->what(), tail_});
    for (opened const& hole : holes_)
        ends.push_back({hole.number, 0, hole.empty, hole.foreign, hole.what, tail_});
    return ends;
}

}  // namespace rolecall::inline v0_1::trail
