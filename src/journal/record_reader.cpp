#include "journal/record_reader.hpp"

#include "journal/folder_reading.hpp"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

namespace rolecall::inline v0_1::trail {
namespace {

constexpr std::size_t most_problems = 1000;

}  // namespace

record_reader::record_reader(file_system& files, std::string folder, journal_reader_options options,
                             bool somebody_writes)
    : files_(files),
      folder_(std::move(folder)),
      options_(std::move(options)),
      somebody_writes_(somebody_writes) {
    std::optional<identity> const is = read_identity(files_, folder_, problem_);
    if (!is) return;
    journal_ = *is;
    if (!find_new_writers()) return;
    if (options_.writer != 0 && sources_.empty())
        problem_ = "`" + folder_ + "` has no writer " + std::to_string(options_.writer);
}

// Writers that were not there before. False, and why in `problem_`, where the folder can't be read.
bool record_reader::find_new_writers() {
    std::vector<std::uint32_t> writers;
    if (int const error = find_writers(files_, folder_, writers)) {
        problem_ = "`" + folder_ + "` can't be read: " + error_words(error);
        return false;
    }
    for (std::uint32_t const writer : writers) {
        if (options_.writer != 0 && writer != options_.writer) continue;
        auto const at =
            std::lower_bound(sources_.begin(), sources_.end(), writer,
                             [](auto const& s, std::uint32_t w) { return s->writer < w; });
        if (at != sources_.end() && (*at)->writer == writer) continue;
        std::uint64_t after = 0;
        for (auto const& [of, sequence] : options_.after)
            if (of == writer) after = std::max(after, sequence);
        auto fresh = std::make_unique<source>(files_, folder_ + '/' + writer_name(writer), journal_,
                                              writer, after);
        if (after != 0 || options_.from) fresh->walk.pass_over(after, options_.from);
        sources_.insert(at, std::move(fresh));
    }
    return true;
}

journal_record const* record_reader::next() {
    if (!problem_.empty()) return nullptr;
    if (last_ != nullptr) std::exchange(last_, nullptr)->has = false;
    for (bool looked_again = false;; looked_again = true) {
        for (auto const& s : sources_) {
            if (!s->has && !s->ended) fill(*s);
            if (s->has && (last_ == nullptr || s->record.event.time < last_->record.event.time))
                last_ = s.get();
        }
        if (last_ != nullptr) return &last_->record;
        if (looked_again) return nullptr;
        // All are at their ends: what came meanwhile?
        std::string const before = problem_;
        if (!find_new_writers()) problems_.push_back(std::exchange(problem_, before));
        for (auto const& s : sources_) s->ended = false;
    }
}

void record_reader::fill(source& of) {
    for (;;) {
        while (of.reading && of.entries->next(of.record)) {
            of.given = of.record.sequence;
            if (of.given <= of.after) continue;
            of.record.writer = of.writer;
            of.has = true;
            return;
        }
        if (of.reading && !of.entries->wrong().empty())
            complain(of, of.walk.segment(), of.frame_at, of.entries->wrong());
        of.reading = false;
        frame const* const is = next_frame(of);
        report(of);
        if (is == nullptr) {
            of.ended = true;
            return;
        }
        begin(of, *is);
    }
}

frame const* record_reader::next_frame(source& of) {
    frame const* is = of.walk.next();
    for (int i = 0; somebody_writes_ && is == nullptr && i < tries; ++i) {
        auto const ends = of.walk.loose_ends();
        bool const fresh = std::any_of(ends.begin(), ends.end(), [&](auto const& end) {
            return !end.empty && of.reported.count({end.segment, end.offset}) == 0;
        });
        if (!fresh) return nullptr;
        std::this_thread::sleep_for(moment);
        is = of.walk.next();
    }
    if (is != nullptr) return is;
    for (auto const& end : of.walk.loose_ends())
        if (!end.empty && of.reported.insert({end.segment, end.offset}).second)
            complain(of, end.segment, end.offset,
                     end.what + "; what follows is not read, unless a writer goes on there");
    return nullptr;
}

void record_reader::begin(source& of, frame const& is) {
    if (is.head.kind == frame_kind::opening) of.entries = std::make_unique<entry_reader>();
    if (is.head.kind != frame_kind::batch) return;
    if (is.head.records != 0 && is.head.first <= of.given)
        complain(of, of.walk.segment(), is.offset,
                 "the disk had refused records that were read already: those from " +
                     std::to_string(is.head.first) + " on come once more");
    of.entries->begin(is.payload, is.head.first, is.head.records);
    of.frame_at = is.offset;
    of.reading = true;
}

void record_reader::report(source& of) {
    for (journal_finding const& f : of.walk.take_findings())
        if (f.verdict == journal_verdict::bad) complain(of, f.segment, f.offset, f.text);
    for (missing_segments const& m : of.walk.take_missing())
        if (m.last != 0 && !m.linked)
            complain(of, m.from, 0,
                     m.from == m.to ? "it is missing"
                                    : "it is missing, and all to " + segment_name(m.to));
}

void record_reader::complain(source const& of, std::uint64_t segment, std::uint64_t offset,
                             std::string const& what) {
    if (problems_.size() > most_problems) return;
    if (problems_.size() == most_problems) {
        problems_.emplace_back("there are more places that can't be read");
        return;
    }
    std::string text = "`" + folder_ + '/' + writer_name(of.writer);
    if (segment != 0) text += '/' + segment_name(segment);
    text += "`, byte " + std::to_string(offset) + ": " + what;
    problems_.push_back(std::move(text));
}

}  // namespace rolecall::inline v0_1::trail
