#include "journal/trail_reading.hpp"

#include "journal/entry_reader.hpp"
#include "journal/segment_reader.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace rolecall::testing {
namespace {

struct read_segment {
    std::uint64_t number = 0;
    std::vector<trail::frame> frames;
};

class reading {
public:
    reading(trail::file_system& files, std::string const& folder, trail::identity const& journal,
            std::uint32_t writer)
        : files_(files), folder_(folder), journal_(journal), writer_(writer) {}

    trail_found all() {
        read_segments();
        if (!segments_.empty() && segments_.back().frames.empty()) segments_.pop_back();
        for (std::size_t i = 0; i + 1 < segments_.size(); ++i) cut(segments_[i], segments_[i + 1]);
        for (read_segment const& s : segments_) take(s);
        return std::move(found_);
    }

private:
    void complain(read_segment const& at, std::string const& what) {
        found_.problems.push_back("segment " + std::to_string(at.number) + ": " + what);
    }

    void read_segments() {
        std::vector<std::string> names;
        if (files_.list(folder_, names) != 0) {
            found_.problems.push_back("the writer's folder can't be read");
            return;
        }
        for (std::string const& name : names) {
            std::uint64_t const number = trail::segment_number(name);
            if (number == 0) continue;
            int error = 0;
            auto file = files_.open(folder_ + '/' + name, trail::open_how::read, error);
            read_segment next{number, {}};
            if (!file) {
                complain(next, "can't be opened");
                continue;
            }
            trail::segment_reader reader(std::move(file));
            while (trail::frame const* frame = reader.next()) next.frames.push_back(*frame);
            if (reader.why() == trail::frames_end::unreadable) complain(next, "can't be read");
            segments_.push_back(std::move(next));
        }
        std::sort(segments_.begin(), segments_.end(),
                  [](auto const& a, auto const& b) { return a.number < b.number; });
    }

    // What counts of a segment ends where the opening of the next says.
    void cut(read_segment& is, read_segment const& next) {
        if (next.number != is.number + 1) complain(next, "the one before it is missing");
        if (next.frames.empty()) return complain(next, "has no opening, and is not the newest");
        auto const last = std::find_if(
            is.frames.begin(), is.frames.end(),
            [&](trail::frame const& f) { return f.own == next.frames.front().head.previous; });
        if (last == is.frames.end()) return complain(next, "follows a frame that is not there");
        is.frames.erase(last + 1, is.frames.end());
    }

    void take(read_segment const& from) {
        if (from.frames.empty()) return;
        check_opening(from);
        trail::entry_reader entries;
        for (trail::frame const& f : from.frames) {
            bool const opening = f.head.kind == trail::frame_kind::opening;
            if (opening != (&f == &from.frames.front())) complain(from, "an opening inside");
            if (previous_ && f.head.previous != *previous_) complain(from, "a link is broken");
            if (next_ && f.head.first != *next_) complain(from, "a gap in the sequence");
            previous_ = f.own;
            next_ = f.head.first + f.head.records;
            if (f.head.kind != trail::frame_kind::batch) continue;
            std::string const wrong =
                entries.read(f.payload, f.head.first, f.head.records, [&](journal_record&& r) {
                    found_.records.push_back(std::move(r));
                    return true;
                });
            if (!wrong.empty()) complain(from, wrong);
        }
        found_.segments.push_back({from.number, *previous_, *next_});
    }

    void check_opening(read_segment const& of) {
        trail::frame const& first = of.frames.front();
        auto const is = trail::read_opening(first.payload);
        if (first.head.kind != trail::frame_kind::opening || !is)
            return complain(of, "begins without an opening");
        if (is->journal != journal_ || is->writer != writer_ || is->segment != of.number)
            complain(of, "is of another journal, writer or number");
        if (of.number == 1 && (first.head.previous != trail::hash{} || first.head.first != 1))
            complain(of, "is the first, and follows something");
    }

    trail::file_system& files_;
    std::string const& folder_;
    trail::identity const& journal_;
    std::uint32_t writer_;
    std::vector<read_segment> segments_;
    std::optional<trail::hash> previous_;
    std::optional<std::uint64_t> next_;
    trail_found found_;
};

}  // namespace

trail_found read_trail(trail::file_system& files, std::string const& writer_folder,
                       trail::identity const& journal, std::uint32_t writer) {
    return reading(files, writer_folder, journal, writer).all();
}

}  // namespace rolecall::testing
