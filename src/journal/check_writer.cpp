#include "journal/check_writer.hpp"

#include "journal/note_details.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <string_view>
#include <thread>
#include <utility>

namespace rolecall::inline v0_1::trail {
namespace {

constexpr std::size_t most_notes = 10'000;  // of a kind that has to be remembered
constexpr std::size_t most_keys = 1000;
constexpr std::uint64_t between_words = std::uint64_t{1} << 20U;

std::uint64_t number_of(std::string const& text) {
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

// What a note says, made fit for a line of text.
std::string quoted(std::string const& text) {
    constexpr std::size_t longest = 200;
    std::string is;
    for (char const c : std::string_view(text).substr(0, longest))
        is += static_cast<unsigned char>(c) < ' ' || c == '\x7F' ? '?' : c;
    return is.empty() ? is : ": " + is;
}

}  // namespace

void check_progress::is_at(std::uint64_t bytes) {
    std::uint64_t const at = std::min(before_ + bytes, total_);
    if (listener_ == nullptr || at < told_ + between_words) return;
    told_ = at;
    listener_->is_at(at, total_);
}

void check_progress::finish(std::uint64_t bytes) {
    before_ = std::min(before_ + bytes, total_);
    is_at(0);
}

check_writer::check_writer(file_system& files, std::string const& folder, identity const& journal,
                           std::uint32_t writer, trusted_keys& keys,
                           std::vector<journal_head> const& heads)
    : files_(files),
      folder_(folder + '/' + writer_name(writer)),
      journal_(journal),
      journal_text_(hex(journal)),
      keys_(keys),
      walk_(files, folder_, journal, writer) {
    report.writer = writer;
    for (journal_head const& head : heads) {
        if (head.writer != writer || head.journal != journal_text_) continue;
        heads_by_hash_.emplace(head.head, heads_.size());
        heads_.push_back({head, false, {}});
    }
}

void check_writer::add(journal_verdict verdict, point const& at, std::string text) {
    if (++told_[verdict] > most_findings) return;
    findings.push_back(
        {verdict, report.writer, at.segment, at.offset, at.sequence, std::move(text)});
}

void check_writer::read(check_progress& progress, bool somebody_writes) {
    int const most = somebody_writes ? tries : 0;
    for (int tried = 0; tried <= most; ++tried) {
        while (frame const* const is = walk_.next()) {
            take_findings();
            take(*is);
            progress.is_at(walk_.bytes_read());
        }
        take_findings();
        auto const ends = walk_.loose_ends();
        if (std::all_of(ends.begin(), ends.end(), [](auto const& end) { return end.empty; })) break;
        if (tried < most) std::this_thread::sleep_for(moment);
    }
    report.head = {journal_text_, report.writer, now_.segment, now_.sequence, {}, time_, {}, {}};
    if (now_.index != 0) report.head.head = ends_[now_.segment].hash;
}

void check_writer::take_findings() {
    for (journal_finding& f : walk_.take_findings())
        add(f.verdict, {0, f.segment, f.offset, f.sequence}, std::move(f.text));
    for (missing_segments const& m : walk_.take_missing()) missing_.push_back(m);
}

void check_writer::take(frame const& is) {
    std::uint64_t const before = now_.sequence;
    now_ = {now_.index + 1, walk_.segment(), is.offset, walk_.sequence()};
    time_ = is.head.time;
    ++report.frames;
    switch (is.head.kind) {
        case frame_kind::opening: entries_ = {}; break;
        case frame_kind::batch:
            if (is.head.records != 0) {
                if (untrusted_since_ == 0) untrusted_since_ = is.head.time;
                now_.sequence = before;  // so far a finding's last good record
                take_entries(is);
                now_.sequence = walk_.sequence();
            } else {
                take_entries(is);
            }
            break;
        case frame_kind::checkpoint: take_checkpoint(is); break;
        case frame_kind::closing: break;
    }
    ends_[now_.segment] = {hex(is.own), now_.sequence};
    if (!heads_.empty()) look_for_heads(is);
}

void check_writer::take_entries(frame const& is) {
    entries_.begin(is.payload, is.head.first, is.head.records, entry_reader::how_much::times);
    while (entries_.next(record_)) take_record(record_);
    if (!entries_.wrong().empty()) add(journal_verdict::bad, now_, entries_.wrong());
}

void check_writer::take_record(journal_record const& record) {
    now_.sequence = record.sequence;
    if (report.first == 0) {
        report.first = record.sequence;
        report.first_time = record.event.time;
    }
    report.last = record.sequence;
    report.last_time = record.event.time;
    only_readings_ = only_readings_ &&
                     (record.note == journal_note::started || record.note == journal_note::read ||
                      record.note == journal_note::stopped);
    if (record.note != journal_note::event) take_note(record);
}

void check_writer::take_note(journal_record const& note) {
    auto const say = [&](std::string text) { add(journal_verdict::note, now_, std::move(text)); };
    switch (note.note) {
        case journal_note::gap: {
            std::uint64_t const lost = number_of(detail_of(note, "lost"));
            report.lost += lost;
            say(several(lost, "event") + " could not be recorded" + quoted(detail_of(note, "why")));
            break;
        }
        case journal_note::recovered:
            say("a process had ended without a word; saved from its rings: " +
                several(number_of(detail_of(note, "records")), "record") +
                quoted(detail_of(note, "why")));
            break;
        case journal_note::clock_changed: say("the system's clock was set"); break;
        case journal_note::failed:
            say("the disk refused, and a new segment was begun" + quoted(detail_of(note, "why")));
            break;
        case journal_note::key_changed: take_key_change(note); break;
        case journal_note::retained:
            if (retained_.size() >= most_notes) break;
            retained_.push_back({now_, number_of(detail_of(note, "through")),
                                 number_of(detail_of(note, "sequence")), detail_of(note, "hash"),
                                 detail_of(note, "before")});
            break;
        default: break;
    }
}

void check_writer::take_key_change(journal_record const& note) {
    std::string const which = "from here on key " + detail_of(note, "to").substr(0, 16) + " signs";
    switch (keys_.take(note)) {
        case succession::trusted: add(journal_verdict::note, now_, which + ", as it may"); break;
        case succession::open:
            add(journal_verdict::note, now_, which + ", named by a key that was not given");
            break;
        case succession::unsigned_:
            add(journal_verdict::note, now_, which + ", and the key before it did not sign that");
            break;
        case succession::wrong:
            add(journal_verdict::bad, now_, which + ", by a record that is not what it says");
            break;
    }
}

void check_writer::is_trusted(point const& at) {
    if (!trusted_ || trusted_->index < at.index) trusted_ = at;
}

// A checkpoint has to be the head of the frame before it, and signed.
void check_writer::take_checkpoint(frame const& is) {
    ++report.checkpoints;
    std::string_view const text(reinterpret_cast<char const*>(is.payload.data()),
                                is.payload.size());
    std::optional<journal_head> const head = parse_journal_head(text);
    if (!head || head->signature.empty()) {
        add(journal_verdict::bad, now_, "its checkpoint is no signed head");
        return;
    }
    if (head->journal != journal_text_ || head->writer != report.writer ||
        head->segment != now_.segment || head->sequence != now_.sequence ||
        head->head != hex(is.head.previous)) {
        add(journal_verdict::bad, now_, "its checkpoint is not the head of the frame before it");
        return;
    }
    if (journal_public_key const* const key = keys_.find(head->key)) {
        ++signatures_checked;
        if (!key->verify(*head)) {
            add(journal_verdict::bad, now_, "the signature of its checkpoint does not hold");
            return;
        }
        is_trusted(now_);
        untrusted_since_ = 0;
        report.checkpoint = *head;
        return;
    }
    if (!keys_.any()) report.checkpoint = *head;
    bool const is_known = strangers_.size() < most_keys || strangers_.contains(head->key);
    strangers& of = strangers_[is_known ? head->key : "(and others)"];
    of.last = {now_, *head};
    if (of.checkpoints++ == 0) of.first = of.last;
}

void check_writer::look_for_heads(frame const& is) {
    auto const [from, to] = heads_by_hash_.equal_range(hex(is.own));
    for (auto at = from; at != to; ++at) {
        kept& k = heads_[at->second];
        k.found = true;
        k.at = now_;
    }
}

}  // namespace rolecall::inline v0_1::trail
