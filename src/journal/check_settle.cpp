// What can be said of a writer when all of the journal was read: who vouches for what.
#include "journal/check_writer.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace rolecall::inline v0_1::trail {
namespace {

constexpr std::int64_t minute = 60'000'000'000;

std::string from_to(std::uint64_t from, std::uint64_t to) {
    return from == to ? "segment " + std::to_string(from) + " is"
                      : "segments " + std::to_string(from) + " to " + std::to_string(to) + " are";
}

}  // namespace

std::string several(std::uint64_t count, std::string_view what) {
    return std::to_string(count) + ' ' + std::string(what) + (count == 1 ? "" : "s");
}

void check_writer::settle() {
    settle_late_keys();
    settle_heads();
    settle_strangers();
    settle_missing();
    settle_unsigned();
    settle_loose_ends();
    settle_given_up();
    for (auto const& [verdict, count] : told_)
        if (count > most_findings)
            findings.push_back({verdict, report.writer, now_.segment, now_.offset, now_.sequence,
                                several(count - most_findings, "further finding") + " like these"});
}

// Keys that were not trusted when their checkpoints were read: another writer may have named them
// since.
void check_writer::settle_late_keys() {
    for (auto& [name, of] : strangers_) {
        journal_public_key const* const key = keys_.find(name);
        if (key == nullptr) continue;
        ++signatures_checked;
        if (key->verify(of.last.head)) {
            is_trusted(of.last.at);
            of.checkpoints = 0;
        }
    }
}

void check_writer::settle_strangers() {
    for (auto const& [name, of] : strangers_) {
        if (of.checkpoints == 0 || !keys_.any()) continue;
        std::string const who =
            several(of.checkpoints, "checkpoint") + " from here on, signed by key " + name;
        if (keys_.find(name) != nullptr)
            add(journal_verdict::bad, of.last.at, "the signature of its checkpoint does not hold");
        else if (trusted_ && of.last.at.index <= trusted_->index)
            add(journal_verdict::note, of.first.at,
                who + ", which was not given; what vouches for a later place vouches for these");
        else
            add(journal_verdict::bad, of.first.at, who + ", for which nobody vouches");
    }
}

// Heads that were kept elsewhere have to be on the chain.
void check_writer::settle_heads() {
    for (kept& k : heads_) {
        ++heads_checked;
        journal_public_key const* const key = keys_.find(k.head.key);
        std::string const which =
            "the head that was kept of record " + std::to_string(k.head.sequence);
        if (!k.head.signature.empty() && key != nullptr) {
            ++signatures_checked;
            if (!key->verify(k.head)) {
                add(journal_verdict::bad, {0, 0, 0, k.head.sequence},
                    which + " has a signature that does not hold");
                k.found = false;
                continue;
            }
        }
        if (!k.found) continue;
        if (k.head.segment != k.at.segment || k.head.sequence != k.at.sequence) {
            add(journal_verdict::bad, k.at, which + " says another place than that of its frame");
            continue;
        }
        is_trusted(k.at);
    }
    for (kept const& k : heads_) {
        if (k.found) continue;
        std::string const which =
            "the head that was kept of record " + std::to_string(k.head.sequence);
        retained const* dropped = nullptr;
        for (retained const& r : retained_)
            if (k.head.segment <= r.through && !ends_.contains(k.head.segment)) dropped = &r;
        bool const is_end = dropped != nullptr && dropped->through == k.head.segment &&
                            dropped->hash == k.head.head;
        if (dropped != nullptr && (is_end || (trusted_ && trusted_->index > dropped->at.index)))
            add(journal_verdict::note, dropped->at, which + " is of a segment that was dropped");
        else if (dropped != nullptr)
            add(journal_verdict::warning, dropped->at,
                which + " is of a segment that was dropped, by a note that nothing vouches for");
        else if (k.head.sequence > report.last || k.head.segment > now_.segment)
            add(journal_verdict::bad, now_,
                which + " is beyond the end of the chain: its end was cut off");
        else
            add(journal_verdict::bad, {0, k.head.segment, 0, 0},
                which + " is not on the chain: something at or before it is not what was written");
    }
}

// The note that says that segments were dropped on purpose: later on the same chain, and it has to
// know the hash with which what was dropped ended.
check_writer::retained const* check_writer::who_dropped(missing_segments const& gap) const {
    for (retained const& r : retained_) {
        if (r.at.segment <= gap.to || r.through < gap.to) continue;
        if (r.through == gap.to) {
            if (r.hash == hex(gap.previous) && r.sequence + 1 == gap.first) return &r;
            continue;
        }
        // Removing them was interrupted: some of those that it names are still there.
        auto const end = ends_.find(r.through);
        if (end != ends_.end() && end->second.hash == r.hash && end->second.sequence == r.sequence)
            return &r;
    }
    return nullptr;
}

void check_writer::settle_missing() {
    for (missing_segments const& m : missing_) {
        point const at{0, m.from, 0, m.last};
        std::string const which = from_to(m.from, m.to);
        if (m.linked) {
            add(journal_verdict::warning, at, which + " missing; nothing in it counted");
            continue;
        }
        retained const* const by = who_dropped(m);
        if (by == nullptr)
            add(journal_verdict::bad, at,
                which + " missing, with " +
                    several(m.first > m.last ? m.first - 1 - m.last : 0, "record"));
        else if (keys_.any() && (!trusted_ || trusted_->index < by->at.index))
            add(journal_verdict::bad, at,
                which +
                    " missing; a note says that they were dropped on purpose, but nobody "
                    "vouches for that note");
        else
            add(journal_verdict::note, at,
                which + " missing, with all records up to " + std::to_string(m.first - 1) +
                    ": dropped on purpose, as record " + std::to_string(by->at.sequence) + " says");
    }
}

// Records behind the last place that somebody vouches for.
void check_writer::settle_unsigned() {
    if (report.last == 0) return;
    if (!keys_.any()) {
        if (report.checkpoints == 0 && !trusted_)
            add(journal_verdict::note, now_,
                "nothing is signed, and no head was given: who rebuilt all of it would not be "
                "seen");
        return;
    }
    if (!trusted_) {
        add(journal_verdict::bad, {0, 0, 0, 0},
            std::string("no key that is trusted vouches for any of it, nor a head: it may be "
                        "rebuilt") +
                (only_readings_ ? "; only readings of the trail are in it, which nobody signs: "
                                  "keep a head of it"
                                : ""));
        return;
    }
    if (trusted_->sequence >= report.last) return;
    bool const long_ago = untrusted_since_ != 0 && is_later_by(minute, time_, untrusted_since_);
    add(long_ago ? journal_verdict::warning : journal_verdict::note, *trusted_,
        "behind this place nobody has signed " +
            several(report.last - trusted_->sequence, "record") +
            (long_ago ? ", over more than a minute" : " yet"));
}

void check_writer::settle_loose_ends() {
    for (chain_walk::loose_end const& end : walk_.loose_ends()) {
        point const at{0, end.segment, end.offset, now_.sequence};
        if (end.empty) {
            add(journal_verdict::note, at, "nothing is in it");
            continue;
        }
        if (end.foreign) {
            add(journal_verdict::bad, at, end.what);
            continue;
        }
        frames_behind const is =
            look_behind(files_, folder_ + '/' + segment_name(end.segment), end.offset, end.tail);
        if (is.begins_whole) {
            add(journal_verdict::note, at, "a process was writing it");
            continue;
        }
        std::string behind;
        if (is.frames != 0)
            behind = "; " + several(is.frames, "whole frame") + " with " +
                     several(is.records, "record") + " stand behind it";
        if (journal_head const* const head = who_vouches(is))
            add(journal_verdict::bad, at,
                end.what + behind + ", with a checkpoint: all records up to " +
                    std::to_string(head->sequence) + " were on the disk, so no crash broke it");
        else if (end.offset == 0 && is.frames != 0)
            add(journal_verdict::bad, at,
                end.what + behind +
                    ", which come only when the opening is on the disk, so no crash broke it");
        else
            add(journal_verdict::warning, at,
                "unfinished: " + end.what + ", as a crash leaves it, or a hand" + behind);
    }
    if (report.frames == 0 && walk_.loose_ends().empty())
        add(journal_verdict::warning, {}, "nothing is in its folder");
}

// That a process went on behind a broken place does not make it good.
void check_writer::settle_given_up() {
    for (chain_walk::given_up const& g : walk_.all_given_up()) {
        frames_behind const is =
            look_behind(files_, folder_ + '/' + segment_name(g.segment), g.offset, g.tail);
        if (journal_head const* const head = who_vouches(is))
            add(journal_verdict::bad, {0, g.segment, g.offset, g.last},
                several(is.records, "record") +
                    " behind it were given up, though a checkpoint in them says that all up to " +
                    std::to_string(head->sequence) + " were on the disk: no crash broke that");
    }
}

// The last signed head of a frame behind the end: of a key that is trusted, where keys were given.
journal_head const* check_writer::who_vouches(frames_behind const& is) {
    for (std::size_t i = is.checkpoints.size(); i-- > 0;) {
        journal_head const& head = is.checkpoints[i];
        if (head.journal != journal_text_ || head.writer != report.writer) continue;
        if (head.signature.empty()) continue;
        if (!keys_.any()) return &head;
        journal_public_key const* const key = keys_.find(head.key);
        if (key == nullptr) continue;
        ++signatures_checked;
        if (key->verify(head)) return &head;
    }
    return nullptr;
}

}  // namespace rolecall::inline v0_1::trail
