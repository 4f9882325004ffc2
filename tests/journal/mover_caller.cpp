#include "journal/mover_caller.hpp"

#include <algorithm>
#include <utility>

namespace rolecall::testing {

using trail::trouble;

namespace {

constexpr int attempts = 12;
constexpr std::uint32_t ring_lines = 128;
constexpr std::uint32_t ring_index = 1;

std::uint64_t detail_of(journal_record const& record, std::string_view name) {
    for (auto const& [key, value] : record.details)
        if (key == name) return std::stoull(value);
    return 0;
}

}  // namespace

mover_caller::mover_caller(simulated_disk& disk, std::uint64_t segment_bytes)
    : disk_(disk), segment_bytes_(segment_bytes) {}

bool mover_caller::run(std::string_view script) {
    if (!mover_ && !open()) return false;
    return std::all_of(script.begin(), script.end(), [this](char letter) { return step(letter); });
}

bool mover_caller::step(char letter) {
    switch (letter) {
        case 'a': return decide(false);
        case 'A':
            for (int i = 0; i < 5; ++i)
                if (!decide(i == 2)) return false;
            return true;
        case 'l': {
            trail::ring_head& head = ring_->head();
            std::int64_t const now = ticking();
            std::int64_t none = 0;
            head.lost_first.compare_exchange_strong(none, now);
            head.lost_last.store(now);
            head.lost_allowed.fetch_add(1);
            head.lost.fetch_add(2);
            lost_ += 2;
            let_through_ += 1;
            return true;
        }
        case 'm': return again_and_again([this] { return mover_->move(); });
        case 's': return again_and_again([this] { return move_and_sync(); });
        case 'r':
            return again_and_again([this]() -> trouble {
                if (trouble why = mover_->move()) return why;
                return mover_->roll();
            });
        case 'k': return open();
        default: complain(std::string("no such step: ") + letter); return false;
    }
}

bool mover_caller::again_and_again(std::function<trouble()> const& what) {
    for (int i = 0; i < attempts; ++i) {
        trouble why = what();
        if (!why) return true;
        ++troubles_;
        last_trouble_ = std::move(why);
    }
    return false;
}

bool mover_caller::decide(bool is_long) {
    // What is in the ring and not on the disk must leave room.
    std::uint64_t const used = ring_->head().head.load() - ring_->head().tail.load();
    if (used + 16 > ring_lines / 2 && !step('s')) return false;
    std::string id = 'r' + std::to_string(++decided_);
    if (is_long) id += '/' + std::string(300, 'x');
    auto const actor = static_cast<std::uint32_t>(decided_ % 2);
    if (decided_ % 5 < 2) ring_->tell_actor(actor, actor == 0 ? "ann" : "bo");
    ring_->decide(actor, id, ticking());
    ring_->publish();
    return true;
}

trouble mover_caller::move_and_sync() {
    std::uint64_t const decided = decided_, lost = lost_;
    if (trouble why = mover_->move()) return why;
    if (trouble why = mover_->sync()) return why;
    acknowledged_ = decided;
    acknowledged_lost_ = lost;
    acknowledge();
    return {};
}

// All that is there now is on the disk.
void mover_caller::acknowledge() {
    check("when it was synced");
    trail_found const trail = read();
    for (journal_record const& r : trail.records)
        if (r.sequence > told_.records.size()) told_.records.push_back(text_of(r));
    if (chain_->synced_sequence() != told_.records.size())
        complain("not all of what is there was synced");
    disk_.protect(taken_.folder + '/' + trail::segment_name(chain_->segment()), chain_->bytes());
}

bool mover_caller::open() {
    trail::left_behind found;
    if (!again_and_again([&] { return open_chain(found); })) return false;
    if (run_ != 0 && found.run != run_) complain("another run was found");
    if (ring_ && !again_and_again([&] { return save(found); })) return false;
    ++run_;
    mover_.reset();
    mover_.emplace(*chain_, run_, ticking);
    ring_.emplace(ring_lines, ring_index, run_);
    ring_->tell_actor(0, "ann");
    ring_->tell_actor(1, "bo");
    mover_->add_note(journal_note::started, {{"run", std::to_string(run_)}});
    trail::policy_entry policy = caller_policy();
    policy.run = run_;
    mover_->add(policy);
    mover_->add(ring_->of());
    return step('s');
}

trouble mover_caller::open_chain(trail::left_behind& found) {
    mover_.reset();
    chain_.reset();
    taken_ = {};
    trail::identity is{};
    if (trouble why = trail::open_folder(disk_, journal_folder, true, {}, is)) return why;
    if (trouble why = trail::take_writer(disk_, journal_folder, taken_)) return why;
    told_.journal = is;
    chain_ = std::make_unique<trail::chain_writer>(disk_, taken_.folder, is, taken_.number,
                                                   trail::chain_options{segment_bytes_, ticking});
    found = {};
    return chain_->open(found);
}

// As `recover_rings` does with rings in files.
trouble mover_caller::save(trail::left_behind const& found) {
    if (!mover_) {
        mover_.emplace(*chain_, found.run, ticking);
        for (auto const& [slot, policy] : found.policies) mover_->add(policy);
        std::uint64_t through = ring_->head().tail.load();
        trail::drained_entry known{found.run, ring_index, through, 0, 0};
        for (trail::drained_entry const& d : found.drained) {
            if (d.run != found.run || d.ring != ring_index) continue;
            known = d;
            known.through = std::max(through, d.through);
        }
        ring_->head().tail.store(known.through);
        mover_->add(ring_->of(), known);
    }
    return move_and_sync();
}

trail_found mover_caller::read() const {
    simulated_disk::undisturbed const quiet(disk_);
    return read_trail(disk_, std::string(journal_folder) + "/writer-1", *told_.journal, 1);
}

void mover_caller::check(std::string const& when) {
    if (!told_.journal) return;
    trail_found const trail = read();
    for (std::string const& wrong : compare(trail, told_)) complain(when + ": " + wrong);
    std::uint64_t decisions = 0, lost = 0, let_through = 0;
    for (journal_record const& r : trail.records) {
        decisions += r.note == journal_note::event ? 1 : 0;
        if (r.note != journal_note::gap) continue;
        lost += detail_of(r, "lost");
        let_through += detail_of(r, "allowed");
    }
    if (decisions < acknowledged_ || decisions > decided_)
        complain(when + ": " + std::to_string(decisions) + " decisions, of " +
                 std::to_string(decided_));
    if (lost < acknowledged_lost_ || lost > lost_)
        complain(when + ": gaps of " + std::to_string(lost) + " events, and " +
                 std::to_string(lost_) + " were lost");
    if (lost == lost_ && let_through != let_through_)
        complain(when + ": " + std::to_string(let_through) +
                 " are said to have been let through, not " + std::to_string(let_through_));
}

}  // namespace rolecall::testing
