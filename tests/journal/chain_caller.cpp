#include "journal/chain_caller.hpp"

#include "journal/entry_writer.hpp"

#include <algorithm>
#include <utility>

namespace rolecall::testing {

using trail::trouble;

namespace {

constexpr std::uint32_t actor_number = 0x10002;
constexpr int attempts = 12;

std::string number(std::uint64_t value) { return std::to_string(value); }

}  // namespace

chain_caller::chain_caller(simulated_disk& disk, trail::file_system& files,
                           caller_options const& options, acknowledged_trail so_far)
    : disk_(disk), files_(files), options_(options), told_(std::move(so_far)) {}

void chain_caller::complain(std::string what) { problems_.push_back(std::move(what)); }

bool chain_caller::run(std::string_view script) {
    if (!chain_ && !again_and_again([this] { return open(); })) return false;
    return std::all_of(script.begin(), script.end(), [this](char letter) { return step(letter); });
}

bool chain_caller::step(char letter) {
    switch (letter) {
        case 'a': produce(false); return again_and_again([this] { return move(); });
        case 'A':
            for (int i = 0; i < 5; ++i) produce(i == 2);
            return again_and_again([this] { return move(); });
        case 's': return again_and_again([this] { return move_and_sync(); });
        case 'c':
            return again_and_again([this]() -> trouble {
                if (trouble why = move()) return why;
                if (options_.key != nullptr)
                    if (trouble why = chain_->checkpoint(*options_.key)) return why;
                return move_and_sync();
            });
        case 'r':
            return again_and_again([this]() -> trouble {
                if (trouble why = move()) return why;
                trouble why = chain_->roll();
                acknowledge();
                return why;
            });
        case 'd': return again_and_again([this] { return drop(); });
        case 'x':
            note(journal_note::stopped, "run", number(run_));
            if (!again_and_again([this]() -> trouble {
                    if (trouble why = move_and_sync()) return why;
                    return chain_->finish();
                }))
                return false;
            ended_ = true;
            return again_and_again([this] { return open(); });
        case 'k': return again_and_again([this] { return open(); });
        default: complain(std::string("no such step: ") + letter); return false;
    }
}

bool chain_caller::again_and_again(std::function<trouble()> const& what) {
    for (int i = 0; i < attempts; ++i) {
        trouble why;
        if (chain_ && chain_->failed()) why = begin_anew();
        if (!why) why = what();
        if (!why) return true;
        ++troubles_;
        last_trouble_ = why;
        if (after_trouble) after_trouble();
    }
    return false;
}

trouble chain_caller::open() {
    chain_.reset();
    taken_ = {};
    std::int64_t const drawn = ticking();
    trail::identity random{}, is{};
    for (std::size_t i = 0; i < 8; ++i)
        random[i] = static_cast<std::byte>(static_cast<std::uint64_t>(drawn) >> (8 * i));
    if (trouble why = trail::open_folder(files_, journal_folder, true, random, is)) return why;
    if (told_.journal && *told_.journal != is) complain("the journal has another identity");
    if (trouble why = trail::take_writer(files_, journal_folder, taken_)) return why;
    if (taken_.number != 1) complain("took writer " + number(taken_.number));
    auto chain = std::make_unique<trail::chain_writer>(
        files_, taken_.folder, is, taken_.number,
        trail::chain_options{options_.segment_bytes, ticking});
    trail::left_behind found;
    if (trouble why = chain->open(found)) return why;
    chain_ = std::move(chain);
    told_.journal = is;
    settle(found);
    return {};
}

// What was found counts from now on, and is on the disk. What it has not is appended once more.
void chain_caller::settle(trail::left_behind const& found) {
    check("after opening");
    trail_found const trail = read();
    std::uint64_t ring = 0, run = 0;
    std::uint64_t const last = trail.segments.empty() ? 0 : trail.segments.back().next - 1;
    bool clean = true;
    for (journal_record const& r : trail.records) {
        std::string const text = text_of(r);
        ring = std::max(ring, ring_number(text));
        clean = r.note == journal_note::stopped;
        if (r.note == journal_note::started) run = std::stoull(r.details.front().second);
        if (r.sequence > told_.records.size()) told_.records.push_back(text);
    }
    if (chain_->next_sequence() != last + 1)
        complain("goes on with record " + number(chain_->next_sequence()) + " after " +
                 number(last));
    if (chain_->synced_sequence() != last) complain("what was found is not on the disk");
    if (found.clean && !clean) complain("a process that did not end is said to have ended");
    if (std::exchange(ended_, false) && troubles_ == 0 && !found.clean)
        complain("its end was not noticed");
    if (run != 0 && found.run != run) complain("run " + number(found.run) + ", not " + number(run));
    if (!trail.records.empty() && options_.looks_at_found) {
        std::uint64_t through = 0;
        for (trail::drained_entry const& d : found.drained)
            if (d.ring == 1 && (run == 0 || d.run == run)) through = std::max(through, d.through);
        bool const as_told = through == ring || (ring == 0 && told_.droppable > 0);
        if (!as_told)
            complain("of the ring " + number(through) + " lines are said to be drained, not " +
                     number(ring));
        ring = std::max(ring, through);
        auto const policy = found.policies.find(caller_policy().slot);
        if (policy == found.policies.end() ||
            policy->second.categories != caller_policy().categories)
            complain("not the policy that the chain describes");
    }
    produced_ = std::max(produced_, ring);
    run_ = run + 1;
    told_segment_ = 0;
    moved_ = 0;
    appended_.clear();
    std::erase_if(kept_, [&](line const& l) { return l.ring == 0 || l.ring <= ring; });
    note(journal_note::started, "run", number(run_));
    std::rotate(kept_.begin(), kept_.end() - 1, kept_.end());
}

trouble chain_caller::move() {
    while (fill_batch()) {
        if (!chain_->has_room_for(batch_.payload().size())) {
            std::uint64_t const before = chain_->segment();
            trouble why = chain_->roll();
            acknowledge();
            if (why) return why;
            if (chain_->segment() == before) complain("rolled, and it is the same segment");
            continue;
        }
        if (trouble why = chain_->append(batch_)) return why;
        for (std::size_t i = 0; i < in_batch_; ++i)
            appended_.push_back(text_of(kept_[moved_ + i].record));
        moved_ += in_batch_;
        told_segment_ = chain_->segment();
        if (chain_->next_sequence() != told_.records.size() + appended_.size() + 1)
            complain("the next record would be " + number(chain_->next_sequence()));
    }
    return {};
}

// Up to four records, and what a new segment has to be told.
bool chain_caller::fill_batch() {
    batch_.clear();
    in_batch_ = std::min<std::size_t>(kept_.size() - moved_, 4);
    bool const tell = told_segment_ != chain_->segment();
    if (in_batch_ == 0) return false;
    if (tell) {
        trail::policy_entry policy = caller_policy();
        policy.run = run_;
        batch_.add(policy);
        batch_.add(trail::actor_entry{actor_number, true, "ann", "", {"support"}, {}});
    }
    for (std::size_t i = 0; i < in_batch_; ++i) add(kept_[moved_ + i]);
    std::uint64_t through = produced_;
    for (std::size_t i = kept_.size(); i > moved_ + in_batch_; --i)
        if (kept_[i - 1].ring != 0) through = kept_[i - 1].ring - 1;
    batch_.add(trail::drained_entry{run_, 1, through, 0, 0});
    return true;
}

void chain_caller::add(line const& next) {
    if (next.ring == 0 || next.ring % 3 != 0) return batch_.add(next.record);
    audit_record const& e = next.record.event;
    trail::decision_entry entry;
    entry.time = e.time;
    entry.actor = actor_number;
    entry.category = e.category == "account" ? 0 : 2;
    entry.granting_role = 0;
    entry.slot = caller_policy().slot;
    entry.decision = 1;
    entry.reason = static_cast<std::uint8_t>(reason::granted);
    entry.record = e.record;
    batch_.add(entry);
}

trouble chain_caller::move_and_sync() {
    if (trouble why = move()) return why;
    trouble why = chain_->sync();
    acknowledge();
    return why;
}

// All that the chain says is on the disk.
void chain_caller::acknowledge() {
    std::uint64_t const synced = chain_->synced_sequence();
    if (synced < told_.records.size()) complain("what was on the disk is not any more");
    std::size_t count = 0;
    while (told_.records.size() < synced && count < appended_.size())
        told_.records.push_back(appended_[count++]);
    if (told_.records.size() != synced) complain("more is on the disk than was appended");
    appended_.erase(appended_.begin(), appended_.begin() + static_cast<std::ptrdiff_t>(count));
    kept_.erase(kept_.begin(), kept_.begin() + static_cast<std::ptrdiff_t>(count));
    moved_ -= count;
    if (chain_->failed() || !appended_.empty()) return;
    if (synced + 1 == chain_->next_sequence())
        disk_.protect(taken_.folder + '/' + trail::segment_name(chain_->segment()),
                      chain_->bytes());
}

trouble chain_caller::begin_anew() {
    std::uint64_t const failed = chain_->segment();
    trouble why = chain_->restart();
    if (why) return why;
    if (chain_->segment() == failed) complain("began anew in the segment that failed");
    if (chain_->failed()) complain("began anew, and has failed");
    if (chain_->next_sequence() != told_.records.size() + 1)
        complain("began anew with record " + number(chain_->next_sequence()));
    moved_ = 0;
    appended_.clear();
    told_segment_ = 0;
    note(journal_note::failed, "segment", number(failed));
    std::rotate(kept_.begin(), kept_.end() - 1, kept_.end());
    return {};
}

trouble chain_caller::drop() {
    if (trouble why = move_and_sync()) return why;
    trail_found const trail = read();
    if (!trail.problems.empty()) return {"reading: " + trail.problems.front(), 0};
    if (trail.segments.size() < 2) return {};
    segment_found const& through = trail.segments[trail.segments.size() - 2];
    note(journal_note::retained, "through", number(through.number));
    auto& details = kept_.back().record.details;
    details.emplace_back("sequence", number(through.next - 1));
    details.emplace_back("hash", trail::hex(through.last));
    details.emplace_back("before", "0");
    if (trouble why = move_and_sync()) return why;
    told_.droppable = through.next - 1;
    return chain_->drop_through(through.number);
}

void chain_caller::note(journal_note what, std::string name, std::string value) {
    journal_record made;
    made.note = what;
    made.event.time = ticking();
    made.details = {{std::move(name), std::move(value)}};
    kept_.push_back({0, std::move(made)});
}

void chain_caller::produce(bool is_long) {
    ++produced_;
    kept_.push_back({produced_, ring_record(produced_, is_long)});
}

// Of what goes wrong with the disk, who judges sees nothing.
trail_found chain_caller::read() const {
    simulated_disk::undisturbed const quiet(disk_);
    return read_trail(disk_, std::string(journal_folder) + "/writer-1", *told_.journal, 1);
}

void chain_caller::check(std::string const& when) {
    if (!told_.journal) return;
    trail_found const trail = read();
    for (std::string const& wrong : compare(trail, told_)) complain(when + ": " + wrong);
}

}  // namespace rolecall::testing
