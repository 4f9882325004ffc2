#include "journal/chain_writer.hpp"

#include "journal/byte_order.hpp"
#include "journal/chain_end.hpp"
#include "journal/folder.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace rolecall::inline v0_1::trail {
namespace {

// For a checkpoint and the closing frame of a segment that is full.
constexpr std::uint64_t kept_free = 1024;

}  // namespace

std::string trouble::text() const {
    return error == 0 ? what : what + " (" + error_words(error) + ')';
}

chain_writer::chain_writer(file_system& files, std::string folder, identity journal,
                           std::uint32_t writer, chain_options const& options)
    : files_(files),
      folder_(std::move(folder)),
      journal_(journal),
      writer_(writer),
      options_(options) {}

std::string chain_writer::path_of(std::uint64_t segment) const {
    return folder_ + '/' + segment_name(segment);
}

trouble chain_writer::open(left_behind& found) {
    found = {};
    chain_end end;
    if (trouble why = find_end(files_, folder_, journal_, writer_, end, found)) return why;
    last_ = synced_last_ = end.last;
    next_ = synced_next_ = end.next;
    if (end.segment == 0) return begin_segment(1);

    std::string const path = path_of(end.segment);
    // One that is as long as it was made was never cut, and so maybe never synced.
    bool const ended_well =
        found.clean && end.at_end && found.given_up == 0 && end.bytes < options_.segment_bytes;
    if (!ended_well) {
        found.clean = false;
        if (trouble why = write_again(files_, path, end.bytes)) return why;
    }
    // What was removed must not come back: it would say that this segment ends earlier.
    if (int const error = files_.sync_folder(folder_))
        return {'`' + folder_ + "` can't be synced", error};
    if (!ended_well || end.closed || end.bytes >= options_.segment_bytes / 2)
        return begin_segment(end.segment + 1);

    int error = 0;
    file_ = files_.open(path, open_how::write, error);
    if (!file_) return {'`' + path + "` can't be opened", error};
    if ((error = file_->allocate(options_.segment_bytes)) != 0) {
        // What was allocated are zeros behind the end: they do no harm.
        return {'`' + path + "` can't be allocated", error};
    }
    segment_ = end.segment;
    end_ = synced_end_ = end.bytes;
    checkpointed_ = end.checkpoint;
    return {};
}

// The new file takes the place of the present one only once its opening is on the disk.
trouble chain_writer::begin_segment(std::uint64_t number) {
    std::string const path = path_of(number);
    int error = 0;
    auto fresh = files_.open(path, open_how::create_new, error);
    // What an earlier attempt could not remove.
    if (!fresh && error == EEXIST && tried_ == number && (error = files_.remove(path)) == 0)
        fresh = files_.open(path, open_how::create_new, error);
    if (fresh || error != EEXIST) tried_ = number;
    if (!fresh) return {'`' + path + "` can't be made", error};
    auto const give_up = [&](char const* what, int why) -> trouble {
        fresh.reset();
        static_cast<void>(files_.remove(path));
        return {'`' + path + "` " + what, why};
    };
    if ((error = fresh->allocate(options_.segment_bytes)) != 0)
        return give_up("can't be allocated", error);

    std::byte payload[28];
    std::memcpy(payload, journal_.data(), journal_.size());
    store(payload + 16, writer_);
    store(payload + 20, number);
    hash const own = build_frame(frame_kind::opening, payload, 0);
    if ((error = write_all(*fresh, 0, frame_)) != 0) return give_up("can't be written", error);
    if ((error = fresh->sync()) != 0) return give_up("can't be synced", error);
    if ((error = files_.sync_folder(folder_)) != 0)
        return give_up("lies in a folder that can't be synced", error);
    file_ = std::move(fresh);
    segment_ = number;
    end_ = synced_end_ = frame_.size();
    last_ = synced_last_ = own;
    synced_next_ = next_;
    checkpointed_ = closed_ = spoilt_ = false;
    return {};
}

// A frame behind the last one, in `frame_`; gives its hash.
hash chain_writer::build_frame(frame_kind kind, bytes_view payload, std::uint32_t records) {
    frame_.resize(frame_extra_bytes + payload.size());
    std::byte* const at = frame_.data();
    std::fill_n(at, frame_head_bytes, std::byte{0});
    std::memcpy(at, "RCJ1", 4);
    store(at + 4, static_cast<std::uint8_t>(kind));
    store(at + 8, static_cast<std::uint32_t>(payload.size()));
    store(at + 12, records);
    store(at + 16, next_);
    store(at + 24, options_.now());
    std::memcpy(at + 32, last_.data(), last_.size());
    if (!payload.empty()) std::memcpy(at + frame_head_bytes, payload.data(), payload.size());
    hasher_.add(bytes_view(frame_).first(frame_head_bytes + payload.size()));
    hash const own = hasher_.finish();
    std::memcpy(at + frame_head_bytes + payload.size(), own.data(), own.size());
    return own;
}

trouble chain_writer::append_frame(frame_kind kind, bytes_view payload, std::uint32_t records) {
    if (failed_) return {'`' + path_of(segment_) + "` can't be synced", 0};
    if (closed_)
        if (trouble why = begin_segment(segment_ + 1)) return why;
    if (payload.size() > longest_payload) return {"a batch is larger than a frame may be", 0};
    hash const own = build_frame(kind, payload, records);
    if (int const error = write_all(*file_, end_, frame_)) {
        spoilt_ = true;
        return {'`' + path_of(segment_) + "` can't be written", error};
    }
    end_ += frame_.size();
    next_ += records;
    last_ = own;
    checkpointed_ = kind == frame_kind::checkpoint;
    closed_ = kind == frame_kind::closing;
    return {};
}

bool chain_writer::has_room_for(std::size_t payload) const noexcept {
    if (closed_) return false;
    bool const only_begun = end_ <= frame_extra_bytes + sizeof(identity) + 12;
    return only_begun || end_ + payload + frame_extra_bytes + kept_free <= options_.segment_bytes;
}

trouble chain_writer::append(entry_writer const& batch) {
    return append_frame(frame_kind::batch, batch.payload(), batch.records());
}

trouble chain_writer::sync() {
    if (failed_) return {'`' + path_of(segment_) + "` can't be synced", 0};
    if (int const error = file_->sync()) {
        failed_ = true;
        return {'`' + path_of(segment_) + "` can't be synced", error};
    }
    synced_end_ = end_;
    synced_next_ = next_;
    synced_last_ = last_;
    return {};
}

trouble chain_writer::checkpoint(signing_key const& by) {
    if (checkpointed_) return {};
    if (failed_) return {'`' + path_of(segment_) + "` can't be synced", 0};
    if (closed_)
        if (trouble why = begin_segment(segment_ + 1)) return why;
    // INVARIANT: what a checkpoint names is on the disk before it. A check relies on that.
    if (synced_end_ != end_)
        if (trouble why = sync()) return why;
    journal_head signed_head = head();
    if (!trail::sign(signed_head, by)) return {"a checkpoint can't be signed", 0};
    std::string const text = to_text(signed_head);
    return append_frame(frame_kind::checkpoint, std::as_bytes(std::span(text.data(), text.size())),
                        0);
}

trouble chain_writer::roll() {
    // Behind a closing nothing may stand: not what a write left that did not come to its end.
    if (!closed_ && !spoilt_)
        if (trouble why = append_frame(frame_kind::closing, {}, 0)) return why;
    if (trouble why = sync()) return why;
    closed_ = true;
    // Its zeros are of no use any more; where they can't be cut off, they do no harm.
    static_cast<void>(file_->resize(end_));
    return begin_segment(segment_ + 1);
}

trouble chain_writer::restart() {
    if (!failed_) return {};
    next_ = synced_next_;
    last_ = synced_last_;
    if (trouble why = begin_segment(segment_ + 1)) return why;
    failed_ = false;
    return {};
}

trouble chain_writer::finish() {
    if (trouble why = sync()) return why;
    if (int const error = file_->resize(end_))
        return {'`' + path_of(segment_) + "` can't be cut to its size", error};
    return sync();
}

trouble chain_writer::drop_through(std::uint64_t segment) {
    std::vector<std::uint64_t> numbers;
    if (trouble why = list_segments(files_, folder_, numbers)) return why;
    // One after the other, and what an earlier attempt removed first: a crash must not leave a
    // hole.
    for (std::uint64_t const number : numbers) {
        if (number > segment || number >= segment_) break;
        if (int const error = files_.sync_folder(folder_))
            return {'`' + folder_ + "` can't be synced", error};
        if (int const error = files_.remove(path_of(number)))
            return {'`' + path_of(number) + "` can't be removed", error};
    }
    if (int const error = files_.sync_folder(folder_))
        return {'`' + folder_ + "` can't be synced", error};
    return {};
}

journal_head chain_writer::head() const {
    journal_head now;
    now.journal = hex(journal_);
    now.writer = writer_;
    now.segment = segment_;
    now.sequence = next_ - 1;
    now.head = hex(last_);
    now.time = options_.now();
    return now;
}

}  // namespace rolecall::inline v0_1::trail
